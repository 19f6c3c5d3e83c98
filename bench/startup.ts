import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Bench, median, milliseconds, times } from './bench.ts';
import { withBundled } from './parts/bundled.ts';
import { bareEnvironment, PROGRAM } from './parts/sandbox-process.ts';

const TARGET = 1.25;

const message = (id: number, method: string, params: unknown): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const INITIALIZE = message(1, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1.0.0' },
});
const LIST = message(2, 'tools/list', {});

/** Keys that lead nowhere: nothing is asked of Manage before a tool is called. */
const ENVIRONMENT = {
  CWM_SITE: 'https://manage.invalid',
  CWM_COMPANY_ID: 'bench',
  CWM_PUBLIC_KEY: 'public',
  CWM_PRIVATE_KEY: 'private',
  CWM_CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
};

interface Answers {
  /** Milliseconds from spawn to the answer to `initialize`, and to the list of tools. */
  readonly first: number;
  readonly list: number;
}

async function measure(program: string): Promise<Answers> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...bareEnvironment(), ...ENVIRONMENT },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.write(INITIALIZE + LIST);
  let text = '';
  let first = 0;
  let list = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (first === 0 && text.includes('\n')) first = performance.now() - started;
    if (text.includes('"id":2') && text.endsWith('\n')) {
      list = performance.now() - started;
      break;
    }
  }
  child.stdin.end();
  child.kill();
  await once(child, 'close');
  return { first, list };
}

export default {
  title: 'from spawn to the first answer over stdio, beside a hello-world server on the same SDK',
  run: ({ quick }) =>
    withBundled('hello-world', async (hello) => {
      const ours: Answers[] = [];
      const theirs: Answers[] = [];
      // By turns, so that whatever else the machine does falls on both.
      for (let round = 0; round < (quick ? 1 : 25); round += 1) {
        theirs.push(await measure(hello));
        ours.push(await measure(PROGRAM));
      }
      return (['first', 'list'] as const).map((answer) => {
        const measured = median(ours.map((one) => one[answer]));
        const beside = median(theirs.map((one) => one[answer]));
        return {
          what: answer === 'first' ? 'first answer (initialize)' : 'list of tools',
          measured: milliseconds(measured),
          beside: `${milliseconds(beside)} hello world`,
          ratio: times(measured / beside),
          target: `at most ${TARGET} x`,
          met: measured / beside <= TARGET,
        };
      });
    }),
} satisfies Bench;
