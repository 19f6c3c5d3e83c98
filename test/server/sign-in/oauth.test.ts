import { type Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { HttpServer } from '../../../src/server/http/http.ts';
import { modernClient } from '../../support/mcp-clients.ts';
import {
  type Account,
  type OpenIdProvider,
  signInWithBrowser,
  startOpenIdProvider,
} from '../../support/openid-provider.ts';
import { raw } from '../../support/raw.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW } from '../../support/session.ts';
import { clientWith, fetchAt, PUBLIC_URL, sendTo, startServer, textOf, toolNames } from '../../support/signed-in.ts';

let sandbox: Sandbox;
let provider: OpenIdProvider;
let server: HttpServer;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  provider = await startOpenIdProvider(PUBLIC_URL);
  server = await startServer(sandbox, { CWM_PUBLIC_URL: PUBLIC_URL, CWM_OAUTH_ISSUER: provider.issuer });
});
afterAll(async () => {
  await server.close();
  await provider.close();
  await sandbox.close();
});

const mail = (member: string): string => `${member}@northwind-it.example`;
const REDIRECT = 'http://127.0.0.1:1/callback';

/** Signs in as a client does that knows nothing but the address of the tools: it finds the provider, registers, and gets a token. */
async function signIn(account: Account): Promise<Client> {
  provider.signInAs(account);
  const saved: Record<string, unknown> = {};
  let place = new URL(PUBLIC_URL);
  const authProvider = {
    redirectUrl: REDIRECT,
    clientMetadata: { client_name: 'test', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' },
    clientInformation: () => saved.client,
    saveClientInformation: (information: unknown) => {
      saved.client = information;
    },
    tokens: () => saved.tokens,
    saveTokens: (tokens: unknown) => {
      saved.tokens = tokens;
    },
    redirectToAuthorization: (url: URL) => {
      place = url;
    },
    saveCodeVerifier: (verifier: string) => {
      saved.verifier = verifier;
    },
    codeVerifier: () => saved.verifier,
    discoveryState: () => saved.discovery,
    saveDiscoveryState: (discovery: unknown) => {
      saved.discovery = discovery;
    },
  } as never;
  const open = () => {
    const client = modernClient();
    const transport = new StreamableHTTPClientTransport(new URL(PUBLIC_URL), { authProvider, fetch: fetchAt(server) });
    return { client, transport };
  };
  const first = open();
  await expect(first.client.connect(first.transport)).rejects.toThrow(UnauthorizedError);
  const back = await signInWithBrowser(place, REDIRECT);
  await first.transport.finishAuth(back.searchParams);
  const { client, transport } = open();
  await client.connect(transport);
  return client;
}

describe('two callers of different rights, side by side', () => {
  let reader: Client;
  let writer: Client;
  beforeAll(async () => {
    reader = await signIn({ email: mail('pnair'), scopes: ['read'] });
    writer = await signIn({ email: mail('bwest'), scopes: ['read', 'write'] });
  });
  afterAll(() => Promise.all([reader.close(), writer.close()]));

  it('each is the member of their sign-in, in their own time zone', async () => {
    const [one, other] = await Promise.all([textOf(reader, 'whoami'), textOf(writer, 'whoami')]);
    expect(one).toContain('(pnair, id 6)');
    expect(one).toContain('Asia/Kolkata');
    expect(one).toContain('writing: not allowed');
    expect(one).toContain('scope write');
    expect(other).toContain('(bwest, id 10)');
    expect(other).toContain('America/Los_Angeles');
    expect(other).toContain('writing: allowed');
  });

  it('each sees the tools of their scopes', async () => {
    const [few, more] = await Promise.all([toolNames(reader), toolNames(writer)]);
    expect(few).toContain('search_tickets');
    expect(few).not.toContain('create_ticket');
    expect(few).not.toContain('call_write_operation');
    expect(more).toContain('create_ticket');
  });

  it('a call that needs another scope is answered so that the client can ask for it', async () => {
    const refused = await post(await token({ email: mail('pnair'), scope: 'read' }), call('add_ticket_note', {}));
    expect(refused.status).toBe(403);
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_scope", error_description="This needs the scope write.", scope="read write", resource_metadata="https://manage.example/.well-known/oauth-protected-resource/mcp"',
    );
  });

  it('nobody sees what the other wrote, or can take it back', async () => {
    await textOf(writer, 'add_ticket_note', { ticketId: 7, text: 'Written by bwest' });
    const list = { operation: 'list_changes' };
    const own = await textOf(writer, 'call_read_operation', list);
    expect(own).toContain('add_ticket_note');
    expect(own).toContain(mail('bwest'));
    expect(await textOf(reader, 'call_read_operation', list)).toContain('0 of 0 changes');
    const id = /\b[0-9a-f]{10}-1\b/.exec(own)?.[0];
    const third = await clientWith(server, bearer(await token({ email: mail('achen'), scope: 'read write' })));
    const undo = { operation: 'undo_change', arguments: { id, dryRun: true } };
    expect(await textOf(third, 'call_write_operation', undo)).toContain(`The journal has no change ${id}`);
    const admin = await clientWith(server, bearer(await token({ email: mail('achen'), scope: 'admin' })));
    expect(await textOf(admin, 'call_read_operation', list)).toContain(mail('bwest'));
    await Promise.all([third.close(), admin.close()]);
  });
});

const now = (): number => Math.floor(Date.now() / 1000);
const claims = (more: Record<string, unknown> = {}) => ({
  iss: provider.issuer,
  aud: PUBLIC_URL,
  sub: 'somebody',
  exp: now() + 300,
  email: mail('bwest'),
  email_verified: true,
  scope: 'read write',
  ...more,
});
const token = (more: Record<string, unknown> = {}, header?: Record<string, unknown>): Promise<string> =>
  provider.sign(claims({ sub: more.email ?? 'somebody', ...more }), header);
const bearer = (given: string) => ({ authorization: `Bearer ${given}` });
const call = (name: string, given: Record<string, unknown>) => ({ name, arguments: given });
const post = (given: string | undefined, params: object = call('whoami', {})) =>
  sendTo(
    server,
    { method: 'tools/call', params },
    { host: 'manage.example', ...(given !== undefined && bearer(given)) },
  );

describe('a token', () => {
  it('that the provider issues is good, with a name of its own where the key is clear', async () => {
    expect((await post(await token())).status).toBe(200);
    expect((await post(await token({}, { typ: 'JWT' }))).status).toBe(200);
    expect((await post(await token({ aud: ['https://other.example', PUBLIC_URL] }))).status).toBe(200);
  });

  it('is asked for where there is none, with the place where to get it', async () => {
    const { status, headers, json } = await post(undefined);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(
      'Bearer scope="read write", resource_metadata="https://manage.example/.well-known/oauth-protected-resource/mcp"',
    );
    expect(json).toMatchObject({ error: 'unauthorized' });
    for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'])
      expect(await raw(server.url, 'GET', path, { headers: { host: 'manage.example' } })).toMatchObject({
        status: 200,
        json: {
          resource: PUBLIC_URL,
          authorization_servers: [provider.issuer],
          scopes_supported: ['read', 'write', 'admin'],
        },
      });
  });

  const stranger = generateKeyPair('RS256');
  const bySomebody = async (header: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', ...header }).sign((await stranger).privateKey);

  it.each<[string, () => Promise<string>, RegExp]>([
    ['that has expired', () => token({ exp: now() - 60 }), /expired/],
    ['that never expires', () => token({ exp: undefined }), /lacks a valid claim exp/],
    ['that is not valid yet', () => token({ nbf: now() + 600 }), /not valid yet/],
    ['for another audience', () => token({ aud: 'https://other.example/mcp' }), /another audience/],
    ['for no audience', () => token({ aud: undefined }), /another audience|lacks a valid claim aud/],
    ['of another issuer', () => token({ iss: 'https://login.evil.example' }), /another provider/],
    ['for nobody', () => token({ sub: undefined }), /whom it is for/],
    ['of another kind', () => token({}, { typ: 'logout+jwt' }), /no access token/],
    ['that is not signed', async () => new UnsecuredJWT(claims()).encode(), /cannot be read|algorithm/],
    ['signed by a stranger', () => bySomebody({ kid: 'of-the-provider' }), /signature/],
    ['with a key that the provider does not have', () => bySomebody({ kid: 'another' }), /does not have/],
    ['with a key id that leads elsewhere', () => bySomebody({ kid: '../../../dev/null' }), /does not have/],
    [
      'that brings its own key',
      async () => bySomebody({ kid: 'of-the-provider', jku: 'https://evil.example/keys', jwk: { kty: 'RSA' } }),
      /signature/,
    ],
    [
      'with an unknown critical header',
      () => token({}, { crit: ['exp'], exp: 1 }).catch(() => 'a.b.c'),
      /cannot be read/,
    ],
    [
      'signed with the public key as a shared secret',
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI(await provider.publicKey()));
        return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'of-the-provider' }).sign(secret);
      },
      /algorithm/,
    ],
    ['with a changed claim', async () => tampered(await token()), /signature/],
    ['of nothing but dots', async () => '..', /not known/],
    ['that is far too long', async () => `${'a'.repeat(17_000)}.b.c`, /cannot be read/],
  ])('%s is refused', async (_, make, why) => {
    const given = await make();
    const { status, headers, json, text } = await post(given);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", .*resource_metadata=/);
    expect(json.error_description).toMatch(why);
    expect(text).not.toContain(given);
  });

  it.each([
    ['without any of the scopes', { scope: 'openid profile' }, /none of the scopes/],
    ['whose roles give more than its scope', { scope: 'openid', roles: ['admin'] }, /none of the scopes/],
    ['without an address', { email: undefined }, /does not say which member/],
    ['with an address that nobody verified', { email_verified: false }, /does not say which member/],
    [
      'with an address of which nobody says whether it is verified',
      { email_verified: undefined },
      /does not say which/,
    ],
    ['of a stranger to Manage', { email: 'eve@evil.example' }, /"eve@evil.example" is no member/],
    ['of somebody who is inactive', { email: mail('rgone') }, /inactive member/],
    ['with conditions in place of an address', { email: 'x" or id>0 or identifier="@' }, /is no member/],
  ])('that is good but %s opens nothing', async (_, more, why) => {
    const { status, json } = await post(await token(more));
    expect(status).toBe(403);
    expect(json.error_description).toMatch(why);
  });

  it('is checked with keys that are read once for many', async () => {
    const before = provider.keyRequests();
    await Promise.all(Array.from({ length: 20 }, async () => post(await bySomebody({ kid: 'unknown' }))));
    expect(provider.keyRequests() - before).toBeLessThanOrEqual(1);
  });
});

/** The same token with `write` in it replaced. */
function tampered(given: string): string {
  const [head, body = '', tail] = given.split('.');
  const text = Buffer.from(body, 'base64url').toString().replace('read write', 'read admin');
  return [head, Buffer.from(text).toString('base64url'), tail].join('.');
}

it('a provider that does not answer is no reason to sign in again', async () => {
  const away = await startServer(sandbox, {
    CWM_PUBLIC_URL: PUBLIC_URL,
    CWM_OAUTH_ISSUER: 'http://127.0.0.1:9/nobody',
  });
  try {
    const { status, headers, json } = await raw(away.url, 'POST', '/mcp', {
      headers: { host: 'manage.example', ...bearer(await token()) },
      body: '{}',
    });
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(json.error_description).toContain('The OpenID provider does not answer');
  } finally {
    await away.close();
  }
});
