import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaps, type Interval, joined, overlaps } from '../../src/working-time/intervals.ts';

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 }))
  .map(([start, length]) => ({ start, end: start + length }));
const covers = (intervals: readonly Interval[], minute: number): boolean =>
  intervals.some(({ start, end }) => start <= minute && minute < end);

describe('intervals of a day', () => {
  it('and their gaps cover everything from first to last, once', () => {
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1, maxLength: 12 }), (day) => {
        const first = Math.min(...day.map(({ start }) => start));
        const last = Math.max(...day.map(({ end }) => end));
        for (let minute = first; minute < last; minute += 1) {
          expect(covers(day, minute)).toBe(covers(joined(day), minute));
          expect(covers(gaps(day), minute)).toBe(!covers(day, minute));
        }
      }),
      { numRuns: 200, seed: 15 },
    );
  });

  it('overlap when they share a minute, not when they touch', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const share = Array.from({ length: 250 }, (_, minute) => minute).some(
          (minute) => covers([a], minute) && covers([b], minute),
        );
        expect(overlaps(a, b)).toBe(share);
        expect(overlaps(b, a)).toBe(share);
      }),
      { numRuns: 200, seed: 16 },
    );
  });
});
