import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf } from '../support/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const dataFile = join(folder, 'data.jsonl');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A sandbox on the file, a week later each time: the data must not move with the clock. */
let week = 0;
const start = (): Promise<Sandbox> => {
  week += 1;
  return startSandbox({ dataFile, tickets: 30, now: new Date(NOW.getTime() + week * 7 * 86_400_000) });
};

describe('the data file', () => {
  it('brings everything that was written back, and loses at most a line that a crash cut off', async () => {
    const first = await start();
    const rest = restOf(first);
    const created = (
      await rest('POST', '/service/tickets', { summary: 'Kept', company: { id: 2 }, initialDescription: 'With a note' })
    ).body;
    await rest('PATCH', `/service/tickets/${created.id}`, [
      { op: 'replace', path: 'summary', value: 'Kept and changed' },
    ]);
    const note = (await rest('POST', '/service/tickets/3/notes', { text: 'Gone again', internalAnalysisFlag: true }))
      .body;
    await rest('DELETE', `/service/tickets/3/notes/${note.id}`);
    // Links name the port, which is another after the restart.
    const read = async (sandbox: typeof first, path: string): Promise<string> =>
      JSON.stringify((await restOf(sandbox)('GET', path)).body).replaceAll(sandbox.url, '');
    const seeded = await read(first, '/service/tickets/7');
    const ticket = await read(first, `/service/tickets/${created.id}`);
    await first.close();
    appendFileSync(dataFile, '{"template":"/service/tickets","parents":[],"rec');

    const second = await start();
    expect(second.damaged).toEqual([
      expect.stringMatching(/^The last line of .*, line \d+, was cut off while it wrote \/service\/tickets\. .* again/),
    ]);
    const again = restOf(second);
    expect(await read(second, `/service/tickets/${created.id}`)).toBe(ticket);
    expect((await again('GET', `/service/tickets/${created.id}/notes`)).body).toMatchObject([{ text: 'With a note' }]);
    expect((await again('GET', `/service/tickets/3/notes/${note.id}`)).status).toBe(404);
    expect(await read(second, '/service/tickets/7')).toBe(seeded);
    const next = (await again('POST', '/service/tickets', { summary: 'After the crash', company: { id: 2 } })).body;
    expect(next.id).toBeGreaterThan(created.id);
    await second.close();
    expect(
      readFileSync(dataFile, 'utf8')
        .trim()
        .split('\n')
        .every((line) => JSON.parse(line)),
    ).toBe(true);

    // Cut off right before its end, the last line is whole.
    const kept = readFileSync(dataFile, 'utf8');
    writeFileSync(dataFile, kept.slice(0, -1));
    const third = await start();
    expect(third.damaged).toEqual([]);
    expect((await restOf(third)('GET', `/service/tickets/${next.id}`)).body.summary).toBe('After the crash');
    await third.close();
    writeFileSync(dataFile, kept.slice(0, -2));
    const fourth = await start();
    expect(fourth.damaged[0]).toMatch(new RegExp(`was cut off while it wrote [^.]*/service/tickets ${next.id}[,.]`));
    expect((await restOf(fourth)('GET', `/service/tickets/${next.id}`)).status).toBe(404);
    await fourth.close();
  });

  it('is not taken for one when it is something else', async () => {
    const other = join(folder, 'other.txt');
    writeFileSync(other, 'hello\n');
    await expect(startSandbox({ dataFile: other })).rejects.toThrow('holds no data of a sandbox');
    writeFileSync(other, 'hello');
    await expect(startSandbox({ dataFile: other })).rejects.toThrow('holds no data of a sandbox');
    expect(readFileSync(other, 'utf8')).toBe('hello');
  });

  it('says which line is damaged and what to do, and holds what the others say', async () => {
    const broken = join(folder, 'broken.jsonl');
    const first = await startSandbox({ tickets: 30, now: NOW, dataFile: broken });
    const rest = restOf(first);
    for (const summary of ['One', 'Two', 'Three'])
      await rest('POST', '/service/tickets', { summary, company: { id: 2 } });
    await first.close();
    const lines = readFileSync(broken, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"summary":"Two"'));
    lines[at] = String(lines[at]).slice(0, 40);
    writeFileSync(broken, lines.join('\n'));
    const second = await startSandbox({ tickets: 30, now: NOW, dataFile: broken });
    expect(second.damaged).toEqual([expect.stringMatching(new RegExp(`^Line ${at + 1} of .* delete it`))]);
    const conditions = encodeURIComponent('summary in ("One","Two","Three")');
    const found = (await restOf(second)('GET', `/service/tickets?conditions=${conditions}`)).body;
    expect(found.map(({ summary }: { summary: string }) => summary)).toEqual(['One', 'Three']);
    await second.close();
  });

  it('and the time zone end in a sentence when they are wrong', async () => {
    await expect(startSandbox({ timeZone: 'Mars/Phobos' })).rejects.toThrow(/^--time-zone Mars\/Phobos is not an IANA/);
    const nowhere = join(folder, 'no-such-folder', 'data.jsonl');
    await expect(startSandbox({ dataFile: nowhere })).rejects.toThrow(/^--data .* cannot be opened \(ENOENT\)/);
  });
});
