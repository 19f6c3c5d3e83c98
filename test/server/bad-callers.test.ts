import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startHttpSession } from '../support/session.ts';
import { start } from '../support/stdio.ts';

let session: Session;
beforeAll(async () => {
  session = await startHttpSession();
});
afterAll(() => session.close());

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
  const child = start([], session.sandbox.environment);
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

/** What is sent in one conversation: each line is answered by itself, whatever stood before it. */
const BAD: readonly [number, unknown, number, RegExp][] = [
  [1, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: null }, -32602, /params is not an object/],
  [2, { jsonrpc: '2.0', id: 2, method: 'tools/list', params: [] }, -32602, /params is not an object/],
  [3, { jsonrpc: '2.0', id: 3, method: 'tools/list', params: { _meta: 7 } }, -32602, /_meta/],
  [4, { id: 4, method: 'tools/list' }, -32600, /"jsonrpc": "2.0"/],
  [5, { jsonrpc: '2.0', id: 5, method: 7 }, -32600, /method/],
  [6, [{ jsonrpc: '2.0', id: 6, method: 'tools/list' }], -32600, /one message a line/],
];
const DEEP = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
const UPLOAD = JSON.stringify({
  name: 'add_attachment',
  arguments: { id: 9, fileName: 'x.bin', content: 'A'.repeat(11 * 1024 * 1024) },
});
const LINES: readonly string[] = [
  ...BAD.map(([, message]) => JSON.stringify(message)),
  '{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
  `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_tickets","arguments":{"text":${DEEP}}}}`,
  `{"jsonrpc":"2.0","id":8,"method":"tools/call","params":${UPLOAD}}`,
  `{"method":"tools/call","params":${UPLOAD},"jsonrpc":"2.0","id":9}`,
  JSON.stringify({ ...callOf(10, 'whoami'), params: { name: 'whoami', arguments: null } }),
  JSON.stringify(callOf(11, 'search_tickets', { where: Array.from({ length: 200_000 }, () => ({})) })),
  JSON.stringify(callOf(12, 'add_attachment', { record: 'ticket 7', name: 'x.txt', text: 'x'.repeat(7_000_000) })),
];

describe('a caller over stdio', () => {
  let answers: Answer[];
  beforeAll(async () => {
    answers = await talk(LINES, LINES.length + 1);
  });

  it.each(BAD)('is answered with an error, %d, to %j', (id, _message, code, text) => {
    expect(answerTo(answers, id)?.error).toMatchObject({ code, message: expect.stringMatching(text) });
  });

  it('is told that an id is neither null nor a fraction', () => {
    expect(answerTo(answers, null)?.error).toMatchObject({ code: -32600 });
  });

  it('is told that a message is nested too deep', () => {
    expect(answerTo(answers, 7)?.error).toMatchObject({ code: -32600, message: expect.stringContaining('too deep') });
  });

  it.each([
    [8, 'first'],
    [9, 'last'],
  ])('is told the limit for an upload of 11 MB (%d) whose id comes %s', (id) => {
    expect(answerTo(answers, id)?.error?.message).toMatch(/11\.0 MB; the most is 10 MB/);
  });

  it('is told that a message has too many members', () => {
    expect(answerTo(answers, 11)?.error?.message).toMatch(/128 KB beside its texts/);
  });

  it('has a long file taken', () => {
    expect(answerTo(answers, 12)?.result?.content?.[0]?.text).toContain('Attached x.txt (6.7 MB) to ticket 7');
  });

  it('goes on after all of them, with null for arguments', () => {
    expect(answerTo(answers, 10)?.result?.content?.[0]?.text).toContain('Jordan Doe');
  });

  it('has every one of 3,001 calls at once answered or refused', async () => {
    const calls = Array.from({ length: 3001 }, (_, index) => JSON.stringify(callOf(index + 1, 'whoami')));
    const answers = await talk(calls, 3002);
    const texts = answers.map(({ result }) => result?.content?.[0]?.text ?? '');
    expect(new Set(answers.map(({ id }) => id)).size).toBe(3002);
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
    const bare = await startHttpSession({
      toolsets: 'none',
      environment: { CWM_OPERATIONS: 'GET /time/entries' },
    });
    try {
      expect((await bare.client.listResources()).resources).toEqual([]);
      expect((await bare.client.listResourceTemplates()).resourceTemplates).toEqual([]);
      for (const uri of ['cwm://tickets/1', 'cwm://companies/Acme', 'cwm://reference/boards', 'cwm://schemas/Ticket'])
        await expect(bare.client.readResource({ uri })).rejects.toThrow(/no resource.*offers none/);
      const ref = { type: 'ref/resource' as const, uri: 'cwm://companies/{id}' };
      const asked = bare.client.complete({ ref, argument: { name: 'id', value: 'acme' } });
      await expect(asked).rejects.toThrow(/no resource/i);
      expect(bare.sandbox.requests).toEqual([]);
    } finally {
      await bare.close();
    }
  });

  it.each(['cwm://reference/constructor', 'cwm://reference/__proto__', 'cwm://tickets/%zz', 'cwm://tickets/', 'x:y'])(
    'that does not exist (%s) is refused in our own words',
    async (uri) => {
      await expect(session.client.readResource({ uri })).rejects.toMatchObject({
        code: -32602,
        message: expect.stringMatching(/There is no (resource|table) ".*There are: /),
      });
    },
  );
});

describe('what the server says of tools', () => {
  it('shows nothing hidden of a name that there is not', async () => {
    const hidden = 'Zo\u200b\u202e\u{e0041}\u001b[31m<img src=x>';
    const clean = expect.stringMatching(/^There is no (tool|prompt) "Zo"\./);
    await expect(session.call(hidden)).rejects.toMatchObject({ message: clean });
    await expect(session.client.getPrompt({ name: hidden })).rejects.toMatchObject({ message: clean });
  });

  it('names only those that the configuration has', async () => {
    const environment = { CWM_READ_ONLY: 'true', CWM_DENY: 'search_companies' };
    const reader = await startHttpSession({ toolsets: 'service', environment });
    try {
      const instructions = (reader.client as { getInstructions?: () => string }).getInstructions?.() ?? '';
      expect(instructions).toContain('This server only reads');
      expect(instructions).not.toMatch(/whoami|lookup_values|dryRun/);
      const nobody = await reader.refused('search_tickets', { company: 'Zzyzx Unlimited' });
      expect(nobody).toMatch(/no company "Zzyzx Unlimited"/);
      expect(nobody).not.toContain('search_companies');
    } finally {
      await reader.close();
    }
  });

  it('names the tool that helps where it is offered', async () => {
    expect(await session.refused('search_tickets', { company: 'Zzyzx Unlimited' })).toContain('search_companies');
  });
});

describe('a caller who sends more than anybody means', () => {
  const long = (text: string) => text.repeat(Math.ceil(300_000 / text.length));
  it.each([
    [{ where: Array.from({ length: 5_001 }, () => 1) }, /more than 5000 values/],
    [{ where: Array.from({ length: 90 }, () => Array.from({ length: 60 }, () => [])) }, /more than 5000 values/],
    [Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`k${at}`, 1])), /an object of 501 members; 500/],
    [{ [long('<b> ')]: 1 }, /a name of 300000 characters; 500/],
    [{ company: long('<b> ') }, /company takes at most 131072 characters; this one has 300000/],
    [{ where: [{ field: 'summary', op: 'contains', value: long('x') }] }, /where takes at most 131072/],
    [{ conditions: long('id=1 or ') }, /conditions takes at most 131072/],
  ])('is told what is allowed of arguments', async (given, says) => {
    expect(await session.refused('search_tickets', given)).toMatch(says);
  });

  it('is told what is allowed of names and bodies of operations', async () => {
    expect(await session.refused('call_read_operation', { operation: long('GET /x ') })).toMatch(/operation takes at/);
    const body = { text: long('<b> ') };
    const note = { operation: 'POST /service/tickets/{id}/notes', path: { id: 7 }, body };
    expect(await session.refused('call_write_operation', note)).toMatch(/body takes at most 131072/);
    const many = JSON.stringify({ where: Array.from({ length: 9_000 }, () => ({})) });
    const named = { operation: 'search_tickets', arguments: many };
    expect(await session.refused('call_read_operation', named)).toMatch(/has to be JSON of one object/);
  });

  it('is told what is allowed of everything else', async () => {
    const says = /A text of this request has 1\d{4} characters; 10000 are allowed/;
    const { client } = session;
    // Clients say names in headers as well, which have a limit of their own.
    const name = 'x'.repeat(12_000);
    await expect(client.readResource({ uri: `cwm://tickets/${name}` })).rejects.toThrow(says);
    await expect(client.getPrompt({ name })).rejects.toThrow(says);
    const ref = { type: 'ref/resource' as const, uri: 'cwm://companies/{id}' };
    await expect(client.complete({ ref, argument: { name: 'id', value: name } })).rejects.toThrow(says);
    await expect(session.call(name)).rejects.toThrow(/There is no tool/);
  });

  it('has 5,000 values, a long note and a file taken', async () => {
    const where = [{ field: 'id', op: 'in', value: Array.from({ length: 4_900 }, (_, at) => at + 100_000) }];
    expect((await session.call('search_tickets', { where })).isError).toBe(false);
    const text = long('Long. ').slice(0, 100_000);
    expect((await session.call('add_ticket_note', { ticketId: 7, text })).isError).toBe(false);
    const file = { record: 'ticket 7', name: 'long.txt', text: long('Long. ') };
    expect((await session.call('add_attachment', file)).isError).toBe(false);
  });
});
