import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CountedRows, lazyRows as rowsOf } from '../../src/manage/answers/lazy-rows.ts';
import { LikelyRows } from '../../src/manage/answers/likely-rows.ts';
import { AnswerTooLarge, ServerFailure } from '../../src/manage/errors.ts';
import { runs } from '../support/sample.ts';

const asked = (body: Uint8Array, counted: boolean) =>
  rowsOf<unknown>(body, { operation: 'GET /things', counted }, new AbortController().signal);
const lazyRows = async (body: Uint8Array): Promise<CountedRows<unknown> | undefined> => {
  const rows = await asked(body, true);
  expect(rows).not.toBeInstanceOf(LikelyRows);
  return rows instanceof CountedRows ? rows : undefined;
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

it('rows are what parsing the whole list gives, however it is written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), async (list, indent) => {
      const rows = await lazyRows(bytes(JSON.stringify(list, undefined, indent)));
      const parsed = JSON.parse(JSON.stringify(list)) as unknown[];
      expect(rows && [...rows]).toEqual(parsed);
      expect(rows?.length).toBe(list.length);
      expect(rows?.at(-1)).toEqual(parsed.at(-1));
      expect(rows?.at(list.length)).toBeUndefined();
    }),
    { seed: 51, numRuns: runs(300) },
  );
});

it('a list that was cut anywhere is not a list', async () => {
  const rows = fc.array(fc.record({ id: fc.integer(), text: fc.string({ unit: 'binary' }) }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (list, share) => {
      const whole = bytes(JSON.stringify(list));
      expect((await lazyRows(whole))?.length).toBe(list.length);
      expect(await lazyRows(whole.subarray(0, Math.floor(whole.length * share)))).toBeUndefined();
    }),
    { seed: 52, numRuns: runs(300) },
  );
});

it.each(['', '{}', 'null', '"[1]"', '[1] x', '[1}', '[1,]', '[,1]', '<html>'])('%j is not a list', async (text) => {
  expect(await lazyRows(bytes(text))).toBeUndefined();
});

it('no bytes make it throw before a row is read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (any) => {
      await lazyRows(any);
    }),
    { seed: 53 },
  );
});

it('long texts end at their own quote, whatever stands before it', async () => {
  const piece = fc.constantFrom('\\', '"', '\\\\', 'x'.repeat(60), 'é', ']', '\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(piece, { minLength: 20, maxLength: 60 })), async (texts) => {
      const list = texts.map((pieces) => ({ text: pieces.join(''), more: [1] }));
      const rows = await lazyRows(bytes(JSON.stringify(list)));
      expect(rows && [...rows]).toEqual(list);
    }),
    { seed: 54, numRuns: runs(200) },
  );
});

/** Records that hold lists of records like themselves, and texts that look like the end of one and the beginning of the next. */
const records = fc.letrec((tie) => ({
  record: fc.record(
    {
      id: fc.integer(),
      text: fc
        .array(fc.constantFrom('}},{"id":', '},{"', '\\', '"', ']', 'é', '\uD800', 'x'.repeat(70)))
        .map((all) => all.join('')),
      inner: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('record'), { maxLength: 3 })),
      more: fc.oneof(fc.constant(7), fc.constant({ a: null }), fc.constant([1])),
      _info: fc.oneof({ maxDepth: 2 }, fc.constant({ by: 'x' }), tie('record')),
    },
    { requiredKeys: ['id'], noNullPrototype: true },
  ),
})).record;
/** Characters after which an end of a row is looked for. */
const PIECE = 16 * 1024;
/**
 * Lists as servers write them, plain rows first, and now and then with something in between that is no record. The second row is so
 * long that ends of rows are looked for about where it ends.
 */
const lists = fc
  .tuple(
    fc.constantFrom(0, 2, 2, 2),
    fc.integer({ min: PIECE - 200, max: PIECE }),
    fc.array(fc.oneof({ weight: 9, arbitrary: records }, fc.jsonValue()), { maxLength: 8 }),
  )
  .map(([plain, long, rest]) => [
    ...Array.from({ length: plain }, (_, id) => ({ id, text: 'x'.repeat(id * long), _info: { by: 'x' } })),
    ...rest,
  ]);

it('rows that are cut where they probably end are what parsing the whole list gives, whatever is in them', async () => {
  let likely = 0;
  await fc.assert(
    fc.asyncProperty(lists, fc.constantFrom(undefined, undefined, 1), async (list, indent) => {
      const text = JSON.stringify(list, undefined, indent);
      const rows = await asked(bytes(text), false);
      if (rows instanceof LikelyRows) likely += 1;
      expect(rows && [...rows]).toEqual(JSON.parse(text));
    }),
    { seed: 55, numRuns: runs(1_000) },
  );
  expect(likely).toBeGreaterThan(runs(300));
});

it('bytes that are no list, cut or changed anywhere, never pass for one, and a list that they still are is read right', async () => {
  let broken = 0;
  const pieces = fc.constantFrom('', '"', '\\', '}', ']', ',', '{', '}},{"id":', '},{"id":', '}]', ' ', '[', '\n', '0');
  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.asyncProperty(lists, place, fc.nat(12), pieces, async (list, share, less, piece) => {
      const whole = JSON.stringify(list);
      // Behind the long row, where there is one.
      const start = Math.max(0, whole.indexOf('x"', PIECE - 300));
      const at = start + Math.floor((whole.length - start) * share);
      const changed = whole.slice(0, at) + piece + (less === 12 ? '' : whole.slice(at + less));
      const rows = await asked(bytes(changed), false);
      const expected = parsed(changed);
      if (Array.isArray(expected)) expect(rows && [...rows]).toEqual(expected);
      else if (rows !== undefined) {
        broken += 1;
        expect(() => [...rows]).toThrow(ServerFailure);
      }
    }),
    { seed: 56, numRuns: runs(1_500) },
  );
  expect(broken).toBeGreaterThan(runs(200));
});

it.each([0, 70_000])('%i spaces between the rows change nothing', async (spaces) => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  const text = `[${rows.map((row) => ' '.repeat(spaces) + JSON.stringify(row)).join(',')}]`;
  for (const counted of [true, false]) expect([...((await asked(bytes(text), counted)) ?? [])]).toEqual(rows);
});

it('no more rows are read than an answer may have, whether they are counted first or not', async () => {
  const text = `[${Array.from({ length: 70_000 }, () => '{"id":1}').join()}]`;
  await expect(asked(bytes(text), true)).rejects.toThrow(AnswerTooLarge);
  const rows = await asked(bytes(text), false);
  expect(() => [...(rows ?? [])]).toThrow(AnswerTooLarge);
});

it('rows that are nested too deep are refused, wherever they stand and however they are found', async () => {
  const row = { id: 1, _info: {} };
  const long = { id: 1, text: 'x'.repeat(PIECE), _info: {} };
  const deep = (levels: number): unknown => parsed(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const usual = await asked(bytes(JSON.stringify([row, row, deep(99), row])), false);
  expect(usual && [...usual]).toHaveLength(4);
  for (const inner of [[], [row, row]]) {
    const rows = await asked(bytes(JSON.stringify([row, long, { ...row, inner, _info: deep(99) }, row])), false);
    expect(rows).toBeInstanceOf(LikelyRows);
    expect(() => [...(rows ?? [])]).toThrow('nested too deep');
  }
});
