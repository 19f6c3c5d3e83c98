import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/api/index.ts';
import { loadApi } from '../../src/api/load.ts';
import { compareStored, stored } from '../../src/manage/index.ts';
import { runs } from '../support/sample.ts';

const api = loadApi();
const ticket = { api, schema: 'Ticket' };
const contact = { api, schema: 'Contact' };

describe('a member is stored as sent', () => {
  it.each([
    ['a text without its outer blanks', { summary: ' VPN down ' }, { summary: 'VPN down' }],
    ['line ends of another system', { summary: 'a\r\nb' }, { summary: 'a\nb' }],
    ['nothing', { summary: '' }, {}],
    ['a cleared reference', { contact: null }, {}],
    ['a reference by id', { board: { id: 2, name: 'Old name' } }, { board: { id: 2, name: 'Help Desk', _info: {} } }],
    ['a reference by id in text', { company: { id: '14' } }, { company: { id: 14, identifier: 'Acme' } }],
    [
      'a reference by name where its id is empty',
      { status: { id: '', name: 'completed', _info: '' } },
      { status: { id: 5, name: 'Completed' } },
    ],
    ['a reference by identifier', { owner: { identifier: 'JDoe' } }, { owner: { id: 3, identifier: 'jdoe' } }],
    ['a flag in text', { automaticEmailContactFlag: 'True' }, { automaticEmailContactFlag: true }],
    ['a flag that is not set and not there', { automaticEmailContactFlag: false }, {}],
    ['a number in text', { budgetHours: '2.5' }, { budgetHours: 2.5 }],
    [
      'a day with a time',
      { estimatedStartDate: '2026-12-01T08:51:01Z' },
      { estimatedStartDate: '2026-12-01T00:00:00Z' },
    ],
    [
      'a due date that is cut to midnight',
      { requiredDate: '2026-12-01T08:51:01Z' },
      { requiredDate: '2026-12-01T00:00:00Z' },
    ],
    [
      'addresses with a separator at the end',
      { automaticEmailCc: 'a@b.example' },
      { automaticEmailCc: 'a@b.example;' },
    ],
    ['an enumeration in other letters', { billTime: 'noDefault' }, { billTime: 'NoDefault' }],
    ['a member that is never given back', { initialDescription: 'Long' }, {}],
    ['a member that Manage derives', { resources: 'jdoe' }, { resources: 'achen' }],
    [
      'custom fields by id and value',
      { customFields: [{ id: 1, value: '9' }] },
      {
        customFields: [
          { id: 1, caption: 'Devices', value: 9 },
          { id: 2, value: 'x' },
        ],
      },
    ],
  ])('%s', (_, sent, record) => {
    expect(stored(sent, record, ticket)).toEqual([]);
  });
});

describe('a member is not stored as sent', () => {
  it.each([
    ['another text', { summary: 'VPN' }, { summary: 'VPN down' }, 'summary'],
    ['a text that is still there', { summary: '' }, { summary: 'VPN' }, 'summary'],
    [
      'another reference of the same name',
      { board: { id: 2, name: 'Help' } },
      { board: { id: 3, name: 'Help' } },
      'board',
    ],
    ['a reference that is still there', { contact: null }, { contact: { id: 4 } }, 'contact'],
    [
      'another day',
      { estimatedStartDate: '2026-12-01T23:00:00Z' },
      { estimatedStartDate: '2026-12-02T00:00:00Z' },
      'estimatedStartDate',
    ],
    [
      'another time of a moment',
      { requiredDate: '2026-12-01T08:00:00Z' },
      { requiredDate: '2026-12-01T09:00:00Z' },
      'requiredDate',
    ],
    ['a flag', { customerUpdatedFlag: true }, {}, 'customerUpdatedFlag'],
    ['a number', { budgetHours: 2.5 }, { budgetHours: 2 }, 'budgetHours'],
    [
      'a custom field with another value',
      { customFields: [{ id: 1, value: 9 }] },
      { customFields: [{ id: 1, value: 4 }] },
      'customFields',
    ],
  ])('%s', (_, sent, record, member) => {
    expect(stored(sent, record, ticket)).toEqual([member]);
  });

  it('a time that a day without one is to get, before it was written', () => {
    const entry = { dateStart: '2026-12-04T00:00:00Z' };
    const kind = { api, schema: 'ScheduleEntry', exact: true };
    expect(compareStored({ dateStart: '2026-12-04T14:00:00Z' }, entry, kind).differing).toEqual(['dateStart']);
    expect(compareStored({ dateStart: '2026-12-04T00:00:00Z' }, entry, kind).differing).toEqual([]);
  });

  it('a custom field that was not sent and has changed', () => {
    const before = {
      customFields: [
        { id: 1, value: 4 },
        { id: 2, value: 'theirs' },
      ],
    };
    const sent = { customFields: [{ id: 1, value: 9 }] };
    expect(
      stored(
        sent,
        {
          customFields: [
            { id: 1, value: 9 },
            { id: 2, value: 'theirs' },
          ],
        },
        { ...ticket, before },
      ),
    ).toEqual([]);
    expect(stored(sent, { customFields: [{ id: 1, value: 9 }] }, { ...ticket, before })).toEqual(['customFields']);
  });

  it('what Manage ignored, where that is asked for', () => {
    expect(stored({ closedFlag: true }, { closedFlag: false }, { ...ticket, withIgnored: true })).toEqual([
      'closedFlag',
    ]);
    expect(stored({ closedFlag: true }, { closedFlag: false }, ticket)).toEqual([]);
  });
});

describe('the steps of a PATCH', () => {
  it('count as what the last of them made of a member', () => {
    const steps = [
      { op: 'replace', path: '/summary', value: 'First' },
      { op: 'replace', path: 'summary', value: 'Last' },
      { op: 'remove', path: 'contact' },
    ];
    expect(stored(steps, { summary: 'Last' }, ticket)).toEqual([]);
    expect(stored(steps, { summary: 'First', contact: { id: 1 } }, ticket)).toEqual(['summary', 'contact']);
  });

  it('reach into references and lists', () => {
    expect(stored([{ op: 'replace', path: 'board/id', value: 2 }], { board: { id: 2 } }, ticket)).toEqual([]);
    expect(stored([{ op: 'replace', path: 'board/id', value: 2 }], { board: { id: 3 } }, ticket)).toEqual(['board/id']);
    const steps = [{ op: 'add', path: 'communicationItems/-', value: { id: 7 } }];
    expect(stored(steps, { communicationItems: [{ id: 1 }, { id: 7 }] }, contact)).toEqual([]);
    expect(stored(steps, { communicationItems: [{ id: 1 }] }, contact)).toEqual(['communicationItems/-']);
  });
});

describe('lists', () => {
  const items = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 99 }),
      value: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  );
  const differs = (sent: unknown[], kept: unknown[]): boolean =>
    stored({ communicationItems: sent }, { communicationItems: kept }, contact).length > 0;

  it('of records are the same in any order, and nothing but the same', () => {
    fc.assert(
      fc.property(items, fc.nat(), (list, pick) => {
        const at = pick % list.length;
        expect(differs(list, [...list].reverse())).toBe(false);
        expect(
          differs(
            list,
            list.filter((_, index) => index !== at),
          ),
        ).toBe(true);
        expect(
          differs(
            list.filter((_, index) => index !== at),
            list,
          ),
        ).toBe(true);
        expect(differs([], list)).toBe(true);
        expect(differs(list, [])).toBe(true);
        const changed = list.map((item, index) => (index === at ? { ...item, value: `${item.value}!` } : item));
        expect(differs(changed, list)).toBe(true);
        const withoutIds = list.map(({ value }) => ({ value }));
        expect(differs(withoutIds, list)).toBe(false);
      }),
      { seed: 71 },
    );
  });

  it('are equal in every item and in order where a lost answer is looked up', () => {
    const kept = [
      { id: 1, value: 'a@x.example', extension: '12' },
      { id: 2, value: 'b@x.example' },
    ];
    const [first, second] = kept;
    const exact = (sent: unknown[]): boolean =>
      stored({ communicationItems: sent }, { communicationItems: kept }, { ...contact, exact: true }).length === 0;
    expect(exact([first, second])).toBe(true);
    expect(exact([second, first])).toBe(false);
    expect(exact([{ id: 1, value: 'a@x.example' }, second])).toBe(false);
    expect(exact([first])).toBe(false);
    expect(exact([])).toBe(false);
    // One that is new gets more from Manage than was sent.
    expect(exact([{ value: 'a@x.example' }, second])).toBe(true);
  });

  it('of plain values have an order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 6 }), (list) => {
        const kind = { api, schema: undefined };
        expect(stored({ ids: list }, { ids: list }, kind)).toEqual([]);
        expect(stored({ ids: list }, { ids: [...list].reverse() }, kind)).toEqual(['ids']);
        expect(stored({ ids: list }, { ids: list.slice(1) }, kind)).toEqual(['ids']);
        expect(stored({ ids: [] }, { ids: list }, kind)).toEqual(['ids']);
      }),
      { seed: 72 },
    );
  });

  it('of references are compared by id', () => {
    const items: Field = { type: 'reference' };
    const group = { name: 'Group', fields: new Map<string, Field>([['types', { type: 'array', items }]]) };
    const kind = { api: { schema: () => group }, schema: 'Group' };
    const kept = {
      types: [
        { id: 1, name: 'End User' },
        { id: 2, name: 'Approver' },
      ],
    };
    expect(stored({ types: [{ id: 2, name: 'Old name' }, { id: 1 }] }, kept, kind)).toEqual([]);
    expect(stored({ types: [{ id: 2 }] }, kept, kind)).toEqual(['types']);
    expect(stored({ types: [{ id: 2 }, { id: 2 }] }, kept, kind)).toEqual(['types']);
  });
});

it('any record is stored as it is', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('summary', 'other', 'budgetHours', 'board', 'customFields'), value),
      (record) => {
        expect(stored(record, record, ticket)).toEqual([]);
      },
    ),
    { seed: 73, numRuns: runs(500) },
  );
});
