import { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../catalog/index.ts';
import { apiFailure, Failure } from '../failure.ts';

/** API keys of a sandbox, and the member that they stand for. */
export interface ApiKey {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly memberId: number;
  readonly identifier: string;
  /** Operations that the member's security role forbids, as patterns like `GET /finance/*`. */
  readonly forbidden?: readonly string[];
}

export interface Access {
  readonly companyId: string;
  readonly clientId: string;
  readonly keys: readonly ApiKey[];
}

const unauthorized = (): Failure =>
  new Failure(401, { code: 'Unauthorized', message: 'The API credentials are not valid.' });

/** Who calls. @throws 401 for wrong keys, company or client id. That a missing client id is a 401 is this sandbox's choice. */
export function authenticate(headers: IncomingHttpHeaders, access: Access): ApiKey {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') throw unauthorized();
  const [, company, publicKey, privateKey] =
    /^([^+]*)\+([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const key = access.keys.find((known) => known.publicKey === publicKey && known.privateKey === privateKey);
  if (key === undefined || company?.toLowerCase() !== access.companyId.toLowerCase()) throw unauthorized();
  const clientId = headers.clientid;
  if (typeof clientId !== 'string' || clientId.toLowerCase() !== access.clientId.toLowerCase()) {
    throw new Failure(401, { code: 'Unauthorized', message: 'The clientId header is missing or not known.' });
  }
  return key;
}

/** @throws 403 when the caller's security role does not allow the operation. */
export function authorize(key: ApiKey, operation: Operation): void {
  const name = `${operation.method} ${operation.path}`.toLowerCase();
  const forbidden = (key.forbidden ?? []).some((pattern) => {
    const source = pattern
      .toLowerCase()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    return new RegExp(`^${source}$`).test(name);
  });
  if (forbidden)
    throw new Failure(403, {
      code: 'Security',
      message: 'You do not have security permission to perform this action.',
    });
}

const VENDOR = /^application\/vnd\.connectwise\.com\+json(?:\s*;\s*version\s*=\s*([\w.]+))?$/i;

/** @throws 400 when the first media type asks for a version that no server of this line has. */
export function checkVersion(accept: string | undefined, url: string): void {
  const first = (accept ?? '').split(',')[0]?.trim() ?? '';
  const version = VENDOR.exec(first)?.[1];
  if (version === undefined || /^20(1\d|2\d)\.\d+$/.test(version) || version === '3.0') return;
  throw apiFailure(
    400,
    `The HTTP resource that matches the request URI '${url}' does not support the API version '${version}'.`,
  );
}
