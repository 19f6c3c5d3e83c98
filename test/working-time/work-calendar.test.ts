import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { clashes, type Interval, within, without } from '../../src/working-time/intervals.ts';
import { hoursDue, type WorkCalendar, workingTime } from '../../src/working-time/work-calendar.ts';
import { runs } from '../support/sample.ts';

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 }))
  .map(([start, length]) => ({ start, end: start + length }));
const some = fc.array(interval, { maxLength: 10 });
const covers = (intervals: readonly Interval[], minute: number): boolean =>
  intervals.some(({ start, end }) => start <= minute && minute < end);
const minutes = Array.from({ length: 260 }, (_, minute) => minute);

describe('intervals', () => {
  it('keep exactly the minutes that are not removed, in order and without touching', () => {
    fc.assert(
      fc.property(some, some, (whole, taken) => {
        const left = without(whole, taken);
        expect(minutes.filter((minute) => covers(left, minute))).toEqual(
          minutes.filter((minute) => covers(whole, minute) && !covers(taken, minute)),
        );
        for (const [index, { start, end }] of left.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThan(left[index - 1]?.end ?? -1);
        }
      }),
      { numRuns: runs(300), seed: 21 },
    );
  });

  it('are cut to their bounds', () => {
    fc.assert(
      fc.property(some, interval, (whole, bounds) => {
        const inside = within(whole, bounds);
        expect(minutes.filter((minute) => covers(inside, minute))).toEqual(
          minutes.filter((minute) => covers(whole, minute) && covers([bounds], minute)),
        );
      }),
      { numRuns: runs(300), seed: 22 },
    );
  });

  it('clash in every pair that shares a minute, once each', () => {
    fc.assert(
      fc.property(some, (whole) => {
        const expected = whole.flatMap((a, i) =>
          whole
            .slice(i + 1)
            .filter((b) => a.start < b.end && b.start < a.end)
            .map((b) => new Set([a, b])),
        );
        const found = clashes(whole).map((pair) => new Set(pair));
        expect(found).toHaveLength(expected.length);
        for (const pair of expected) expect(found.some((one) => [...pair].every((each) => one.has(each)))).toBe(true);
      }),
      { numRuns: runs(300), seed: 23 },
    );
  });
});

const office = (from: number, to: number, holidays: WorkCalendar['holidays'] = []): WorkCalendar => ({
  name: 'Office',
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? { from, to } : undefined)),
  holidays,
});
const shown = (intervals: readonly Interval[], zone: string): string[] =>
  intervals.map(({ start, end }) =>
    [start, end].map((at) => DateTime.fromMillis(at, { zone }).toFormat('d.M. HH:mm')).join(' - '),
  );
const week = (from: string, days: number, zone: string): Interval => {
  const start = DateTime.fromISO(from, { zone });
  return { start: start.toMillis(), end: start.plus({ days }).toMillis() };
};

describe('working time', () => {
  it('is the same on the wall clock before and after the clocks change', () => {
    for (const [zone, before, after] of [
      ['America/New_York', '2026-10-30', '2026-11-02'],
      ['Europe/London', '2026-03-27', '2026-03-30'],
      ['Australia/Sydney', '2026-10-02', '2026-10-05'],
    ] as const) {
      const [friday, monday, ...more] = workingTime(office(510, 1080), zone, week(before, 4, zone));
      expect(more).toEqual([]);
      expect(shown([friday, monday] as Interval[], zone).map((text) => text.replace(/\d+\.\d+\. /g, ''))).toEqual([
        '08:30 - 18:00',
        '08:30 - 18:00',
      ]);
      expect(DateTime.fromMillis(monday?.start ?? 0, { zone }).toISODate()).toBe(after);
    }
  });

  it('of a night shift runs past midnight, through a changing clock, and belongs to the day it begins on', () => {
    const nights: WorkCalendar = { ...office(0, 0), week: Array.from({ length: 7 }, () => ({ from: 1320, to: 360 })) };
    const zone = 'America/New_York';
    expect(shown(workingTime(nights, zone, week('2026-11-01', 1, zone)), zone)).toEqual([
      '1.11. 00:00 - 1.11. 06:00',
      '1.11. 22:00 - 2.11. 00:00',
    ]);
    const [first] = workingTime(nights, zone, week('2026-11-01', 1, zone));
    // Seven hours of it: the hour from one to two came twice.
    expect(((first?.end ?? 0) - (first?.start ?? 0)) / 3_600_000).toBe(7);
    const off: WorkCalendar = { ...nights, holidays: [{ date: '2026-10-31', name: 'Halloween' }] };
    expect(shown(workingTime(off, zone, week('2026-11-01', 1, zone)), zone)).toEqual(['1.11. 22:00 - 2.11. 00:00']);
  });

  it('excludes holidays, and half of a day that is half a holiday', () => {
    const zone = 'Asia/Kolkata';
    const calendar = office(540, 1080, [
      { date: '2026-11-24', name: 'All day' },
      { date: '2026-11-25', name: 'Afternoon', part: { from: 780, to: 1440 } },
    ]);
    expect(shown(workingTime(calendar, zone, week('2026-11-23', 3, zone)), zone)).toEqual([
      '23.11. 09:00 - 23.11. 18:00',
      '25.11. 09:00 - 25.11. 13:00',
    ]);
  });

  /** How far apart the looks at the clock are, in milliseconds: at every minute of an hour in turn. */
  const LOOK = 17 * 60_000;

  it('covers exactly the minutes of the wall clock, in any zone and season', () => {
    const zones = ['America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: 0, max: 1438 }),
        fc.integer({ min: 1, max: 1440 }),
        (zone, offset, from, length) => {
          const to = Math.min(1440, from + length);
          const start = DateTime.fromISO('2026-01-01', { zone }).plus({ days: offset });
          const bounds = { start: start.toMillis(), end: start.plus({ days: 3 }).toMillis() };
          const found = workingTime(office(from, to), zone, bounds);
          const looks = Array.from(
            { length: Math.ceil((bounds.end - bounds.start) / LOOK) },
            (_, index) => DateTime.fromMillis(bounds.start + index * LOOK, { zone }),
            // What comes twice when the clocks go back is left to the shift's own ends.
          ).filter((clock) => clock.minus({ hours: 1 }).offset === clock.plus({ hours: 1 }).offset);
          const isWork = ({ weekday, hour, minute }: DateTime): boolean =>
            weekday <= 5 && from <= hour * 60 + minute && hour * 60 + minute < to;
          expect(looks.map((clock) => covers(found, clock.toMillis()))).toEqual(looks.map(isWork));
        },
      ),
      { numRuns: runs(50), seed: 24 },
    );
  });
});

describe('hours due', () => {
  const day = (iso: string): DateTime => DateTime.fromISO(iso, { zone: 'America/New_York' });
  const half = { date: '2026-12-24', name: 'Christmas Eve', part: { from: 720, to: 1440 } };
  const calendar = office(480, 960, [{ date: '2026-11-26', name: 'Thanksgiving' }, half]);
  it.each([
    ['2026-11-25', { dailyCapacity: 7.5 }, 7.5],
    ['2026-11-25', {}, 8],
    ['2026-11-26', { dailyCapacity: 7.5 }, 0],
    ['2026-11-28', { dailyCapacity: 7.5 }, 0],
    ['2026-12-24', { dailyCapacity: 6 }, 3],
  ])('on %s for %j are %d', (date, member, expected) => {
    expect(hoursDue(calendar, day(date), member)).toBe(expected);
  });
});
