import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf, type Session } from '../support/session.ts';
import { Reach } from './sweep/reach.ts';

const whole = loadApi();

/** A concrete path of a template. */
const filled = (path: string): string => path.replace(/\{\w+\}/g, '1');

describe.each(['2022.1', '2025.1'])('a sandbox of %s', (version) => {
  const own = whole.at(version);
  let sandbox: Sandbox;
  let rest: Session['rest'];
  beforeAll(async () => {
    sandbox = await startSandbox({ now: NOW, tickets: 20, apiVersion: version });
    rest = restOf(sandbox);
  });
  afterAll(() => sandbox.close());

  it('says its version', async () => {
    const { body, headers } = await rest('GET', '/system/info');
    expect(body.version).toBe(`v${version}.90000`);
    expect(headers.get('api-current-version')).toBe(version);
    const info = await fetch(`${sandbox.url}/login/companyinfo/${sandbox.credentials.companyId}`);
    expect(await info.json()).toMatchObject({ VersionCode: `v${version}` });
  });

  it('has no operation of another version', async () => {
    const absent = whole.operations.filter(({ method, path }) => own.match(method, filled(path)) === undefined);
    const answers = await Promise.all(
      absent.map(async ({ method, path }) => ({ path, status: (await rest(method, filled(path))).status })),
    );
    expect(absent.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status !== 404 && status !== 405)).toEqual([]);
  });

  it('has no member of a later one, in answers, bodies and conditions', async () => {
    const [ticket] = (await rest('GET', '/service/tickets?pageSize=1')).body;
    expect(ticket).not.toHaveProperty('respondByGoalUTC');
    const conditions = encodeURIComponent('respondByGoalUTC > [2026-01-01T00:00:00Z]');
    expect((await rest('GET', `/service/tickets?conditions=${conditions}`)).body.message).toContain(
      'not a recognized name',
    );
    const body = { summary: 'New', company: { id: 2 }, escalationLastUpdateMinutes: 1 };
    expect((await rest('POST', '/service/tickets', body)).body.message).toContain(
      "Could not find member 'escalationLastUpdateMinutes'",
    );
  });

  it('answers what ended later', async () => {
    const ended = own.operations.filter(({ until }) => until !== undefined);
    expect(ended).toHaveLength(version === '2022.1' ? 5 : 0);
    const reach = new Reach(own, rest);
    for (const operation of ended) {
      const path = await reach.path(operation, operation.method !== 'GET');
      const body = operation.method === 'PUT' ? { company: { id: 2 } } : undefined;
      expect([200, 204], operation.id).toContain((await rest(operation.method, path ?? '', body)).status);
    }
  });
});
