import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import type { Entry } from '../../src/journal/entry.ts';
import { checkUnchanged, reversalOf } from '../../src/journal/index.ts';
import { keptShort, keptWhole } from '../../src/journal/kept-values.ts';
import { csvRow } from '../../src/text/csv.ts';

const api = loadApi();

/** Members of a ticket that people change, each set or not. */
const ticket = fc.record(
  {
    summary: fc.string({ maxLength: 800 }),
    requiredDate: fc.constantFrom('2026-11-24T05:00:00Z', '2026-12-01T05:00:00Z'),
    budgetHours: fc.double({ noNaN: true, noDefaultInfinity: true }).map((hours) => hours + 0),
    board: fc.record({ id: fc.integer({ min: 1 }), name: fc.string(), _info: fc.constant({ board_href: 'x' }) }),
    customFields: fc.array(fc.record({ id: fc.integer(), type: fc.constant('Text'), value: fc.string() }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

const entry = (before: object, after: object): Entry => ({
  id: 'a-1',
  at: '2026-11-24T12:00:00.000Z',
  site: 'manage.example/co',
  tool: 'update_ticket',
  operation: 'PATCH /service/tickets/{id}',
  path: { id: 1 },
  outcome: 'done',
  before: keptWhole(before, 'Ticket') as Record<string, unknown>,
  after: keptShort(after, 'Ticket') as Record<string, unknown>,
});

describe('undoing a change', () => {
  it('goes back to exactly what was there, from what is there now', () => {
    fc.assert(
      fc.property(ticket, ticket, (before, after) => {
        const same = JSON.stringify(keptWhole(before, 'Ticket')) === JSON.stringify(keptWhole(after, 'Ticket'));
        const changes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        fc.pre(!same && changes.length > 0);
        let reversal: ReturnType<typeof reversalOf>;
        try {
          reversal = reversalOf(entry(before, after), api);
        } catch (error) {
          // Members in another order are the same record.
          expect(String(error)).toMatch(/it changed nothing/);
          return;
        }
        checkUnchanged(reversal, after, api);
        const restored: Record<string, unknown> = { ...after, ...reversal.members };
        const kept = (record: object): unknown => keptWhole(record, 'Ticket');
        expect(kept(restored)).toEqual(kept(before));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('is refused as soon as one of the members is another', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1, maxLength: 2_000 }), (was, is) => {
        fc.pre(was !== is);
        const reversal = reversalOf(entry({ summary: was }, { summary: is }), api);
        expect(() => checkUnchanged(reversal, { summary: `${is}.` }, api)).toThrow(/summary changed since/);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('a row of comma-separated values', () => {
  /** Cells as a spreadsheet reads them. */
  function read(row: string): string[] {
    const cells: string[] = [];
    for (const [, quoted, plain] of `${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/g))
      cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    return cells;
  }

  it('is read back as it was, and no cell begins a formula', () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^[=+\-@\t |%].{0,5}$/));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const back = read(csvRow(cells));
        expect(back.map((text) => text.trimStart().charAt(0))).not.toContainEqual(expect.stringMatching(/[=+\-@|%]/));
        expect(back.map((text, index) => (text === cells[index] ? text : text.replace(/^'/, '')))).toEqual(cells);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
