import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ClockError, type Direction, readDay, readMoment, readPeriod, readSpan } from '../../src/clock/index.ts';

const ZONES = ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'];
/** Sunday afternoon, on the clocks of each zone. */
const sunday = (zone: string): DateTime => DateTime.fromISO('2026-11-29T14:30', { zone });
const now = sunday('America/New_York');
const argument = 'start';
const read = (direction: Direction) => ({ now, argument, direction });

const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    if (error instanceof ClockError) return error.message;
    throw error;
  }
};

describe('a day as people say it, in every zone', () => {
  it.each([
    ['a week from Friday', '2026-12-11'],
    ['Friday week', '2026-12-11'],
    ['a week on Monday', '2026-12-07'],
    ['a week tomorrow', '2026-12-07'],
    ['two weeks from Monday', '2026-12-14'],
    ['3 weeks today', '2026-12-20'],
    ['in a fortnight', '2026-12-13'],
    ["in a week's time", '2026-12-06'],
    ['in a couple of days', '2026-12-01'],
    ['in 3 months', '2027-02-28'],
    ['a year from now', '2027-11-29'],
    ['day after tomorrow', '2026-12-01'],
    ['this coming Monday', '2026-11-30'],
    ['next week Friday', '2026-12-04'],
    ['tues', '2026-12-01'],
    ['end of the week', '2026-12-04'],
    ['end of next week', '2026-12-04'],
    ['start of next week', '2026-11-30'],
    ['EOM', '2026-11-30'],
    ['end of Dec', '2026-12-31'],
    ['end of Q1', '2027-03-31'],
    ['last day of next month', '2026-12-31'],
    ['first of the month', '2026-12-01'],
    ['15th of next month', '2026-12-15'],
    ['last Friday of the month', '2026-12-25'],
    ['first Monday of December', '2026-12-07'],
    ['Fri 4th', '2026-12-04'],
    ['the 4th', '2026-12-04'],
    ['December the 4th', '2026-12-04'],
    ["4 Dec '26", '2026-12-04'],
    ['2026/12/04', '2026-12-04'],
    ['20261204', '2026-12-04'],
    ['29 feb', '2028-02-29'],
    ['Christmas Eve', '2026-12-24'],
    ["New Year's Day", '2027-01-01'],
    ['EOD Friday', '2026-12-04'],
    ['COB', '2026-11-29'],
  ])('%s is %s', (said, day) => {
    for (const zone of ZONES)
      expect(readDay(said, { now: sunday(zone), argument, direction: 'ahead' }).day, zone).toBe(day);
  });

  it.each([
    ['29 feb', '2024-02-29'],
    ['a fortnight ago', '2026-11-15'],
    ['a month ago', '2026-10-29'],
    ['last week Tuesday', '2026-11-17'],
    ['end of last month', '2026-10-31'],
    ['start of the month', '2026-11-01'],
    ['last Friday of the month', '2026-11-27'],
    ['the 4th', '2026-11-04'],
  ])('%s was %s', (said, day) => {
    expect(readDay(said, read('past')).day).toBe(day);
  });

  it.each([
    ['Thu 4 Dec', '2026-12-04 is a Friday'],
    ['Friday the 5th', '2026-12-05 is a Saturday'],
    ['Sunday week', 'can be read as 2026-12-06 or 2026-12-13'],
    ['next business day', 'depends on working days and holidays'],
    ['in a few days', 'does not say how many'],
    ['mid-December', 'is no exact day. Send the date, like 2026-'],
    ['early next week', 'is no exact day'],
  ])('%s is refused: %s', (said, why) => {
    expect(refusal(() => readDay(said, read('ahead')))).toContain(why);
  });
});

describe('a moment as people say it, in every zone', () => {
  it.each([
    ['3pm a week from Friday', 'Fri 11 Dec 15:00'],
    ['noon Monday week', 'Mon 7 Dec 12:00'],
    ['end of next week 3pm', 'Fri 4 Dec 15:00'],
    ['by close of business', 'Sun 29 Nov 17:00'],
    ['close of play Friday', 'Fri 4 Dec 17:00'],
    ['tomorrow 0900', 'Mon 30 Nov 09:00'],
    ['1530hrs tomorrow', 'Mon 30 Nov 15:30'],
    ['4 Dec 1400', 'Fri 4 Dec 14:00'],
    ['2026-12-04 1400', 'Fri 4 Dec 14:00'],
    ['9a tomorrow', 'Mon 30 Nov 09:00'],
    ['tomorrow arvo 2:30', 'Mon 30 Nov 14:30'],
    ['twenty to 4pm tomorrow', 'Mon 30 Nov 15:40'],
    ['half ten tomorrow', 'Mon 30 Nov 10:30'],
    ['in 1.5 hours', 'Sun 29 Nov 16:00'],
    ['a couple of hours ago', 'Sun 29 Nov 12:30'],
    ['tomorrow @ 2pm', 'Mon 30 Nov 14:00'],
    ['Tuesday week 3pm', 'Tue 8 Dec 15:00'],
    ['now - 2 hours', 'Sun 29 Nov 12:30'],
    ['midnight tonight', 'Mon 30 Nov 00:00'],
    ['midnight last night', 'Sun 29 Nov 00:00'],
  ])('%s is %s', (said, echo) => {
    for (const zone of ZONES)
      expect(readMoment(said, { now: sunday(zone), argument, direction: 'ahead' }).echo).toBe(`${echo} (${zone})`);
  });

  it.each([
    ['tomorrow 2pm Pacific', 'Mon 30 Nov 17:00'],
    ['tomorrow 2pm London time', 'Mon 30 Nov 09:00'],
    ['tomorrow 9am IST', 'Sun 29 Nov 22:30'],
  ])('%s is told by the clock of the person', (said, echo) => {
    expect(readMoment(said, read('ahead')).echo).toBe(`${echo} (America/New_York)`);
  });

  it.each([
    ['midnight Friday', '2026-12-04 00:00 or 2026-12-04 24:00'],
    ['half two tomorrow', '02:30 or 14:30'],
    ['first thing tomorrow', 'names no time of day'],
    ['2026-12-04 04:00-05:00', 'as a range or as a time with its offset'],
    ['2026-12-04 14:00-16:00', 'Send "2pm"'],
    ['Fri-14:00', 'Send "2pm"'],
    ['04DEC 1400', 'Send "2pm"'],
  ])('%s is refused: %s', (said, why) => {
    expect(refusal(() => readMoment(said, read('ahead')))).toContain(why);
  });

  it('refuses abbreviations of zones that mean another one where the person is', () => {
    const at = (zone: string, iso: string) => ({ ...read('ahead'), now: DateTime.fromISO(iso, { zone }) });
    const why = 'can be read in two ways';
    expect(refusal(() => readMoment('tomorrow 9am EST', at('Australia/Sydney', '2026-07-01T12:00')))).toContain(why);
    expect(refusal(() => readMoment('tomorrow 9am EST', at('America/New_York', '2026-07-01T12:00')))).toContain(why);
    expect(readMoment('tomorrow 9am EST', read('ahead')).at.toISO()).toBe('2026-11-30T09:00:00.000-05:00');
    expect(readMoment('tomorrow 9am EDT', at('America/New_York', '2026-07-01T12:00')).at.hour).toBe(9);
  });
});

describe('a range as people say it', () => {
  it.each([
    ['4 Dec 2 to 4pm', 'Fri 4 Dec 14:00 to 16:00'],
    ['Dec 4 2-4pm', 'Fri 4 Dec 14:00 to 16:00'],
    ['Friday 4 Dec 9-11am', 'Fri 4 Dec 09:00 to 11:00'],
    ['2026-12-04 2-4pm', 'Fri 4 Dec 14:00 to 16:00'],
    ['2026-12-04 14:00-16:00', 'Fri 4 Dec 14:00 to 16:00'],
    ['2026-12-04 10:00-11:00', 'Fri 4 Dec 10:00 to 11:00'],
    ['2026-12-04T14:00/2026-12-04T16:00', 'Fri 4 Dec 14:00 to 16:00'],
    ['tomorrow 0900-1030', 'Mon 30 Nov 09:00 to 10:30'],
    ['tomorrow 9-5', 'Mon 30 Nov 09:00 to 17:00'],
    ['tomorrow 2 til 4pm', 'Mon 30 Nov 14:00 to 16:00'],
    ['9-11am tomorrow', 'Mon 30 Nov 09:00 to 11:00'],
    ['noon-1 tomorrow', 'Mon 30 Nov 12:00 to 13:00'],
    ['Monday week 2-4pm', 'Mon 7 Dec 14:00 to 16:00'],
    ['the 4th 2-4pm', 'Fri 4 Dec 14:00 to 16:00'],
    ['Friday 10pm to midnight', 'Fri 4 Dec 22:00 to Sat 5 Dec 00:00'],
    ['tomorrow 9 to 10am London time', 'Mon 30 Nov 04:00 to 05:00'],
  ])('%s is %s', (said, echo) => {
    const span = readSpan({ start: said }, { now, direction: 'ahead' });
    expect(span.kind === 'span' && span.echo).toBe(`${echo} (America/New_York)`);
  });

  it.each([
    ['20 to 4', 'can be read as 3:40 or as from 20:00 to 4:00'],
    ['tomorrow ten to three', '2:50 or as from 10:00 to 3:00'],
    ['Monday 9-12', 'says more than a time'],
    ['tomorrow two to four', '02:00 or 14:00'],
  ])('%s is refused: %s', (said, why) => {
    expect(refusal(() => readSpan({ start: said }, { now, direction: 'ahead' }))).toContain(why);
  });
});

describe('a period as people say it', () => {
  it.each([
    ['last fortnight', 'past', 'Sun 15 Nov to Sun 29 Nov 14:30'],
    ['last 7d', 'past', 'Sun 22 Nov to Sun 29 Nov 14:30'],
    ['past 48h', 'past', 'Fri 27 Nov 14:30 to Sun 29 Nov 14:30'],
    ['trailing 12 months', 'past', 'Sat 29 Nov 2025 to Sun 29 Nov 14:30'],
    ['next two weeks', 'ahead', 'today and the next 2 weeks, Sun 29 Nov to Sun 13 Dec'],
    ['next 48 hours', 'ahead', 'Sun 29 Nov 14:30 to Tue 1 Dec 14:30'],
    ['week after next', 'ahead', 'Mon 7 Dec to Sun 13 Dec'],
    ['month before last', 'past', 'Tue 1 Sept to Wed 30 Sept'],
    ['rest of the month', 'ahead', 'Sun 29 Nov to Mon 30 Nov'],
    ['today and yesterday', 'past', 'Sat 28 Nov to Sun 29 Nov'],
    ['1 to 15 November', 'past', 'Sun 1 Nov to Sun 15 Nov'],
    ['between Nov 1 and 15', 'past', 'Sun 1 Nov to Sun 15 Nov'],
    ['month of November', 'past', 'Sun 1 Nov to Mon 30 Nov'],
    ['last December', 'past', 'Mon 1 Dec 2025 to Wed 31 Dec 2025'],
    ['H1 2026', 'past', 'Thu 1 Jan to Tue 30 Jun'],
    ['second half of November', 'past', 'Mon 16 Nov to Mon 30 Nov'],
    ["Q4'26", 'past', 'Thu 1 Oct to Thu 31 Dec'],
    ['w/c 16 Nov', 'past', 'Mon 16 Nov to Sun 22 Nov'],
    ['older than 30 days', 'past', 'until Fri 30 Oct 14:30'],
    ['over a week ago', 'past', 'until Sun 22 Nov 14:30'],
    ['30+ days ago', 'past', 'until Fri 30 Oct 14:30'],
    ['less than a week ago', 'past', 'Sun 22 Nov 14:30 to Sun 29 Nov 14:30'],
    ['2026-11-01..', 'past', 'Sun 1 Nov to Sun 29 Nov 14:30'],
    ['..2026-11-15', 'past', 'until Sun 15 Nov'],
    ['>= 2026-12-01', 'ahead', 'from Tue 1 Dec'],
    ['on or before 1 Dec', 'ahead', 'until Tue 1 Dec'],
    ['no later than Friday', 'ahead', 'until Fri 4 Dec'],
    ['by end of next week', 'ahead', 'until Fri 4 Dec'],
    ['by EOD Friday', 'ahead', 'until Fri 4 Dec'],
    ['overdue', 'ahead', 'until Sun 29 Nov 14:30'],
    ['tonight', 'ahead', 'Sun 29 Nov 17:00 to Mon 30 Nov 00:00'],
    ['Friday night', 'past', 'Fri 27 Nov 17:00 to Sat 28 Nov 00:00'],
    ['Monday to Wednesday last week', 'past', 'Mon 16 Nov to Wed 18 Nov'],
    ['Monday to Friday next week', 'past', 'Mon 30 Nov to Fri 4 Dec'],
    ['Mon-Wed last week', 'ahead', 'Mon 16 Nov to Wed 18 Nov'],
    ['last night', 'past', 'Sat 28 Nov 17:00 to Sun 29 Nov 00:00'],
    ['morning of 4 Dec', 'ahead', 'Fri 4 Dec 08:00 to 12:00'],
    ['Friday pm', 'ahead', 'Fri 4 Dec 12:00 to 17:00'],
  ] as const)('%s (%s) is %s', (said, direction, echo) => {
    expect(readPeriod(said, read(direction)).echo).toBe(`${echo} (America/New_York)`);
  });

  it.each([
    ['FY27', 'begins on another date in each company'],
    ['last 5 business days', 'depends on working days and holidays'],
    ['next December', 'is not a period'],
    ['2025-2026', 'is not a period'],
    ['late January', 'has no exact bounds. Send a date, or a range like'],
  ])('%s is refused: %s', (said, why) => {
    expect(refusal(() => readPeriod(said, read('ahead')))).toContain(why);
  });
});

describe('in any year and zone', () => {
  const moment = fc
    .tuple(fc.constantFrom(...ZONES, 'Australia/Lord_Howe', 'Europe/London'), fc.integer({ min: 0, max: 20_000_000 }))
    .map(([zone, minutes]) => DateTime.fromISO('2000-01-01T00:00Z', { zone }).plus({ minutes }));
  const runs = { numRuns: 30, seed: 10 };
  const weekday = fc.constantFrom('Monday', 'tue', 'Wed', 'thurs', 'Friday', 'sat', 'Sunday');

  it('a week from a weekday is that weekday, eight to fourteen days ahead', () => {
    fc.assert(
      fc.property(moment, weekday, fc.constantFrom('a week from', 'a week on', 'week'), (present, name, phrase) => {
        const options = { now: present, argument, direction: 'ahead' as const };
        const plain = readDay(name, options).at;
        fc.pre(!plain.hasSame(present, 'day'));
        const said = phrase === 'week' ? `${name} week` : `${phrase} ${name}`;
        expect(readDay(said, options).day).toBe(plain.plus({ weeks: 1 }).toISODate());
      }),
      runs,
    );
  });

  it('every way to write a range on a day is the same range', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 7, max: 20 }), (present, days, hour) => {
        const day = present.startOf('day').plus({ days });
        const [from, to] = [day.set({ hour }), day.set({ hour: hour + 1 })];
        const clock = (at: DateTime): string => at.toFormat('HH:mm');
        const half = (at: DateTime): string => at.toFormat('ha').toLowerCase();
        const iso = day.toISODate();
        const date = day.toFormat('d LLL');
        const options = { now: present, direction: 'ahead' as const };
        for (const said of [
          `${iso} ${clock(from)} to ${clock(to)}`,
          `${iso}T${clock(from)}/${iso}T${clock(to)}`,
          `${date} ${clock(from)}-${clock(to)}`,
          `${date} ${half(from)} to ${half(to)}`,
          `${day.toFormat('ccc d LLL')} ${from.toFormat('h')}-${half(to)}`.replace(/ 11-12pm$/, ' 11am-12pm'),
          `${half(from)}-${half(to)} on ${date}`,
          `${date} ${from.toFormat('HHmm')}-${to.toFormat('HHmm')}`,
        ]) {
          const span = readSpan({ start: said }, options);
          expect([said, span.kind === 'span' && span.start.toISO()]).toEqual([said, from.toISO()]);
          expect([said, span.kind === 'span' && span.end.toISO()]).toEqual([said, to.toISO()]);
        }
      }),
      runs,
    );
  });

  it('the end of a month is its last day', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom('this', 'next', 'last'), (present, which) => {
        const by = { this: 0, next: 1, last: -1 }[which];
        const last = present.plus({ months: by ?? 0 }).endOf('month');
        const options = { now: present, argument, direction: 'either' as const };
        expect(readDay(`end of ${which} month`, options).day).toBe(last.toISODate());
        expect(readDay(`last ${last.toFormat('cccc')} of ${which} month`, options).day).toBe(last.toISODate());
      }),
      runs,
    );
  });
});
