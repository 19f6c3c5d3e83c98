import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { median } from '../../bench/bench.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Runs the benches as `npm run bench` does, with next to no data: what they measure is not looked at. */
async function bench(...parameters: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

it('every bench runs', async () => {
  const { code, output } = await bench('--quick');
  expect(code, output).toBe(0);
  for (const name of ['startup', 'overhead', 'paging', 'report', 'tokens', 'sandbox'])
    expect(output).toContain(`## ${name}: `);
  expect(output).not.toContain('NaN');
}, 120_000);

it('an unknown bench name gets the list of known ones', async () => {
  const { code, output } = await bench('--only', 'strtup');
  expect(code).not.toBe(0);
  expect(output).toMatch(/no bench strtup.*startup, overhead/);
});

it('the median is the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
