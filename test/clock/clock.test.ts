import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  ClockError,
  fromManage,
  readDay,
  readLength,
  readMoment,
  readPeriod,
  readSpan,
  showMoment,
  showRange,
  toManage,
} from '../../src/clock/index.ts';

const now = DateTime.fromISO('2026-11-24T16:20', { zone: 'America/New_York' });
const options = { now, direction: 'past' as const, argument: 'start' };

describe('a moment that somebody said', () => {
  it.each([
    ['2pm', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['from 2pm', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['yesterday 14:00', 'Mon 23 Nov 2026 14:00', '2026-11-23T19:00:00Z'],
    ['this morning at 9', 'Tue 24 Nov 2026 09:00', '2026-11-24T14:00:00Z'],
    ['on Wednesday at 10:15', 'Wed 18 Nov 2026 10:15', '2026-11-18T15:15:00Z'],
    ['half an hour ago', 'Tue 24 Nov 2026 15:50', '2026-11-24T20:50:00Z'],
    ['now', 'Tue 24 Nov 2026 16:20', '2026-11-24T21:20:00Z'],
    ['2026-11-24T14:00', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['2026-11-24 14:00', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['2026-11-24T14:00:00Z', 'Tue 24 Nov 2026 09:00', '2026-11-24T14:00:00Z'],
    ['2026-11-24T14:00:00.999-05:00', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['[2026-11-24T14:00:00Z]', 'Tue 24 Nov 2026 09:00', '2026-11-24T14:00:00Z'],
    ['7pm UTC', 'Tue 24 Nov 2026 14:00', '2026-11-24T19:00:00Z'],
    ['13/11/2026 2pm', 'Fri 13 Nov 2026 14:00', '2026-11-13T19:00:00Z'],
    // The clocks went back: 1:30 came twice, the first one is meant.
    ['2026-11-01 01:30', 'Sun 1 Nov 2026 01:30', '2026-11-01T05:30:00Z'],
  ])('%s', (said, local, utc) => {
    const moment = readMoment(said, options).at;
    expect(showMoment(moment)).toBe(local);
    expect(toManage(moment)).toBe(utc);
  });

  it.each([
    ['03/04/2026 2pm', /2026-03-04 or 2026-04-03/],
    ['yesterday', /no time of day/],
    ['2026-11-24', /no time of day/],
    ['nine-ish', /"nine-ish" .*Send "2pm"/],
    ['soon', /is not a time/],
    ['2026-02-30T10:00', /not a date that exists/],
    ['2026-03-08 02:30', /does not exist.*clocks went forward/],
  ])('%s is refused with what to send', (said, message) => {
    expect(() => readMoment(said, options).at).toThrow(ClockError);
    expect(() => readMoment(said, options).at).toThrow(message);
  });

  it('keeps the wall clock through any zone and any day', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'America/St_Johns',
    );
    const minutes = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const moment = DateTime.fromISO('2025-01-01T00:00', { zone }).plus({ minutes: minute });
        const wall = moment.toFormat("yyyy-MM-dd'T'HH:mm");
        const read = readMoment(wall, { now: moment, direction: 'past', argument: 'start' }).at;
        expect(read.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(wall);
        expect(toManage(readMoment(toManage(moment), { now: moment, direction: 'past', argument: 'start' }).at)).toBe(
          toManage(moment),
        );
        expect(fromManage(toManage(moment), zone)?.toMillis()).toBe(moment.toMillis());
      }),
      { numRuns: 500, seed: 8 },
    );
  });
});

describe('days, periods and ranges', () => {
  it.each([
    ['today', '2026-11-24'],
    ['yesterday', '2026-11-23'],
    ['friday', '2026-11-20'],
    ['3 march', '2026-03-03'],
    ['[2026-11-01]', '2026-11-01'],
  ])('%s is a day', (said, day) => {
    expect(readDay(said, options).at.toISODate()).toBe(day);
  });

  it.each([
    ['this week', '2026-11-23', '2026-11-30'],
    ['last month', '2026-10-01', '2026-11-01'],
    ['last 7 days', '2026-11-17', '2026-11-24'],
    ['since monday', '2026-11-23', '2026-11-24'],
    ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-16'],
    ['2026-11', '2026-11-01', '2026-12-01'],
    ['November 2026', '2026-11-01', '2026-12-01'],
    ['yesterday', '2026-11-23', '2026-11-24'],
  ])('%s is a period', (said, start, end) => {
    const period = readPeriod(said, options);
    expect([period.start.toISODate(), period.end.toISODate()]).toEqual([start, end]);
  });

  it.each([
    ['2pm to 3:30 yesterday', 'Mon 23 Nov 2026 14:00-15:30'],
    ['14:00-14:45', 'Tue 24 Nov 2026 14:00-14:45'],
    ['from 9 to 11am', 'Tue 24 Nov 2026 09:00-11:00'],
    ['22:00 to 1:00', 'Tue 24 Nov 2026 22:00 - Wed 25 Nov 2026 01:00'],
    ['9 to 5 yesterday', 'Mon 23 Nov 2026 09:00-17:00'],
    ['9:00 to 5:30', 'Tue 24 Nov 2026 09:00-17:30'],
    ['1pm to 3:30', 'Tue 24 Nov 2026 13:00-15:30'],
  ])('%s is a range', (said, shown) => {
    const range = readSpan({ start: said }, options);
    expect(range.kind === 'span' && showRange(range.start, range.end)).toBe(shown);
  });

  it.each([
    ['20 Nov 11:00', '20 Nov 10:00'],
    ['20 Nov 15:30', '20 Nov 8:30'],
    ['20 Nov 16:00', '8:30'],
    ['20 Nov 15:30', '4:30'],
    ['20 Nov 11:00', '10:00'],
    ['20 Nov 20:30', '8:15'],
    ['friday 9:00', 'friday 5:30'],
    ['2026-11-20 15:30', '2026-11-20 08:30'],
  ])('%s to %s is no range: the end lies before the start', (start, end) => {
    expect(() => readSpan({ start, end }, options)).toThrow(/end is not after start/);
  });

  it('turns over at local midnight, also when UTC is a day ahead', () => {
    const late = DateTime.fromISO('2026-11-24T23:30', { zone: 'America/New_York' });
    expect(toManage(readMoment('11pm', { now: late, direction: 'past', argument: 'start' }).at)).toBe(
      '2026-11-25T04:00:00Z',
    );
    expect(readDay('yesterday', { now: late, direction: 'past', argument: 'day' }).at.toISODate()).toBe('2026-11-23');
  });

  it.each(['gibberish', '03/04', '2026-11-15..2026-11-01'])('%s is not a period', (said) => {
    expect(() => readPeriod(said, options)).toThrow(ClockError);
  });
});

describe('hours', () => {
  it.each([
    [0.75, 0.75],
    ['45 minutes', 0.75],
    ['1h 30m', 1.5],
    ['0:45', 0.75],
    ['an hour', 1],
    ['half an hour', 0.5],
    ['1,5 h', 1.5],
    ['1 hour and 15 minutes', 1.25],
  ])('%s', (said, hours) => {
    expect(readLength(said, { argument: 'hours' })).toBe(hours * 60);
  });

  it.each([0, -1, 'soon', '', '45 parsecs', Number.NaN])('%s is refused', (said) => {
    expect(() => readLength(said, { argument: 'hours' })).toThrow(ClockError);
  });
});
