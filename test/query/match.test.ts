import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  childMatcher,
  customFieldMatcher,
  field,
  inOrder,
  matcher,
  parse,
  parseOrderBy,
  print,
  projector,
  splitIn,
} from '../../src/query/index.ts';

const ticket = {
  id: 4711,
  summary: 'VPN is down [urgent] 50%',
  board: { id: 4, name: 'Help Desk' },
  closedFlag: false,
  budgetHours: 1.5,
  requiredDate: '2026-03-04T15:00:00Z',
  _info: { lastUpdated: '2026-03-01T08:00:00Z' },
};

describe('matching', () => {
  it.each([
    ['id = 4711', true],
    ['ID=4711 AND Board/NAME = "help desk"', true],
    ['summary contains "vpn"', true],
    ['summary like "vpn%"', true],
    ['summary like "*down*"', true],
    ['summary like "%[[]urgent]%"', true],
    ['summary like "vpn"', false],
    ['summary not like "%vpn%"', false],
    ['summary like "%50[%]"', true],
    ['closedFlag = False', true],
    ['closedFlag = true', false],
    ['requiredDate > [2026-03-04T14:59:59Z]', true],
    ['requiredDate < [2026-03-04T16:00+02:00]', false],
    ['requiredDate >= [03/04/2026]', true],
    ['lastUpdated < [2026-03-02]', true],
    ['contact = null', true],
    ['board != null', true],
    ['contact/id != 3', true],
    ['board/id in (1, 4)', true],
    ['board/id not in ("1", "4")', false],
    ['budgetHours >= 1.5 and (id < 1 or id > 4000)', true],
  ])('%s is %s', (query, expected) => {
    expect(matcher(parse(query))(ticket)).toBe(expected);
  });

  it('finds what field() looks for, whatever the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,20}$/), (text) => {
        expect(matcher(parse(print(field('name', '=', text))))({ name: text })).toBe(true);
        expect(matcher(parse(print(field('name', 'contains', text))))({ name: `x${text}y` })).toBe(true);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  const contact = {
    communicationItems: [
      { communicationType: 'Email', value: 'ann@acme.example' },
      { communicationType: 'Phone', value: '555' },
    ],
    types: [{ id: 3, name: 'Approver' }],
    customFields: [
      { caption: 'Contract', value: 'A-1' },
      { caption: 'Region', value: 'North' },
    ],
  };

  it('wants one and the same child for comparisons on one list', () => {
    expect(
      childMatcher(
        parse('communicationItems/value = "ann@acme.example" and communicationItems/communicationType = "Email"'),
      )(contact),
    ).toBe(true);
    expect(
      childMatcher(parse('communicationItems/value = "555" and communicationItems/communicationType = "Email"'))(
        contact,
      ),
    ).toBe(false);
    expect(childMatcher(parse('types/name = "approver" and communicationItems/value = "555"'))(contact)).toBe(true);
  });

  it('compares caption and value of one custom field', () => {
    expect(customFieldMatcher(parse('caption = "Contract" and value = "A-1"'))(contact)).toBe(true);
    expect(customFieldMatcher(parse('caption = "Contract" and value = "North"'))(contact)).toBe(false);
  });
});

describe('order, fields and batches', () => {
  it('orders by several keys, ids last', () => {
    const rows = [
      { id: 1, board: { name: 'b' } },
      { id: 2, board: { name: 'A' } },
      { id: 3, board: { name: 'a' } },
      { id: 4 },
    ];
    const ids = (text: string): number[] => inOrder(rows, parseOrderBy(text) ?? []).map(({ id }) => id);
    expect(ids('board/name asc')).toEqual([4, 2, 3, 1]);
    expect(ids('board/name desc, id desc')).toEqual([1, 3, 2, 4]);
    expect(parseOrderBy('id; drop')).toBeUndefined();
  });

  it('keeps the wanted members and drops unknown names', () => {
    expect(projector(['ID', 'board/name', 'nothing'])(ticket)).toEqual({ id: 4711, board: { name: 'Help Desk' } });
  });

  it('splits a long list so that the batches are the whole', () => {
    const values = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (ids, size) => {
        const whole = parse(`id in (${ids.join(',')}) and id > 3`);
        const rows = Array.from({ length: 100 }, (_, id) => ({ id }));
        const batches = splitIn(whole, size).flatMap((batch) => rows.filter(matcher(batch)));
        expect(batches.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
          rows.filter(matcher(whole)).map(({ id }) => id),
        );
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
