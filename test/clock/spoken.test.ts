import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ClockError, readLength, readMoment, readSpan } from '../../src/clock/index.ts';

/** Tuesday afternoon. */
const now = DateTime.fromISO('2026-11-24T16:20', { zone: 'America/New_York' }) as DateTime<true>;
const options = { now, direction: 'past' as const, argument: 'start' };
const shown = (said: string): string => readMoment(said, options).at.toFormat('d HH:mm');

describe('a time of day as it is said or written', () => {
  it.each([
    ['9', '24 09:00'],
    ['17', '24 17:00'],
    ['14.30', '24 14:30'],
    ['1400', '24 14:00'],
    ['14h30', '24 14:30'],
    ['13:00h', '24 13:00'],
    ['nine thirty', '24 09:30'],
    ['nine am', '24 09:00'],
    ['quarter to 3pm', '24 14:45'],
    ['half past nine', '24 09:30'],
    ['8 this morning', '24 08:00'],
    ['3 in the afternoon', '24 15:00'],
    ['this morning 9', '24 09:00'],
    ['yesterday afternoon 3:30', '23 15:30'],
    ['Monday morning 0815', '23 08:15'],
    ['last night 9', '23 21:00'],
    ['2pm on the 20th', '20 14:00'],
    ['around 2pm', '24 14:00'],
    ['9am PST', '24 12:00'],
    ['9am IST', '23 22:30'],
    ['2026-11-24 14:00 America/Chicago', '24 15:00'],
    ['Nov 24, 2026 at 2:15 PM', '24 14:15'],
    ['03:30', '24 03:30'],
  ])('%s', (said, expected) => {
    expect(shown(said)).toBe(expected);
  });

  it.each(['3', '3:30', 'last friday at 3', 'half past two'])('can be either side of noon: %s', (said) => {
    expect(() => shown(said)).toThrow(/can be read as 0[23]:\d\d or 1[45]:\d\d/);
  });

  it.each([
    ['past', '6:45', '07:29', '06:45'],
    ['past', 'half past six today', '07:29', '06:30'],
    ['ahead', '3', '10:00', '15:00'],
  ] as const)('can be only one side of noon, about the %s: %s at %s', (direction, said, clock, expected) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    const then = now.set({ hour, minute }) as DateTime<true>;
    expect(readMoment(said, { now: then, argument: 'start', direction }).at.toFormat('HH:mm')).toBe(expected);
  });

  it.each(['gestern 14:00', '2pm or 3pm', '2pm except Mondays', '24/11 2pm next to nothing'])(
    'is refused when a part of it would be lost: %s',
    (said) => {
      expect(() => shown(said)).toThrow(ClockError);
    },
  );

  it.each([
    ['11 to 1', '11:00', '13:00'],
    ['9-10:30', '09:00', '10:30'],
    ['this morning 9-11', '09:00', '11:00'],
    ['this morning 9 to 11', '09:00', '11:00'],
    ['0900-1030', '09:00', '10:30'],
    ['between 2 and 3pm', '14:00', '15:00'],
    ['22:00 to 1:00', '22:00', '01:00'],
    ['11am till 1', '11:00', '13:00'],
  ])('%s is a range', (said, start, end) => {
    const range = readSpan({ start: said }, options);
    expect(range.kind === 'span' && [range.start.toFormat('HH:mm'), range.end.toFormat('HH:mm')]).toEqual([start, end]);
  });
});

describe('a length of time as it is said or written', () => {
  it.each([
    ['1h30', 1.5],
    ['PT45M', 0.75],
    ['PT1H30M', 1.5],
    ['three hours', 3],
    ['two and a half hours', 2.5],
    ['1 1/2 hours', 1.5],
    ['2½ hours', 2.5],
    ['forty five minutes', 0.75],
    ['about an hour', 1],
    ['~90 mins', 1.5],
    ['5400 seconds', 1.5],
    ['00:45:00', 0.75],
  ])('%s', (said, hours) => {
    expect(readLength(said, { argument: 'hours' })).toBe(hours * 60);
  });

  it.each(['-1', '0', '', 'a while', '1 day', '2 of 3 hours'])('is not a length: %s', (said) => {
    expect(() => readLength(said, { argument: 'hours' })).toThrow(ClockError);
  });
});
