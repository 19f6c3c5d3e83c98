import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lazyRows as rowsOf } from '../../src/manage/lazy-rows.ts';

const lazyRows = (body: Uint8Array) => rowsOf(body, 'GET /things', new AbortController().signal);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

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
    { seed: 51, numRuns: 300 },
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
    { seed: 52, numRuns: 300 },
  );
});

it.each(['', '{}', 'null', '"[1]"', '[1] x', '<html>'])('%j is not a list', async (text) => {
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
    { seed: 54, numRuns: 200 },
  );
});
