import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Vector } from '../../src/report/tables/vector.ts';

it('a column gives back every number as it was set last, and nothing where none was', () => {
  const number = fc.oneof(
    fc.integer(),
    fc.constantFrom(Number.NaN, -(2 ** 31), 2 ** 31, 2 ** 31 - 1, 1_796_000_000_000, 0.75, Number.POSITIVE_INFINITY),
    fc.double(),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3_000), number)), (written) => {
      const vector = new Vector();
      const last = new Map<number, number>();
      for (const [row, value] of written) {
        vector.set(row, value);
        last.set(row, value);
      }
      // 0 and -0 are one amount.
      for (let row = 0; row <= 3_001; row += 1) {
        const expected = last.get(row) ?? Number.NaN;
        const got = vector.get(row);
        if (got !== expected && !(Number.isNaN(got) && Number.isNaN(expected)))
          expect.fail(`${got} in place of ${expected}`);
      }
    }),
    { seed: 61 },
  );
});
