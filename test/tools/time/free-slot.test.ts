import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { splitBreak } from '../../../src/clock/index.ts';
import { overlaps } from '../../../src/working-time/intervals.ts';
import { firstFree } from '../../../tools/time/support/find-when.ts';

const minute = 60_000;
const start = DateTime.fromISO('2026-11-24T08:00', { zone: 'America/New_York' }) as DateTime<true>;
const period = { start, end: start.plus({ hours: 4 }) };
const interval = fc
  .tuple(fc.integer({ min: -120, max: 300 }), fc.integer({ min: 1, max: 120 }))
  .map(([at, length]) => ({
    start: start.toMillis() + at * minute,
    end: start.toMillis() + (at + length) * minute,
  }));

describe('the first free time of a period', () => {
  it('overlaps nothing, is inside the period, and is the earliest', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), fc.integer({ min: 1, max: 240 }), (taken, minutes) => {
        const length = minutes * minute;
        const fits = (at: number): boolean =>
          at >= period.start.toMillis() &&
          at + length <= period.end.toMillis() &&
          !taken.some((other) => overlaps({ start: at, end: at + length }, other));
        const found = firstFree(taken, period, length);
        const candidates = Array.from({ length: 241 }, (_, index) => period.start.toMillis() + index * minute);
        expect(found).toBe(candidates.find(fits));
      }),
    );
  });
});

describe('a break in a phrase', () => {
  it.each([
    ['2pm to 3:30 yesterday minus a 15-minute break', '2pm to 3:30 yesterday', '15 minute'],
    ['9 to 5 less half an hour for lunch', '9 to 5', 'half an hour'],
    ['9 to 5 (with a 1h lunch break)', '9 to 5', '1h'],
    ['2 hours without the 20 min pause', '2 hours', 'the 20 min'],
  ])('%s', (said, rest, breakTime) => {
    expect(splitBreak(said)).toEqual({ rest, breakTime });
  });

  it.each(['2pm', '2pm to 3:30', 'lunch', 'with John at 2pm', '10 minus 2'])('is not found in %s', (said) => {
    expect(splitBreak(said)).toEqual({ rest: said });
  });
});
