import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Expression,
  holdsWords,
  matcher,
  parse,
  phoneLike,
  print,
  samePhone,
  wordsIn,
} from '../../src/query/index.ts';

/** As the server would answer: the query written out, read again and put to a record. */
const finds = (text: string, name: string): boolean =>
  matcher(parse(print(wordsIn('name', text) as Expression)))({ name });

describe('a text search', () => {
  it.each([
    ['muller', 'Müller & Söhne'],
    ['müller', 'Muller Ltd'],
    ['Mueller', 'Müller & Söhne'],
    ['Müller', 'MUELLER'],
    ['strasse', 'Hauptstraße 5'],
    ['senor nino', 'El Niño, Señor'],
    ['Bob’s', "Bob's Burgers"],
    ["bob's", 'Bob’s Burgers'],
    ["bob's", 'Bobs Burgers'],
    ['wifi down', 'Wi-Fi is down'],
    ['Wi-Fi', 'wifi'],
    ['wi-fi', 'Wi‑Fi'],
    ['e-mail', 'Email bounces'],
    ['50%', '50% Off Outlet'],
    ['"is down"', 'Printer is down'],
    ['printer OR scanner', 'The scanner'],
    ['Grace Keller <grace@acme.test>', 'grace keller'],
    ['Grace Keller <grace@acme.test>', 'grace@acme.test'],
  ])('for %s finds %s', (text, name) => {
    expect(finds(text, name)).toBe(true);
    expect(holdsWords(text, name)).toBe(true);
  });

  it.each([
    ['muller', 'Miller'],
    ['muller', 'Moller & Co'],
    ['bob', 'Rob'],
    ['vpn slow', 'VPN'],
    ['50%', '500 Off'],
    ['a_b', 'axb'],
    ['"is down"', 'down is'],
  ])('for %s does not find %s', (text, name) => {
    expect(finds(text, name)).toBe(false);
  });

  it('finds every name by its own words, in any letter case', () => {
    const name = fc.string({ unit: fc.constantFrom(..."abcdeöüßñé -'’.,&()50%_[]"), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(name, (text) => {
        fc.pre(text.trim() !== '');
        expect(finds(text, text)).toBe(true);
        expect(finds(text, text.toUpperCase().replaceAll('SS', 'ß'))).toBe(true);
      }),
    );
  });

  it('stays short for a long text', () => {
    const text = 'the quick brown fox jumps over the lazy dog again and again '.repeat(5);
    expect(encodeURIComponent(print(wordsIn('summary', text) as Expression)).length).toBeLessThan(4_000);
    expect(finds(text, text)).toBe(true);
  });
});

describe('a phone number', () => {
  const found = (text: string, value: string): boolean =>
    matcher(parse(print(phoneLike('value', text) as Expression)))({ value });

  it.each([
    ['+1 (518) 555-7398', '5185557398'],
    ['518.555.7398', '(518) 555-7398'],
    ['5185557398', '+1 518 555 7398'],
    ['+44 20 7946 0958', '020 7946 0958'],
    ['555-7398', '518-555-7398'],
  ])('%s finds %s', (text, value) => {
    expect(found(text, value)).toBe(true);
    expect(samePhone(text, value)).toBe(true);
  });

  it('is told from another, and from what is none', () => {
    expect(samePhone('518-555-7398', '518-555-7399')).toBe(false);
    expect(found('518-555-7398', '518-555-7399')).toBe(false);
    expect(phoneLike('value', 'Grace')).toBeUndefined();
    expect(phoneLike('value', '12')).toBeUndefined();
  });
});
