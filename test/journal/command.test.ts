import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type JournalFlags, runJournal } from '../../src/cli/journal.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Intent } from '../../src/journal/entry.ts';
import { Journal } from '../../src/journal/index.ts';
import { csvRow } from '../../src/text/csv.ts';

let folder: string;
let journal: Journal;
const environment = () => ({ CWM_JOURNAL_DIR: folder, CWM_TIME_ZONE: 'America/New_York' });

const intent = (id: string, at: string, more: Partial<Intent> = {}): Intent => ({
  v: 1,
  id,
  at,
  site: 'manage.example/co',
  member: 'jdoe',
  tool: 'update_ticket',
  operation: 'PATCH /service/tickets/{id}',
  path: { id: 577 },
  before: { summary: 'Old' },
  ...more,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-command-'));
  journal = new Journal({ place: { kind: 'folder', folder, days: 3650 }, required: false });
  const end = (id: string) => ({ v: 1, id, ended: '2026-11-24T15:00:00.000Z' }) as const;
  await journal.write(intent('a-1', '2026-11-23T15:00:00.000Z', { label: '=HYPERLINK("http://x","y")' }));
  await journal.write({ ...end('a-1'), outcome: 'done', after: { summary: '+1, "quoted"' } });
  await journal.write(intent('b-1', '2026-11-24T15:00:00.000Z', { member: 'achen', path: { id: 12 } }));
  await journal.write({ ...end('b-1'), outcome: 'failed', error: 'Ticket \u001b[31mis closed' });
  await journal.write(
    intent('c-1', '2026-11-24T16:00:00.000Z', {
      operation: 'POST /company/companies',
      path: {},
      tool: 'create_company',
    }),
  );
  await journal.write({ ...end('c-1'), outcome: 'done', created: 9, label: 'Acme' });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function printed(flags: JournalFlags, settings: Record<string, string> = environment()): Promise<string[]> {
  const lines: string[] = [];
  await runJournal(
    settings,
    flags,
    (line) => lines.push(line),
    async () => undefined,
  );
  return lines;
}

describe('cwm-mcp journal', () => {
  it('shows a line for each write, the oldest first, in the zone of the configuration', async () => {
    expect(await printed({})).toEqual([
      '2026-11-23 10:00:00  a-1  done  jdoe  update_ticket  changed ticket 577 (=HYPERLINK("http://x","y"))  summary: Old -> +1, "quoted"',
      '2026-11-24 10:00:00  b-1  failed: Ticket is closed  achen  update_ticket  changed ticket 12  asked for summary: Old -> -',
      '2026-11-24 11:00:00  c-1  done  jdoe  create_company  created company 9 (Acme)',
    ]);
  });

  it.each<[JournalFlags, string[]]>([
    [{ since: '2026-11-24' }, ['b-1', 'c-1']],
    [{ until: '2026-11-23' }, ['a-1']],
    [{ since: '2026-11-24T10:30', until: '2026-11-24T11:30' }, ['c-1']],
    [{ tool: 'create_company' }, ['c-1']],
    [{ record: 'ticket 577' }, ['a-1']],
    [{ record: 'company 9' }, ['c-1']],
    [{ record: 'acme' }, ['c-1']],
    [{ member: 'achen' }, ['b-1']],
    [{ outcome: 'failed' }, ['b-1']],
  ])('narrows by %j', async (flags, ids) => {
    const lines = await printed({ ...flags, json: true });
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids);
  });

  it('exports values that no spreadsheet takes for a formula', async () => {
    const [head, first] = await printed({ csv: true });
    expect(head).toMatch(/^id,at,ended,outcome,member,/);
    expect(first).toContain('"summary: Old -> +1, ""quoted"""');
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '|calc', '\uff1d1'])
      expect(csvRow([text]), text).toMatch(/^"?'/);
    expect(csvRow(['a,b', 'say "x"', 'two\r\nlines', undefined, 7])).toBe('"a,b","say ""x""","two\r\nlines",,7');
  });

  it('follows what is written from now on, and the end of what was under way', async () => {
    const at = new Date().toISOString();
    await journal.write(intent('d-1', at));
    const lines: string[] = [];
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const running = runJournal(
      environment(),
      { follow: true, since: 'today' },
      (line) => lines.push(line),
      () => stopped,
    );
    await vi.waitFor(() => expect(lines.join()).toMatch(/d-1 {2}unknown/), { timeout: 20_000 });
    await journal.write({ v: 1, id: 'd-1', ended: at, outcome: 'done' });
    await journal.write(intent('e-1', at));
    await journal.write({ v: 1, id: 'e-1', ended: at, outcome: 'done' });
    await vi.waitFor(() => expect(lines.join()).toMatch(/d-1 {2}done.*e-1 {2}done/), { timeout: 20_000 });
    stop();
    await running;
    expect(lines).toHaveLength(3);
  });

  it('says what is wrong with a flag, and where there is no journal', async () => {
    await expect(printed({ outcome: 'don' })).rejects.toThrow('Did you mean done?');
    await expect(printed({ since: 'whenever' })).rejects.toThrow(/--since "whenever" is not a period/);
    await expect(printed({ csv: true, json: true })).rejects.toThrow('Choose --csv or --json.');
    await expect(printed({}, { CWM_JOURNAL: 'off' })).rejects.toThrow(/journal is off/);
    expect(await printed({}, { CWM_JOURNAL_DIR: join(folder, 'none') })).toEqual([
      `No writes in ${join(folder, 'none')}.`,
    ]);
  });
});

describe('the settings of the journal', () => {
  const KEYS = {
    CWM_SITE: 'na.myconnectwise.net',
    CWM_COMPANY_ID: 'co',
    CWM_PUBLIC_KEY: 'public',
    CWM_PRIVATE_KEY: 'private',
    CWM_CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
    CWM_STATE_DIR: '/srv/manage',
  };
  const settings = (more: Record<string, string>, sandbox = false) => readConfig({ ...KEYS, ...more }, sandbox).journal;

  it.each<[Record<string, string>, object]>([
    [{}, { place: { kind: 'folder', folder: '/srv/manage/journal', days: 90 }, required: false }],
    [{ CWM_JOURNAL_DIR: '/var/j', CWM_JOURNAL_DAYS: '7' }, { place: { kind: 'folder', folder: '/var/j', days: 7 } }],
    [{ CWM_JOURNAL: 'off' }, { place: { kind: 'off' } }],
    [{ CWM_JOURNAL_DAYS: '0' }, { place: { kind: 'off' } }],
    [{ CWM_JOURNAL: 'required' }, { place: { kind: 'folder' }, required: true }],
  ])('%j', (more, expected) => {
    expect(settings(more)).toMatchObject(expected);
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ CWM_JOURNAL: 'maybe' }, /CWM_JOURNAL has to be on, off or required/],
    [{ CWM_JOURNAL_DIR: 'here' }, /CWM_JOURNAL_DIR has to be a full path/],
    [{ CWM_JOURNAL_DAYS: '-1' }, /CWM_JOURNAL_DAYS has to be a whole number/],
    [{ CWM_JOURNAL: 'required', CWM_JOURNAL_DAYS: '0' }, /CWM_JOURNAL is required, and CWM_JOURNAL_DAYS is 0/],
  ])('refuses %j', (more, message) => {
    expect(() => settings(more)).toThrow(message);
  });

  it('keep the journal of the sandbox in memory', () => {
    const { CWM_STATE_DIR: _, ...keys } = KEYS;
    expect(readConfig(keys, true).journal.place).toEqual({ kind: 'memory' });
  });
});
