import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OAuthSettings } from '../../../src/config/http-settings.ts';
import { audiencesOf, identityOf, issuersOf, scopesOf } from '../../../src/server/sign-in/claims.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';
const APPLICATION = '99999999-8888-4777-8666-555555555555';
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;

const settings = (more: Partial<OAuthSettings> = {}): OAuthSettings => ({
  issuer: 'https://id.example.com',
  audiences: [],
  scopePrefix: '',
  memberClaims: undefined,
  ...more,
});

describe('the scopes of a token', () => {
  const widest = (claims: Record<string, unknown>, prefix = ''): string | undefined =>
    [...scopesOf(claims, prefix)].at(-1);

  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['OAuth', { scope: 'openid write' }, '', 'write'],
    ['Okta', { scp: ['openid', 'read'] }, '', 'read'],
    ['a prefix', { scope: 'manage.admin' }, 'manage.', 'admin'],
    ['a bare name beside a prefix that is part of it', { scope: 'admin' }, 'manage.', undefined],
    ['Entra ID, which leaves the address out', { scp: 'read write' }, `api://${APPLICATION}/`, 'write'],
    ['Entra ID, with less for the person', { scp: 'read write admin', roles: ['write'] }, `api://x/`, 'write'],
    ['Entra ID, with more for the person', { scp: 'read', roles: ['admin'] }, 'api://x/', 'read'],
    ['Entra ID, for a program', { roles: ['read'] }, 'api://x/', 'read'],
    ['roles of something else', { scp: 'write', roles: ['Dispatcher'] }, 'api://x/', 'write'],
    ['Auth0, with permissions', { scope: 'openid read write', permissions: ['read'] }, '', 'read'],
    ['a token for something else', { scope: 'openid profile', roles: ['admin'] }, '', undefined],
    ['an empty scope', { scope: '', roles: ['admin'] }, '', undefined],
    ['claims of another shape', { scope: 7, scp: { read: true }, roles: 'x' }, '', undefined],
    ['nothing', {}, '', undefined],
  ])('are those of %s', (_, claims, prefix, wanted) => {
    expect(widest(claims, prefix)).toBe(wanted);
  });

  it('are never more than what was granted to the client', () => {
    const names = fc.array(fc.constantFrom('read', 'write', 'admin', 'openid', 'Admin'));
    fc.assert(
      fc.property(names, names, (scope, roles) => {
        const order = ['read', 'write', 'admin'];
        const most = Math.max(-1, ...scope.map((name) => order.indexOf(name)));
        const got = widest({ scope: scope.join(' '), roles });
        expect(got === undefined ? -1 : order.indexOf(got)).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('the identity of a token', () => {
  it.each<[string, object, OAuthSettings, string | undefined]>([
    ['a verified address', { email: 'jo@example.com', email_verified: true }, settings(), 'jo@example.com'],
    ['one verified in a text', { email: 'jo@example.com', email_verified: 'true' }, settings(), 'jo@example.com'],
    ['one of which nobody says so', { email: 'jo@example.com' }, settings(), undefined],
    [
      'one that the operator chose',
      { email: 'jo@example.com' },
      settings({ memberClaims: ['email'] }),
      'jo@example.com',
    ],
    [
      'a chosen one that is not verified',
      { email: 'jo@example.com', email_verified: false },
      settings({ memberClaims: ['email'] }),
      undefined,
    ],
    ['a name that people choose', { preferred_username: 'jdoe', nickname: 'jdoe' }, settings(), undefined],
    [
      'an address at Entra ID',
      { email: 'jo@example.com', email_verified: true },
      settings({ issuer: ENTRA }),
      undefined,
    ],
    ['version 2 at Entra ID', { preferred_username: 'jo@x.com' }, settings({ issuer: ENTRA }), 'jo@x.com'],
    ['version 1 at Entra ID', { upn: 'jo@x.com' }, settings({ issuer: ENTRA }), 'jo@x.com'],
    ['a claim of its own', { 'https://x/m': ' jdoe ' }, settings({ memberClaims: ['a', 'https://x/m'] }), 'jdoe'],
    ['no text', { email: ['jo@example.com'], email_verified: true }, settings(), undefined],
    ['far too much', { email: `${'a'.repeat(300)}@x.com`, email_verified: true }, settings(), undefined],
  ])('is that of %s', (_, claims, provider, wanted) => {
    expect(identityOf({ sub: 's', ...claims }, provider).said?.value).toBe(wanted);
  });

  it('tells people of one provider apart, at Entra ID by what does not differ between registrations', () => {
    const [one, other] = ['s1', 's2'].map((sub) => identityOf({ sub, oid: 'o' }, settings()).id);
    expect(one).not.toBe(other);
    const at = (sub: string) => identityOf({ sub, oid: 'o' }, settings({ issuer: ENTRA }));
    expect(at('s1').id).toBe(at('s2').id);
    expect(at('s1').known).toEqual(['o']);
  });
});

it('Entra ID issues tokens of two versions for one tenant, and no other', () => {
  expect(issuersOf(ENTRA)).toEqual([ENTRA, `https://sts.windows.net/${TENANT}/`]);
  expect(issuersOf('https://login.microsoftonline.com/contoso.com/v2.0')).toHaveLength(1);
  expect(issuersOf('https://evil.example/https://login.microsoftonline.com/')).toHaveLength(1);
  expect(audiencesOf([`api://${APPLICATION}`, 'api://tools', 'https://x'])).toEqual([
    `api://${APPLICATION}`,
    APPLICATION,
    'api://tools',
    'https://x',
  ]);
});
