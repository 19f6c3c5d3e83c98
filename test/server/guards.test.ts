import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { selectTools } from '../../src/server/select-tools.ts';
import { tools } from '../../tools/index.ts';
import { problemsOf } from '../support/config-problems.ts';
import { type HttpSession, startHttpSession } from '../support/session.ts';

const KEYS = {
  CWM_SITE: 'na.myconnectwise.net',
  CWM_COMPANY_ID: 'co',
  CWM_PUBLIC_KEY: 'pub',
  CWM_PRIVATE_KEY: 'priv',
  CWM_CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
};
const TOKEN = 'a-token-of-24-characters-or-more';

describe('access over HTTP', () => {
  let session: HttpSession;
  beforeAll(async () => {
    session = await startHttpSession();
  });
  afterAll(() => session.close());

  const status = async (headers: Record<string, string>, path = '/mcp'): Promise<number> => {
    const { statusCode, body } = await request(new URL(path, session.url), {
      method: path === '/mcp' ? 'POST' : 'GET',
      headers,
      ...(path === '/mcp' && { body: '{}' }),
    });
    await body.dump();
    return statusCode;
  };

  it('is closed to other hosts and origins, so that no web page leads here under its own name', async () => {
    expect(await status({ host: 'attacker.example' })).toBe(403);
    expect(await status({ host: 'localhost:1', origin: 'https://attacker.example' })).toBe(403);
    expect(await status({ host: 'localhost:1', origin: 'null' })).toBe(403);
    expect(await status({ host: '127.0.0.1' }, '/healthz')).toBe(200);
    expect(await status({}, '/readyz')).toBe(200);
    expect(await status({}, '/elsewhere')).toBe(404);
  });

  it('requires the token when one is set', async () => {
    const guarded = await startHttpSession({ environment: { CWM_HTTP_TOKEN: TOKEN } }).catch((error: unknown) => error);
    // The client has no token: it is turned away.
    expect(String(guarded)).toMatch(/401|authorization/i);
  });
});

describe('the configuration', () => {
  const problems = (environment: Record<string, string>): readonly string[] => problemsOf({ ...KEYS, ...environment });

  it('adds api- for cloud sites and takes the names of other servers', () => {
    expect(readConfig(KEYS).manage.baseUrl).toBe('https://api-na.myconnectwise.net/v4_6_release/apis/3.0');
    const { CWM_SITE: _, ...rest } = KEYS;
    expect(
      readConfig({ ...rest, CW_MANAGE_URL: 'https://cw.example.com', CONNECTWISE_COMPANY_ID: 'co' }).manage.baseUrl,
    ).toBe('https://cw.example.com/v4_6_release/apis/3.0');
  });

  it('reads switches as words', () => {
    expect(readConfig({ ...KEYS, CWM_READ_ONLY: 'false' }).manage.readOnly).toBe(false);
    expect(readConfig({ ...KEYS, CWM_READ_ONLY: 'TRUE' }).manage.readOnly).toBe(true);
  });

  it.each([
    [{ CWM_READ_ONLY: 'perhaps' }, /CWM_READ_ONLY has to be true or false/],
    [{ CWM_TOOLSETS: 'core,tyme' }, /CWM_TOOLSETS has no toolset "tyme"\. Did you mean time\?/],
    [{ CWM_TOOLSETS: ',' }, /CWM_TOOLSETS selects no tool/],
    [{ CWM_CLIENTID: 'x' }, /CWM_CLIENTID is not known\. Did you mean CWM_CLIENT_ID\?/],
    [{ CW_COMPANY_ID: 'other' }, /CWM_COMPANY_ID and CW_COMPANY_ID contradict each other/],
    [{ CWM_SITE: 'http://cw.example.com' }, /CWM_SITE: .*in the clear/],
    [{ CWM_SITE: 'https://user:secret@cw.example.com' }, /CWM_SITE: A site holds no user name/],
    [{ CWM_CLIENT_ID: 'mine' }, /CWM_CLIENT_ID has to be a GUID/],
    [{ CWM_TIME_ZONE: 'Eastern' }, /CWM_TIME_ZONE .*IANA/],
    [{ CWM_REQUESTS_PER_MINUTE: 'fast' }, /CWM_REQUESTS_PER_MINUTE has to be a whole number/],
    [{ CWM_PRIVATE_KEY_FILE: '/nowhere/key' }, /CWM_PRIVATE_KEY_FILE: the file/],
    [{ CWM_HTTP_HOST: '0.0.0.0' }, /CWM_HTTP_TOKEN/],
    [{ CWM_HTTP_HOST: '0.0.0.0', CWM_HTTP_TOKEN: TOKEN }, /CWM_ALLOWED_HOSTS/],
    [{ CWM_API_VERSION: 'latest' }, /CWM_API_VERSION/],
  ])('refuses %j', (environment, message) => {
    expect(problems(environment).join('\n')).toMatch(message);
  });

  it('never echoes a secret', () => {
    const said = problems({ CWM_PRIVATE_KEY: 'priv-secret', CW_PRIVATE_KEY: 'other-secret' }).join('\n');
    expect(said).toContain('CWM_PRIVATE_KEY');
    expect(said).not.toMatch(/priv-secret|other-secret/);
  });
});

describe('a selection', () => {
  it('that leaves no tool is an error at startup', () => {
    // Every toolset has tools, so it takes fewer of them.
    const without = tools.filter(({ toolset }) => toolset !== 'expense');
    expect(() => selectTools(without, { toolsets: new Set(['expense']), readOnly: false })).toThrow(
      'CWM_TOOLSETS expense selects no tool.',
    );
  });
});

describe('read-only mode', () => {
  it('hides every tool that writes, and the client sends no write', async () => {
    const session = await startHttpSession({ environment: { CWM_READ_ONLY: 'true' } });
    try {
      const listed = await session.listTools();
      expect(listed.length).toBeGreaterThan(0);
      expect(listed.every(({ annotations }) => (annotations as { readOnlyHint: boolean }).readOnlyHint)).toBe(true);
      await expect(session.call('create_ticket', { summary: 'x', company: 'Acme' })).rejects.toThrow(
        /create_ticket writes, and the server is in read-only mode \(CWM_READ_ONLY\)/,
      );
      for (const tool of ['call_read_operation', 'describe_operation'])
        for (const operation of ['create_ticket', 'log-expense', 'call_write_operation'])
          expect(await session.refused(tool, { operation })).toMatch(/writes, and the server is in read-only mode/);
      expect(session.writes()).toEqual([]);
    } finally {
      await session.close();
    }
  });
});
