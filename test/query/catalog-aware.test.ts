import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import {
  type ConditionParameter,
  check,
  compileWhere,
  parse,
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
    Object.fromEntries(Object.entries(compileWhere(where, { api, schema })).map(([name, tree]) => [name, print(tree)]));

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
