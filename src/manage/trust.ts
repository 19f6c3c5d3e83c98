import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/**
 * Whom connections trust: the well-known authorities, and one's own beside them (PEM text). Made once for all of them: to read the
 * authorities anew takes longer than the rest of a connection. A file of its own, because it is loaded with the first request only.
 */
export const trust = (caPem: string | undefined): { secureContext?: SecureContext } =>
  caPem === undefined ? {} : { secureContext: createSecureContext({ ca: [...rootCertificates, caPem] }) };
