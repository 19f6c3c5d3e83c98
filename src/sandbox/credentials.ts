/** Who the made-up provider is and what opens its API: fixed and plainly fake, so that they can stand in documents and examples. */
export const SANDBOX = {
  companyId: 'northwind',
  companyName: 'Northwind IT Services',
  clientId: '00000000-0000-4000-8000-000000000000',
  publicKey: 'sandboxPublic',
  privateKey: 'sandboxPrivate',
  /** Signs what callbacks deliver. */
  signingKey: 'sandboxSigningKey',
  /** The technician whose day it is. */
  member: 'jdoe',
} as const;
