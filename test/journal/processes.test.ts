import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { restOf, type Session, startSessionOn } from '../support/session.ts';
import { connectStdio, type StdioClient, start } from '../support/stdio.ts';

// Several servers write into one journal, and one of them dies in the middle of a write.

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await borrowSandbox();
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-processes-'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const environment = () => ({ ...sandbox.environment, CWM_TOOLSETS: 'core,system', CWM_JOURNAL_DIR: join(folder, 'j') });
const lines = (): Record<string, unknown>[] =>
  readdirSync(join(folder, 'j')).flatMap((name) =>
    readFileSync(join(folder, 'j', name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  );
const changes = async (client: StdioClient): Promise<string[][]> => {
  const { structuredContent } = await client.callTool({ name: 'list_changes', arguments: { limit: 200 } });
  return (structuredContent as { rows: string[][] }).rows;
};
const note = (client: StdioClient, text: string) =>
  client.callTool({ name: 'add_ticket_note', arguments: { ticketId: 577, text } });

it('keeps every line of two servers that write at once, and the intent of one that was killed', async () => {
  const clients = await Promise.all([0, 1].map(() => connectStdio('modern', environment(), ['stdio'])));
  const [first] = clients as [StdioClient, StdioClient];
  try {
    const texts = Array.from({ length: 16 }, (_, index) => `Note ${index}`);
    await Promise.all(texts.map((text, index) => note(clients[index % 2] as StdioClient, text)));
    expect(lines()).toHaveLength(2 * texts.length);
    expect((await changes(first)).map((row) => row.at(-1))).toEqual(texts.map(() => 'done'));

    // Of each kind of write one that is carried out, and one that never gets that far.
    const never = { kind: 'slow', delayMs: 60_000 } as const;
    const unheard = { kind: 'slow-body', delayMs: 60_000 } as const;
    sandbox.faults.add({ ...never, method: 'PATCH', path: '/tickets/577' });
    sandbox.faults.add({ ...unheard, method: 'PATCH', path: '/tickets/578' });
    sandbox.faults.add({ ...unheard, method: 'POST', path: '/tickets/579/notes' });
    sandbox.faults.add({ ...never, method: 'POST', path: '/tickets/580/notes' });
    sandbox.faults.add({ ...unheard, method: 'PATCH', path: '/tickets/581' });
    const doomed = start(['stdio'], environment());
    const say = (message: object) => doomed.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'test', version: '1' };
    say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
    say({ method: 'notifications/initialized' });
    const call = (id: number, name: string, args: object) =>
      say({ id, method: 'tools/call', params: { name, arguments: args } });
    call(2, 'update_ticket', { ticketId: 577, summary: 'Killed' });
    call(3, 'update_ticket', { ticketId: 578, summary: 'Killed, and done' });
    call(4, 'add_ticket_note', { ticketId: 579, text: `Written, and never heard of. ${'Long. '.repeat(80)}` });
    call(5, 'add_ticket_note', { ticketId: 580, text: 'Never written' });
    call(6, 'update_ticket', { ticketId: 581, summary: 'Killed, and changed again' });
    const rest = restOf(sandbox);
    const isStored = async (path: string, text: string) => (await rest('GET', path)).text.includes(text);
    await vi.waitFor(
      async () => {
        expect(lines().filter(({ outcome }) => outcome === undefined)).toHaveLength(texts.length + 5);
        expect(await isStored('/service/tickets/578', 'Killed')).toBe(true);
        expect(await isStored('/service/tickets/579/notes', 'Written')).toBe(true);
        expect(await isStored('/service/tickets/581', 'Killed')).toBe(true);
      },
      { timeout: 40_000, interval: 200 },
    );
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');

    // Somebody else changes one of them later.
    await rest('PATCH', '/service/tickets/581', [{ op: 'replace', path: '/summary', value: 'Of somebody' }]);

    // Young writes may still be under way.
    const killed = (await changes(first)).slice(0, 5);
    expect(killed.find((row) => row[4]?.startsWith('changed ticket 577'))?.slice(3)).toEqual([
      'update_ticket',
      expect.stringMatching(/^changed ticket 577/),
      expect.stringMatching(/^asked for summary: .* -> Killed$/),
      expect.stringMatching(/^unknown: No outcome was written/),
    ]);
    expect(killed.map((row) => row.at(-1))).toEqual(killed.map(() => expect.stringMatching(/^unknown/)));
    await foundOutLater();
  } finally {
    sandbox.faults.clear();
    await Promise.all(clients.map((client) => client.close()));
  }
});

/** What a server finds out of the killed one's writes when nobody can be at them any more, and what becomes of it. */
async function foundOutLater(): Promise<void> {
  const now = new Date(Date.now() + 11 * 60_000);
  const later = await startSessionOn(sandbox, { now, environment: environment(), toolsets: 'core,system' });
  try {
    const ended = async (): Promise<Record<string, string>> => {
      const { structured } = await later.ok('list_changes', { limit: 5 });
      return Object.fromEntries(
        structured.rows.map((row: string[]) => [/\b5\d\d\b/.exec(row[4] ?? '')?.[0], `${row[0]} ${row.at(-1)}`]),
      );
    };
    // A few in each call.
    expect(Object.values(await ended()).filter((end) => / unknown/.test(end)).length).toBeGreaterThan(1);
    const ends = await ended();
    expect(ends).toMatchObject({
      577: expect.stringMatching(/ failed: Looked up at .*: the record is as it was before, nothing was changed/),
      578: expect.stringMatching(/ done$/),
      579: expect.stringMatching(/ done$/),
      580: expect.stringMatching(/ failed: Looked up at .*: no record of that time is there, nothing was created/),
      // What was there before somebody else changed it is not known.
      581: expect.stringMatching(/ unknown: No outcome was written/),
    });
    // It is written down, so nobody looks again, and what happened can be taken back.
    later.writes();
    expect(await ended()).toEqual(ends);
    await undone(later, ends);
  } finally {
    await later.close();
  }
}

async function undone(later: Session, ends: Record<string, string>): Promise<void> {
  for (const ticket of ['578', '579'])
    await later.ok('undo_change', { id: ends[ticket]?.split(' ')[0], confirm: true });
  expect((await later.get('/service/tickets/578')).summary).not.toContain('Killed');
  expect(JSON.stringify(await later.get('/service/tickets/579/notes'))).not.toContain('never heard of');
  const { text } = await later.call('undo_change', { id: ends['581']?.split(' ')[0], confirm: true });
  expect(text).toContain('nobody knows whether it happened');
}
