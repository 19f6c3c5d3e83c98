import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { FileLock } from '../../src/state/file-lock.ts';
import { createEntries } from '../../src/state/index.ts';

const HOUR = 3_600_000;
const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'entries-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

interface Entry {
  readonly count: number;
}
const never = new AbortController().signal;

describe.each([
  ['in memory', () => undefined],
  ['in files', folder],
])('entries %s', (_, place) => {
  it('are changed by one caller at a time', async () => {
    const entries = createEntries<Entry>(HOUR, place());
    const add = () =>
      entries.alone('key', never, async ({ entry, save }) => {
        const { count } = entry ?? { count: 0 };
        await new Promise((done) => setTimeout(done, 1));
        save({ count: count + 1 });
      });
    await Promise.all(Array.from({ length: 8 }, add));
    expect(await entries.peek('key')).toEqual({ count: 8 });
    expect(await entries.peek('another')).toBeUndefined();
    await entries.alone('key', never, async ({ save }) => save(undefined));
    expect(await entries.peek('key')).toBeUndefined();
  });

  it('are let go of when the work fails, and by who is cancelled while waiting', async () => {
    const entries = createEntries<Entry>(HOUR, place());
    await expect(entries.alone('key', never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    let letGo = (): void => undefined;
    const held = entries.alone(
      'key',
      never,
      () =>
        new Promise<void>((done) => {
          letGo = done;
        }),
    );
    const gone = new AbortController();
    const waiting = entries.alone('key', gone.signal, async () => 'reached');
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    letGo();
    await held;
    expect(await entries.alone('key', never, async () => 'reached')).toBe('reached');
  });
});

describe('entries in files', () => {
  it('are one for all that share the folder', async () => {
    const shared = folder();
    const sides = [createEntries<Entry>(HOUR, shared), createEntries<Entry>(HOUR, shared)];
    const add = (index: number) =>
      sides[index % 2]?.alone('key', never, async ({ entry, save }) => {
        await new Promise((done) => setTimeout(done, 1));
        save({ count: (entry?.count ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 6 }, (_, index) => add(index)));
    expect(await sides[0]?.peek('key')).toEqual({ count: 6 });
  });

  it('hold no key in their names, and are for their owner alone', async () => {
    const shared = folder();
    await createEntries<Entry>(HOUR, shared).alone('Acme', never, async ({ save }) => save({ count: 1 }));
    const names = readdirSync(shared);
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^[0-9a-f]{40}$/);
    if (process.platform !== 'win32') expect(statSync(join(shared, names[0] ?? '')).mode & 0o077).toBe(0);
  });

  it('are taken over from a process that has ended, and not from one that runs', async () => {
    const shared = folder();
    const entries = createEntries<Entry>(HOUR, shared);
    await entries.alone('key', never, async ({ save }) => save({ count: 1 }));
    const lock = join(shared, `${readdirSync(shared)[0]}.lock`);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lock, JSON.stringify({ pid, host: hostname() }));
    expect(await entries.alone('key', never, async ({ entry }) => entry)).toEqual({ count: 1 });
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname() }));
    const signal = AbortSignal.timeout(150);
    await expect(entries.alone('key', signal, async () => 'reached')).rejects.toThrow();
  });

  it('are taken over by one process at a time, however many find that the last one has ended', async () => {
    const lock = join(folder(), 'lock');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const script = join(import.meta.dirname, 'locking.ts');
    const each = [1, 2].map(async () => {
      const process_ = spawn(process.execPath, ['--import', 'tsx', script, lock, String(pid), '15']);
      return text(process_.stdout);
    });
    expect(await Promise.all(each)).toEqual(['0', '0']);
  });

  it('are not taken over while another one does so, unless that one ended with it', async () => {
    const lock = join(folder(), 'lock');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const dead = JSON.stringify({ pid, host: hostname() });
    writeFileSync(lock, dead);
    const claim = `${lock}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}.1`;
    writeFileSync(claim, '');
    await expect(FileLock.take(lock, AbortSignal.timeout(200))).rejects.toThrow();
    expect(readFileSync(lock, 'utf8')).toBe(dead);
    const long = new Date(Date.now() - HOUR);
    utimesSync(claim, long, long);
    (await FileLock.take(lock, never)).release();
    expect(existsSync(lock)).toBe(false);
  });

  it('leave the lock to who has it by now', async () => {
    const lock = join(folder(), 'lock');
    const silent = await FileLock.take(lock, never);
    writeFileSync(lock, 'of another');
    silent.release();
    expect(readFileSync(lock, 'utf8')).toBe('of another');
  });

  it('are forgotten in time', async () => {
    const shared = folder();
    const entries = createEntries<Entry>(HOUR, shared);
    await entries.alone('key', never, async ({ save }) => save({ count: 1 }));
    const long = new Date(Date.now() - 2 * HOUR);
    for (const name of readdirSync(shared)) utimesSync(join(shared, name), long, long);
    expect(await entries.peek('key')).toBeUndefined();
    createEntries<Entry>(HOUR, shared);
    expect(readdirSync(shared)).toEqual([]);
  });

  it('say why a wait for another process ended', async () => {
    const shared = folder();
    const [holder, waiter] = [createEntries<Entry>(HOUR, shared), createEntries<Entry>(HOUR, shared)];
    const gone = new AbortController();
    const why = new Error('out of time');
    await holder.alone('key', never, async () => {
      const waiting = waiter.alone('key', gone.signal, async () => 'reached');
      // Once it looked for the lock, it waits.
      setImmediate(() => gone.abort(why));
      await expect(waiting).rejects.toBe(why);
    });
  });
});
