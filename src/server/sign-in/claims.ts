import type { JWTPayload } from 'jose';
import type { OAuthSettings } from '../../config/http-settings.ts';
import { SCOPES, type Scope, scopesUpTo } from '../caller.ts';

/** What a checked token says of its bearer. */
export interface Identity {
  /** Tells this person from everybody else at this provider, for good. */
  readonly id: string;
  /** What names the member, with the claim that says it; nothing where no claim may be relied on. */
  readonly said: { readonly claim: string; readonly value: string } | undefined;
  /** Everything that the people file may know this person by. */
  readonly known: readonly string[];
  readonly scopes: ReadonlySet<Scope>;
}

const ENTRA = /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\//;

/** Whether a provider is Microsoft Entra ID. */
const isEntra = (issuer: string): boolean => ENTRA.test(issuer);

/**
 * Issuers that tokens of a provider may name. Entra ID issues tokens of two versions for the same tenant, and the registration of
 * the API decides which (`requestedAccessTokenVersion`).
 */
export function issuersOf(issuer: string): readonly string[] {
  const tenant = /^https:\/\/login\.microsoftonline\.com\/([0-9a-f-]{36})\/v2\.0$/i.exec(issuer)?.[1];
  return tenant === undefined ? [issuer] : [issuer, `https://sts.windows.net/${tenant}/`];
}

/** Audiences that tokens may have: Entra ID writes `api://ID` in tokens of version 1, and the bare id in those of version 2. */
export const audiencesOf = (audiences: readonly string[]): string[] =>
  audiences.flatMap((audience) => {
    const id = /^api:\/\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(audience)?.[1];
    return id === undefined ? [audience] : [audience, id];
  });

/** Names in a claim: a text with spaces between, or a list. */
function namesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((name) => name !== '');
  return Array.isArray(claim) ? claim.filter((name) => typeof name === 'string') : [];
}

/** The widest of our scopes among names; Entra ID leaves out the address before a scope (`api://ID/read` comes as `read`). */
function widest(names: readonly string[], prefix: string): Scope | undefined {
  const bare = prefix.endsWith('/');
  return SCOPES.findLast((scope) => names.includes(`${prefix}${scope}`) || (bare && names.includes(scope)));
}

const narrower = (one: Scope, other: Scope): Scope => (SCOPES.indexOf(one) < SCOPES.indexOf(other) ? one : other);

/**
 * The scopes of a token. What a person may do (`roles`, `permissions`) and what they let the client do for them (`scope`, `scp`) are
 * two things: where a token says both, the narrower counts; a token of a program says the first alone.
 */
export function scopesOf(claims: JWTPayload, prefix: string): ReadonlySet<Scope> {
  const granted = widest([...namesIn(claims.scope), ...namesIn(claims.scp)], prefix);
  const held = widest([...namesIn(claims.roles), ...namesIn(claims.permissions)], prefix);
  const isDelegated = claims.scope !== undefined || claims.scp !== undefined;
  if (granted === undefined) return isDelegated || held === undefined ? new Set() : scopesUpTo(held);
  return scopesUpTo(held === undefined ? granted : narrower(granted, held));
}

const DEFAULT_CLAIMS = ['email'];
/** Bound to the tenant; its `email` is not verified by anybody. */
const ENTRA_CLAIMS = ['preferred_username', 'upn'];

/** Claims that say who somebody is, in the order in which they count. */
export const memberClaimsOf = ({ issuer, memberClaims }: OAuthSettings): readonly string[] =>
  memberClaims ?? (isEntra(issuer) ? ENTRA_CLAIMS : DEFAULT_CLAIMS);

/** Longest value of a claim that is looked up. */
const LONGEST_SAID = 254;

/**
 * Who a token was issued for.
 * An e-mail address that the provider says nobody verified counts for nothing: whoever may write it could be anybody. Unless the
 * operator chose the claim, it has to be verified in so many words.
 */
export function identityOf(claims: JWTPayload, settings: OAuthSettings): Identity {
  const isChosen = settings.memberClaims !== undefined;
  const verified = claims.email_verified === true || claims.email_verified === 'true';
  const isDenied = claims.email_verified !== undefined && !verified;
  const counts = (claim: string): boolean => claim !== 'email' || verified || (isChosen && !isDenied);
  const said = memberClaimsOf(settings).flatMap((claim) => {
    const value = claims[claim];
    const isText = typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_SAID;
    return isText && counts(claim) ? [{ claim, value: value.trim() }] : [];
  })[0];
  // At Entra ID `sub` differs from one registration to the next.
  const subject = isEntra(settings.issuer) && typeof claims.oid === 'string' ? claims.oid : String(claims.sub ?? '');
  const known = [said?.value, subject].filter((one) => one !== undefined && one !== '') as string[];
  return { id: `${settings.issuer} ${subject}`, said, known, scopes: scopesOf(claims, settings.scopePrefix) };
}
