import { hkdfSync } from 'node:crypto';
import type { Config } from '../config/config.ts';

/**
 * 32 bytes for one purpose, derived from the private key: the one secret that all processes of a configuration have, and nobody else.
 * From one of them neither another one nor the key can be told.
 */
export const secretOf = (
  { manage: { baseUrl, companyId, publicKey, privateKey } }: Pick<Config, 'manage'>,
  purpose: string,
): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', privateKey, `${baseUrl} ${companyId} ${publicKey}`, `cwm-mcp ${purpose}`, 32));
