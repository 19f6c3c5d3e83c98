import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../tools/index.ts';
import { type Session, startSession } from '../support/session.ts';
import { connectStdio, type StdioClient } from '../support/stdio.ts';

/** A call of every tool that has to succeed on a fresh sandbox, in this order. `$name` stands for an id that an earlier one gave. */
const CALLS: readonly (readonly [tool: string, input: Record<string, unknown>, keep?: string])[] = [
  ['whoami', {}],
  ['lookup_values', { table: 'statuses', board: 'Help Desk' }],
  ['search_tickets', {}],
  ['create_ticket', { summary: 'Protocol check', company: 'Globex Manufacturing' }, 'ticket'],
  ['get_ticket', { ticketId: '$ticket' }],
  ['update_ticket', { ticketId: '$ticket', priority: 'low' }],
  ['add_ticket_note', { ticketId: '$ticket', text: 'Noted' }],
  ['log_time', { ticketId: '$ticket', start: '2 hours ago', hours: '30 minutes', allowOverlap: true }, 'entry'],
  ['search_time_entries', {}],
  ['update_time_entry', { entryId: '$entry', notes: 'Corrected' }],
  ['delete_time_entry', { entryId: '$entry', confirm: true }],
  ['get_timesheet', { span: 'week' }],
  ['submit_timesheet', { date: 'last week', confirm: true }],
  ['search_companies', { text: 'globex' }],
  ['get_company', { company: 'Globex' }],
  ['search_contacts', { company: 'Globex' }],
  ['create_contact', { firstName: 'Uma', company: 'Globex', email: 'uma@globex.example' }],
  ['search_configurations', { company: 'Globex' }],
  ['search_members', { text: 'jdoe' }],
  ['search_schedule', { period: 'this week' }],
  ['schedule_work', { ticketId: '$ticket', member: 'me', start: 'tomorrow 9am' }],
  ['search_operations', { query: 'additions of an agreement' }],
  ['describe_operation', { operation: 'POST /finance/agreements' }],
  ['call_read_operation', { operation: 'GET /finance/agreements' }],
  [
    'call_write_operation',
    { operation: 'POST /company/companies/{parentId}/notes', path: { parentId: 2 }, body: { text: 'Noted' } },
  ],
];

async function callAll(client: StdioClient): Promise<string[]> {
  const kept = new Map<string, number>();
  const called: string[] = [];
  for (const [name, input, keep] of CALLS) {
    const filled = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [
        key,
        typeof value === 'string' && value.startsWith('$') ? kept.get(value.slice(1)) : value,
      ]),
    );
    const result = await client.callTool({ name, arguments: filled });
    expect(result.isError ? `${name}: ${JSON.stringify(result.content)}` : undefined).toBeUndefined();
    expect(result.structuredContent).toBeTypeOf('object');
    if (keep !== undefined) kept.set(keep, Number((result.structuredContent as { id: number }).id));
    called.push(name);
  }
  return called;
}

describe.each(['modern', 'handshake'] as const)('a %s client', (era) => {
  it('lists and calls every tool over stdio', async () => {
    const client = await connectStdio(era);
    try {
      const core = tools.filter((tool) => tool.core).map(({ name }) => name);
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(core);
      const called = await callAll(client);
      expect(called.sort()).toEqual(core.sort());
    } finally {
      await client.close();
    }
  });

  it('lists and calls every tool over HTTP', async () => {
    const session = await startSession({ era, now: new Date('2026-11-24T21:20:00Z') });
    try {
      const client = {
        callTool: async ({ name, arguments: input }: { name: string; arguments?: Record<string, unknown> }) => {
          const { text, structured, isError } = await session.call(name, input);
          return { content: [{ type: 'text', text }], structuredContent: structured, isError };
        },
      };
      await callAll(client as unknown as StdioClient);
      expect((await session.listTools()).length).toBe(tools.filter((tool) => tool.core).length);
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
    session = await startSession({
      answer: (question) => {
        questions.push(question);
        return yes;
      },
    });
  });
  afterAll(() => session.close());

  const logged = async (start: string): Promise<number> =>
    (await session.call('log_time', { chargeCode: 'Training', start, hours: '15 minutes' })).structured.id;

  it('is asked of the person where the client can, over stateless HTTP', async () => {
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

  it('is asked of a handshake client over stdio', async () => {
    const asked: string[] = [];
    const client = await connectStdio('handshake', {}, ['--sandbox'], (question) => asked.push(question) > 0);
    try {
      const made = await client.callTool({
        name: 'log_time',
        arguments: { chargeCode: 'Training', hours: '15 minutes' },
      });
      const id = (made.structuredContent as { id: number }).id;
      const gone = await client.callTool({ name: 'delete_time_entry', arguments: { entryId: id } });
      expect(gone.isError ?? false).toBe(false);
      expect(asked).toHaveLength(1);
    } finally {
      await client.close();
    }
  });

  it('is an argument for a handshake client over HTTP, which cannot be asked', async () => {
    const handshake = await startSession({ era: 'handshake', answer: () => true });
    try {
      const { structured } = await handshake.call('log_time', {
        chargeCode: 'Training',
        start: '9am',
        hours: '15 minutes',
      });
      const refused = await handshake.call('delete_time_entry', { entryId: structured.id });
      expect(refused.text).toMatch(/Nothing was done.*confirm: true/s);
      expect((await handshake.call('delete_time_entry', { entryId: structured.id, confirm: true })).isError).toBe(
        false,
      );
    } finally {
      await handshake.close();
    }
  });
});
