import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { turn } from '../src/in-turns.ts';

it('lets one of those who wait go on at a time, in their order, and the rest of the process between them', async () => {
  const went: string[] = [];
  const waits = ['a', 'b', 'c'].map((name) => turn().then(() => went.push(name)));
  const seen: string[] = [];
  while (went.length < 3) {
    await nextRound();
    seen.push(went.join(''));
  }
  await Promise.all(waits);
  expect(seen).toEqual(['a', 'ab', 'abc']);
  await turn();
});
