import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measuresDocument } from '../../scripts/measure-table.ts';
import { toolsDocument, withToolTable } from '../../scripts/tool-table.ts';
import { tools } from '../../tools/index.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Commands in the documents' `sh` blocks; `text` blocks hold what needs a reader's own keys. */
function commandsOf(document: string): string[] {
  return [...document.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'));
}

/** Runs a documented command from the root until it exits, or until it has printed `until`. */
async function run(command: string, until?: RegExp): Promise<{ code: number | null; output: string }> {
  const [program = '', ...parameters] = command.split(' ');
  const child = spawn(program, parameters, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    // Once: a second signal ends a process that is still closing.
    if (!child.killed && until?.test(output)) child.kill('SIGTERM');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, output };
}

describe('the documents', () => {
  const ci = read('.ci/run');

  it.each(['README.md', 'CONTRIBUTING.md'])('%s has only commands that CI or this file runs', (file) => {
    const runHere = ['node dist/main.js doctor --sandbox', 'node dist/main.js sandbox'];
    // `npm run check` is the sum of what CI runs one by one.
    const inCi = (command: string): boolean =>
      command === 'npm run check' ||
      command.split(' && ').every((part) => ci.split('\n').some((line) => line.startsWith(part)));
    expect(commandsOf(read(file)).filter((command) => !runHere.includes(command) && !inCi(command))).toEqual([]);
  });

  it('has a doctor command that finds the sandbox healthy', async () => {
    const { code, output } = await run('node dist/main.js doctor --sandbox');
    expect(output).toMatch(/member/i);
    expect(code).toBe(0);
  });

  it('has a sandbox command that prints lines to paste, and ends cleanly', async () => {
    const { code, output } = await run('node dist/main.js sandbox', /CWM_CLIENT_ID=\S+/);
    expect(output).toMatch(/^CWM_SITE=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(code).toBe(0);
  });

  it('shows the tools that exist (npm run docs writes the table)', () => {
    const document = read('README.md');
    expect(withToolTable(document, tools)).toBe(document);
    expect(read('docs/tools.md')).toBe(toolsDocument(tools));
    expect(read('docs/reports.md')).toBe(measuresDocument());
  });
});
