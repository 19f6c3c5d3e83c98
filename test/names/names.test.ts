import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Named } from '../../src/names/index.ts';
import { fitting, nearest } from '../../src/names/rank.ts';
import { ianaZone } from '../../src/names/time-zone.ts';

const named = (id: number, label: string, identifier?: string, record: Record<string, unknown> = {}): Named => ({
  id,
  label,
  ...(identifier !== undefined && { identifier }),
  record,
});
const people = [
  named(1, 'Jordan Doe', 'jdoe', { officeEmail: 'jdoe@example.com' }),
  named(2, 'Alex Chen', 'achen'),
  named(3, 'Alex Rivera', 'arivera'),
  named(4, "Maura O'Brien", 'mobrien'),
];
const companies = [
  named(1, 'Acme Corporation', 'Acme'),
  named(2, 'Acme Dental Group', 'AcmeDental'),
  named(3, 'Müller & Söhne GmbH', 'Mueller'),
];
const ids = (text: string, list: readonly Named[], persons: boolean): number[] =>
  fitting(text, list, persons).map(({ id }) => id);

describe('what a name means', () => {
  it.each([
    ['JDOE', people, true, [1]],
    ['jdoe@example.com', people, true, [1]],
    ['ac', people, true, [2]],
    ['alex', people, true, [2, 3]],
    ['chen', people, true, [2]],
    ["o'brien", people, true, [4]],
    ['Jor', people, true, [1]],
    ['acme', companies, false, [1]],
    ['acme d', companies, false, [2]],
    ['dental', companies, false, [2]],
    ['Acme, Inc.', companies, false, [1, 2]],
    ['sohne', companies, false, [3]],
    ['obrien', people, true, [4]],
    ['ac', companies, false, [1, 2]],
    ['adg', companies, false, [2]],
    ['söhne', companies, false, [3]],
    ['nobody', companies, false, []],
    ['', companies, false, []],
  ])('%s', (text, list, persons, expected) => {
    expect(ids(text, list, persons)).toEqual(expected);
  });

  it('is its own whole name before anything else, in any letter case', () => {
    const label = fc.stringMatching(/^[A-Za-z]{2,8}( [A-Za-z]{2,8})?$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(label, { minLength: 1, maxLength: 8, selector: (text) => text.toLowerCase() }),
        fc.nat(),
        (labels, pick) => {
          const list = labels.map((text, index) => named(index + 1, text));
          const chosen = list[pick % list.length] as Named;
          expect(ids(chosen.label.toUpperCase(), list, false)).toEqual([chosen.id]);
          expect(ids(`  ${chosen.label} `, list, true)).toContain(chosen.id);
        },
      ),
      { numRuns: 300, seed: 17 },
    );
  });

  it('is answered with what is near when nothing fits', () => {
    expect(nearest('Acme Dentl Group', companies)[0]).toBe('Acme Dental Group');
    expect(nearest('qqqq', companies)).toEqual([]);
  });
});

describe('time zones of Manage', () => {
  it.each([
    ['GMT-5/Eastern Time: US & Canada', 'America/New_York'],
    ['(UTC-06:00) Central Time (US & Canada)', 'America/Chicago'],
    ['GMT+5.5/Chennai, Kolkata, Mumbai, New Delhi', 'Asia/Kolkata'],
    ['GMT/Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London', 'Europe/London'],
    ['GMT+10/Canberra, Melbourne, Sydney', 'Australia/Sydney'],
    ['Europe/Vienna', 'Europe/Vienna'],
    ['(UTC+05:45) Somewhere', 'UTC+5:45'],
    ['GMT-3/Nowhere', 'UTC-3'],
    ['Moon', undefined],
  ])('%s is %s', (name, zone) => {
    expect(ianaZone(name)).toBe(zone);
  });
});
