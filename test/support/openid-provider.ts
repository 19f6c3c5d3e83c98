import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** Somebody who can sign in at the provider. */
export interface Account {
  readonly email: string;
  readonly email_verified?: boolean;
  /** What the provider lets them have. */
  readonly scopes: readonly string[];
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** Requests for its keys so far. */
  readonly keyRequests: () => number;
  /** Who signs in from now on. */
  signInAs(account: Account): void;
  /** A token signed with the provider's own key, as it would issue it itself, with whatever claims and header. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** The public key, as anybody can read it. */
  publicKey(): Promise<CryptoKey>;
  close(): Promise<void>;
}

/** What of the library is used; it brings no types. */
interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ prompt: { name: string }; params: Record<string, string>; session?: { accountId: string } }>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  readonly Grant: new (
    of: object,
  ) => {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    rejectResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  };
}

const SCOPES = ['read', 'write', 'admin'];

/**
 * A real OpenID provider on a free port: clients register by themselves, people are signed in without being asked, and tokens for the
 * resource are signed JWTs.
 */
export async function startOpenIdProvider(audience: string): Promise<OpenIdProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'of-the-provider', use: 'sig', alg: 'RS256' };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let account: Account = { email: 'nobody@example.com', scopes: [] };
  let keyRequests = 0;
  // @ts-expect-error it brings no types
  const { Provider: Real } = (await import('oidc-provider')) as {
    Provider: new (issuer: string, settings: object) => Provider;
  };
  const provider = new Real(issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: ['a key that signs cookies'] },
    clientDefaults: { token_endpoint_auth_method: 'none' },
    scopes: ['openid', 'offline_access', ...SCOPES],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPES.join(' '),
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    extraTokenClaims: () => ({ email: account.email, email_verified: account.email_verified ?? true }),
    interactions: { url: () => '/interaction' },
  });
  const handle = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: account.email } });
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id });
    const others = SCOPES.filter((scope) => !account.scopes.includes(scope));
    // Clients may register for what they ask for only where it is one of the provider's own scopes, too.
    grant.addOIDCScope(['openid', ...SCOPES].join(' '));
    grant.addResourceScope(audience, account.scopes.join(' '));
    grant.rejectResourceScope(audience, others.join(' '));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/jwks') keyRequests += 1;
    if (request.url?.startsWith('/interaction')) void interact(request, response);
    else handle(request, response);
  });
  return {
    issuer,
    keyRequests: () => keyRequests,
    signInAs(next) {
      account = next;
    },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: jwk.kid, typ: 'at+jwt', ...header }).sign(privateKey),
    publicKey: async () => publicKey,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A browser that follows where it is sent, with its cookies, until it is sent to the client's own address. */
export async function signInWithBrowser(url: URL, redirectTo: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = url;
  for (let hops = 0; hops < 12; hops += 1) {
    if (next.href.startsWith(redirectTo)) return next;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${next.pathname} answers ${response.status}: ${await response.text()}`);
    next = new URL(location, next);
  }
  throw new Error('The provider sends in circles.');
}
