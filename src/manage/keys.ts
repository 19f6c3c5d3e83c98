import { Buffer } from 'node:buffer';
import type { ManageSettings } from './client.ts';

/** What one request signs in with. */
export interface Login {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Said to Manage where an integrator login makes tokens (`integrator`), and where such a token is used (`member`). */
  readonly userType?: 'integrator' | 'member';
  /** Whether another process made it, so that it may have ended without a word to this one. */
  readonly isBorrowed?: boolean;
}

/** Where a client has its login from, asked before each try of a request: tokens that act as a member end. */
export interface Keys {
  /** @throws {ManageError} when none can be had */
  current(signal: AbortSignal): Promise<Login>;
  /** Manage answered 401: what was remembered of this login is not to be used again. */
  refused(login: Login): void;
}

/** The same login for good. */
export const fixedKeys = ({ publicKey, privateKey, userType }: Login): Keys => {
  const login = Promise.resolve({ publicKey, privateKey, userType });
  return { current: () => login, refused: () => undefined };
};

/** The headers that sign a request in. */
export function headersOf(
  companyId: ManageSettings['companyId'],
  { publicKey, privateKey, userType }: Login,
): Readonly<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')}`;
  return userType === undefined ? { authorization } : { authorization, 'x-cw-usertype': userType };
}
