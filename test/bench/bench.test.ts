import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { median } from '../../bench/bench.ts';
import { BENCHES } from '../../bench/benches.ts';
import { type SandboxProcess, startSandboxProcess } from '../../bench/parts/sandbox-process.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Runs benches as `npm run bench` does. */
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

/** Those that start several processes each are run with `CASES=all`, as in CI. */
const LEFT_OUT: readonly string[] = HAS_ALL_CASES ? [] : ['overhead', 'paging', 'report'];
/** Run by the command below. */
const BY_COMMAND = 'startup';

// With next to no data: what they measure is not looked at.
const why = LEFT_OUT.length === 0 ? '' : ` (${LEFT_OUT.join(', ')} with CASES=all)`;

describe(`every bench runs${why}`, () => {
  const started = new Map<string, Promise<SandboxProcess>>();
  afterAll(async () => {
    for (const sandbox of started.values()) await (await sandbox).close();
  });

  /** One sandbox for all benches that want the same. */
  async function lend(parameters: readonly string[]): Promise<SandboxProcess> {
    const key = parameters.join(' ');
    const sandbox = started.get(key) ?? startSandboxProcess(parameters);
    started.set(key, sandbox);
    return { ...(await sandbox), close: async () => undefined };
  }

  it.each(Object.keys(BENCHES).filter((name) => name !== BY_COMMAND && !LEFT_OUT.includes(name)))(
    '%s',
    { timeout: 120_000 },
    async (name) => {
      const { default: one } = (await BENCHES[name]?.()) ?? expect.fail(`There is no bench ${name}.`);
      const rows = await one.run({ quick: true, sandbox: lend });
      expect(rows).not.toEqual([]);
      for (const row of rows) expect(Object.values(row).join(' ')).not.toMatch(/NaN|undefined/);
    },
  );
});

it('the command prints a table of each bench', async () => {
  const { code, output } = await bench('--quick', '--only', BY_COMMAND);
  expect(code, output).toBe(0);
  expect(output).toContain('## startup: from spawn');
  expect(output).toMatch(/\n\| what +\| measured +\| beside/);
  expect(output).toMatch(/\n\| first answer \(initialize\) +\| [\d.]+ ms/);
});

it('an unknown bench name gets the list of known ones', async () => {
  const { code, output } = await bench('--only', 'strtup');
  expect(code).not.toBe(0);
  expect(output).toMatch(/no bench strtup.*startup, overhead/);
});

it('the median is the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
