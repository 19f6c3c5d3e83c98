import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpSession, startHttpSession } from '../support/session.ts';

let session: HttpSession;
const asked: string[] = [];
let answer: boolean | 'cancel';

beforeAll(async () => {
  session = await startHttpSession({
    toolsets: 'all',
    answer: (question) => {
      asked.push(question);
      return answer;
    },
  });
});
afterAll(() => session.close());

const logged = async (start: string): Promise<number> =>
  (await session.ok('log_time', { chargeCode: 'Training', start, hours: '15 minutes' })).structured.id;
const stored = async (id: number): Promise<number> => (await session.rest('GET', `/time/entries/${id}`)).status;

describe('a question', () => {
  it('is put to the person although the model says that they agreed, and shows all', async () => {
    const entryId = await logged('8am');
    answer = true;
    asked.length = 0;
    await session.ok('delete_time_entry', { entryId, confirm: true });
    expect(asked).toEqual([expect.stringMatching(new RegExp(`Delete time entry ${entryId}`))]);
  });

  it('is put again after it was closed without an answer', async () => {
    const entryId = await logged('8:30am');
    answer = 'cancel';
    expect(await session.refused('delete_time_entry', { entryId })).toMatch(/closed the question without an answer/);
    answer = true;
    asked.length = 0;
    await session.ok('delete_time_entry', { entryId, confirm: true });
    expect(asked).toHaveLength(1);
  });
});

describe('more changes at once than a person looks over', () => {
  it('are asked about, although each alone is not', async () => {
    const configurations = await session.get('/company/configurations?conditions=company/id=2&pageSize=6&fields=id');
    const attach = (configurations as { id: number }[]).map(({ id }) => String(id));
    const [{ id: ticketId }] = await session.get(
      '/service/tickets?conditions=company/id=2 AND closedFlag=false&pageSize=1',
    );
    answer = 'cancel';
    asked.length = 0;
    await session.refused('set_ticket_configurations', { ticketId, attach });
    expect(asked).toEqual([expect.stringMatching(/^Ticket \d+.*(put on.*){6}\?$/)]);
    await session.ok('set_ticket_configurations', { ticketId, attach: attach.slice(0, 5) });
    expect(asked).toHaveLength(1);
  });
});

describe('a no', () => {
  it('holds for the rest of the conversation, whatever the model says and whichever tool it takes', async () => {
    const entryId = await logged('9am');
    answer = false;
    expect(await session.refused('delete_time_entry', { entryId })).toMatch(/their no holds/);
    answer = true;
    asked.length = 0;
    const operation = `DELETE /time/entries/${entryId}`;
    for (const [tool, input] of [
      ['delete_time_entry', { entryId, confirm: true }],
      ['delete_time_entry', { entryId }],
      ['delete_time_entry', { entryId: String(entryId), confirm: false }],
      ['call_write_operation', { operation, confirm: true }],
      ['call_write_operation', { operation }],
    ] as const)
      expect(await session.refused(tool, input)).toMatch(/declined this before.*ask_again/);
    expect(asked).toEqual([]);
    expect(await stored(entryId)).toBe(200);
  });

  it('is taken back by the person, who chooses the prompt, and stands for one change only', async () => {
    const [entryId, other] = [await logged('10am'), await logged('11am')];
    answer = false;
    await session.refused('delete_time_entry', { entryId });
    answer = true;
    await session.ok('delete_time_entry', { entryId: other, confirm: true });
    await session.refused('delete_time_entry', { entryId });
    const { prompts } = await session.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('ask_again');
    await session.client.getPrompt({ name: 'ask_again' });
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

  it('carries a no also from a client that says of itself meanwhile that it cannot ask', async () => {
    const [client, deaf] = [await connect({ elicitation: { form: {} } }, true), await connect({}, true)];
    const entryId = await logged('6am');
    const own = { name: 'delete_time_entry', arguments: { entryId, confirm: true } };
    const { requestState, inputRequests } = await ask(client, own);
    const inputResponses = Object.fromEntries(Object.keys(inputRequests).map((key) => [key, { action: 'decline' }]));
    expect(await ask(deaf, { ...own, requestState, inputResponses })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('The person declined') }],
    });
    expect(await stored(entryId)).toBe(200);
    await Promise.all([client.close(), deaf.close()]);
  });

  it('carries a yes once, and for what was shown', async () => {
    const client = await connect({ elicitation: { form: {} } }, true);
    const created = await session.rest('POST', '/company/contacts', { firstName: 'Ada', lastName: 'Once' });
    const contact = `/company/contacts/${created.body.id}`;
    const off = { operation: `PATCH ${contact}`, body: { inactiveFlag: true } };
    const own = { name: 'call_write_operation', arguments: off };
    const { requestState, inputRequests } = await ask(client, own);
    const inputResponses = Object.fromEntries(
      Object.keys(inputRequests).map((key) => [key, { action: 'accept', content: { confirm: true } }]),
    );
    expect(await ask(client, { ...own, requestState, inputResponses })).not.toHaveProperty('requestState');
    await session.rest('PATCH', contact, [{ op: 'replace', path: 'inactiveFlag', value: false }]);
    expect(await ask(client, { ...own, requestState, inputResponses })).toHaveProperty('requestState');
    expect((await session.get(contact)).inactiveFlag).toBe(false);
    await client.close();
  });

  it('that comes back without an answer tells of a client that cannot ask: confirm counts', async () => {
    const client = await connect({ elicitation: { form: {} } }, true);
    const entryId = await logged('4pm');
    const own = { name: 'delete_time_entry', arguments: { entryId } };
    const { requestState } = await ask(client, own);
    const failed = (await ask(client, { ...own, requestState, inputResponses: {} })) as never as {
      content: { text: string }[];
    };
    expect(failed.content[0]?.text).toMatch(/Nothing was done. Ask the person.*confirm: true/s);
    expect(await stored(entryId)).toBe(200);
    const other = await logged('5pm');
    const stillAsked = { name: 'delete_time_entry', arguments: { entryId: other, confirm: true } };
    expect(await ask(client, stillAsked)).toHaveProperty('requestState');
    await ask(client, { ...own, arguments: { entryId, confirm: true } });
    expect([await stored(entryId), await stored(other)]).toEqual([404, 200]);
    await client.close();
  });
});

describe('an answer that fits no form', () => {
  const answers = [
    { action: 'accept', content: { confirm: 'yes' } },
    { action: 'accept', content: {} },
    { action: 'accept' },
    { action: 'perhaps' },
    {},
    { action: 'accept', content: ['confirm'] },
  ];

  it('of a client that is asked in the middle of a call is no answer, and confirm does not replace it', async () => {
    let given: object = {};
    const handshake = await startHttpSession({ toolsets: 'time', era: 'handshake', answer: () => given });
    try {
      // What is no answer at all the library of such a client keeps from us.
      for (given of answers.slice(0, 3)) {
        const text = { chargeCode: 'Training', start: '6am', hours: '15 minutes', allowDuplicate: true };
        const { id: entryId } = (await handshake.ok('log_time', text)).structured;
        for (const confirm of [undefined, true])
          expect(await handshake.refused('delete_time_entry', { entryId, confirm })).toMatch(/closed the question/);
        expect((await handshake.rest('GET', `/time/entries/${entryId}`)).status).toBe(200);
      }
    } finally {
      await handshake.close();
    }
  });

  it('that comes back with a call made again is no answer either', async () => {
    const client = await connect({ elicitation: { form: {} } }, true);
    const entryId = await logged('7am');
    const own = { name: 'delete_time_entry', arguments: { entryId, confirm: true } };
    const call = async (params: object) =>
      (await client.callTool(params as never, { allowInputRequired: true } as never)) as unknown as Record<
        string,
        never
      >;
    for (const answer of answers) {
      const { requestState, inputRequests } = await call(own);
      const inputResponses = Object.fromEntries(Object.keys(inputRequests ?? {}).map((key) => [key, answer]));
      const { content } = await call({ ...own, requestState, inputResponses });
      expect(JSON.stringify(content)).toMatch(/closed the question/);
    }
    expect(await call(own)).toHaveProperty('requestState');
    expect(await stored(entryId)).toBe(200);
    await client.close();
  });
});

describe('CWM_CONFIRM', () => {
  it('leaves effects to the argument, or to nobody, as the operator says', async () => {
    const questions: string[] = [];
    const own = await startHttpSession({
      toolsets: 'time,company',
      environment: { CWM_CONFIRM: 'argument, delete=never, deactivate=ask' },
      answer: (question) => questions.push(question) > 0,
    });
    try {
      const { structured } = await own.ok('log_time', { chargeCode: 'Training', start: '9am', hours: '15 minutes' });
      await own.ok('delete_time_entry', { entryId: structured.id });
      const note = { operation: 'POST /service/tickets/589/notes', body: { text: 'x', processNotifications: true } };
      const mail = { ...note, body: { ...note.body, detailDescriptionFlag: true } };
      expect(await own.refused('call_write_operation', mail)).toMatch(/Nothing was done.*confirm: true/s);
      await own.ok('call_write_operation', { ...mail, confirm: true });
      expect(questions).toEqual([]);
      await own.ok('call_write_operation', { operation: 'PATCH /company/contacts/61', body: { inactiveFlag: true } });
      expect(questions).toHaveLength(1);
    } finally {
      await own.close();
    }
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
