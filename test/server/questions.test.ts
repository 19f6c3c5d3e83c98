import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';

let session: Session;
const asked: string[] = [];
let answer: boolean | ((choices: readonly string[]) => string | boolean);

beforeAll(async () => {
  session = await startSession({
    toolsets: 'all',
    answer: (question, choices) => {
      asked.push(question);
      return typeof answer === 'function' ? answer(choices) : answer;
    },
  });
});
afterAll(() => session.close());

const logged = async (start: string): Promise<number> =>
  (await session.ok('log_time', { chargeCode: 'Training', start, hours: '15 minutes' })).structured.id;
const stored = async (id: number): Promise<number> => (await session.rest('GET', `/time/entries/${id}`)).status;

describe('a no', () => {
  it('holds against a model that says the person agreed', async () => {
    const entryId = await logged('9am');
    answer = false;
    await session.refused('delete_time_entry', { entryId });
    answer = true;
    asked.length = 0;
    const insisted = await session.refused('delete_time_entry', { entryId, confirm: true });
    expect(insisted).toMatch(/declined this before.*without confirm/);
    const otherwise = await session.refused('call_write_operation', {
      operation: `DELETE /time/entries/${entryId}`,
      confirm: true,
    });
    expect(otherwise).toMatch(/declined this before/);
    expect(asked).toEqual([]);
    expect(await stored(entryId)).toBe(200);
  });

  it('is taken back by the person only, and stands for one change only', async () => {
    const [entryId, other] = [await logged('10am'), await logged('11am')];
    answer = false;
    await session.refused('delete_time_entry', { entryId });
    await session.ok('delete_time_entry', { entryId: other, confirm: true });
    answer = true;
    await session.ok('delete_time_entry', { entryId });
    expect([await stored(entryId), await stored(other)]).toEqual([404, 404]);
  });

  it('of a caller who can be asked does not bind one who cannot', async () => {
    const entryId = await logged('12am');
    answer = false;
    await session.refused('delete_time_entry', { entryId });
    const client = await connect({});
    expect(await callOf(client, 'delete_time_entry', { entryId, confirm: true })).toMatch(/Deleted/);
    await client.close();
  });
});

/** Another client of the same server, with capabilities of its own. */
async function connect(capabilities: object, manual = false): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    {
      capabilities,
      versionNegotiation: { mode: { pin: '2026-07-28' } },
      ...(manual && { inputRequired: { autoFulfill: false } }),
    },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(session.url)));
  return client;
}

async function callOf(client: Client, name: string, input: object): Promise<string> {
  const { content } = await client.callTool({ name, arguments: { ...input } });
  return (content as { text?: string }[]).map(({ text }) => text ?? '').join('\n');
}

describe('the state of a question', () => {
  interface Asking {
    readonly requestState: string;
    readonly inputRequests: Record<string, object>;
  }
  const ask = async (client: Client, params: object): Promise<Asking> =>
    (await client.callTool(params as never, { allowInputRequired: true } as never)) as never;

  it('is refused where it is not that of this call', async () => {
    const client = await connect({ elicitation: { form: {} } }, true);
    const [entryId, other] = [await logged('1pm'), await logged('2pm')];
    const own = { name: 'delete_time_entry', arguments: { entryId } };
    const { requestState, inputRequests } = await ask(client, own);
    const inputResponses = Object.fromEntries(
      Object.keys(inputRequests).map((key) => [key, { action: 'accept', content: { confirm: true } }]),
    );
    const alien = [
      { name: 'get_ticket', arguments: { ticketId: 6 }, requestState: JSON.stringify({ ticketId: '7' }) },
      { ...own, arguments: { entryId: other }, requestState, inputResponses },
      { ...own, name: 'update_time_entry', requestState, inputResponses },
      { ...own, requestState: `${requestState.slice(0, -2)}AA`, inputResponses },
    ];
    for (const params of alien)
      await expect(ask(client, params)).rejects.toMatchObject({
        code: -32602,
        message: expect.stringMatching(/requestState is not what this server gave/),
      });
    expect(await stored(other)).toBe(200);
    // An answer to a question that was not asked is none.
    expect(await ask(client, { ...own, inputResponses })).toHaveProperty('requestState');
    expect(await stored(entryId)).toBe(200);
    expect(await ask(client, { ...own, requestState, inputResponses })).not.toHaveProperty('requestState');
    expect(await stored(entryId)).toBe(404);
    await client.close();
  });
});

describe('a client that only opens links for the person', () => {
  it('is told to ask the person and to confirm', async () => {
    const client = await connect({ elicitation: { url: {} } });
    const id = await logged('3pm');
    const question = await callOf(client, 'delete_time_entry', { entryId: id });
    expect(question).toMatch(/Nothing was done. Ask the person.*confirm: true/s);
    const mail = await callOf(client, 'add_ticket_note', {
      ticketId: 589,
      text: 'On our way',
      kind: 'discussion',
      notify: true,
    });
    expect(mail).toMatch(/e-mail.*Nothing was done. Ask the person.*confirm: true/s);
    await client.close();
  });
});
