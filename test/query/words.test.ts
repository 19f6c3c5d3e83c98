import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, matcher, parse, print, wordsIn } from '../../src/query/index.ts';

const finds = (typed: string, stored: string): boolean => {
  const expression = wordsIn('name', typed);
  // Through the wire and back, as Manage reads it.
  return expression !== undefined && matcher(parse(print(expression)))({ name: stored });
};

describe('the words of a text', () => {
  it.each([
    ['muller', 'Müller & Söhne'],
    ['MÜLLER', 'Muller Ltd'],
    ['mueller', 'Müller & Söhne'],
    ['Müller', 'Mueller GmbH'],
    ['strasse', 'Hauptstraße'],
    ['Bob’s', 'Bob\'s "Best" Burgers'],
    ['bobs', "Bob's Burgers"],
    ["Bob's", 'Bobs Burgers'],
    ['obrien', "Maeve O'Brien"],
    ['wifi', 'Wi-Fi is slow'],
    ['Wi-Fi', 'WiFi is slow'],
    ['e-mail', 'Email bounces'],
    ['email', 'E-mail bounces'],
    ['backup', 'Back-up failed'],
    ['Frau muller', 'Müller, Frau'],
    ['"is slow"', 'Wi-Fi is slow'],
    ['printer OR scanner', 'The scanner jams'],
    ['C#', 'A course in C#'],
    ['10.0.0.1', 'Ping of 10.0.0.1'],
  ])('%s find %s', (typed, stored) => {
    expect(finds(typed, stored)).toBe(true);
  });

  it.each([
    ['10.0.0.1', '10-0-0-1'],
    ['LT-15', 'LT-14'],
    ['C#', 'A course in C'],
    ['muller', 'Miller & Sons'],
    ['art', 'A bright place'],
    ['it', 'I-T group'],
    ['"slow is"', 'Wi-Fi is slow'],
    ['50%', '500 pages'],
  ])('%s do not find %s', (typed, stored) => {
    expect(finds(typed, stored)).toBe(false);
  });
});

describe('words for a URL', () => {
  const fields = { texts: ['description'], codes: ['identifier'] };

  it('find other spellings, and codes', () => {
    const matches = (typed: string) =>
      matcher(parse(print(wordsIn(fields.texts, typed, fields.codes) as Expression)))({
        identifier: 'LT-14',
        description: 'Café chair',
      });
    expect(['cafe', 'CAFÉ chair', 'lt-14'].map(matches)).toEqual([true, true, true]);
    expect(matches('table')).toBe(false);
  });

  it('always filter, however many they are', () => {
    const word = fc.stringMatching(/^[a-z]{3,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const found = wordsIn(fields.texts, words.join(' '), fields.codes);
        expect(found).toBeDefined();
        expect(matcher(found as Expression)({ identifier: '', description: '' })).toBe(false);
        expect(matcher(found as Expression)({ identifier: '', description: words.join(' ') })).toBe(true);
      }),
    );
  });
});

describe('the query of many words', () => {
  it('fits into a URL', () => {
    const words = 'the printer of Frau Müller-Strasse on the second floor is out of toner and smells of burning again';
    for (const paths of [['name'], ['name', 'identifier'], ['name', 'serialNumber', 'tagNumber']]) {
      for (const text of [words, 'Müllers', "Bob's Best Burgers", 'engineering OR sales']) {
        const expression = wordsIn(paths, text);
        const plain = text.split(' ').length * paths.length * 40;
        expect(encodeURIComponent(expression === undefined ? '' : print(expression)).length).toBeLessThan(1000 + plain);
      }
    }
  });
});
