import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  ClockError,
  type ClockProblem,
  type Direction,
  readDay,
  readLength,
  readMoment,
  readPeriod,
  readSpan,
  type SpanInput,
  toManage,
} from '../../src/clock/index.ts';
import { runs } from '../support/sample.ts';

/** Sunday afternoon. */
const now = DateTime.fromISO('2026-11-29T14:30', { zone: 'America/New_York' });
const argument = 'start';
const ahead = { now, argument, direction: 'ahead' as Direction };
const past = { now, argument, direction: 'past' as Direction };

const problem = (read: () => unknown): ClockProblem | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ClockError) return error.code;
    throw error;
  }
};

describe('a phrase about what is to come', () => {
  it.each([
    ['Friday', 'Fri 4 Dec 17:00 (America/New_York), as no time was given', false],
    ['in 2 hours', 'Sun 29 Nov 16:30 (America/New_York)', true],
    ['Dec 4th at noon', 'Fri 4 Dec 12:00 (America/New_York)', true],
    ['2026-12-04T15:00:00Z', 'Fri 4 Dec 10:00 (America/New_York)', true],
    ['2026-11-30 24:00', 'Tue 1 Dec 00:00 (America/New_York)', true],
    ['tonight at 2am', 'Mon 30 Nov 02:00 (America/New_York)', true],
    ['tonight at 9', 'Sun 29 Nov 21:00 (America/New_York)', true],
    ['Sunday 10am', 'Sun 6 Dec 10:00 (America/New_York)', true],
    ['Friday of next week', 'Fri 4 Dec 17:00 (America/New_York), as no time was given', false],
    ['4 Jan 9am', 'Mon 4 Jan 2027 09:00 (America/New_York)', true],
  ])('%s', (said, echo, precise) => {
    const read = readMoment(said, { ...ahead, dayMeans: '17:00' });
    expect([read.echo, read.precise]).toEqual([echo, precise]);
  });

  it.each([
    ['9am', 'past'],
    ['27 Nov', 'ambiguous'],
    ['monday at 3', 'ambiguous'],
    ['tomorrow morning', 'noTime'],
    ['Mon 4 Dec 2026', 'contradiction'],
    ['03/04 9am', 'ambiguous'],
    ['asap', 'unreadable'],
    ['tonight 1:30', 'ambiguous'],
    ['Friday night at 1am', 'ambiguous'],
    ['2 hours later', 'ambiguous'],
    ['a day earlier', 'ambiguous'],
    ['next day 9am', 'ambiguous'],
    ['the day after', 'ambiguous'],
    ['x'.repeat(201), 'tooWordy'],
    [' '.repeat(100_000), 'tooWordy'],
  ])('%s is refused', (said, code) => {
    expect(problem(() => readMoment(said, { ...ahead, dayMeans: '17:00' }))).toBe(code);
  });

  it('is refused on the other side of now where only one side is allowed', () => {
    expect(problem(() => readMoment('yesterday 2pm', { ...ahead, only: true }))).toBe('past');
    expect(problem(() => readMoment('tomorrow 2pm', { ...past, only: true }))).toBe('ahead');
  });
});

describe('a phrase about what has happened', () => {
  it.each([
    ['2 hours ago', '2026-11-29T17:30:00Z'],
    ['Friday 2pm', '2026-11-27T19:00:00Z'],
    ['last night at 9', '2026-11-29T02:00:00Z'],
    ['last night at 2am', '2026-11-29T07:00:00Z'],
    ['1am last night', '2026-11-29T06:00:00Z'],
    ['2026-11-27T09:00:59.999Z', '2026-11-27T09:00:00Z'],
    ['Sunday 6pm', '2026-11-22T23:00:00Z'],
  ])('%s', (said, utc) => {
    expect(toManage(readMoment(said, past).at)).toBe(utc);
  });

  it('of last night, said after midnight, is of the evening that has passed', () => {
    const now = DateTime.fromISO('2026-12-01T00:34', { zone: 'Pacific/Auckland' });
    expect(readMoment('last night 10pm', { ...past, now }).at.toISO()).toContain('2026-11-30T22:00');
    expect(readPeriod('last night', { ...past, now }).echo).toContain('Mon 30 Nov 17:00 to Tue 1 Dec 00:00');
  });

  it('goes back real time over a change of the clocks', () => {
    const after = DateTime.fromISO('2026-03-08T04:00', { zone: 'America/New_York' });
    expect(readMoment('2 hours ago', { ...past, now: after }).at.toFormat('HH:mm')).toBe('01:00');
  });
});

describe('a day', () => {
  it.each([
    ['Monday', 'ahead', '2026-11-30'],
    ['Monday', 'past', '2026-11-23'],
    ['end of the month', 'ahead', '2026-11-30'],
    ['2027-03-10T00:00:00Z', 'ahead', '2027-03-10'],
    ['2026-12-31T23:59:59Z', 'ahead', '2026-12-31'],
  ] as const)('%s (%s) is %s', (said, direction, day) => {
    expect(readDay(said, { now, argument, direction }).day).toBe(day);
  });

  it('has no time of day, which would be lost', () => {
    expect(() => readDay('tomorrow 3pm', ahead)).toThrow(/only a day counts/);
  });

  it.each(['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/New_York'])('is the same in %s', (zone) => {
    expect(readDay('2027-03-10', { ...ahead, now: now.setZone(zone) }).day).toBe('2027-03-10');
  });
});

describe('a period', () => {
  it.each([
    ['2026-11-27 9am to 10am', 'Fri 27 Nov 09:00 to 10:00 (America/New_York)'],
    ['yesterday 9 to 12', 'Sat 28 Nov 09:00 to 12:00 (America/New_York)'],
    ['between 9am and 11am yesterday', 'Sat 28 Nov 09:00 to 11:00 (America/New_York)'],
    ['since 11:59pm today', 'from Sun 29 Nov 23:59 (America/New_York)'],
    ['this week', 'Mon 23 Nov to Sun 29 Nov (America/New_York)'],
    ['last year', 'Wed 1 Jan 2025 to Wed 31 Dec 2025 (America/New_York)'],
    ['before 5pm today', 'until Sun 29 Nov 17:00 (America/New_York)'],
    ['all', 'all time'],
    ['any', 'all time'],
  ])('%s is shown as %s', (said, echo) => {
    expect(readPeriod(said, past).echo).toBe(echo);
  });

  it.each(['yesterday 3pm', '9-11', 'fortnightly'])('is not read into %s', (said) => {
    expect(problem(() => readPeriod(said, past))).toBe('unreadable');
  });
});

describe('a range', () => {
  const read = (input: SpanInput, direction: Direction = 'past') => readSpan(input, { now, direction, endsNow: true });

  it.each<[SpanInput, Direction, string, number]>([
    [{ start: 'Friday 2pm to 4pm' }, 'ahead', 'Fri 4 Dec 14:00 to 16:00 (America/New_York)', 120],
    [{ start: 'Friday 2 to 4pm' }, 'ahead', 'Fri 4 Dec 14:00 to 16:00 (America/New_York)', 120],
    [{ start: 'Friday 2-4pm' }, 'ahead', 'Fri 4 Dec 14:00 to 16:00 (America/New_York)', 120],
    [{ start: 'Fri, 10 to 11:30' }, 'ahead', 'Fri 4 Dec 10:00 to 11:30 (America/New_York)', 90],
    [{ start: 'Friday from 10 to 11am' }, 'ahead', 'Fri 4 Dec 10:00 to 11:00 (America/New_York)', 60],
    [{ start: 'Friday between 2 and 4pm' }, 'ahead', 'Fri 4 Dec 14:00 to 16:00 (America/New_York)', 120],
    [{ start: 'tomorrow 9 to 12' }, 'ahead', 'Mon 30 Nov 09:00 to 12:00 (America/New_York)', 180],
    [{ start: 'yesterday 2 to 4pm' }, 'past', 'Sat 28 Nov 14:00 to 16:00 (America/New_York)', 120],
    [{ start: 'from 9 to noon' }, 'past', 'Sun 29 Nov 09:00 to 12:00 (America/New_York)', 180],
    [{ start: '9 to 5 yesterday' }, 'past', 'Sat 28 Nov 09:00 to 17:00 (America/New_York)', 480],
    [{ start: '8 to 9pm yesterday' }, 'past', 'Sat 28 Nov 20:00 to 21:00 (America/New_York)', 60],
    [{ start: '2 hours ago', end: 'now' }, 'past', 'Sun 29 Nov 12:30 to 14:30 (America/New_York)', 120],
    [{ end: '5pm yesterday', length: '2h' }, 'past', 'Sat 28 Nov 15:00 to 17:00 (America/New_York)', 120],
    [
      { start: 'yesterday 2pm', length: '45 minutes', breakTime: '10 minutes' },
      'past',
      'Sat 28 Nov 14:00 to 14:45 (America/New_York)',
      35,
    ],
    [
      { start: 'yesterday 9am', length: '3', breakTime: '15' },
      'past',
      'Sat 28 Nov 09:00 to 12:00 (America/New_York)',
      165,
    ],
    [{ start: '2026-11-27 22:00 to 24:00' }, 'past', 'Fri 27 Nov 22:00 to Sat 28 Nov 00:00 (America/New_York)', 120],
  ])('%j', (input, direction, echo, minutes) => {
    const span = read(input, direction);
    expect(span.kind === 'span' && [span.echo, span.minutes]).toEqual([echo, minutes]);
  });

  it('names the hour that the clocks repeat', () => {
    const span = read({ start: '2025-11-02 01:30', end: '2025-11-02 03:00' });
    expect(span.kind === 'span' && [span.minutes, span.notes.join()]).toEqual([
      150,
      expect.stringMatching(/01:30 comes twice, this is the first \(UTC-04:00\)/),
    ]);
  });

  it.each<[SpanInput, ClockProblem]>([
    [{ start: '2026-03-08 02:30', length: '1' }, 'skippedHour'],
    // Hours, or the 9th to the 12th.
    [{ start: 'Monday 9 to 12' }, 'unreadable'],
    [{ start: 'Monday 2 to Friday 6' }, 'unreadable'],
    [{ start: 'yesterday 1pm', length: 90 }, 'tooLong'],
    [{ start: '10am', end: '9am', day: 'yesterday' }, 'order'],
    [{ start: '10am', end: '11am', length: '3', day: 'yesterday' }, 'contradiction'],
    [{ start: '10am', day: 'yesterday' }, 'missing'],
    [{ start: '2026-11-25 9am', end: '2026-11-27 9am' }, 'tooLong'],
  ])('%j is refused', (input, code) => {
    expect(problem(() => read(input))).toBe(code);
  });
});

describe('a length', () => {
  it.each([
    ['15', 'unsaid', 15],
    ['0.5', 'unsaid', 30],
    ['1', 'unsaid', 60],
    ['45 minutes', 'hours', 45],
    ['1.5', 'hours', 90],
    ['1:30', 'hours', 90],
    ['1h 15m', 'hours', 75],
    [90, 'minutes', 90],
  ] as const)('%s (%s) is %d minutes', (said, unit, minutes) => {
    expect(readLength(said, { argument, unit })).toBe(minutes);
  });

  it.each([
    ['3', 'unsaid', 'ambiguous'],
    [90, 'hours', 'tooLong'],
    ['10 seconds', 'hours', 'unreadable'],
    ['('.repeat(100_000), 'hours', 'unreadable'],
  ] as const)('%s (%s) is refused', (said, unit, code) => {
    expect(problem(() => readLength(said, { argument, unit }))).toBe(code);
  });

  it('asks whether minutes are meant', () => {
    expect(() => readLength(90, { argument: 'hours' })).toThrow('For minutes send "90 minutes"');
  });
});

const zones = fc.constantFrom(
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Europe/London',
  'Australia/Lord_Howe',
);
/** Minutes of forty years; leap years, ends of years and changes of clocks among them. */
const minutes = fc.integer({ min: 0, max: 40 * 365 * 24 * 60 });
const moment = fc
  .tuple(zones, minutes)
  .map(([zone, minute]) => DateTime.fromISO('2000-01-01T00:00Z', { zone }).plus({ minutes: minute }));
const direction = fc.constantFrom<Direction>('past', 'ahead', 'either');
const RUNS = { numRuns: runs(300), seed: 8 };

describe('in any year and zone', () => {
  it('shows a moment so that it reads back to the same instant', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -600_000, max: 600_000 }), direction, (present, away, side) => {
        const options = { now: present, argument, direction: side };
        const read = readMoment(toManage(present.plus({ minutes: away })), options);
        expect(readMoment(read.echo, options).at.toMillis()).toBe(read.at.toMillis());
      }),
      RUNS,
    );
  });

  it('puts a date without a year on the side of its argument, at most a year away', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 61, max: 300 }), (present, days) => {
        const today = present.startOf('day');
        const back = today.minus({ days });
        fc.pre(!(back.month === 2 && back.day === 29));
        const options = { now: present, argument, direction: 'past' as const };
        expect(readDay(back.toFormat('d LLLL'), options).day).toBe(back.toISODate());
        const on = today.plus({ days });
        fc.pre(!(on.month === 2 && on.day === 29));
        expect(readDay(on.toFormat('LLLL d'), { ...options, direction: 'ahead' }).day).toBe(on.toISODate());
      }),
      RUNS,
    );
  });

  it('finds a weekday within a week, on its side', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 7 }), (present, weekday) => {
        const name = DateTime.utc(2024, 1, weekday).toFormat('cccc');
        const options = { now: present, argument, direction: 'past' as const };
        const [back, on] = [readDay(name, options).at, readDay(name, { ...options, direction: 'ahead' }).at];
        const today = present.startOf('day');
        expect([back.weekday, on.weekday]).toEqual([weekday, weekday]);
        expect(back <= today && back > today.minus({ days: 7 })).toBe(true);
        expect(on >= today && on < today.plus({ days: 7 })).toBe(true);
      }),
      RUNS,
    );
  });

  it('names this year where a date can be read in two ways', () => {
    fc.assert(
      fc.property(moment, (present) => {
        const read = () => readDay('03/04', { now: present, argument, direction: 'past' });
        expect(read).toThrow(`${present.year}-03-04 or ${present.year}-04-03`);
      }),
      RUNS,
    );
  });

  it('never ends a period before it starts', () => {
    const said = fc.constantFrom(
      ...'today|yesterday|this week|last month|Q1|Q3|december|last 7 days|next 30 days|since monday|friday|weekend|year to date|monday to friday|since 11pm today|before tuesday|week 12|this morning|all|last half year|first half|dec-feb 2026|sep-nov|q2 to q4|next 7 days|last 36 hours'.split(
        '|',
      ),
    );
    fc.assert(
      fc.property(moment, said, direction, (present, text, side) => {
        const { start, end } = readPeriod(text, { now: present, argument, direction: side });
        expect(end >= start).toBe(true);
      }),
      RUNS,
    );
  });

  it('measures ranges in whole minutes of real time', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1440 }), (present, length) => {
        const start = present.minus({ days: 3 });
        const span = readSpan(
          { start: toManage(start), length: `${length} minutes` },
          { now: present, direction: 'past' },
        );
        expect(span.kind === 'span' && span.end.diff(span.start, 'minutes').minutes).toBe(length);
        expect(span.kind === 'span' && span.minutes).toBe(length);
      }),
      RUNS,
    );
  });
});

describe('a day that does not come before another', () => {
  const notBefore = DateTime.fromISO('2026-12-09', { zone: 'America/New_York' }) as DateTime<true>;

  it.each([
    ['Friday', '2026-12-11'],
    ['Wednesday', '2026-12-09'],
    ['the 5th', '2027-01-05'],
    ['Dec 20', '2026-12-20'],
    // Counted from today, or written in full: these stay what they are, and the tool refuses them.
    ['tomorrow', '2026-11-30'],
    ['in 3 days', '2026-12-02'],
    ['next Friday', '2026-12-04'],
    ['2026-12-01', '2026-12-01'],
  ])('reads %s as %s', (text, day) => {
    expect(readDay(text, { ...ahead, notBefore }).day).toBe(day);
  });
});
