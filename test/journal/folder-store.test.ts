import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ending, Intent } from '../../src/journal/entry.ts';
import { FolderStore } from '../../src/journal/folder-store.ts';
import { type Entry, Journal } from '../../src/journal/index.ts';

let base: string;
let folder: string;
let today = new Date('2026-11-24T12:00:00Z');
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cwm-mcp-store-'));
  folder = join(base, 'journal');
  today = new Date('2026-11-24T12:00:00Z');
});
afterEach(() => rmSync(base, { recursive: true }));

const now = () => today;
const intent = (id: string, more: Partial<Intent> = {}): Intent => ({
  v: 1,
  id,
  at: today.toISOString(),
  site: 'manage.example/co',
  tool: 'update_ticket',
  operation: 'PATCH /service/tickets/{id}',
  path: { id: 577 },
  ...more,
});
const ending = (id: string, outcome: Ending['outcome'] = 'done'): Ending => ({
  v: 1,
  id,
  ended: today.toISOString(),
  outcome,
});
const open = (days = 90): Journal => new Journal({ place: { kind: 'folder', folder, days }, required: false }, { now });
const all = async (journal: Journal): Promise<Entry[]> => {
  const found: Entry[] = [];
  for await (const entry of journal.newestFirst()) found.push(entry);
  return found;
};
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the journal in a folder', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner alone, also where it was open before', async () => {
    const journal = open();
    await journal.write(intent('a-1'));
    const file = join(folder, '2026-11-24.jsonl');
    expect([mode(folder), mode(file)]).toEqual(['700', '600']);
    chmodSync(file, 0o644);
    chmodSync(folder, 0o755);
    await journal.write(ending('a-1'));
    expect([mode(folder), mode(file)]).toEqual(['700', '600']);
  });

  it.skipIf(process.platform === 'win32')('is not written through a link that somebody put in its place', async () => {
    const journal = open();
    await journal.write(intent('a-1'));
    today = new Date('2026-11-25T12:00:00Z');
    writeFileSync(join(base, 'other'), '');
    symlinkSync(join(base, 'other'), join(folder, '2026-11-25.jsonl'));
    await expect(journal.write(intent('b-1'))).rejects.toThrow(/ELOOP/);
    expect(readFileSync(join(base, 'other'), 'utf8')).toBe('');
  });

  it('takes a write without an outcome for unknown, and a line that a crash cut short for nothing', async () => {
    const journal = open();
    await journal.write(intent('a-1'));
    await journal.write(ending('a-1'));
    await journal.write(intent('b-1'));
    const file = join(folder, '2026-11-24.jsonl');
    appendFileSync(file, '{"v":1,"id":"b-1","ended":"2026-11-24T12:00:00.0');
    expect((await all(journal)).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['b-1', 'unknown'],
      ['a-1', 'done'],
    ]);
    // What comes after it is whole.
    await journal.write(intent('c-1'));
    await journal.write(ending('c-1', 'failed'));
    expect((await all(journal))[0]).toMatchObject({ id: 'c-1', outcome: 'failed' });
  });

  it('keeps separators that are line ends to some readers inside their line', async () => {
    const journal = open();
    await journal.write(intent('a-1', { label: 'one\u2028two\u2029three\r\nfour' }));
    expect((await all(journal))[0]?.label).toBe('one\u2028two\u2029three\r\nfour');
  });

  it('finds the outcome of a write that began the day before', async () => {
    const journal = open();
    await journal.write(intent('a-1'));
    today = new Date('2026-11-25T00:00:01Z');
    await journal.write(ending('a-1'));
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await all(journal)).toMatchObject([{ id: 'a-1', outcome: 'done' }]);
  });

  it('goes on in another file when one is full, with several writers at once', async () => {
    const stores = [1, 2, 3].map(() => new FolderStore(folder, { days: 90, now, full: 2_000 }));
    const ids = Array.from({ length: 90 }, (_, index) => `w${index}-1`);
    for (let next = 0; next < ids.length; next += stores.length)
      await Promise.all(stores.map((store, index) => store.append(intent(ids[next + index] ?? ''))));
    const names = readdirSync(folder);
    expect(names).toContain('2026-11-24.jsonl');
    expect(names.length).toBeGreaterThan(3);
    const found: string[] = [];
    for await (const line of new FolderStore(folder, { days: 90, now }).newestFirst()) found.push(line.id);
    expect(found.sort()).toEqual(ids.sort());
  });

  it('keeps files for the days that were asked for, and no file that is not its own', async () => {
    await open().write(intent('old-1'));
    writeFileSync(join(folder, 'notes.txt'), '');
    today = new Date('2026-12-04T12:00:00Z');
    await open(10).write(intent('new-1'));
    expect(readdirSync(folder).sort()).toEqual(['2026-11-24.jsonl', '2026-12-04.jsonl', 'notes.txt']);
    today = new Date('2026-12-05T00:00:00Z');
    await open(10).write(intent('newer-1'));
    expect(readdirSync(folder).sort()).toEqual(['2026-12-04.jsonl', '2026-12-05.jsonl', 'notes.txt']);
  });
});
