import fc from 'fast-check';
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
  const context = { api, progress: () => undefined, zone: async () => zone };
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

  it('of a date are the same in every zone', async () => {
    const zones = fc.constantFrom('Pacific/Honolulu', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC');
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 20 }), zones, async (rows, zone) => {
        const { rows: groups } = await summary(rows, ['date:month'], zone);
        const months = new Set(rows.map(({ date }) => date.slice(0, 7)));
        expect(new Set(groups.map(([month]) => month))).toEqual(months);
      }),
    );
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
