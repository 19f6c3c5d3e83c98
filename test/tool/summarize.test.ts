import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { money } from '../../src/tool/index.ts';
import { summarize } from '../../src/tool/results/summarize.ts';

const api = loadApi();

const amountOf = (shown: string): number => Number(shown.replaceAll(',', ''));

const customer = fc.record({ id: fc.integer({ min: 1, max: 3 }) }).map(({ id }) => ({
  id,
  identifier: `C${id}`,
  name: ['Acme', 'Acme', 'Globex'][id - 1],
}));
const agreement = fc
  .record({ id: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom('Managed Services', 'Block Time') })
  .map(({ id, name }) => ({ id, name: id % 2 === 0 ? 'Managed Services' : name }));
const invoice = fc.record({
  id: fc.nat(),
  company: customer,
  agreement: fc.option(agreement, { nil: undefined }),
  total: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
  date: fc
    .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
    .map(({ month, day }) => `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00Z`),
  currency: fc.constantFrom({ id: 1, currencyCode: 'USD' }, { id: 2, currencyCode: 'EUR' }),
});
type Invoice = typeof invoice extends fc.Arbitrary<infer Row> ? Row : never;

const summary = async (rows: readonly Invoice[], groupBy: string[], zone = 'America/New_York') => {
  const now = async () => DateTime.utc(2026, 11, 24) as DateTime<true>;
  const context = { api, progress: () => undefined, zone: async () => zone, now };
  async function* read(): AsyncGenerator<Invoice> {
    yield* rows;
  }
  const { structured } = await summarize(context, {
    noun: 'invoices',
    schema: 'Invoice',
    groupBy,
    sum: ['total'],
    read,
  });
  return structured as unknown as { columns: string[]; rows: string[][]; subtotals?: string[][] };
};

describe('groups', () => {
  it('hold every record once, and their sums are exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { columns, rows: groups } = await summary(rows, ['agreement']);
        const count = groups.reduce((sum, group) => sum + Number(group[columns.indexOf('count')]), 0);
        expect(count).toBe(rows.length);
        const cents = groups.reduce((sum, group) => sum + Math.round(amountOf(group.at(-1) ?? '') * 100), 0);
        expect(cents).toBe(rows.reduce((sum, { total }) => sum + Math.round(total * 100), 0));
      }),
    );
  });

  it('are told apart: as many labels as there are agreements, in each currency', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { columns, rows: groups } = await summary(rows, ['agreement']);
        const of = (row: Invoice): string => `${row.agreement?.id ?? ''} ${row.currency.currencyCode}`;
        expect(groups).toHaveLength(new Set(rows.map(of)).size);
        const labels = groups.map((group) => group.slice(0, columns.indexOf('count')).join(' '));
        expect(new Set(labels).size).toBe(groups.length);
      }),
    );
  });

  it('add up what is no money as plain numbers beside amounts', async () => {
    const context = { api, progress: () => undefined, zone: async () => 'UTC', now: async () => DateTime.utc() };
    async function* read() {
      yield { id: 3, total: 1_250, currency: { id: 1, currencyCode: 'USD' } };
      yield { id: 4, total: 50, currency: { id: 1, currencyCode: 'USD' } };
    }
    const question = { noun: 'invoices', schema: 'Invoice', groupBy: [], sum: ['id', 'total'], read };
    expect((await summarize(context, question)).text).toContain('id 7, total 1,300.00 USD');
  });

  it('of a date are the same in every zone', async () => {
    const zones = fc.constantFrom('Pacific/Honolulu', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC');
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 20 }), zones, async (rows, zone) => {
        const { columns, rows: groups } = await summary(rows, ['date:month'], zone);
        const months = new Set(rows.map(({ date }) => date.slice(0, 7)));
        const filled = groups.filter((group) => Number(group[columns.indexOf('count')]) > 0);
        expect(new Set(filled.map(([month]) => month))).toEqual(months);
      }),
    );
  });

  it('of the calendar follow each other, those without records too', async () => {
    const currency = { id: 1, currencyCode: 'USD' } as const;
    const company = { id: 1, identifier: 'C1', name: 'Acme' };
    const on = (date: string) => ({ id: 1, company, agreement: undefined, total: 1, date, currency });
    const { rows } = await summary([on('2025-11-03T00:00:00Z'), on('2026-02-03T00:00:00Z')], ['date:month']);
    expect(rows.map(([month, count]) => [month, count])).toEqual([
      ['2025-11', '1'],
      ['2025-12', '0'],
      ['2026-01', '0'],
      ['2026-02', '1'],
    ]);
  });

  it('of two fields have subtotals that are those of the first alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { subtotals } = await summary(rows, ['company', 'date:month']);
        const { rows: alone } = await summary(rows, ['company']);
        if (subtotals !== undefined) expect(subtotals).toEqual(alone);
      }),
    );
  });
});

describe('an amount', () => {
  it('has two decimals and separators between thousands', () => {
    expect(money(1234567.5)).toBe('1,234,567.50');
    expect(money(-0.001)).toBe('0.00');
    expect(money(12, { id: 1, name: 'US Dollars', currencyCode: 'USD' })).toBe('12.00 USD');
    expect(money(undefined, 'USD')).toBe('');
  });

  it('reads back as the same number of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        expect(Math.round(amountOf(money(cents / 100)) * 100)).toBe(cents === 0 ? 0 : cents);
      }),
    );
  });
});

describe('a summary says', () => {
  const context = {
    api,
    progress: () => undefined,
    zone: async () => 'UTC',
    now: async () => DateTime.utc(2026, 11, 24) as DateTime<true>,
  };
  const textOf = async (
    schema: string,
    groupBy: string[],
    rows: Iterable<Record<string, unknown>>,
  ): Promise<string> => {
    async function* read() {
      yield* rows;
    }
    return (await summarize(context, { noun: 'records', schema, groupBy, sum: [], read })).text;
  };

  it('which unit of the calendar is not over yet', async () => {
    const said = await textOf('Invoice', ['date:month'], [{ id: 1, date: '2026-11-02T00:00:00Z' }]);
    expect(said).toContain('2026-11 is not over yet.');
    expect(await textOf('Invoice', ['date:month'], [{ id: 1, date: '2026-10-02T00:00:00Z' }])).not.toContain(
      'not over',
    );
  });

  it('that a ticket of two people counts for both', async () => {
    const said = await textOf('Ticket', ['resources'], [{ id: 1, resources: 'jdoe, achen' }]);
    expect(said).toContain('counts for each of them, and once in the sum over all');
    expect(await textOf('Ticket', ['resources'], [{ id: 1, resources: 'jdoe' }])).not.toContain('each of them');
  });

  it('what it has read where there is more than can be, and how to narrow it', async () => {
    function* many() {
      for (let id = 0; id <= 200_000; id += 1) yield { id };
    }
    const said = await textOf('Invoice', [], many());
    expect(said).toContain('Only the first 200000 records read: there are more, so narrow them');
  });
});
