import { rootCertificates } from 'node:tls';

/**
 * Whom a connection trusts: the well-known authorities, and one's own beside them (PEM text). A file of its own, because it is
 * loaded with the first request only.
 */
export const trust = (caPem: string | undefined): { ca?: string[] } =>
  caPem === undefined ? {} : { ca: [...rootCertificates, caPem] };
