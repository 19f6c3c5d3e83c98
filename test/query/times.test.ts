import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import {
  compileWhere,
  type Expression,
  matcher,
  narrow,
  onDay,
  print,
  type TimeSpan,
  type WhereEntry,
  within,
} from '../../src/query/index.ts';

const api = loadApi();
const ZONES = ['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/New_York', 'UTC'];

const zones = fc.constantFrom(...ZONES);
const dates = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** How Manage stores a calendar date. */
const stored = (date: string): string => `${date}T00:00:00Z`;
const wholeDay = (date: string, zone: string): TimeSpan => {
  const start = DateTime.fromISO(date, { zone });
  return { start, end: start.plus({ days: 1 }) };
};
const shifted = (date: string, days: number): string => DateTime.fromISO(date).plus({ days }).toISODate() ?? '';

const compiled = (schema: string, where: readonly WhereEntry[], zone?: string): Expression =>
  compileWhere(where, { api, schema, zone }).conditions as Expression;
const shown = (schema: string, where: readonly WhereEntry[], zone?: string): string =>
  print(compiled(schema, where, zone));

describe('a date-only field', () => {
  it('is found by its calendar date in every zone, whether the filter gives the date, a time or a period', () => {
    fc.assert(
      fc.property(
        dates,
        zones,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: -2, max: 2 }),
        (date, zone, hour, days) => {
          const row = { expectedCloseDate: stored(shifted(date, days)) };
          const local = DateTime.fromISO(date, { zone }).set({ hour: Math.max(hour, 3), minute: 30 });
          const options = { api, schema: 'Opportunity' };
          const found = [
            within('expectedCloseDate', wholeDay(date, zone), options),
            compiled('Opportunity', [{ field: 'expectedCloseDate', value: date }], zone),
            compiled('Opportunity', [{ field: 'expectedCloseDate', value: stored(date) }], zone),
            compiled('Opportunity', [{ field: 'expectedCloseDate', value: local.toISO() ?? '' }], zone),
            onDay('expectedCloseDate', '=', local),
            narrow(
              {},
              { conditions: `expectedCloseDate = [${local.toUTC().toISO({ suppressMilliseconds: true })}]` },
              { ...options, zone },
            ).conditions as Expression,
          ].map((expression) => matcher(expression)(row));
          expect(found).toEqual(found.map(() => days === 0));
        },
      ),
    );
  });

  it('orders by its calendar date in every zone', () => {
    const operators = fc.constantFrom(
      ['lt', (days: number) => days < 0] as const,
      ['lte', (days: number) => days <= 0] as const,
      ['gt', (days: number) => days > 0] as const,
      ['gte', (days: number) => days >= 0] as const,
      ['ne', (days: number) => days !== 0] as const,
    );
    fc.assert(
      fc.property(dates, zones, fc.integer({ min: -2, max: 2 }), operators, (date, zone, days, [op, holds]) => {
        const row = { endDate: stored(shifted(date, days)) };
        const test = matcher(compiled('Agreement', [{ field: 'endDate', op, value: date }], zone));
        expect(test(row)).toBe(holds(days));
      }),
    );
  });

  it('finds the deal of 30 November, not that of 1 December, in New York', () => {
    const span = wholeDay('2026-11-30', 'America/New_York');
    expect(print(within('expectedCloseDate', span, { api, schema: 'Opportunity' }))).toBe(
      'expectedCloseDate = [2026-11-30T00:00:00Z]',
    );
    const month = { start: span.start, end: span.start.plus({ days: 31 }) };
    expect(print(within('expectedCloseDate', month, { api, schema: 'Opportunity' }))).toBe(
      'expectedCloseDate >= [2026-11-30T00:00:00Z] AND expectedCloseDate <= [2026-12-30T00:00:00Z]',
    );
  });
});

describe('a moment', () => {
  it('is on a day when it is between two midnights of the zone', () => {
    expect(shown('Ticket', [{ field: 'closedDate', value: '2026-11-30' }], 'America/New_York')).toBe(
      'closedDate >= [2026-11-30T05:00:00Z] AND closedDate < [2026-12-01T05:00:00Z]',
    );
    expect(shown('TimeEntry', [{ field: 'timeStart', op: 'lte', value: '2026-11-30' }], 'Asia/Kolkata')).toBe(
      'timeStart < [2026-11-30T18:30:00Z]',
    );
    expect(shown('TimeEntry', [{ field: 'timeStart', op: 'gt', value: '2026-11-30T15:00:00Z' }])).toBe(
      'timeStart > [2026-11-30T15:00:00Z]',
    );
  });

  it('is compared as one where the document calls it a text', () => {
    const conditions = 'closedDate > [2026-11-01T00:00:00Z] and dateResolved != null and dateResponded < "2026-11-20"';
    const { conditions: query } = narrow({}, { conditions }, { api, schema: 'Ticket' });
    expect(print(query as Expression)).toBe(
      'closedDate > [2026-11-01T00:00:00Z] AND dateResolved != null AND dateResponded < [2026-11-20T00:00:00Z]',
    );
    expect(() => narrow({}, { conditions: 'closedDate > "last week"' }, { api, schema: 'Ticket' })).toThrow(
      /UTC time in brackets/,
    );
  });

  it('may be said in words where a reader of words is given', () => {
    const readTime = (said: string): TimeSpan | undefined =>
      said === 'last week' ? { start: DateTime.utc(2026, 11, 16), end: DateTime.utc(2026, 11, 23) } : undefined;
    const options = { api, schema: 'Ticket', readTime };
    const read = (op: string, value = 'last week') =>
      print(compileWhere([{ field: 'closedDate', op, value }], options).conditions as Expression);
    expect(read('gte')).toBe('closedDate >= [2026-11-16T00:00:00Z]');
    expect(read('gt')).toBe('closedDate >= [2026-11-23T00:00:00Z]');
    expect(read('eq')).toBe('closedDate >= [2026-11-16T00:00:00Z] AND closedDate < [2026-11-23T00:00:00Z]');
    expect(() => read('eq', 'whenever')).toThrow(/date or a UTC time/);
  });

  it('counts as a date at midnight UTC for a due date, on its own day only', () => {
    fc.assert(
      fc.property(dates, zones, fc.integer({ min: -2, max: 2 }), (date, zone, days) => {
        const test = matcher(within('requiredDate', wholeDay(date, zone), { api, schema: 'Ticket' }));
        expect(test({ requiredDate: stored(shifted(date, days)) })).toBe(days === 0);
      }),
    );
    const evening = within('requiredDate', wholeDay('2026-12-04', 'America/New_York'), { api, schema: 'Ticket' });
    expect(matcher(evening)({ requiredDate: '2026-12-05T01:00:00Z' })).toBe(true);
    expect(matcher(evening)({ requiredDate: '2026-12-05T05:00:00Z' })).toBe(false);
  });
});
