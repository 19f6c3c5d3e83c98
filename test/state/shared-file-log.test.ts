import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SharedFileLog } from '../../src/state/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cwm-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MINUTE = 60_000;
const events = (log: SharedFileLog, ...added: string[]) => log.append(added).map(({ event }) => event);

describe('a log in files', () => {
  it('gives everybody the same lines in the same order, each once, and says whose they are', () => {
    const [one, other] = [new SharedFileLog(folder, 'log'), new SharedFileLog(folder, 'log')];
    expect(events(one, 'a', 'b c')).toEqual(['a', 'b c']);
    expect(other.append(['d']).map(({ event, own }) => [event, own])).toEqual([
      ['a', false],
      ['b c', false],
      ['d', true],
    ]);
    expect(events(one, 'e')).toEqual(['d', 'e']);
    one.close();
    other.close();
  });

  it('gives one that begins later the last two minutes, and removes what is older', () => {
    let now = 10 * MINUTE;
    const log = new SharedFileLog(folder, 'log', () => now);
    log.append(['old']);
    now += MINUTE;
    log.append(['before']);
    now += MINUTE;
    log.append(['now']);
    const later = new SharedFileLog(folder, 'log', () => now);
    expect(events(later, 'mine')).toEqual(['before', 'now', 'mine']);
    expect(readdirSync(folder)).toHaveLength(2);
    log.close();
    later.close();
  });

  it('leaves out lines that are broken, or cut off by a crash', () => {
    const log = new SharedFileLog(folder, 'log', () => 10 * MINUTE);
    log.append(['a']);
    appendFileSync(join(folder, 'log.10'), 'not a line\n\n\u0000\u0000\n600000 9-1');
    expect(events(log, 'b')).toEqual(['b']);
    log.close();
  });

  it('throws where nothing can be written', () => {
    const log = new SharedFileLog(join(folder, 'missing'), 'log');
    expect(() => log.append(['a'])).toThrow(/ENOENT/);
  });

  it('keeps three processes to one quota, whatever they do at the same time', async () => {
    const script = fileURLToPath(new URL('taking.ts', import.meta.url));
    const granted = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise<number>((done, failed) => {
            const child = spawn(process.execPath, ['--import', 'tsx', script, folder, '100'], {
              stdio: ['ignore', 'pipe', 'inherit'],
            });
            let said = '';
            child.stdout.on('data', (piece: Buffer) => {
              said += piece.toString();
            });
            child.once('error', failed);
            child.once('exit', () => done(Number(said)));
          }),
      ),
    );
    expect(granted.reduce((sum, one) => sum + one)).toBe(100);
  });
});
