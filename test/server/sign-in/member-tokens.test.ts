import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { readConfig } from '../../../src/config/config.ts';
import { createLogger } from '../../../src/logger.ts';
import { createManageClient, type Keys, SharedSite } from '../../../src/manage/index.ts';
import { SANDBOX } from '../../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { runOnce } from '../../../src/server/calls/run-once.ts';
import { createServices } from '../../../src/server/services.ts';
import { MemberTokens } from '../../../src/server/sign-in/member-tokens.ts';
import { LocalStore } from '../../../src/shared-store/index.ts';
import { NOW } from '../../support/session.ts';

const HOUR = 3_600_000;

let time = NOW.getTime();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(time), tickets: 20 });
});
afterAll(() => sandbox.close());

const integrator = { publicKey: SANDBOX.integrator.login, privateKey: SANDBOX.integrator.password };
const configured = (more: Record<string, string> = {}) => {
  const { CWM_PUBLIC_KEY: _, CWM_PRIVATE_KEY: _key, ...rest } = sandbox.environment;
  const login = { CWM_INTEGRATOR_LOGIN: integrator.publicKey, CWM_INTEGRATOR_PASSWORD: integrator.privateKey };
  return readConfig({ ...rest, ...login, CWM_API_VERSION: sandbox.apiVersion, CWM_LOG_LEVEL: 'silent', ...more }, true);
};
const minted = (): number => sandbox.requests.filter(({ path }) => path.endsWith('/tokens')).length;
const signal = new AbortController().signal;

it('a token to act as a member is made once, renewed before it ends, and made anew when Manage no longer takes it', async () => {
  const { manage } = configured();
  const api = loadApi();
  const shared = new SharedSite(manage, { api });
  const client = (keys?: Keys) => createManageClient(manage, { api, shared, keys });
  const tokens = new MemberTokens(client(), new LocalStore(), () => time);
  const keys = tokens.keysOf('pnair');
  const acting = client(keys);
  const work = (): Promise<unknown> => acting.get('GET /system/members/{id}', { path: { id: 6 } });
  try {
    await Promise.all([work(), work(), work()]);
    expect(minted()).toBe(1);
    const first = await keys.current(signal);
    expect(first.userType).toBe('member');
    time += 3.5 * HOUR;
    await work();
    expect((await keys.current(signal)).publicKey).toBe(first.publicKey);
    // Beside the calls, so that none waits for it.
    time += 0.4 * HOUR;
    await keys.current(signal);
    while ((await keys.current(signal)).publicKey === first.publicKey) await new Promise((next) => setTimeout(next, 5));
    expect(minted()).toBe(2);
    time += 24 * HOUR;
    await work();
    expect(minted()).toBe(3);
    // As after a restart of Manage: the token is not over, and no longer known.
    const ended = await keys.current(signal);
    sandbox.reset();
    await work();
    expect((await keys.current(signal)).publicKey).not.toBe(ended.publicKey);
    await expect(client(tokens.keysOf('rgone')).get('GET /system/info')).rejects.toThrow(/act as rgone/);
  } finally {
    await shared.close();
  }
});

it('replicas make one token for a member, and one anew when Manage no longer takes it', async () => {
  const { manage } = configured();
  const shared = new SharedSite(manage, { api: loadApi() });
  const client = (keys?: Keys) => createManageClient(manage, { api: loadApi(), shared, keys });
  const store = new LocalStore();
  const replicas = [1, 2].map(() => new MemberTokens(client(), store, () => time).keysOf('pnair'));
  const signedInWith = () => Promise.all(replicas.map(async (keys) => (await keys.current(signal)).publicKey));
  const acting = replicas.map((keys) => client(keys));
  const work = async () => {
    for (const manage of acting) await manage.get('GET /system/info');
  };
  try {
    const before = minted();
    await work();
    const [first] = await signedInWith();
    expect(await signedInWith()).toEqual([first, first]);
    expect(minted()).toBe(before + 1);
    sandbox.reset();
    await work();
    const [second] = await signedInWith();
    expect(second).not.toBe(first);
    expect(await signedInWith()).toEqual([second, second]);
    // A sandbox that was reset forgets the requests, too.
    expect(minted()).toBe(1);
  } finally {
    await shared.close();
  }
});

it('without sign-in, requests go out as the configured member, and never as the login itself', async () => {
  const run = async (member: string) => {
    const services = createServices(configured({ CWM_MEMBER: member }), createLogger('silent'), {
      clock: () => new Date(time),
    });
    try {
      const { content } = await runOnce(services, 'whoami', {}, signal);
      const read = await services.manage.get('GET /finance/invoices').catch((error: Error) => error.message);
      return [JSON.stringify(content), JSON.stringify(read)] as const;
    } finally {
      await services.close();
    }
  };
  const [who, invoices] = await run('pnair@northwind-it.example');
  expect(who).toContain('(pnair, id 6)');
  expect(invoices).toContain('security permission');
  expect((await run('nobody'))[1]).toContain('nobody whom the integrator login can act as');
});
