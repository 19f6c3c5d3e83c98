/** Who the made-up provider is and what opens its API: fixed and plainly fake, so that documents and examples can show it. */
export const SANDBOX = {
  companyId: 'northwind',
  companyName: 'Northwind IT Services',
  clientId: '00000000-0000-4000-8000-000000000000',
  /** An API member with every right. */
  publicKey: 'sandboxPublic',
  privateKey: 'sandboxPrivate',
  /** API members with the rights of a technician, and of somebody who may look but not touch. */
  technician: { publicKey: 'technicianPublic', privateKey: 'technicianPrivate' },
  reader: { publicKey: 'readerPublic', privateKey: 'readerPrivate' },
  /** The legacy login that makes tokens to act as a member. */
  integrator: { login: 'sandboxIntegrator', password: 'sandboxPassword' },
  /** With this every member signs in on the web. */
  memberPassword: 'sandboxMember',
  /** Signs what callbacks deliver. */
  signingKey: 'sandboxSigningKey',
  /** The technician whose day it is. */
  member: 'jdoe',
} as const;

/** Keys of an API member. */
export interface ApiKey {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly memberId: number;
  readonly identifier: string;
}
