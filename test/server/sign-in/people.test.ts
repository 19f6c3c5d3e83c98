import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../../src/sandbox/credentials.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { HttpServer } from '../../../src/server/http/http.ts';
import { readPeople } from '../../../src/server/sign-in/people.ts';
import { raw } from '../../support/raw.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf } from '../../support/session.ts';
import { clientWith, sendTo, startServer, textOf, toolNames } from '../../support/signed-in.ts';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;
const tokenOf = (name: string): string => `the-token-of-${name}-is-long-enough`;
const bearer = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });

interface Entry {
  readonly name: string;
  readonly member?: string;
  readonly scopes: string | readonly string[];
  readonly toolsets?: readonly string[];
  readonly timeZone?: string;
}
const entry = (one: Entry) => ({ ...one, tokenHash: hashOf(tokenOf(one.name)) });

let sandbox: Sandbox;
let folder: string;
let server: HttpServer;
const write = (people: readonly Entry[]): Promise<void> =>
  writeFile(join(folder, 'people.json'), JSON.stringify({ people: people.map(entry) }));
const PEOPLE: readonly Entry[] = [
  { name: 'Pat', member: 'pnair', scopes: 'read', toolsets: ['time'] },
  { name: 'Bo', member: 'bwest@northwind-it.example', scopes: ['write'], timeZone: 'Europe/London' },
  { name: 'Ada', member: 'achen', scopes: 'admin' },
];

beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'people-'));
  await write(PEOPLE);
  server = await startServer(sandbox, {
    CWM_PEOPLE_FILE: join(folder, 'people.json'),
    CWM_CALLER_KEYS: 'true',
    CWM_INTEGRATOR_LOGIN: SANDBOX.integrator.login,
    CWM_INTEGRATOR_PASSWORD: SANDBOX.integrator.password,
    CWM_STATE_DIR: join(folder, 'state'),
    CWM_READ_ONLY: 'false',
  });
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const open: Client[] = [];
const as = async (headers: Record<string, string>): Promise<Client> => {
  const client = await clientWith(server, headers);
  open.push(client);
  return client;
};
afterAll(() => Promise.all(open.map((client) => client.close())));

const whoami = (headers: Record<string, string>) =>
  sendTo(
    server,
    { method: 'tools/call', params: { name: 'whoami', arguments: {} } },
    { host: '127.0.0.1', ...headers },
  );

describe('people of a file', () => {
  it('are their members, with scopes, toolsets and a time zone of their own', async () => {
    const [pat, bo] = await Promise.all([as(bearer('Pat')), as(bearer('Bo'))]);
    expect(await textOf(bo, 'whoami')).toMatch(/\(bwest, id 10\)[\s\S]*Europe\/London/);
    const names = await toolNames(pat);
    expect(names).toContain('find_missing_time');
    expect(names).not.toContain('search_companies');
    expect(names).not.toContain('log_time');
    const own = { operation: 'whoami', arguments: {} };
    expect(await textOf(pat, 'call_read_operation', own)).toMatch(/\(pnair, id 6\)[\s\S]*Asia\/Kolkata/);
  });

  it('cannot go around their scopes, by whatever way', async () => {
    const [pat, bo] = await Promise.all([as(bearer('Pat')), as(bearer('Bo'))]);
    const write = { operation: 'PATCH /service/tickets/{id}', path: { id: 7 }, body: [] };
    for (const [tool, given] of [
      ['call_write_operation', write],
      ['call_read_operation', { ...write, body: undefined }],
      ['update_ticket', { ticketId: 7, summary: 'Changed' }],
      ['call_read_operation', { operation: 'update_ticket', arguments: { ticketId: 7, summary: 'Changed' } }],
    ] as const)
      expect(await textOf(pat, tool, given).catch(String)).toMatch(
        /scope write|writes|only reads|call_write_operation/,
      );
    const callback = {
      type: 'Ticket',
      url: 'https://hooks.example.com',
      description: 'x',
      objectId: 1,
      level: 'Owner',
    };
    const members = { operation: 'PATCH /system/members/{id}', path: { id: 1 }, confirm: true };
    for (const given of [
      { operation: 'POST /system/callbacks', body: callback, confirm: true },
      { ...members, body: [{ op: 'replace', path: 'title', value: 'Boss' }] },
      { operation: 'save_callback', arguments: callback },
    ])
      expect(await textOf(bo, 'call_write_operation', given)).toMatch(/scope admin/);
    const stored = await restOf(sandbox)('GET', '/system/members/1');
    expect(stored.body.title).not.toBe('Boss');
    const ada = await as(bearer('Ada'));
    expect(await toolNames(ada)).toContain('create_ticket');
    expect(await textOf(ada, 'call_write_operation', { ...members, body: [], dryRun: true })).not.toMatch(/scope/);
  });

  it('send their requests as themselves where there is an integrator login', async () => {
    const bo = await as(bearer('Bo'));
    const before = sandbox.requests.length;
    const note = await textOf(bo, 'add_ticket_note', { ticketId: 7, text: 'As Bo' });
    expect(note).toContain('Added');
    const notes = (await restOf(sandbox)('GET', '/service/tickets/7/notes')).body as Record<string, unknown>[];
    expect(notes.find(({ text }) => text === 'As Bo')).toMatchObject({ createdBy: 'bwest' });
    const minted = sandbox.requests.slice(before).filter(({ path }) => path.endsWith('/tokens'));
    expect(minted.length).toBeLessThanOrEqual(1);
    // A technician has no invoices, whatever the server's own keys may see.
    expect(await textOf(bo, 'call_read_operation', { operation: 'GET /finance/invoices' })).toMatch(
      /security role|permission/i,
    );
  });

  it('cannot use the session of somebody else', async () => {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const send = (name: string, method: string, session?: string) =>
      sendTo(
        server,
        { method, params: method === 'initialize' ? params : {} },
        { host: '127.0.0.1', ...bearer(name), ...(session !== undefined && { 'mcp-session-id': session }) },
      );
    const session = String((await send('Bo', 'initialize')).headers['mcp-session-id']);
    expect((await send('Bo', 'tools/list', session)).status).toBe(200);
    expect((await send('Ada', 'tools/list', session)).status).toBe(404);
  });

  it('are let in and out as the file changes, and stay where it cannot be used', async () => {
    const token = bearer('New');
    expect((await whoami(token)).status).toBe(401);
    await write([...PEOPLE, { name: 'New', member: 'klind', scopes: 'read' }]);
    expect((await whoami(token)).text).toContain('(klind, id 8)');
    await writeFile(join(folder, 'people.json'), '{"people": [{"name": "Broken"');
    expect((await whoami(token)).status).toBe(200);
    await rm(join(folder, 'people.json'));
    expect((await whoami(token)).status).toBe(200);
    await write([...PEOPLE, { name: 'New', member: 'rgone', scopes: 'read' }]);
    expect((await whoami(token)).json).toMatchObject({ error: 'forbidden', error_description: /inactive/ });
    await write([...PEOPLE, { name: 'New', scopes: 'read' }]);
    expect((await whoami(token)).json.error_description).toContain('stands for no member');
    await write(PEOPLE);
    expect((await whoami(token)).status).toBe(401);
  });
});

describe('callers with Manage keys of their own', () => {
  const keysOf = ({ publicKey, privateKey }: { publicKey: string; privateKey: string }) => ({
    'x-cwm-public-key': publicKey,
    'x-cwm-private-key': privateKey,
  });

  it('see what their keys may see, and nothing that was read with others', async () => {
    const admin = await as({ ...keysOf(SANDBOX), 'x-cwm-member': 'jdoe' });
    const reader = await as(keysOf(SANDBOX.reader));
    const boards = { uri: 'cwm://reference/boards' };
    const first = await admin.readResource(boards);
    const before = sandbox.requests.length;
    expect(await admin.readResource(boards)).toEqual(first);
    expect(sandbox.requests.slice(before).filter(({ path }) => path.includes('boards'))).toEqual([]);
    await reader.readResource(boards);
    const asked = sandbox.requests.slice(before).map(({ path, status }) => `${status} ${path.split('/3.0')[1]}`);
    expect(asked).toContain('403 /service/boards');
    expect(await textOf(admin, 'lookup_values', { table: 'taxCodes' })).toContain('tax');
    expect(await textOf(reader, 'lookup_values', { table: 'taxCodes' })).toMatch(/security role|permission/i);
    expect(await textOf(admin, 'whoami')).toContain('(jdoe, id 1)');
    expect(await textOf(reader, 'whoami')).toContain('stands for no member');
  });

  it('are turned away with half of their keys, with wrong ones, and with those of two people', async () => {
    const mixed = { ...keysOf(SANDBOX), 'x-cwm-private-key': SANDBOX.reader.privateKey };
    for (const headers of [
      mixed,
      { 'x-cwm-public-key': SANDBOX.publicKey },
      keysOf({ publicKey: 'a:b', privateKey: 'c' }),
    ]) {
      const { status, text } = await whoami(headers);
      expect(status).toBe(401);
      expect(text).not.toContain(SANDBOX.reader.privateKey);
    }
    expect((await whoami({ ...keysOf(SANDBOX), 'x-cwm-member': 'nobody' })).status).toBe(403);
    // Somebody on the way has seen them.
    const { status, text } = await whoami({ ...keysOf(SANDBOX), 'x-forwarded-for': '203.0.113.9' });
    expect([status, text]).toEqual([403, expect.stringContaining('in the clear')]);
  });

  it('that guess are slowed down, and good tokens are let in all the same', async () => {
    const before = sandbox.requests.length;
    const tries = [];
    for (let number = 0; number < 40; number += 1)
      tries.push(await whoami(keysOf({ publicKey: `guess${number}`, privateKey: 'x' })));
    expect(tries.at(-1)).toMatchObject({ status: 429, json: { error: 'too_many_requests' } });
    expect(sandbox.requests.length - before).toBeLessThanOrEqual(31);
    expect((await whoami(bearer('Bo'))).status).toBe(200);
  });
});

it('a caller makes so many requests a minute, and others are not held up by it', async () => {
  await write(PEOPLE);
  const few = await startServer(sandbox, {
    CWM_PEOPLE_FILE: join(folder, 'people.json'),
    CWM_CALLS_PER_MINUTE: '3',
  });
  const ask = (name: string) => raw(few.url, 'GET', '/mcp', { headers: { host: '127.0.0.1', ...bearer(name) } });
  try {
    const answers = await Promise.all([ask('Bo'), ask('Bo'), ask('Bo'), ask('Bo')]);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('Ada')).status).not.toBe(429);
  } finally {
    await few.close();
  }
});

describe('a people file', () => {
  const good = { name: 'A', token: 'x'.repeat(24), scopes: ['read'] };
  it.each<[string, object | string, RegExp]>([
    ['that is neither YAML nor JSON', '{"people": [', /neither YAML nor JSON at line 1/],
    ['without people', { persons: [] }, /persons cannot stand beside people/],
    ['that is a list', [good], /it has to hold people, a list with an entry for each person/],
    ['with nobody in an entry', { people: [null] }, /person 1: it has to have name, token/],
    [
      'with a person without a way to sign in',
      { people: [{ name: 'A', scopes: 'read' }] },
      /people\.yaml: person 1 \(A\): it needs exactly one of/,
    ],
    ['with two ways', { people: [{ ...good, signIn: 'a' }] }, /exactly one of token, tokenHash and signIn/],
    [
      'with a token that can be guessed',
      { people: [{ ...good, token: 'short' }] },
      /person 1 \(A\): token has to be text of at least 24 characters/,
    ],
    ['with a hash that is none', { people: [{ name: 'A', tokenHash: 'sha256:1', scopes: 'read' }] }, /64 hexadecimal/],
    [
      'with an unknown scope',
      { people: [good, { ...good, name: 'B', scopes: ['root'] }] },
      /person 2 \(B\): scopes has to be one or several of read, write, admin\./,
    ],
    [
      'without scopes',
      { people: [{ name: 'A', token: good.token }] },
      /person 1 \(A\): scopes is missing: it has to be one or several of read/,
    ],
    [
      'with a slip in a name',
      { people: [{ ...good, memeber: 'x' }] },
      /person 1 \(A\): there is no field "memeber"\. Did you mean member\? There are: name, /,
    ],
    [
      'with an unknown toolset',
      { people: [{ ...good, toolsets: ['tyme'] }] },
      /person 1 \(A\): toolsets has to be a list of all, core, service/,
    ],
    ['with an unknown zone', { people: [{ ...good, timeZone: 'Mars' }] }, /IANA zone/],
    ['with one token for two', { people: [good, { ...good, name: 'B' }] }, /A and B have the same token/],
    ['with one name for two', { people: [good, { ...good, token: 'y'.repeat(24) }] }, /have the same name/],
    ['with aliases', 'a: &a [x]\npeople: [*a, *a]', /neither YAML nor JSON/],
  ])('%s is refused', (_, content, why) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    expect(() => readPeople(text, 'people.yaml')).toThrow(why);
    expect(() => readPeople(text, 'people.yaml')).not.toThrow(/x{24}/);
  });
});
