import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ClockError, readDays, readPeriod } from '../../src/clock/index.ts';

/** Tuesday afternoon. */
const now = DateTime.fromISO('2026-11-24T16:20', { zone: 'America/New_York' }) as DateTime<true>;
const options = { now, direction: 'past' as const, argument: 'period' };

describe('a period in the words of people', () => {
  it.each([
    ['past week', '2026-11-17', '2026-11-24'],
    ['past two months', '2026-09-24', '2026-11-24'],
    ['last 2 quarters', '2026-04-01', '2026-10-01'],
    ['the last few quarters', '2026-01-01', '2026-10-01'],
    ['previous two quarters', '2026-04-01', '2026-10-01'],
    ['past 2 quarters', '2026-05-24', '2026-11-24'],
    ['2 weeks ago', '2026-11-09', '2026-11-16'],
    ['3 days ago', '2026-11-21', '2026-11-22'],
    ['october', '2026-10-01', '2026-11-01'],
    ['December', '2025-12-01', '2026-01-01'],
    ['in March 2026', '2026-03-01', '2026-04-01'],
    ['jan to mar', '2026-01-01', '2026-04-01'],
    ['2026', '2026-01-01', '2027-01-01'],
    ['q3', '2026-07-01', '2026-10-01'],
    ['Q1 2025', '2025-01-01', '2025-04-01'],
    ['2025-Q2', '2025-04-01', '2025-07-01'],
    ['year to date', '2026-01-01', '2026-11-24'],
    ['MTD', '2026-11-01', '2026-11-24'],
    ['this month so far', '2026-11-01', '2026-11-24'],
    ['last weekend', '2026-11-21', '2026-11-23'],
    ['week of November 9', '2026-11-09', '2026-11-16'],
    ['the week of 2026-11-12', '2026-11-09', '2026-11-16'],
    ['week 47', '2026-11-16', '2026-11-23'],
    ['2026-W46', '2026-11-09', '2026-11-16'],
    ['2026-11-01 - 2026-11-05', '2026-11-01', '2026-11-06'],
    ['2026-11-01,2026-11-05', '2026-11-01', '2026-11-06'],
    ['2026-11-01/2026-11-05', '2026-11-01', '2026-11-06'],
    // A time of day counts at either end, midnight as well, and so does an offset.
    ['[2026-11-01T00:00:00Z]..[2026-11-05T00:00:00Z]', '2026-10-31', '2026-11-04'],
    ['2026-11-20 00:00 to 2026-11-21 00:00', '2026-11-20', '2026-11-21'],
    ['2026-11-20T00:00:00/2026-11-21T00:00:00', '2026-11-20', '2026-11-21'],
    ['2026-11-20T00:00:00-05:00..2026-11-21T00:00:00-05:00', '2026-11-20', '2026-11-21'],
    ['2026-11-20T05:00:00Z..2026-11-21T05:00:00Z', '2026-11-20', '2026-11-21'],
    ['2026-11-01T00:00:00..2026-12-01T00:00:00', '2026-11-01', '2026-12-01'],
    ['2026-11-20T00:00:00..2026-11-20T00:00:00', '2026-11-20', '2026-11-21'],
    ['2026-11-20T00:00:00..2026-11-21T23:59:59', '2026-11-20', '2026-11-22'],
    ['2026-11-20 to 2026-11-21 00:00', '2026-11-20', '2026-11-21'],
    ['between nov 1 and nov 5', '2026-11-01', '2026-11-06'],
    ['from monday to wednesday', '2026-11-23', '2026-11-26'],
    ['nov 1-5', '2026-11-01', '2026-11-06'],
    ['November 11', '2026-11-11', '2026-11-12'],
    ['Nov 11, 2025', '2025-11-11', '2025-11-12'],
    ['nov 9-13', '2026-11-09', '2026-11-14'],
    ['week of November 11', '2026-11-09', '2026-11-16'],
    ['between nov 9 and nov 13', '2026-11-09', '2026-11-14'],
    ['after november 1', '2026-11-02', '2026-11-24'],
    ['the 20th', '2026-11-20', '2026-11-21'],
    ['the 30th', '2026-10-30', '2026-10-31'],
    ['the day before yesterday', '2026-11-22', '2026-11-23'],
    ['next 3 days', '2026-11-24', '2026-11-28'],
    ['next 90 days', '2026-11-24', '2027-02-23'],
    ['next 2 weeks', '2026-11-24', '2026-12-09'],
    ['next 3 months', '2026-11-24', '2027-02-25'],
    ['next fortnight', '2026-11-24', '2026-12-09'],
    ['last half year', '2026-01-01', '2026-07-01'],
    ['this half', '2026-07-01', '2027-01-01'],
    ['past half-year', '2026-05-24', '2026-11-24'],
    ['first half', '2026-01-01', '2026-07-01'],
    ['second half of 2025', '2025-07-01', '2026-01-01'],
    ['1st half year 2025', '2025-01-01', '2025-07-01'],
    ['H1', '2026-01-01', '2026-07-01'],
    ['h2/2025', '2025-07-01', '2026-01-01'],
    ['2026-H1', '2026-01-01', '2026-07-01'],
    ['Q4 to date', '2026-10-01', '2026-11-24'],
    ['november so far', '2026-11-01', '2026-11-24'],
    ['so far in 2026', '2026-01-01', '2026-11-24'],
    ['Sep-Nov', '2026-09-01', '2026-12-01'],
    ['Sep to Nov 2025', '2025-09-01', '2025-12-01'],
    ['Nov 2025-Feb 2026', '2025-11-01', '2026-03-01'],
    ['November to February 2026', '2025-11-01', '2026-03-01'],
    ['Nov 2025 - Feb', '2025-11-01', '2026-03-01'],
    ['Dec-Feb', '2025-12-01', '2026-03-01'],
    ['Jan to Mar 2027', '2027-01-01', '2027-04-01'],
    ['Q1-Q3', '2026-01-01', '2026-10-01'],
    ['between Q4 2025 and Q1 2026', '2025-10-01', '2026-04-01'],
  ])('%s', (said, start, end) => {
    const period = readPeriod(said, options);
    expect([period.start.toISODate(), period.end.toISODate()]).toEqual([start, end]);
  });

  describe('from one weekday to another', () => {
    const on = (day: string, direction: 'past' | 'ahead') => ({ now: now.set({ day: Number(day) }), direction });
    const read = (said: string, given: ReturnType<typeof on>): string => {
      const { start, end } = readPeriod(said, { ...given, argument: 'period' });
      return `${start.toISODate()} ${end.minus({ days: 1 }).toISODate()}`;
    };

    it.each(['Monday to Wednesday', 'Mon-Wed', 'mon – wed', 'Monday through Wednesday', 'from Mon until Wed'])(
      'is the last one that has begun, or the next: %s',
      (said) => {
        expect(read(said, on('23', 'past'))).toBe('2026-11-16 2026-11-18');
        expect(read(said, on('24', 'past'))).toBe('2026-11-23 2026-11-25');
        expect(read(said, on('30', 'past'))).toBe('2026-11-23 2026-11-25');
        expect(read(said, on('23', 'ahead'))).toBe('2026-11-23 2026-11-25');
        expect(read(said, on('25', 'ahead'))).toBe('2026-11-30 2026-12-02');
      },
    );

    it.each([
      ['Monday to Wednesday last week', '2026-11-16 2026-11-18'],
      ['Mon-Wed of last week', '2026-11-16 2026-11-18'],
      ["last week's Mon-Wed", '2026-11-16 2026-11-18'],
      ['last week, Monday to Wednesday', '2026-11-16 2026-11-18'],
      ['Monday to Wednesday this week', '2026-11-23 2026-11-25'],
      ['Monday to Wednesday next week', '2026-11-30 2026-12-02'],
      ['Mon-Fri of the week of 9 November', '2026-11-09 2026-11-13'],
      ['Mon-Fri of 2 weeks ago', '2026-11-09 2026-11-13'],
      ['last Monday to Wednesday', '2026-11-16 2026-11-18'],
      ['last Monday to last Wednesday', '2026-11-16 2026-11-18'],
      ['next Mon-Wed', '2026-11-30 2026-12-02'],
    ])('is of the week that is named, whatever day it is: %s', (said, expected) => {
      for (const day of ['24', '25'])
        for (const direction of ['past', 'ahead'] as const) expect(read(said, on(day, direction))).toBe(expected);
    });

    it('runs over the weekend, or for a week and a day', () => {
      expect(read('Friday to Monday', on('24', 'past'))).toBe('2026-11-20 2026-11-23');
      expect(read('Monday to Monday', on('24', 'past'))).toBe('2026-11-16 2026-11-23');
    });

    it('is asked for where the week that is named has only a part of it', () => {
      expect(() => read('Friday to Monday last week', on('24', 'past'))).toThrow(
        /2026-11-13\.\.2026-11-16 or 2026-11-20\.\.2026-11-23\. Send the one you mean/,
      );
    });
  });

  it.each([
    ['Nov-Jan', /can begin in 2025 or 2026\. Send it with its years, like "nov 2025 to jan 2026"/],
    ['Q3 to date', /"q3 to date": that is over\. Send "q3", or "since 2026-07-01"/],
    ['Q1 2027 to date', /has not begun/],
  ])('is asked for where it can be another one: %s', (said, why) => {
    expect(() => readPeriod(said, options)).toThrow(why);
  });

  it('of months ahead ends next', () => {
    const read = (said: string) => readPeriod(said, { ...options, direction: 'ahead' }).start.toISODate();
    expect(['Sep-Nov', 'Nov-Jan', 'may-june'].map(read)).toEqual(['2026-09-01', '2026-11-01', '2027-05-01']);
    expect(() => read('sep to today')).toThrow(ClockError);
  });

  it.each([
    ['next 7 days', 'today and the next 7 days, Tue 24 Nov to Tue 1 Dec'],
    ['next fortnight', 'today and the next 2 weeks, Tue 24 Nov to Tue 8 Dec'],
    ['coming 1 month', 'today and the next month, Tue 24 Nov to Thu 24 Dec'],
  ])('says that today belongs to it as well: %s', (said, echo) => {
    expect(readPeriod(said, { ...options, direction: 'ahead' }).echo).toBe(`${echo} (America/New_York)`);
    expect(readDays(said, options).echo).toBe(`${echo} (America/New_York)`);
  });

  /** The clocks go forward on 8 March and back on 1 November. */
  it.each(['2026-11-24', '2026-11-01', '2026-11-02', '2026-03-08', '2026-03-09'])(
    'in hours is widened to days where there are only dates, on %s as well',
    (day) => {
      const present = DateTime.fromISO(`${day}T16:20`, { zone: 'America/New_York' }) as DateTime<true>;
      for (const said of ['last 24 hours', 'last 36 hours', 'past 48h']) {
        const exact = readPeriod(said, { ...options, now: present });
        const { start, end, echo } = readDays(said, { ...options, now: present });
        expect([start, end].map((one) => one.toISO())).toEqual(
          [exact.start.startOf('day'), present.startOf('day').plus({ days: 1 })].map((one) => one.toISO()),
        );
        expect(echo).toMatch(/^whole days, /);
      }
      expect(() => readDays('last 6 hours', { ...options, now: present })).toThrow(/finer than a day/);
    },
  );

  it('has an end that it was given, and a beginning before everything', () => {
    const { start, end } = readPeriod('before november 1', options);
    expect(end.toISODate()).toBe('2026-11-01');
    expect(start.year).toBeLessThan(2000);
    expect(readPeriod('all', options).start.year).toBeLessThan(2000);
  });

  it('to now ends now, not with the minute before', () => {
    const now = options.now.set({ second: 42 });
    for (const said of ['yesterday to now', 'from 3 hours ago to now', '2026-11-01 09:00 to right now'])
      expect(readPeriod(said, { ...options, now }).end.toMillis(), said).toBe(now.toMillis());
  });

  it.each([
    ['last hour to now', '15:20', '16:20'],
    ['from the last 2 hours until now', '14:20', '16:20'],
    ['last 30 minutes to now', '15:50', '16:20'],
    ['within an hour', '15:20', '16:20'],
    ['within the hour', '15:20', '16:20'],
    ['now to next hour', '16:20', '17:20'],
  ])('counts hours: %s', (said, start, end) => {
    const period = readPeriod(said, options);
    expect([period.start.toISO(), period.end.toISO()]).toEqual(
      [start, end].map((time) => `2026-11-24T${time}:00.000-05:00`),
    );
  });

  it('is the part of a day', () => {
    const { start, end } = readPeriod('yesterday afternoon', options);
    expect([start.toFormat('d HH'), end.toFormat('d HH')]).toEqual(['23 12', '23 17']);
  });

  /** Taking only the part that was understood would answer another question. */
  it.each([
    'monday and wednesday',
    'every monday',
    'last 3 fridays',
    'last business day',
    'yesterday except lunch',
    '2026-13',
    'recently',
    '2026-11-05..2026-11-01',
    '03/04',
  ])('is refused when a part of it would be lost: %s', (said) => {
    expect(() => readPeriod(said, options)).toThrow(ClockError);
  });

  it('keeps its length over the ends of months and of daylight saving', () => {
    const march = DateTime.fromISO('2026-03-31T12:00', { zone: 'America/New_York' }) as DateTime<true>;
    const month = readPeriod('last month', { ...options, now: march });
    expect([month.start.toISODate(), month.end.toISODate()]).toEqual(['2026-02-01', '2026-03-01']);
    const short = readPeriod('2026-03-08', options);
    expect(short.end.diff(short.start, 'hours').hours).toBe(23);
    const long = readPeriod('2026-11-01', options);
    expect(long.end.diff(long.start, 'hours').hours).toBe(25);
  });
});

describe('a month, quarter or week without its year', () => {
  it.each([2019, 2024, 2031, 2040])('is the one around the present of %i', (year) => {
    const present = DateTime.fromObject({ year, month: 6, day: 15, hour: 10 }, { zone: 'America/New_York' });
    const read = (text: string, direction: 'past' | 'ahead') =>
      readPeriod(text, { now: present as DateTime<true>, direction, argument: 'period' }).start.toISODate();
    expect(read('march', 'past')).toBe(`${year}-03-01`);
    expect(read('october', 'past')).toBe(`${year - 1}-10-01`);
    expect(read('october', 'ahead')).toBe(`${year}-10-01`);
    expect(read('march', 'ahead')).toBe(`${year + 1}-03-01`);
    expect(read('q1', 'past')).toBe(`${year}-01-01`);
    expect(read('q4', 'ahead')).toBe(`${year}-10-01`);
    expect(read('week 10', 'past').slice(0, 4)).toBe(String(year));
  });
});
