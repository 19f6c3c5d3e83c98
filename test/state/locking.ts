import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { FileLock } from '../../src/state/file-lock.ts';

// A process that takes a lock again and again, and leaves it each time as one that has ended would: `locking.ts FILE DEAD ROUNDS`, where
// DEAD is the id of a process that has ended. It prints how often somebody else was inside at the same time.

const [file = '', dead = '', rounds = ''] = process.argv.slice(2);
const inside = `${file}-inside`;
let met = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  await FileLock.take(file, new AbortController().signal);
  try {
    writeFileSync(inside, '', { flag: 'wx' });
    await new Promise((done) => setTimeout(done, 1));
    rmSync(inside);
  } catch {
    met += 1;
  }
  const left = `${file}-${process.pid}`;
  writeFileSync(left, JSON.stringify({ pid: Number(dead), host: hostname(), lock: `${process.pid} ${round}` }));
  renameSync(left, file);
}
process.stdout.write(String(met));
