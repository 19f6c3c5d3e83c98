import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher, parse } from '../../../src/query/index.ts';
import { MemoryStore } from '../../../src/sandbox/store/memory-store.ts';
import { plan } from '../../../src/sandbox/store/plan.ts';
import type { SandboxRecord } from '../../../src/sandbox/store/store.ts';

type Row = Record<string, unknown>;

/** Values that trip up indexes: numbers as texts, letter case, empty texts, texts that only look like numbers. */
const text = fc.constantFrom('New', 'NEW', 'new', '', ' ', '4', '04', '4.0', 'true', 'Größe', 'GRÖSSE', 'a"b', '-0');
const quoted = (value: string): string => (value.includes('"') ? `'${value}'` : `"${value}"`);
const number = fc.constantFrom(0, 1, 2, 3, 4, -1, 2.5, -0);
const scalar = fc.oneof(text, number, fc.boolean());
const reference = fc.record({ id: number, name: text }, { requiredKeys: [], noNullPrototype: true });
const row: fc.Arbitrary<Row> = fc.record(
  { name: scalar, count: scalar, closedFlag: fc.boolean(), board: reference, tags: fc.array(scalar, { maxLength: 2 }) },
  { requiredKeys: [], noNullPrototype: true },
);

const path = fc.constantFrom(
  'name',
  'Name',
  'count',
  'closedFlag',
  'board/id',
  'Board/Name',
  'board',
  'tags',
  'nothing',
  'id',
);
const literal = fc.oneof(
  text.map(quoted),
  number.map((value) => (Object.is(value, -0) ? '0' : String(value))),
  fc.constantFrom('true', 'False', 'null', '[2026-11-24T10:00:00Z]'),
);
const comparison = fc.oneof(
  fc.tuple(path, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), literal).map((parts) => parts.join(' ')),
  fc
    .tuple(path, fc.constantFrom('in', 'not in'), fc.array(literal, { minLength: 1, maxLength: 4 }))
    .map(([name, operator, values]) => `${name} ${operator} (${values.join(', ')})`),
  fc
    .tuple(path, fc.constantFrom('contains', 'like', 'not like'), text)
    .map(([name, operator, value]) => `${name} ${operator} ${quoted(value)}`),
);
const { conditions } = fc.letrec<{ conditions: string }>((tie) => ({
  conditions: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    fc
      .tuple(tie('conditions'), fc.constantFrom('AND', 'or'), tie('conditions'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
  ),
}));

type Step = { put: number; row: Row } | { remove: number } | { ask: string };
const id = fc.integer({ min: 1, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ put: id, row }),
  fc.record({ remove: id }),
  fc.record({ ask: conditions }),
);

/** Every record, in the order of their ids, kept in the plainest way that there is. */
class Plain {
  readonly records = new Map<number, Row>();

  matching(test: (row: SandboxRecord) => boolean): number[] {
    const rows = [...this.records].map(([key, value]) => ({ ...value, id: key }));
    return rows
      .filter(test)
      .map((found) => found.id)
      .sort((a, b) => a - b);
  }
}

describe('the store', () => {
  it('answers by its indexes what a look at every record answers, also after writes', () => {
    let planned = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
        const collection = new MemoryStore().collection('/service/tickets');
        const plain = new Plain();
        for (const next of steps) {
          if ('put' in next) {
            plain.records.set(next.put, next.row);
            collection.put({ ...next.row, id: next.put });
          } else if ('remove' in next) {
            expect(collection.remove(next.remove)).toBe(plain.records.delete(next.remove));
          } else {
            const expression = parse(next.ask);
            const test = matcher(expression);
            const found = plan(expression, collection);
            if (found !== undefined) planned += 1;
            const rest = found?.rest && matcher(found.rest);
            const ids = (found?.ids ?? collection.ids).filter((key) => {
              const record = collection.get(key);
              return record !== undefined && (found === undefined ? test(record) : rest === undefined || rest(record));
            });
            expect(ids).toEqual(plain.matching(test));
          }
        }
        expect([...collection.all()].map((record) => record.id)).toEqual(plain.matching(() => true));
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(planned).toBeGreaterThan(400);
  });

  it('keeps records under their parents, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.integer({ min: 1, max: 4 }), fc.boolean()), { maxLength: 40 }), (writes) => {
        const notes = new MemoryStore().collection('/service/tickets/{parentId}/notes');
        const parentOf = new Map<number, number>();
        for (const [key, parent, isPut] of writes) {
          if (isPut) {
            notes.put({ id: key, text: 'x' }, { parentIds: [parent] });
            // A record stays where it was made.
            if (!parentOf.has(key)) parentOf.set(key, parent);
          } else if (notes.remove(key)) parentOf.delete(key);
        }
        for (const parent of [1, 2, 3, 4]) {
          const wanted = [...parentOf].flatMap(([key, owner]) => (owner === parent ? [key] : []));
          expect(notes.idsUnder([parent])).toEqual(wanted.sort((a, b) => a - b));
        }
      }),
      { seed: 4 },
    );
  });

  it('plans ids, lists and ranges without a test of rows', () => {
    const collection = new MemoryStore().collection('/service/tickets');
    for (let key = 1; key <= 50; key += 1)
      collection.put({ id: key, board: { id: key % 5 }, closedFlag: key % 2 === 0 });
    const planOf = (text: string) => plan(parse(text), collection);
    expect(planOf('id > 47')).toEqual({ ids: [48, 49, 50], rest: undefined });
    expect(planOf('id in (3, 99, 1)')).toEqual({ ids: [1, 3], rest: undefined });
    expect(planOf('board/id in (1,2) and closedFlag = false and id < 12')).toEqual({
      ids: [1, 7, 11],
      rest: undefined,
    });
    expect(planOf('board/id = 4 and summary contains "x"')).toMatchObject({
      ids: { length: 10 },
      rest: { operator: 'contains' },
    });
    expect(planOf('board/id = 4 or summary contains "x"')).toBeUndefined();
    expect(planOf('board/id = 4 or closedFlag = true')?.ids).toHaveLength(30);
  });
});
