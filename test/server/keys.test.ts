import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VARIABLES } from '../../src/config/variables.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { problemsOf } from '../support/config-problems.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW } from '../support/session.ts';
import { run, start } from '../support/stdio.ts';

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const INITIALIZE = {
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

/** A day's work, with successes, refusals and failures on all ways. */
const CALLS: readonly (readonly [string, object])[] = [
  ['whoami', {}],
  ['search_tickets', { mine: true }],
  ['search_tickets', { company: 'nobody of this name' }],
  ['get_ticket', { ticketId: 999_999 }],
  ['update_ticket', { ticketId: 7, priority: 'Priority 2 - High' }],
  ['add_ticket_note', { ticketId: 7, text: 'Called the customer back.' }],
  ['check_permissions', {}],
  ['list_changes', {}],
  ['call_read_operation', { operation: 'GET /system/info' }],
  ['call_read_operation', { operation: 'GET /system/members/{id}', path: { id: 1 } }],
  ['call_write_operation', { operation: 'POST /service/tickets', body: { nonsense: true } }],
];

/** Every setting that is no key. */
const ELSEWHERE = Object.keys(VARIABLES).filter((name) => !/KEY|TOKEN|CLIENT_ID/.test(name));

/** Everything that a process wrote, to anybody. */
async function outputOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const state = join(folder, 'state');
  const child = start([], {
    CWM_TOOLSETS: 'all',
    CWM_LOG_LEVEL: 'trace',
    CWM_STATE_DIR: state,
    ...environment,
  });
  let written = '';
  let answers = 0;
  const all = CALLS.length + 1;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.stdout?.on('data', (chunk: Buffer) => {
      written += chunk.toString();
      answers += chunk.toString().split('\n').length - 1;
      if (answers >= all) child.stdin?.end();
    });
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    written += chunk.toString();
  });
  const requests = [
    INITIALIZE,
    ...CALLS.map(([name, input]) => ({ method: 'tools/call', params: { name, arguments: input } })),
  ];
  for (const [id, request] of requests.entries())
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...request })}\n`);
  await ended;
  for (const { parentPath, name } of (await readdir(state, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  ))
    written += await readFile(join(parentPath, name), 'utf8');
  return written;
}

describe('keys', () => {
  it.each([
    ['that are right', {}],
    ['that are wrong', { CWM_PRIVATE_KEY: 'wr0ngPr1vateKeyOfNobody', CWM_CLIENT_ID: 'cl1ent-1d-of-nobody' }],
  ])('%s are in no answer, log, error, journal or file', async (_, wrong) => {
    const environment: Record<string, string> = { ...sandbox.environment, ...wrong };
    const { CWM_COMPANY_ID, CWM_PUBLIC_KEY, CWM_PRIVATE_KEY = '-', CWM_CLIENT_ID = '-' } = environment;
    const login = Buffer.from(`${CWM_COMPANY_ID}+${CWM_PUBLIC_KEY}:${CWM_PRIVATE_KEY}`).toString('base64');
    const written = await outputOf(environment);
    const doctor = await run(['doctor'], { ...environment, CWM_STATE_DIR: join(folder, 'state') });
    expect(written.length).toBeGreaterThan(5_000);
    for (const secret of [CWM_PRIVATE_KEY, login, CWM_CLIENT_ID])
      for (const text of [written, doctor.stdout, doctor.stderr]) expect(text.includes(secret), secret).toBe(false);
  });

  it('are not taken from the command line, nor shown where somebody tries', async () => {
    const { code, stdout, stderr } = await run(['--private-key', 'wr0ngPr1vateKeyOfNobody']);
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toContain('wr0ngPr1vateKeyOfNobody');
    const site = await run(['doctor'], {
      ...sandbox.environment,
      CWM_SITE: 'https://me:wr0ngPr1vateKeyOfNobody@na.myconnectwise.net',
    });
    expect(`${site.stdout}${site.stderr}`).not.toContain('wr0ngPr1vateKeyOfNobody');
  });

  it('are not repeated where they stand in another setting', async () => {
    // A key need not have a digit.
    for (const key of ['Qz7mPx92LdT4vWbk', 'kQzmPxdLTvWbRnYs']) {
      const files = { CWM_PRIVATE_KEY: '', CWM_PRIVATE_KEY_FILE: key, CWM_HTTP_TOKEN_FILE: key };
      const elsewhere = Object.fromEntries(ELSEWHERE.map((name) => [name, key]));
      const problems = problemsOf({ ...sandbox.environment, ...elsewhere, ...files }, true);
      expect(problems.length).toBeGreaterThan(9);
      expect(problems.join('\n')).not.toContain(key);
    }
    const key = 'Qz7mPx92LdT4vWbk';
    const doctor = await run(['doctor'], { ...sandbox.environment, CWM_MEMBER: key, CWM_COMPANY_ID: key });
    expect(`${doctor.stdout}${doctor.stderr}`).not.toContain(key);
  });
});
