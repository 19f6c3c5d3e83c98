import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpSession } from '../support/session.ts';
import { serveFixtures } from './serve.ts';

/** Where `.ci/run` installs the official suite and the Node that it needs. They are no dependencies of this project. */
const SUITE = process.env.CONFORMANCE_DIR ?? '';
const NODE = join(SUITE, 'node_modules/node/bin/node');
const PROGRAM = join(SUITE, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const isThere = SUITE !== '' && existsSync(NODE) && existsSync(PROGRAM);

const run = promisify(execFile);

/** Runs what a revision requires. @returns the scenarios that failed, and how many passed */
async function measure(url: string, revision: string): Promise<{ failed: string[]; passed: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const parameters = [PROGRAM, 'server', '--url', url, '--requirements', revision, '--output-dir', folder];
    const { stdout } = await run(NODE, parameters, { cwd: folder, maxBuffer: 2 ** 26 }).catch(
      (error: { stdout: string }) => error,
    );
    const [, summary = ''] = stdout.split('=== SUMMARY ===');
    const unscored = new Set([...summary.matchAll(/^ {2}[✓✗] (\S+) \(/gm)].map(([, name]) => name));
    const scored = [...summary.matchAll(/^([✓✗]) (\S+):/gm)].filter(([, , name]) => !unscored.has(name));
    const named = (mark: string): string[] => scored.filter(([, own]) => own === mark).map(([, , name = '']) => name);
    return { failed: named('✗'), passed: named('✓').length };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a client cannot get from a server that has no tools, prompts and resources of the suite. */
const FIXTURES_OF: Readonly<Record<string, readonly string[]>> = {
  '2025-11-25': [
    'completion-complete',
    'tools-call-simple-text',
    'tools-call-image',
    'tools-call-audio',
    'tools-call-embedded-resource',
    'tools-call-mixed-content',
    'tools-call-with-logging',
    'tools-call-error',
    'tools-call-with-progress',
    'tools-call-sampling',
    'tools-call-elicitation',
    'elicitation-sep1034-defaults',
    'elicitation-sep1330-enums',
    'resources-read-text',
    'resources-read-binary',
    'resources-templates-read',
    'resources-subscribe',
    'resources-unsubscribe',
    'prompts-get-simple',
    'prompts-get-with-args',
    'prompts-get-embedded-resource',
    'prompts-get-with-image',
  ],
  '2026-07-28': [
    'server-stateless',
    'completion-complete',
    'tools-call-simple-text',
    'tools-call-image',
    'tools-call-audio',
    'tools-call-embedded-resource',
    'tools-call-mixed-content',
    'tools-call-error',
    'tools-call-with-progress',
    'resources-read-text',
    'resources-read-binary',
    'resources-templates-read',
    'prompts-get-simple',
    'prompts-get-with-args',
    'prompts-get-embedded-resource',
    'prompts-get-with-image',
    'input-required-result-basic-elicitation',
    'input-required-result-basic-sampling',
    'input-required-result-basic-list-roots',
    'input-required-result-request-state',
    'input-required-result-multiple-input-requests',
    'input-required-result-multi-round',
    'input-required-result-non-tool-request',
    'input-required-result-result-type',
    'input-required-result-tampered-state',
    'input-required-result-capability-check',
  ],
};

const why = isThere ? '' : ' (skipped: CONFORMANCE_DIR names no folder that has it)';

describe.skipIf(!isThere)(`the official conformance suite${why}`, () => {
  let front: Awaited<ReturnType<typeof serveFixtures>>;
  beforeAll(async () => {
    front = await serveFixtures();
  });
  afterAll(() => front.close());

  it.each([
    ['2025-11-25', 30],
    ['2026-07-28', 37],
  ])('has nothing against the front, its questions and its signed state under %s', async (revision, required) => {
    expect(await measure(front.url, revision)).toEqual({ failed: [], passed: required });
  });

  it.each(Object.entries(FIXTURES_OF))(
    'finds only its fixtures missing in the plain server under %s',
    async (revision, missing) => {
      const session = await startHttpSession({ sandbox: { tickets: 20 } });
      try {
        expect((await measure(session.url, revision)).failed).toEqual(missing);
      } finally {
        await session.close();
      }
    },
  );
});
