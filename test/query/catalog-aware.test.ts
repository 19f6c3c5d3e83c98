import { describe, expect, it } from 'vitest';
import { unknownFields } from '../../src/api/fields.ts';
import { loadApi } from '../../src/api/load.ts';
import {
  type ConditionParameter,
  check,
  compileWhere,
  customFieldMatcher,
  type Expression,
  narrow,
  orderKeys,
  parse,
  pathsIn,
  print,
  type WhereEntry,
  WhereError,
} from '../../src/query/index.ts';

const api = loadApi();
const problems = (schema: string, text: string, parameter: ConditionParameter = 'conditions') =>
  check(parse(text), { api, schema, parameter });

describe('checking against the catalog', () => {
  it.each([
    ['Ticket', 'sumary = "x"', { kind: 'unknown', closest: ['summary'], position: 0 }],
    ['Ticket', 'id = 1 and board/nam = "x"', { kind: 'unknown', closest: ['board/name'], position: 11 }],
    ['Contact', 'types/name = "x"', { kind: 'array', use: 'childConditions' }],
    ['Ticket', 'customFields/id = 3', { kind: 'customField', use: 'customFieldConditions' }],
    ['Ticket', 'closedFlag = 1', { kind: 'type' }],
    ['Ticket', 'lastUpdated > "2026-03-04"', { kind: 'type' }],
    ['Ticket', 'lastUpdated > [yesterday]', { kind: 'type' }],
    ['Ticket', 'severity = "Urgent"', { kind: 'enum', allowed: ['Low', 'Medium', 'High'] }],
    ['Ticket', 'severity like "H%"', { kind: 'operator' }],
    ['Ticket', 'board = "Help Desk"', { kind: 'type', closest: ['board/id', 'board/name'] }],
  ])('%s: %s', (schema, text, expected) => {
    expect(problems(schema, text)).toMatchObject([expected]);
  });

  it.each([
    ['Ticket', 'closedFlag = False and board/id in ("3", 4) and parentTicketId = null'],
    ['Ticket', 'lastUpdated >= [2026-03-04T00:00:00Z] and resources like "%jdoe%"'],
    ['Ticket', 'Severity = "high" and company = null and configuration/id = 3'],
  ])('%s accepts %s', (schema, text) => {
    expect(problems(schema, text)).toEqual([]);
  });

  it('knows what belongs in the other two parameters', () => {
    expect(problems('Contact', 'communicationItems/value like "%@acme%"', 'childConditions')).toEqual([]);
    expect(problems('Contact', 'firstName = "Ann"', 'childConditions')).toMatchObject([{ use: 'conditions' }]);
    expect(problems('Ticket', 'caption = "X" and value != null', 'customFieldConditions')).toEqual([]);
    expect(problems('Ticket', 'id = 3', 'customFieldConditions')).toMatchObject([{ kind: 'unknown' }]);
  });
});

describe('structured filters', () => {
  const compile = (schema: string, where: readonly WhereEntry[]): Record<string, string> =>
    Object.fromEntries(
      Object.entries(compileWhere(where, { api, schema })).flatMap(([name, tree]) =>
        tree === undefined ? [] : [[name, print(tree)]],
      ),
    );

  it("are split over the three parameters, values converted to the field's type", () => {
    expect(
      compile('Contact', [
        { field: 'FirstName', op: 'eq', value: 'Ann' },
        { field: 'inactiveFlag', value: 'false' },
        { field: 'company/id', value: '12' },
        { field: 'lastUpdated', op: '>=', value: '[2026-03-04]' },
        { field: 'communicationItems/value', op: 'contains', value: '@acme' },
        { field: 'customFields/Region', value: 'North' },
      ]),
    ).toEqual({
      conditions:
        'firstName = "Ann" AND inactiveFlag = False AND company/id = 12 AND lastUpdated >= [2026-03-04T00:00:00Z]',
      childConditions: 'communicationItems/value contains "@acme"',
      customFieldConditions: 'caption = "Region" AND value = "North"',
    });
  });

  it('understand lists, any, null and bare references', () => {
    expect(
      compile('Ticket', [
        {
          any: [
            { field: 'board', value: 'Help Desk' },
            { field: 'board', value: [1, 2] },
          ],
        },
        { field: 'contact', op: 'isNull' },
        { field: 'severity', op: 'ne', value: 'high' },
      ]).conditions,
    ).toBe('(board/name = "Help Desk" OR board/id in (1, 2)) AND contact = null AND severity != "High"');
    expect(compile('Contact', [{ field: 'types/id', value: [1, 2] }]).childConditions).toBe(
      'types/id = 1 OR types/id = 2',
    );
  });

  it.each<[string, readonly WhereEntry[], RegExp]>([
    ['Ticket', [{ field: 'sumary', value: 'x' }], /no field "sumary".*summary/],
    ['Ticket', [{ field: 'summary', op: 'matches', value: 'x' }], /op "matches" is not known/],
    ['Ticket', [{ field: 'severity', value: 'Urgent' }], /Low, Medium, High/],
    ['Ticket', [{ field: 'closedFlag', value: 'maybe' }], /true or false/],
    ['Ticket', [{ field: 'lastUpdated', op: 'gt', value: 'yesterday' }], /UTC time/],
    ['Ticket', [{ field: 'summary' }], /value is missing/],
    ['Ticket', [{ field: 'id', value: [] }], /empty list/],
    [
      'Contact',
      [
        {
          any: [
            { field: 'id', value: 1 },
            { field: 'types/id', value: 1 },
          ],
        },
      ],
      /mixes fields/,
    ],
    ['Ticket', [{ value: 3 }], /exactly one of field, any, all/],
    ['Ticket', [{ field: 'summary', op: 'in', value: [`a'"`] }], /cannot be used in a query/],
  ])('of %s refuse %j', (schema, where, message) => {
    expect(() => compile(schema, where)).toThrow(WhereError);
    expect(() => compile(schema, where)).toThrow(message);
  });
});

describe('a custom field in structured filters', () => {
  const compiled = (op: string, value: string, type?: string): string => {
    const customFields = new Map(type === undefined ? [] : [['tier', type]]);
    const where = [{ field: 'customFields/Tier', op, value }];
    return print(
      compileWhere(where, { api, schema: 'Ticket', customFields }).customFieldConditions as Expression,
    ).replace('caption = "Tier" AND ', '');
  };

  it.each([
    ['eq', '2026-11-10', 'Date', 'value = [2026-11-10T00:00:00Z]'],
    ['gte', '5', 'Number', 'value >= 5'],
    ['gt', '5', 'Text', 'value > "5"'],
    ['eq', 'yes', 'Checkbox', 'value = True'],
    ['ne', 'no', 'Checkbox', 'value = True'],
    ['eq', 'no', 'Checkbox', '(value = False OR value = null)'],
    ['lte', '2026-11-10', undefined, 'value <= [2026-11-10T00:00:00Z]'],
    ['lt', '5', undefined, 'value < 5'],
    ['eq', 'Gold', undefined, 'value = "Gold"'],
    ['eq', '5', undefined, 'value = "5"'],
  ])('%s %s reads its value as the type %s', (op, value, type, expected) => {
    expect(compiled(op, value, type)).toBe(expected);
  });

  it('does not order words where the type is not known', () => {
    expect(() => compiled('gt', 'last month')).toThrow(
      'where[0].value: the type of Tier is not known, so gt takes only a date such as 2026-03-04 or a number, not "last month".',
    );
  });
});

describe('lists and absence in structured filters', () => {
  const query = (schema: string, where: readonly WhereEntry[]): string =>
    print(compileWhere(where, { api, schema }).conditions as Expression);

  it.each<[string, WhereEntry, string]>([
    ['words', { field: 'status/name', op: 'in', value: 'New,Assigned' }, 'status/name in ("New", "Assigned")'],
    [
      'a negated list',
      { field: 'status/name', op: 'notIn', value: 'New, Assigned' },
      'status/name not in ("New", "Assigned")',
    ],
    ['JSON', { field: 'status/name', op: 'in', value: '["New", "In, out"]' }, 'status/name in ("New", "In, out")'],
    [
      'quoted words',
      { field: 'status/name', op: 'in', value: '("In, out", New)' },
      'status/name in ("In, out", "New")',
    ],
    ['a reference', { field: 'board', op: 'in', value: '1, 2' }, 'board/id in (1, 2)'],
    ['an enumeration', { field: 'severity', op: 'in', value: 'low,HIGH' }, 'severity in ("Low", "High")'],
  ])('takes %s for a list', (_, entry, expected) => {
    expect(query('Ticket', [entry])).toBe(expected);
  });

  it.each(['isNotNull', 'notNull', 'is not null', 'IS_NOT_NULL', 'exists', 'not null'])('takes %s', (op) => {
    expect(query('Ticket', [{ field: 'contact', op }])).toBe('contact != null');
    expect(query('Ticket', [{ field: 'requiredDate', op }])).toBe('requiredDate != null');
  });

  it('turns isNull around where false stands beside it, and refuses another value', () => {
    expect(query('Ticket', [{ field: 'requiredDate', op: 'isNull', value: false }])).toBe('requiredDate != null');
    expect(query('Ticket', [{ field: 'requiredDate', op: 'is null', value: 'true' }])).toBe('requiredDate = null');
    expect(() => query('Ticket', [{ field: 'requiredDate', op: 'isNull', value: '2026-01-01' }])).toThrow(
      /takes no value/,
    );
  });

  it('keeps conditions on custom fields that come from two places', () => {
    const { customFieldConditions } = narrow(
      { customFieldConditions: parse('caption = "Region" and value = "North"') },
      { where: [{ field: 'customFields/Tier', value: 'Gold' }] },
      { api, schema: 'Company' },
    );
    expect(print(customFieldConditions as Expression)).toBe(
      '(caption = "Region" AND value = "North") AND (caption = "Tier" AND value = "Gold")',
    );
    const matches = customFieldMatcher(customFieldConditions as Expression);
    const company = (region: string, tier: string) => ({
      customFields: [
        { caption: 'Region', value: region },
        { caption: 'Tier', value: tier },
      ],
    });
    expect(matches(company('North', 'Gold'))).toBe(true);
    expect(matches(company('North', 'Silver'))).toBe(false);
    expect(matches(company('South', 'Gold'))).toBe(false);
  });
});

describe('fields and order', () => {
  it('names fields that the records do not have, with those that are meant', () => {
    expect(unknownFields(api, 'Ticket', ['id', 'Status/Name', 'statusName', '_info/lastUpdated', 'board/nam'])).toEqual(
      [
        { field: 'statusName', closest: expect.any(Array) },
        { field: 'board/nam', closest: ['board/name'] },
      ],
    );
    expect(unknownFields(api, 'NoSuchSchema', ['anything'])).toEqual([]);
  });

  it.each([
    ['priority', 'priority/sort asc'],
    ['priority desc', 'priority/sort asc'],
    ['priority asc', 'priority/sort desc'],
    ['priority/sort', 'priority/sort asc'],
    ['company desc', 'company/name desc'],
  ])('orders by %s as %s for both kinds of ticket', (said, sent) => {
    for (const schema of ['Ticket', 'ProjectTicket']) expect(orderKeys(said, { api, schema })).toEqual([sent]);
  });

  it('lists the paths of a query, so that a kind of ticket can be told from them', () => {
    expect(pathsIn(parse('severity = "High" or (board/id = 1 and severity = "Low")'))).toEqual([
      'severity',
      'board/id',
    ]);
  });
});
