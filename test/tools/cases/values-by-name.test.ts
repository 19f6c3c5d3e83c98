import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

const customFields = async (ticketId: number): Promise<Record<string, unknown>> => {
  const { customFields: fields } = await session.get(`/service/tickets/${ticketId}`);
  return Object.fromEntries(
    fields.map(({ caption, value }: { caption: string; value?: unknown }) => [caption, value ?? null]),
  );
};

describe('custom fields are given as a list of captions and values', () => {
  it.each([
    ['a list', [{ caption: 'Root cause', value: 'Hardware' }]],
    ['one item', { caption: 'Root cause', value: 'Hardware' }],
    ['an object by caption', { 'Root cause': 'Hardware' }],
    ['a list of objects by caption', [{ 'Root cause': 'Hardware' }]],
    ['another word for the caption', [{ name: 'root cause', value: 'Hardware' }]],
    ['JSON text', '[{"caption": "Root cause", "value": "Hardware"}]'],
    ['JSON text of an object', '{"Root cause": "Hardware"}'],
  ])('or as %s', async (_, given) => {
    await session.ok('update_ticket', { ticketId: 589, customFields: [{ caption: 'Root cause', clear: true }] });
    expect((await customFields(589))['Root cause']).toBe(null);
    await session.ok('update_ticket', { ticketId: 589, customFields: given });
    expect((await customFields(589))['Root cause']).toBe('Hardware');
  });

  it('takes numbers as numbers and as texts', async () => {
    for (const value of [7, '8']) {
      await session.ok('update_ticket', { ticketId: 589, customFields: [{ caption: 'Devices affected', value }] });
      expect((await customFields(589))['Devices affected']).toBe(Number(value));
    }
  });

  it('leaves a field alone whose value is empty', async () => {
    await session.ok('update_ticket', { ticketId: 564, customFields: [{ caption: 'Root cause', value: 'Hardware' }] });
    const empty = [
      { caption: 'Root cause', value: '' },
      { caption: 'Devices affected', value: null },
    ];
    for (const fields of [empty, [{ caption: 'Root cause' }], { 'Root cause': '' }, [{}], [], {}, ''])
      await session.ok('update_ticket', { ticketId: 564, priority: 'P3', customFields: fields, dryRun: true });
    expect((await customFields(564))['Root cause']).toBe('Hardware');
  });

  it.each([
    [
      'a text',
      'Root cause is hardware',
      /customFields takes a list of values by name: \[\{"caption": "\.\.\.", "value": "\.\.\."\}\]/,
    ],
    [
      'one caption twice',
      [
        { caption: 'Root cause', value: 'a' },
        { caption: 'Root cause', value: 'b' },
      ],
      /two values/,
    ],
    ['a value beside clear', [{ caption: 'Root cause', value: 'a', clear: true }], /two values/],
    ['an unknown caption', [{ caption: 'Root cuase', value: 'a' }], /Did you mean Root cause/],
  ])('refuses %s', async (_, given, message) => {
    expect(await session.refused('update_ticket', { ticketId: 589, customFields: given })).toMatch(message);
  });
});

describe('filters have the same form in every list', () => {
  it.each([
    ['search_companies', { field: 'city', op: 'in', value: ['Albany', 'Troy'] }],
    ['search_invoices', { field: 'total', op: 'gt', value: 100 }],
    ['search_projects', { field: 'closedFlag', op: 'eq', value: false }],
    [
      'search_members',
      {
        any: [
          { field: 'identifier', value: 'achen' },
          { field: 'identifier', value: 'jdoe' },
        ],
      },
    ],
  ])('%s', async (tool, filter) => {
    await session.ok(tool, { where: [filter] });
    await session.ok(tool, { where: JSON.stringify([filter]) });
  });
});

describe('the body of an operation', () => {
  const operation = 'PATCH /service/tickets/589';

  it.each([
    ['an object', { summary: 'New words' }],
    ['JSON text', '{"summary": "New words"}'],
    ['a list of operations', [{ op: 'replace', path: 'summary', value: 'New words' }]],
    ['JSON text of a list', '[{"op": "replace", "path": "summary", "value": "New words"}]'],
  ])('may be %s', async (_, body) => {
    const { text } = await session.ok('call_write_operation', { operation, body, dryRun: true });
    expect(text).toContain('"value":"New words"');
  });

  it('is refused when it is neither', async () => {
    expect(await session.refused('call_write_operation', { operation, body: 'summary = New words' })).toContain('body');
  });
});

describe('a tool without arguments', () => {
  it('declares one that hosts use for this, and ignores it', async () => {
    const tool = (await session.listTools()).find(({ name }) => name === 'whoami');
    expect(tool?.inputSchema).toMatchObject({ properties: { random_string: { type: 'string' } } });
    await session.ok('whoami', { random_string: 'x' });
  });
});
