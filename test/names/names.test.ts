import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ianaZone, type Named } from '../../src/names/index.ts';
import { fitting, folded, nearest, slipsOf } from '../../src/names/match.ts';

const named = (id: number, label: string, identifier?: string, ...alsoCalled: string[]): Named => ({
  id,
  label,
  identifier,
  alsoCalled,
  record: {},
});
const people = [
  named(1, 'Jordan Doe', 'jdoe', 'jdoe@example.com'),
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
  fitting(text, list, persons).records.map(({ id }) => id);

const items = [
  named(1, 'LT-14', undefined, '14" laptop'),
  named(2, 'LT-140'),
  named(3, 'Managed Services 2026'),
  named(4, 'Priority 1 - Critical'),
  named(5, 'Priority 10'),
  named(6, 'Release 1.2'),
];
/** Phases, which answer to their names and to their codes. */
const phases = [named(1, 'Phase 1: Survey', undefined, '2'), named(2, 'Plan', undefined, '1')];

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
    ['DOE, jordan', people, true, [1]],
    ['maura o’brien', people, true, [4]],
    ['Muller & Sohne', companies, false, [3]],
    ['lt14', items, false, [1]],
    ['LT-1', items, false, []],
    ['LT-15', items, false, []],
    ['14 laptop', items, false, [1]],
    ['Managed Services 2025', items, false, []],
    ['managed services', items, false, [3]],
    ['P1', items, false, [4]],
    ['Priority 1', items, false, [4]],
    ['Priority 1 or 2', items, false, []],
    ['release 12', items, false, []],
    ['release 2.1', items, false, []],
    ['1.1', [named(1, 'Phase 1: Survey', undefined, '1')], false, []],
    ['1 plan', phases, false, [2]],
    ['survey phase', phases, false, [1]],
    ['Phase 2', phases, false, []],
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

  it('is never another number', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), fc.constantFrom('LT-', 'Services ', 'v', ''), (one, other, head) => {
        fc.pre(one !== other);
        const list = [named(1, `${head}${one}`)];
        expect(ids(`${head}${other}`, list, false)).toEqual([]);
        expect(slipsOf(`${head}${other}`, list)).toEqual([]);
      }),
      { seed: 5 },
    );
  });

  it.each([
    ['O’Brien', 'obrien'],
    ['Straße', 'strasse'],
    ['Œuvre  Ærø', 'oeuvre aero'],
    ['ﬁrst', 'first'],
    ['Wi-Fi', 'wi fi'],
    ['+++', '+++'],
  ])('%s sounds like %s', (written, sounds) => {
    expect(folded(written)).toBe(sounds);
  });

  it.each([
    ['alex chan', people, [2]],
    ['Alex Riveras', people, [3]],
    ['Blex Chen', people, []],
    ['Acme Dentl Grop', companies, [2]],
    ['chan', people, []],
  ])('%s is a typing slip for %#', (text, list, expected) => {
    expect(slipsOf(text, list).map(({ id }) => id)).toEqual(expected);
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
