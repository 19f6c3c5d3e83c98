import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, quoter } from '../../src/text/index.ts';
import { axisOf, hoursOn } from '../../views/calendar/axis.ts';
import { dayAfter, instantAt, spanOf } from '../../views/calendar/clock.ts';
import { placeInLanes, type Span } from '../../views/calendar/lanes.ts';
import { unquoted } from '../../views/shared/outside-text.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 300 }))
  .map(([from, length]): Span => ({ from, to: Math.min(from + length, 1440) }));
const spans = fc.array(span, { maxLength: 20 });

const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
const at = <T>(list: readonly T[], index: number): T => list[index] as T;

describe('entries that overlap', () => {
  it('never cover each other', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const lanes = placeInLanes(given);
        for (const [i, a] of given.entries())
          for (const [j, b] of given.entries())
            if (i < j && overlap(a, b)) {
              expect(at(lanes, i).lane).not.toBe(at(lanes, j).lane);
              // Lanes of one width, so that blocks side by side cannot reach into each other.
              expect(at(lanes, i).lanes).toBe(at(lanes, j).lanes);
            }
      }),
    );
  });

  it('are as wide as the busiest moment allows, and alone they have the whole day', () => {
    fc.assert(
      fc.property(spans, (given) => {
        for (const [index, { lane, lanes }] of placeInLanes(given).entries()) {
          expect(lane).toBeGreaterThanOrEqual(0);
          expect(lane).toBeLessThan(lanes);
          if (!given.some((other, i) => i !== index && overlap(other, at(given, index)))) expect(lanes).toBe(1);
        }
        const busiest = Math.max(
          0,
          ...given.map(({ from }) => given.filter((b) => b.from <= from && from < b.to).length),
        );
        expect(Math.max(0, ...placeInLanes(given).map(({ lanes }) => lanes))).toBe(busiest);
      }),
    );
  });

  it('are placed the same in any order', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const widths = (list: readonly Span[]): string[] =>
          placeInLanes(list)
            .map(({ lanes }, index) => `${at(list, index).from}-${at(list, index).to}:${lanes}`)
            .sort();
        expect(widths([...given].reverse())).toEqual(widths(given));
      }),
    );
  });
});

describe('the calendar', () => {
  it.each([
    ['08:30', '09:15', { from: 510, to: 555 }],
    ['23:00', '00:30', { from: 1380, to: 1440 }],
    ['00:00', '00:00', { from: 0, to: 1440 }],
  ])('reads %s-%s', (start, end, expected) => {
    expect(spanOf(start, end)).toEqual(expected);
  });

  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-08', -1, '2026-03-07'],
  ])('steps from %s by %i to %s', (day, days, expected) => {
    expect(dayAfter(day, days)).toBe(expected);
  });
});

describe('the axis of a calendar', () => {
  it('shows every minute of every entry in full, in order, and folds what is empty', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const axis = axisOf(given);
        for (const { from, to } of given) expect(axis.place(to) - axis.place(from)).toBeCloseTo(to - from);
        for (let minute = 0; minute < 1440; minute += 30)
          expect(axis.place(minute)).toBeLessThanOrEqual(axis.place(minute + 30));
        // What is dropped at a place lands on its minute.
        for (const { from } of given) expect(axis.minuteAt(axis.place(from))).toBeCloseTo(from, 6);
        expect(axis.place(1440)).toBe(axis.length);
        expect(axis.length).toBeLessThanOrEqual(1440);
      }),
    );
  });

  it('shows office hours alone where nothing else happened, and folds the night before an early call', () => {
    expect(axisOf([]).stretches).toEqual([{ from: 480, to: 1020, isFolded: false }]);
    const early = axisOf([{ from: 130, to: 170 }]);
    expect(early.stretches).toEqual([
      { from: 120, to: 180, isFolded: false },
      { from: 180, to: 480, isFolded: true },
      { from: 480, to: 1020, isFolded: false },
    ]);
    expect(hoursOn(early).slice(0, 3)).toEqual([120, 480, 540]);
  });
});

describe('a time on the clock of a zone', () => {
  it.each([
    [{ date: '2026-11-24', time: '10:45', zone: 'America/New_York' }, '2026-11-24T10:45:00-05:00'],
    [{ date: '2026-07-01', time: '00:15', zone: 'Asia/Kolkata' }, '2026-07-01T00:15:00+05:30'],
    [{ date: '2026-11-24', time: '01:30', zone: 'UTC', after: '23:00' }, '2026-11-25T01:30:00+00:00'],
    // An hour after and an hour before the clocks change.
    [{ date: '2026-03-08', time: '03:30', zone: 'America/New_York' }, '2026-03-08T03:30:00-04:00'],
    [{ date: '2026-11-01', time: '00:30', zone: 'America/New_York' }, '2026-11-01T00:30:00-04:00'],
    [{ date: '2026-11-01', time: '02:30', zone: 'America/New_York' }, '2026-11-01T02:30:00-05:00'],
  ])('%j is %s', (time, expected) => {
    expect(instantAt(time)).toBe(expected);
  });
});

describe('text from outside', () => {
  it('is shown without the markers that the server put around it for the model, and with all others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cleaned: string = clean(text);
        fc.pre(cleaned !== '');
        const shown = unquoted(quoter()(text));
        expect(shown.length).toBeLessThanOrEqual(cleaned.length);
        if (!/[0-9a-f]{8}/.test(cleaned)) expect(shown).toBe(cleaned);
      }),
    );
    expect(unquoted('<<aaaa\nnot closed')).toBe('<<aaaa\nnot closed');
    expect(unquoted('<<aaaa\nclosed by another\nbbbb>>')).toBe('<<aaaa\nclosed by another\nbbbb>>');
    expect(unquoted('plain')).toBe('plain');
  });
});
