import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { startSession } from '../support/session.ts';
import { start } from '../support/stdio.ts';

interface Answer {
  readonly id: number | string | null;
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text?: string }[] };
  readonly error?: { readonly code: number; readonly message: string };
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

const callOf = (id: number, name: string, input: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: input },
});

/** Writes lines to the built program and reads answers until `enough` of them are there; the program must end cleanly after that. */
async function talk(lines: readonly string[], enough: number): Promise<Answer[]> {
  const child = start(['--sandbox']);
  const answers: Answer[] = [];
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const arrived = new Promise<void>((resolve) => {
    reader.on('line', (line) => {
      const message = JSON.parse(line) as Answer;
      // What the server tells without being asked is no answer.
      if (message.id === undefined) return;
      answers.push(message);
      if (answers.length === enough) resolve();
    });
    child.once('exit', () => resolve());
  });
  child.stdin?.write([JSON.stringify(INITIALIZE), ...lines].map((line) => `${line}\n`).join(''));
  await arrived;
  const ended = once(child, 'exit');
  child.stdin?.end();
  expect(await ended).toEqual([0, null]);
  return answers;
}

const answerTo = (answers: readonly Answer[], id: Answer['id']): Answer | undefined =>
  answers.find((answer) => answer.id === id);

describe('a caller over stdio', () => {
  it.each([
    [{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: null }, -32602, /params is not an object/],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: [] }, -32602, /params is not an object/],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: 7 } }, -32602, /_meta/],
    [{ id: 1, method: 'tools/list' }, -32600, /"jsonrpc": "2.0"/],
    [{ jsonrpc: '2.0', id: 1, method: 7 }, -32600, /method/],
    [[{ jsonrpc: '2.0', id: 1, method: 'tools/list' }], -32600, /one message a line/],
  ])('is answered with an error to %j', async (message, code, text) => {
    const answers = await talk([JSON.stringify(message)], 2);
    expect(answerTo(answers, 1)?.error).toMatchObject({ code, message: expect.stringMatching(text) });
  });

  it('is told that an id is neither null nor a fraction', async () => {
    const answers = await talk(['{"jsonrpc":"2.0","id":null,"method":"tools/list"}'], 2);
    expect(answerTo(answers, null)?.error).toMatchObject({ code: -32600 });
  });

  it('is told that a message is nested too deep, and goes on, with null for arguments', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const params = `{"name":"search_tickets","arguments":{"text":${deep}}}`;
    const line = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;
    const next = { ...callOf(2, 'whoami'), params: { name: 'whoami', arguments: null } };
    const answers = await talk([line, JSON.stringify(next)], 3);
    expect(answerTo(answers, 1)?.error).toMatchObject({ code: -32600, message: expect.stringContaining('too deep') });
    expect(answerTo(answers, 2)?.result?.content?.[0]?.text).toContain('Jordan Doe');
  });

  it.each([
    ['first', (data: string) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${data}}`],
    ['last', (data: string) => `{"method":"tools/call","params":${data},"jsonrpc":"2.0","id":1}`],
  ])('is told the limit for an upload of 11 MB whose id comes %s, and goes on', async (_place, lineOf) => {
    const content = 'A'.repeat(11 * 1024 * 1024);
    const params = { name: 'add_attachment', arguments: { id: 9, fileName: 'x.bin', content } };
    const answers = await talk([lineOf(JSON.stringify(params)), JSON.stringify(callOf(2, 'whoami'))], 3);
    expect(answerTo(answers, 1)?.error?.message).toMatch(/11\.0 MB; the most is 10 MB/);
    expect(answerTo(answers, 2)?.result?.content?.[0]?.text).toContain('Jordan Doe');
  });

  it('has every one of 10,001 calls at once answered or refused', async () => {
    const calls = Array.from({ length: 10_001 }, (_, index) => JSON.stringify(callOf(index + 1, 'whoami')));
    const answers = await talk(calls, 10_002);
    const texts = answers.map(({ result }) => result?.content?.[0]?.text ?? '');
    expect(new Set(answers.map(({ id }) => id)).size).toBe(10_002);
    expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(texts.filter((text) => text.includes('Jordan Doe')).length).toBeGreaterThanOrEqual(132);
    const refused = answers.filter(({ result }) => result?.isError === true);
    expect(refused.map(({ result }) => result?.content?.[0]?.text)).toEqual(
      refused.map(() => expect.stringMatching(/The server is busy.*Nothing of this call was done/)),
    );
  }, 120_000);
});

describe('a resource', () => {
  it('exists only where the configuration has the tool that gives the same', async () => {
    const session = await startSession({
      toolsets: 'none',
      environment: { CWM_OPERATIONS: 'GET /time/entries' },
    });
    try {
      expect((await session.client.listResources()).resources).toEqual([]);
      expect((await session.client.listResourceTemplates()).resourceTemplates).toEqual([]);
      for (const uri of ['cwm://tickets/1', 'cwm://companies/Acme', 'cwm://reference/boards', 'cwm://schemas/Ticket'])
        await expect(session.client.readResource({ uri })).rejects.toThrow(/no resource.*offers none/);
      const ref = { type: 'ref/resource' as const, uri: 'cwm://companies/{id}' };
      const asked = session.client.complete({ ref, argument: { name: 'id', value: 'acme' } });
      await expect(asked).rejects.toThrow(/no resource/i);
      expect(session.sandbox.requests).toEqual([]);
    } finally {
      await session.close();
    }
  });

  it.each(['cwm://reference/constructor', 'cwm://reference/__proto__', 'cwm://tickets/%zz', 'cwm://tickets/', 'x:y'])(
    'that does not exist (%s) is refused in our own words',
    async (uri) => {
      const session = await startSession();
      try {
        await expect(session.client.readResource({ uri })).rejects.toMatchObject({
          code: -32602,
          message: expect.stringMatching(/There is no (resource|table) ".*There are: /),
        });
      } finally {
        await session.close();
      }
    },
  );
});

describe('what the server says of tools', () => {
  it('shows nothing hidden of a name that there is not', async () => {
    const session = await startSession();
    const hidden = 'Zo\u200b\u202e\u{e0041}\u001b[31m<img src=x>';
    try {
      const clean = expect.stringMatching(/^There is no (tool|prompt) "Zo"\./);
      await expect(session.call(hidden)).rejects.toMatchObject({ message: clean });
      await expect(session.client.getPrompt({ name: hidden })).rejects.toMatchObject({ message: clean });
    } finally {
      await session.close();
    }
  });

  it('names only those that the configuration has', async () => {
    const session = await startSession({ toolsets: 'service', environment: { CWM_READ_ONLY: 'true' } });
    try {
      const instructions = (session.client as { getInstructions?: () => string }).getInstructions?.() ?? '';
      expect(instructions).toContain('This server only reads');
      expect(instructions).not.toMatch(/whoami|lookup_values|dryRun/);
      const nobody = await session.refused('search_tickets', { company: 'Zzyzx Unlimited' });
      expect(nobody).toMatch(/no company "Zzyzx Unlimited"/);
      expect(nobody).not.toContain('search_companies');
    } finally {
      await session.close();
    }
  });

  it('names the tool that helps where it is offered', async () => {
    const session = await startSession();
    try {
      expect(await session.refused('search_tickets', { company: 'Zzyzx Unlimited' })).toContain('search_companies');
    } finally {
      await session.close();
    }
  });
});
