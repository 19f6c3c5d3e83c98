import type { ServerResponse } from 'node:http';
import type { Scope } from '../caller.ts';

/** Why somebody may not come in, in the words of RFC 6750 and of HTTP. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** `invalid_token`, `insufficient_scope`; for a client program. */
  readonly error: string;
  /** For a person. */
  readonly message: string;
  /** What a client should ask the provider for. */
  readonly scopes?: readonly Scope[];
  readonly retryAfterSeconds?: number;
}

/** A request that is answered without a look at its body. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Something is wrong with what somebody signs in with. */
export const invalidToken = (message: string): Refused => new Refused({ status: 401, error: 'invalid_token', message });

/** Who signs in is known, and may not come in. */
export const forbidden = (message: string): Refused => new Refused({ status: 403, error: 'forbidden', message });

export const tooMany = (message: string, retryAfterSeconds: number): Refused =>
  new Refused({ status: 429, error: 'too_many_requests', message, retryAfterSeconds });

/** Whoever has to be asked does not answer. */
export const unavailable = (message: string, retryAfterSeconds: number): Refused =>
  new Refused({ status: 503, error: 'temporarily_unavailable', message, retryAfterSeconds });

/** How to sign in, as challenges tell it. */
export interface SignInPlace {
  /** Address of the metadata of RFC 9728; none where no OpenID provider is set. */
  readonly metadataUrl: string | undefined;
  /** What the provider calls a scope. */
  scopeName(scope: Scope): string;
}

/** A quoted value of a header: what is not plain text could end it. */
const quoted = (text: string): string => `"${text.replaceAll(/[^\x20-\x7e]/g, ' ').replaceAll(/[\\"]/g, "'")}"`;

/** `WWW-Authenticate` by RFC 6750 and RFC 9728. A request that brought nothing is not told of an error in it. */
function challengeOf({ error, message, scopes = [] }: Refusal, { metadataUrl, scopeName }: SignInPlace): string {
  const isError = error === 'invalid_token' || error === 'insufficient_scope';
  const parameters = [
    isError && `error=${quoted(error)}`,
    isError && `error_description=${quoted(message)}`,
    metadataUrl !== undefined && scopes.length > 0 && `scope=${quoted(scopes.map(scopeName).join(' '))}`,
    metadataUrl !== undefined && `resource_metadata=${quoted(metadataUrl)}`,
  ].filter((parameter) => parameter !== false);
  return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`;
}

/** Answers a request that may not go on. */
export function refuse(response: ServerResponse, refusal: Refusal, place: SignInPlace): void {
  const { status, error, message, retryAfterSeconds } = refusal;
  const isChallenge = status === 401 || error === 'insufficient_scope';
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(isChallenge && { 'www-authenticate': challengeOf(refusal, place) }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify({ error, error_description: message }));
}
