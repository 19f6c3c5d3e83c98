import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { countOf, type ListRequest, listPage } from '../../../src/sandbox/list.ts';
import { MemoryStore } from '../../../src/sandbox/store/memory-store.ts';

const api = loadApi().at('2026.4');
const URL_OF_LIST = new URL('http://127.0.0.1/v4_6_release/apis/3.0/service/tickets');

const CONDITIONS = [
  '',
  'closedFlag = true',
  'board/id in (1, 2)',
  'summary contains "a"',
  'id > 9 and closedFlag = false',
];
const ORDERS = ['', 'id desc', 'summary', 'board/id desc, id asc'];

const ticket = fc.record({
  id: fc.integer({ min: 1, max: 25 }),
  summary: fc.constantFrom('a', 'B', 'ab', 'c'),
  closedFlag: fc.boolean(),
  board: fc.record({ id: fc.integer({ min: 1, max: 3 }) }, { noNullPrototype: true }),
});

type Ticket = { id: number; summary: string; closedFlag: boolean; board: { id: number } };

const TESTS: readonly ((row: Ticket) => boolean)[] = [
  () => true,
  ({ closedFlag }) => closedFlag,
  ({ board }) => board.id < 3,
  ({ summary }) => summary.includes('a'),
  ({ id, closedFlag }) => id > 9 && !closedFlag,
];
const text = ({ summary }: Ticket): string => summary.toLowerCase();
const SORTS: readonly ((a: Ticket, b: Ticket) => number)[] = [
  (a, b) => a.id - b.id,
  (a, b) => b.id - a.id,
  (a, b) => Number(text(a) > text(b)) - Number(text(a) < text(b)) || a.id - b.id,
  (a, b) => b.board.id - a.board.id || a.id - b.id,
];

describe('pages of a list', () => {
  it('are those of the records as they are after each write, in either style of paging', () => {
    const write = fc.oneof(fc.record({ put: ticket }), fc.record({ remove: fc.integer({ min: 1, max: 25 }) }));
    const ask = fc.record({ condition: fc.nat(4), order: fc.nat(3), size: fc.integer({ min: 1, max: 7 }) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(write, { maxLength: 8 }), ask), { maxLength: 12 }), (rounds) => {
        const collection = new MemoryStore().collection('/service/tickets');
        const plain = new Map<number, Ticket>();
        for (const [writes, { condition, order, size }] of rounds) {
          for (const step of writes) {
            if ('put' in step) {
              plain.set(step.put.id, step.put);
              collection.put({ ...step.put });
            } else {
              plain.delete(step.remove);
              collection.remove(step.remove);
            }
          }
          const rows = [...plain.values()].filter(TESTS[condition] ?? (() => true));
          const request = (more: Record<string, string>): ListRequest => ({
            collection,
            parents: [],
            schema: 'Ticket',
            query: new Map(
              Object.entries({ conditions: CONDITIONS[condition] ?? '', pagesize: String(size), ...more }),
            ),
            api,
          });
          expect(countOf(request({}))).toBe(rows.length);
          const wanted = rows.sort(SORTS[order]).map(({ id }) => id);
          const pages = Array.from({ length: Math.ceil(wanted.length / size) + 1 }, (_, index) =>
            listPage(request({ orderby: ORDERS[order] ?? '', page: String(index + 1) }), URL_OF_LIST, false),
          );
          expect(pages.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(wanted);
          const walked: unknown[] = [];
          for (let after = 0; ; ) {
            const page = listPage(request({ pageid: String(after) }), URL_OF_LIST, true);
            walked.push(...page.rows.map(({ id }) => id));
            after = Number(/[?&]pageId=(\d+)/.exec(page.link ?? '')?.[1] ?? 0);
            if (after === 0) break;
          }
          expect(walked).toEqual([...wanted].sort((a, b) => a - b));
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});
