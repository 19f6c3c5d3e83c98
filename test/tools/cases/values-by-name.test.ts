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

describe('fields may come in one text', () => {
  const invoices = { operation: 'GET /finance/invoices' };
  it.each([
    [
      'call_read_operation',
      { ...invoices, groupBy: 'status; type', sum: 'total, balance' },
      /status \| type \| count \| total/,
    ],
    [
      'call_read_operation',
      { ...invoices, groupBy: ['status'], sum: ['total, balance'] },
      /total \(USD\) \| balance \(USD\)/,
    ],
    ['run_report', { report: 'Time', columns: 'member_id; hours_actual', limit: 1 }, /^member_id \| hours_actual$/m],
    [
      'run_report',
      { report: 'Time', groupBy: 'member_id', sum: 'hours_actual, Billable_Hrs' },
      /count \| hours_actual \| Billable_Hrs/,
    ],
    ['search_expenses', { member: 'all', groupBy: 'member; type' }, /^member \| type \| unit/m],
    ['search_tickets', { groupBy: 'board; status' }, /^board \| status \| count/m],
    ['report', { measures: 'opened; closed', by: 'board; priority' }, /^board\|priority\|opened\|closed/m],
  ])('%s %j', async (tool, input, expected) => {
    expect((await session.ok(tool, input)).text).toMatch(expected);
  });
});

describe('a filter finds a reference by what it is called', () => {
  const rows = async (list: string, conditions: string): Promise<number> =>
    (await session.get(`${list}/count?conditions=${encodeURIComponent(conditions)}`)).count;
  const among = { period: '2026-12', member: 'all', limit: 1 };

  it.each([
    [
      'a product by its identifier',
      'search_rmas',
      { where: [{ field: 'product', value: 'SW-24' }] },
      ['/procurement/rmaTags', 'product/id = 5'],
    ],
    [
      'a product by its description',
      'search_rmas',
      { where: [{ field: 'product', value: 'Switch, 24 ports' }] },
      ['/procurement/rmaTags', 'product/id = 5'],
    ],
    [
      'a product by a name that the reference does not have',
      'search_rmas',
      { where: [{ field: 'product/name', op: 'contains', value: 'SW' }] },
      ['/procurement/rmaTags', 'product/id = 5'],
    ],
    [
      'what is not a product',
      'search_rmas',
      { where: [{ field: 'product', op: 'ne', value: 'SW-24' }] },
      ['/procurement/rmaTags', 'product/id != 5'],
    ],
    [
      'a type of schedule entries by its name',
      'search_schedule',
      { ...among, where: [{ field: 'type', value: 'Meeting' }] },
      ['/schedule/entries', 'type/identifier = "N" and dateStart >= [2026-12-01T05:00:00Z] and doneFlag = false'],
    ],
    [
      'and by its letter',
      'search_schedule',
      { ...among, where: [{ field: 'type', value: 'N' }] },
      ['/schedule/entries', 'type/identifier = "N" and dateStart >= [2026-12-01T05:00:00Z] and doneFlag = false'],
    ],
    [
      'an invoice by its number',
      'search_products',
      { where: [{ field: 'invoice', value: '10049' }] },
      ['/procurement/products', 'invoice/id = 49'],
    ],
    [
      'and by its id',
      'search_products',
      { where: [{ field: 'invoice', value: 49 }] },
      ['/procurement/products', 'invoice/id = 49'],
    ],
  ] as [string, string, Record<string, unknown>, [string, string]][])(
    '%s',
    async (_, tool, input, [list, conditions]) => {
      const count = await rows(list, conditions);
      expect(count).toBeGreaterThan(0);
      expect((await session.ok(tool, input)).text).toMatch(new RegExp(`^\\d+ of ${count} `, 'm'));
    },
  );

  it.each([
    [
      'GET /finance/agreements/2/additions',
      { field: 'product', op: 'in', value: 'MS-SEAT, MS-SERVER' },
      /: 2 rows.*39.*6/s,
    ],
    ['GET /finance/agreements/2/additions', { field: 'product', op: 'ne', value: 'MS-SEAT' }, /^(?!.*:39).*: 2 rows/s],
    ['GET /procurement/purchaseorders/2/lineitems', { field: 'product', value: 'dock' }, /: 1 rows/],
    ['GET /time/entries', { field: 'department', value: 'Services' }, /of 3[\d,]+ rows/],
  ])('%s where %j', async (operation, filter, expected) => {
    const query = { where: [filter], fields: 'id,quantity', pageSize: 3 };
    expect((await session.ok('call_read_operation', { operation, query })).text).toMatch(expected);
  });

  it.each([
    ['search_opportunities', { field: 'stage', value: 'Nonsense' }, /no .*stage "Nonsense".*Prospect/],
    ['search_rmas', { field: 'product', value: 'LT-15' }, /no catalog item "LT-15".*LT-14/s],
  ])('%s refuses %j', async (tool, filter, message) => {
    expect(await session.refused(tool, { where: [filter] })).toMatch(message);
  });
});

describe('two filters on one field', () => {
  const asked = (...values: string[]) => ({ where: values.map((value) => ({ field: 'board', value })), limit: 1 });

  it('are refused where nothing fits both', async () => {
    const text = await session.refused('search_tickets', asked('Internal', 'Help Desk'));
    expect(text).toMatch(/where\[0\] and where\[1\] want different values of board\/id.*op in/);
  });

  it('are refused of a list too, of which Manage looks for one item', async () => {
    const where = ['Client', 'Vendor'].map((value) => ({ field: 'types', value }));
    expect(await session.refused('search_companies', { where })).toMatch(/of types, of which Manage looks for one/);
  });

  it('are refused where only two of three overlap', async () => {
    const lists = [
      ['Internal', 'Help Desk'],
      ['Help Desk', 'Onsite Services'],
    ];
    const overlapping = lists.map((value) => ({ field: 'board', op: 'in', value }));
    await session.ok('search_tickets', { where: overlapping, limit: 1 });
    const none = [...overlapping, { field: 'board', op: 'in', value: ['Onsite Services', 'Network Operations'] }];
    const first = /where\[0\] and where\[2\] want different values of board\/id/;
    expect(await session.refused('search_tickets', { where: none })).toMatch(first);
    const ring = [...overlapping, { field: 'board', op: 'in', value: ['Internal', 'Onsite Services'] }];
    const every = /where\[0\], where\[1\] and where\[2\] want different values of board\/id.*fits all/;
    expect(await session.refused('search_tickets', { where: ring })).toMatch(every);
    const inside = [{ all: ring.slice(0, 2) }, ...ring.slice(2)];
    expect(await session.refused('search_tickets', { where: inside })).toMatch(/where\[0\]\.all\[1\]/);
  });

  it('hold together where they mean the same', async () => {
    expect((await session.ok('search_tickets', asked('Internal', 'internal'))).text).toMatch(/^1 of [1-9]/);
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
