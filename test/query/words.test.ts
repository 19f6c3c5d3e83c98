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
    ['backup', 'We could not back up the server'],
    ['backup', 'Cannot back up'],
    ['back-up', 'Cannot back up'],
    ['login', 'He cannot log in since noon'],
    ['back up', 'Backup failed'],
    ['loreal', "The L'Oréal office"],
    ['Frau muller', 'Müller, Frau'],
    ['"is slow"', 'Wi-Fi is slow'],
    ['printer OR scanner', 'The scanner jams'],
    ['C#', 'A course in C#'],
    ['10.0.0.1', 'Ping of 10.0.0.1'],
    ["L'Oréal", "The L'Oréal office"],
    ['Dvořák', 'Antonín Dvořák'],
    ['bobs burgers', 'Bob\'s "Best" Burgers'],
    ['ACME-FIR-03', 'ACME-FIR-03 is down'],
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
    ['NAS', 'SOYLEN-SER-06'],
    ['EAS', 'ACME-SER-03'],
    ['mess', 'ACME-SSD-03'],
    ['NASA', 'ZORG-NAS-01'],
    ['win', 'Wi-Fi slow in the meeting room'],
    ['one', 'On-site visit'],
    ['onus', 'On-site visit'],
    ['Itoa', 'Ito-Berg'],
    ['Boba', 'Bob\'s "Best" Burgers'],
    ['Bobo', 'Bob\'s "Best" Burgers'],
    ['SAS', 'Outlook keeps asking for a password'],
    ['top', 'Cannot open the file'],
    ['int', 'Cable in the wall'],
    ['eli', 'Software licence'],
    ['rof', 'Printer of the office'],
    ['DSE', 'Managed seat'],
    ['ann', "Jean-Luc d'Arcy"],
    ['blue', 'A blurred screen'],
    ['backup', 'Back upstairs'],
    ['group', 'A gro upper'],
    ['disk', "Prod'Isk"],
    ['true', 'The trunk'],
  ])('%s do not find %s', (typed, stored) => {
    expect(finds(typed, stored)).toBe(false);
  });
});

describe('what a word finds', () => {
  const wordOf = fc.string({ unit: fc.constantFrom(...'winoscab'), minLength: 3, maxLength: 7 });
  const character = fc.constantFrom(...'wwiinnoossccaabbéíñóšçåñ', ..."'’.- --,;:/&()#+_ \u2013");
  const text = fc.string({ unit: character, maxLength: 40 });
  const found = fc.property(wordOf, text, (word, stored) => {
    fc.pre(!word.includes('ss'));
    // Without accents, and without what may stand inside a word.
    const words = stored
      .normalize('NFKD')
      .replace(/\p{M}|['’.-]/gu, '')
      .split(/[^a-z]+/);
    const holding = words.some((one) => one.includes(word));
    if (finds(word, stored)) expect(`${holding}: ${words.join(' ')}`).toBe(`true: ${words.join(' ')}`);
    if (stored.normalize('NFKD').replace(/\p{M}/gu, '').includes(word)) expect(finds(word, stored)).toBe(true);
  });

  it('stands in one word of the text, accents and marks inside it apart', () => {
    fc.assert(found, { numRuns: 2000 });
  });

  it('is there for each of its spellings that a text is made of', () => {
    const spelt = fc.property(wordOf, text, text, fc.nat(6), (word, before, behind, at) => {
      fc.pre(!word.includes('ss'));
      const mark = `${word.slice(0, at % word.length)}-${word.slice(at % word.length)}`;
      expect(finds(word, `${before}${word}${behind}`)).toBe(true);
      expect(finds(mark.replace(/^-/, ''), `${before} ${word} ${behind}`)).toBe(true);
      expect(finds(word, `${before} ${word.replaceAll('n', 'ñ').replaceAll('i', 'í')} ${behind}`)).toBe(true);
    });
    fc.assert(spelt, { numRuns: 300 });
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
