import type { HttpConfig } from '../../config/http-settings.ts';
import { PRODUCT } from '../../product.ts';
import { SCOPES, type Scope } from '../caller.ts';
import type { SignInPlace } from './refusal.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** Metadata of a protected resource (RFC 9728), by which clients find out where to sign in. */
export interface ResourceMetadata extends SignInPlace {
  /** The document at a path, if it is one of its places. */
  at(path: string): object | undefined;
}

/** The metadata of the server; nowhere to be found where no OpenID provider is set. */
export function resourceMetadata({ oauth, publicUrl }: Pick<HttpConfig, 'oauth' | 'publicUrl'>): ResourceMetadata {
  const scopeName = (scope: Scope): string => `${oauth?.scopePrefix ?? ''}${scope}`;
  if (oauth === undefined || publicUrl === undefined) return { metadataUrl: undefined, scopeName, at: () => undefined };
  const { origin, pathname } = new URL(publicUrl);
  const document = {
    resource: publicUrl,
    resource_name: PRODUCT.title,
    authorization_servers: [oauth.issuer],
    scopes_supported: SCOPES.map(scopeName),
    bearer_methods_supported: ['header'],
  };
  // A proxy may serve the tools under another path than this server does.
  const places = new Set(['', '/', pathname, '/mcp'].map((suffix) => `${WELL_KNOWN}${suffix}`));
  return {
    metadataUrl: `${origin}${WELL_KNOWN}${pathname}`,
    scopeName,
    at: (path) => (places.has(path) ? document : undefined),
  };
}
