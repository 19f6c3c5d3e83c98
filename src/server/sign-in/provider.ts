import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { isLoopback, type OAuthSettings } from '../../config/http-settings.ts';
import { isRecord } from '../../json.ts';
import { audiencesOf, issuersOf } from './claims.ts';
import type { FetchJson } from './fetch-json.ts';
import { invalidToken, Refused, unavailable } from './refusal.ts';

/** Public-key signatures only. `none` and those with a shared secret would let anybody sign who can read the public keys. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** What an access token may call itself; other kinds (`logout+jwt`, `dpop+jwt`) are signed with the same keys. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
/** Clocks of different machines are apart by this many seconds at most. */
const CLOCK_TOLERANCE_S = 30;
/** Keys are read again after this long, and at once for a key that is not among them, but not more often than this. */
const KEYS_STAND_MS = 10 * 60_000;
const KEYS_COOL_DOWN_MS = 30_000;
/** How long a provider that could not be reached is not asked again. */
const ASK_AGAIN_MS = 5_000;
const LONGEST_TOKEN = 16_384;

/** What says whether access tokens of a provider are good. */
export interface TokenVerifier {
  /** The claims of a good token. @throws {Refused} 401 for any other, 503 while the provider cannot be asked for its keys */
  verify(token: string): Promise<JWTPayload>;
}

const noAnswer = (): Refused =>
  unavailable(
    'The OpenID provider does not answer, so tokens cannot be checked. Try again in a few seconds.',
    ASK_AGAIN_MS / 1000,
  );

/** Whether a text has the form of a signed token: three parts with dots between. */
export const looksLikeToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);

/** Why a token is refused, in words that say nothing of the token itself. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'The token has expired; get a new one.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim } = error;
    if (claim === 'aud') return 'The token was issued for another audience than this server.';
    if (claim === 'iss') return 'The token was issued by another provider.';
    if (claim === 'nbf') return 'The token is not valid yet.';
    return `The token lacks a valid claim ${claim}.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed with an algorithm that is not accepted.';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the provider does not have.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.';
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return undefined;
  // What a fetch of keys ends with when the answer is no set of keys.
  if (error.code === 'ERR_JOSE_GENERIC' || error instanceof errors.JWKSInvalid) return undefined;
  return 'The token cannot be read.';
}

/** Where a provider says about itself: OpenID Connect, and RFC 8414, which puts its name before the path. */
function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/** Whether an issuer ends with a slash is easily missed when it is copied. */
const withoutSlash = (issuer: string): string => issuer.replace(/\/+$/, '');

interface Discovered {
  readonly issuers: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

/** The issuer as it writes itself (Auth0 ends with a slash), and its keys. @throws {Refused} when it does not say that it is the issuer */
export async function discover({ issuer }: OAuthSettings, fetchJson: FetchJson): Promise<Discovered> {
  for (const url of metadataUrls(issuer)) {
    const metadata = await fetchJson(url).catch(() => undefined);
    if (!isRecord(metadata) || typeof metadata.issuer !== 'string' || typeof metadata.jwks_uri !== 'string') continue;
    // Else whoever can write one page of the provider's site could stand in for it.
    if (withoutSlash(metadata.issuer) !== withoutSlash(issuer)) continue;
    const keysUrl = new URL(metadata.jwks_uri);
    if (keysUrl.protocol !== 'https:' && !isLoopback(keysUrl.hostname)) continue;
    const keys = createRemoteJWKSet(keysUrl, {
      cacheMaxAge: KEYS_STAND_MS,
      cooldownDuration: KEYS_COOL_DOWN_MS,
      [customFetch]: async (url, { signal }) => Response.json(await fetchJson(url, signal)),
    });
    return { issuers: issuersOf(metadata.issuer), keys };
  }
  throw noAnswer();
}

/** Checks access tokens with the keys of a provider, which is asked for them with the first token. */
export function createTokenVerifier(
  settings: OAuthSettings,
  { fetchJson, now, unreachable }: { fetchJson: FetchJson; now: () => Date; unreachable: (error: unknown) => void },
): TokenVerifier {
  let discovered: Promise<Discovered> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  const provider = async (): Promise<Discovered> => {
    if (discovered === undefined && performance.now() - failedAt < ASK_AGAIN_MS) throw noAnswer();
    discovered ??= discover(settings, fetchJson).catch((error: unknown) => {
      discovered = undefined;
      failedAt = performance.now();
      unreachable(error);
      throw error;
    });
    return discovered;
  };
  const audience = audiencesOf(settings.audiences);
  return {
    async verify(token) {
      if (token.length > LONGEST_TOKEN || !looksLikeToken(token)) throw invalidToken('The token cannot be read.');
      const { issuers, keys } = await provider();
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          algorithms: ALGORITHMS,
          issuer: [...issuers],
          audience,
          requiredClaims: ['exp', 'iss', 'aud'],
          clockTolerance: CLOCK_TOLERANCE_S,
          currentDate: now(),
        });
        if (!TYPES.has((protectedHeader.typ ?? 'jwt').toLowerCase())) throw invalidToken('That is no access token.');
        if (typeof payload.sub !== 'string' && typeof payload.oid !== 'string')
          throw invalidToken('The token does not say whom it is for (sub).');
        return payload;
      } catch (error) {
        if (error instanceof Refused) throw error;
        const reason = reasonOf(error);
        if (reason !== undefined) throw invalidToken(reason);
        unreachable(error);
        throw noAnswer();
      }
    },
  };
}
