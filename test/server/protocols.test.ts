import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { tools } from '../../tools/index.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { oddSentences } from '../support/sentences.ts';
import { type Session, startHttpSession } from '../support/session.ts';
import { connectStdio, type StdioClient } from '../support/stdio.ts';
import { CALLS, type Call, filled, keepFrom } from './calls/index.ts';

type Caller = Pick<StdioClient, 'callTool' | 'listTools'>;

/**
 * All tools together send more requests than the usual limit lets through in a minute. Servers of later tests are not told of them:
 * they may borrow the same sandbox.
 */
const UNHURRIED = { CWM_REQUESTS_PER_MINUTE: '10000', CWM_SHARE_QUOTA: 'false' };

const READING = new Set(tools.filter(({ effect }) => effect === 'read').map(({ name }) => name));

/** Whether a call goes over this way: what writes does, and every second one that only reads; with `CASES=all`, as in CI, all. */
const isOf = (way: 0 | 1, { tool, keep }: Call, index: number): boolean =>
  HAS_ALL_CASES || !READING.has(tool) || keep !== undefined || index % 2 === way;

/** Calls every tool that goes over this way once, or as often as another call needs; gives what went wrong. */
async function callAll(client: Caller, way: 0 | 1): Promise<string[]> {
  const kept = new Map<string, unknown>();
  const failures: string[] = [];
  for (const one of CALLS.filter((call, index) => isOf(way, call, index))) {
    const input = filled(one.input, kept) as Record<string, unknown>;
    const { isError, content, structuredContent } = await client.callTool({ name: one.tool, arguments: input });
    if (isError || typeof structuredContent !== 'object') failures.push(`${one.tool}: ${JSON.stringify(content)}`);
    else failures.push(...keepFrom(structuredContent, one, kept).map((missing) => `${one.tool}: ${missing}`));
    const [{ text = '' } = {}] = content as { text?: string }[];
    failures.push(...oddSentences(text).map((odd) => `${one.tool}: ${odd}`));
  }
  return failures;
}

const everyTool = tools.map(({ name }) => name);
const defaultTools = tools.filter((tool) => tool.core).map(({ name }) => name);

/** Of the real present, as the built program is. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await borrowSandbox();
});
afterAll(() => sandbox.close());

it('every tool has a sample call', () => {
  const called = new Set(CALLS.map(({ tool }) => tool));
  expect(
    everyTool.filter((name) => !called.has(name)),
    'Add a call of each of these tools to test/server/calls/: one that succeeds on a fresh sandbox.',
  ).toEqual([]);
});

// Each transport with one era, each era over one transport: nothing of a tool depends on both. Each tool over one of them at least.
describe('every tool', () => {
  it('is listed and called by a modern client over stdio', async () => {
    const client = await connectStdio('modern', { ...sandbox.environment, CWM_TOOLSETS: 'all', ...UNHURRIED }, []);
    try {
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(everyTool);
      expect(await callAll(client, 0)).toEqual([]);
    } finally {
      await client.close();
      sandbox.reset();
    }
  });

  it('is listed and called by a handshake client over HTTP', async () => {
    const session = await startHttpSession({ era: 'handshake', toolsets: 'all', environment: UNHURRIED });
    try {
      expect((await session.listTools()).map(({ name }) => name)).toEqual(everyTool);
      expect(await callAll(session.client as Caller, 1)).toEqual([]);
    } finally {
      await session.close();
    }
  });
});

describe('confirmation', () => {
  let session: Session;
  const questions: string[] = [];
  let yes = true;

  beforeAll(async () => {
    session = await startHttpSession({
      answer: (question) => {
        questions.push(question);
        return yes;
      },
    });
  });
  afterAll(() => session.close());

  const logged = async (start: string): Promise<number> =>
    (await session.call('log_time', { chargeCode: 'Training', start, hours: '15 minutes' })).structured.id;

  it('is asked of the person where the client supports it, over stateless HTTP', async () => {
    expect((await session.listTools()).map(({ name }) => name)).toEqual(defaultTools);
    const id = await logged('9am');
    const { isError, text } = await session.call('delete_time_entry', { entryId: id });
    expect({ isError, text }).toMatchObject({ isError: false, text: expect.stringContaining('Deleted') });
    expect(questions.at(-1)).toMatch(new RegExp(`Delete time entry ${id} .*0.25 h`));
    expect((await session.rest('GET', `/time/entries/${id}`)).status).toBe(404);
  });

  it('is final when the person says no', async () => {
    yes = false;
    const id = await logged('10am');
    const { isError, text } = await session.call('delete_time_entry', { entryId: id });
    expect(isError).toBe(true);
    expect(text).toContain('nothing was changed');
    expect((await session.rest('GET', `/time/entries/${id}`)).status).toBe(200);
  });

  describe('of a handshake client over stdio', () => {
    const asked: string[] = [];
    let client: StdioClient;
    let hasWindow = true;
    beforeAll(async () => {
      client = await connectStdio('handshake', { ...sandbox.environment, ...UNHURRIED }, [], (question) => {
        if (!hasWindow) throw new Error('no window');
        return asked.push(question) > 0;
      });
    });
    afterAll(() => client.close());

    const made = async (): Promise<number> => {
      const input = { chargeCode: 'Training', hours: '15 minutes', allowDuplicate: true };
      const { structuredContent, content } = await client.callTool({ name: 'log_time', arguments: input });
      expect(structuredContent, JSON.stringify(content)).toBeDefined();
      return (structuredContent as { id: number }).id;
    };
    const gone = (input: Record<string, unknown>) => client.callTool({ name: 'delete_time_entry', arguments: input });

    it('is asked', async () => {
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(defaultTools);
      expect((await gone({ entryId: await made() })).isError ?? false).toBe(false);
      expect(asked).toHaveLength(1);
    });

    it('falls back to confirm where the client fails to ask', async () => {
      hasWindow = false;
      const entryId = await made();
      expect(await gone({ entryId })).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching(/Nothing was done. Ask the person.*confirm: true/s) }],
      });
      expect((await gone({ entryId, confirm: true })).isError ?? false).toBe(false);
      expect(asked).toHaveLength(1);
    });
  });

  it('is asked of a handshake client over HTTP, in its session', async () => {
    const asked: string[] = [];
    const handshake = await startHttpSession({ era: 'handshake', answer: (question) => asked.push(question) > 0 });
    try {
      const { structured } = await handshake.ok('log_time', {
        chargeCode: 'Training',
        start: '9am',
        hours: '15 minutes',
      });
      await handshake.ok('delete_time_entry', { entryId: structured.id });
      expect(asked).toHaveLength(1);
    } finally {
      await handshake.close();
    }
  });
});
