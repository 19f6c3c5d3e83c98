import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type Interval, joined } from '../../../src/working-time/intervals.ts';
import { byDay, byDayOfBegin, type FreeTime, freeTogether } from '../../../tools/schedule/support/free-time.ts';
import { largestGroup } from '../../../tools/schedule/support/never-free.ts';

const HOUR = 3_600_000;
const ZONE = 'America/New_York';
const at = (text: string): number => DateTime.fromISO(text, { zone: ZONE }).toMillis();
const clocks = (intervals: readonly Interval[] | undefined): string[] =>
  (intervals ?? []).map(({ start, end }) =>
    [start, end].map((moment) => DateTime.fromMillis(moment, { zone: ZONE }).toFormat('d LLL HH:mm')).join(' - '),
  );

describe('free time by day', () => {
  it('is cut at the midnights of the zone, and long enough as a whole', () => {
    const days = byDay([{ start: at('2026-11-24T22:00'), end: at('2026-11-26T00:20') }], HOUR, ZONE);
    expect([...days.keys()]).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
    expect(clocks(days.get('2026-11-24'))).toEqual(['24 Nov 22:00 - 25 Nov 00:00']);
    expect(clocks(days.get('2026-11-25'))).toEqual(['25 Nov 00:00 - 26 Nov 00:00']);
    expect(byDay([{ start: at('2026-11-24T22:00'), end: at('2026-11-24T22:59') }], HOUR, ZONE).size).toBe(0);
  });

  it('is of the day on which it begins, and cut only where it is longer than a day', () => {
    const night = { start: at('2026-11-24T22:00'), end: at('2026-11-25T07:30') };
    expect(clocks(byDayOfBegin([night], 9 * HOUR, ZONE).get('2026-11-24'))).toEqual(['24 Nov 22:00 - 25 Nov 07:30']);
    expect(byDayOfBegin([night], 10 * HOUR, ZONE).size).toBe(0);
    const days = byDayOfBegin([{ start: at('2026-11-24T22:00'), end: at('2026-11-26T07:30') }], HOUR, ZONE);
    expect([...days.keys()]).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
  });

  it('keeps days of 23 and 25 hours whole', () => {
    const whole = { start: at('2026-10-31T00:00'), end: at('2026-11-03T00:00') };
    const hours = [...byDay([whole], HOUR, ZONE).values()].map(([day]) => day && (day.end - day.start) / HOUR);
    expect(hours).toEqual([24, 25, 24]);
    const spring = { start: at('2026-03-08T00:00'), end: at('2026-03-09T00:00') };
    expect([...byDay([spring], HOUR, ZONE).values()].map(([day]) => day && (day.end - day.start) / HOUR)).toEqual([23]);
  });
});

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]) => ({ start, end: start + length }));
const calendar: fc.Arbitrary<FreeTime> = fc
  .array(interval, { maxLength: 6 })
  .map((free) => ({ free: joined(free) }) as unknown as FreeTime);
const covers = (intervals: readonly Interval[], minute: number): boolean =>
  intervals.some(({ start, end }) => start <= minute && minute < end);

it('free time together is what everybody has free, minute by minute', () => {
  fc.assert(
    fc.property(fc.array(calendar, { minLength: 1, maxLength: 4 }), (all) => {
      const common = freeTogether(all);
      for (let minute = 0; minute < 110; minute += 1)
        expect(covers(common, minute)).toBe(all.every(({ free }) => covers(free, minute)));
    }),
    { numRuns: 200, seed: 31 },
  );
});

it('the most people who are free at once are as many as any moment has', () => {
  fc.assert(
    fc.property(fc.array(calendar, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (all, length) => {
      const group = largestGroup(all, length);
      const freeAt = (minute: number): FreeTime[] =>
        all.filter(({ free }) => free.some(({ start, end }) => start <= minute && minute + length <= end));
      const counts = Array.from({ length: 110 }, (_, minute) => freeAt(minute).length);
      const most = Math.max(...counts);
      expect(group?.free.length ?? Math.min(most, 1)).toBe(most);
      if (group === undefined) return;
      expect(group.begin).toBe(counts.indexOf(most));
      expect(group.free).toEqual(freeAt(group.begin));
      expect(group.free.length + group.others.length).toBe(all.length);
    }),
    { numRuns: 200, seed: 32 },
  );
});
