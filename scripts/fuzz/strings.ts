import fc from 'fast-check';

// What has held a parser up before, or could: openings without an end, separators in rows, words that begin a phrase, hidden characters.
const TOKENS = [
  ...'()[]{}<>"\'`,;:.-_+*/\\|&!?=#@%~ \t\n0199aZ',
  'and ',
  'or ',
  'not ',
  'in (',
  'like ',
  'contains ',
  'null',
  'summary=',
  'a/',
  '"a" ',
  '[2020-01-01T00:00:00Z]',
  'monday ',
  'last ',
  'next ',
  'and a half ',
  'from ',
  'to ',
  'of ',
  'one ',
  '1:',
  '1h ',
  'minus ',
  '2026-',
  'Dec ',
  '<a ',
  '</',
  '<!--',
  '-->',
  '<![CDATA[',
  '](',
  '[a](http:',
  '![',
  '&amp;',
  '&#',
  '&lt;',
  '<img src=x>',
  '<script>',
  '```',
  'List<',
  '\u200b',
  '\u202e',
  '\u{e0041}',
  '\u0301',
  '\ud800',
  '\u001b[31m',
  '\u0000',
  'é',
  '漢',
  '👩‍👩‍👧',
  'ﷺ',
  'İ',
  'a@',
  'http://a/',
  '../',
  '%2e',
  '%zz',
  '__proto__',
  'constructor',
  '$&',
  'data:',
  'Bearer ',
  ', ',
] as const;

const token = fc.constantFrom(...TOKENS);

/** A few tokens repeated to a length, with something before and after. */
function repeated(longest: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(token, { maxLength: 3 }),
      fc.array(token, { minLength: 1, maxLength: 3 }),
      fc.array(token, { maxLength: 3 }),
      fc.constantFrom(1, 40, 400, longest / 10, longest),
    )
    .map(([before, middle, after, length]) => {
      const part = middle.join('');
      return `${before.join('')}${part.repeat(Math.ceil(length / part.length))}${after.join('')}`;
    });
}

/** Texts that somebody who means harm, or a broken program, could send. */
export const hostileText = (longest = 100_000): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: repeated(longest) },
    { weight: 2, arbitrary: fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );

/** JSON values of any shape, with hostile texts and names in them. */
export const hostileValue = (longest = 20_000): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: hostileText(longest) },
    { weight: 1, arbitrary: fc.constantFrom(null, true, -0, 1e308, -1, 0.1, 2 ** 53, {}, [], [[]], '') },
    { weight: 1, arbitrary: fc.array(hostileText(400), { maxLength: 30 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom('id', 'name', 'conditions', '__proto__', 'constructor', 'toString'),
        hostileText(400),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 5_000 })
        .map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown),
    },
  );

/** The same as JSON text; nothing writes as deep a nesting as can be read. */
export const hostileJson = (longest?: number): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: hostileValue(longest).map((value) => {
        try {
          return JSON.stringify(value);
        } catch {
          return 'null';
        }
      }),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('[', '{"a":'), fc.constantFrom(100, 5_000, 20_000))
        .map(([open, depth]) => `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`),
    },
  );
