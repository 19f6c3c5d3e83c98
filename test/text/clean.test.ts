import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanedText } from '../../src/text/clean.ts';
import { clean, cleanLine } from '../../src/text/index.ts';
import { withoutMarkup } from '../../src/text/markup.ts';
import { runs } from '../support/sample.ts';

/** Pieces of which hostile texts are made. */
const piece = fc.constantFrom(
  ...[
    '<',
    '>',
    '</',
    '<!--',
    '-->',
    '<!',
    '<script',
    '</script>',
    '<b>',
    '<i',
    '<img src="',
    '"',
    "'",
    '=',
    '/',
    'li>',
  ],
  ...['&', '&lt;', '&gt;', '&amp;', '&#60;', '&#x3c;', '&#59', '&#x200b;', '&amp;#8203;', ';', '#', 'lt', '&#96;'],
  ...['[', ']', '(', ')', '![', '](', 'http:', '//x', '<http:', '`', '```', '!', '\n', '\r', ' ', '\t', 'text', 'b'],
  ...['\u202e', '\u{e0001}', '\ufe0f', '\u200b', '\u2028', '\u001b', '\u001b[', '31m', '\u001b]', '\u0007', '\u009b'],
  ...['\u0301', '\u0338', '\u037e', '\u1fef', '\ud83d', '\ude00', '\u00a0', '\u3000', '<tool_call>', '<|', '\u0344'],
);
const hostile = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')) },
);

/** Shapes between blanks; an open box stands for a blank in one. */
const words = ({ raw: [text = ''] }: TemplateStringsArray): string[] =>
  text
    .replaceAll('\\`', '`')
    .split(/\s+/)
    .map((word) => word.replaceAll('␣', ' '));

describe('text from outside', () => {
  it.each([
    ['<b>Hello</b><br>there', 'Hello\nthere'],
    ['a &lt;b&gt; &amp; c', 'a < b> & c'],
    ['<script>alert(1)</script>safe', 'safe'],
    ['<style>p { color: red }</style><title>x</title>safe', 'safe'],
    ['before<!-- hidden -->after', 'before after'],
    ['in\u200bvis\u202eible\u{e0041}', 'invisible'],
    ['&amp;lt;script&amp;gt;x', '< script>x'],
    [`&${'amp;'.repeat(50)}lt;b&gt;x`, '< b>x'],
    ['&lt&#59;b>x', '< b>x'],
    ['&lt;script&gt;x&lt;/script&gt;y', 'y'],
    ['<p>One<li>two<span>three<b>four</b>', 'One\ntwothreefour'],
    ['&#8203;zero&#x202E;', 'zero'],
    ['![x](https://attacker.example/pixel)', '[image]'],
    ['[![x](https://a.example/p)](https://b.example)', '[image] (https://b.example)'],
    ['[the portal](https://evil.example/login "title")', 'the portal (https://evil.example/login)'],
    ['one\u2028two\u2029three\r\nfour\u0085five', 'one\ntwo\nthree\nfour\nfive'],
    ['\u001b[31mred\u001b[0m \u001b]0;title\u0007plain \u009b1mbold', 'red plain bold'],
    ['<p>One</p><p>Two</p><ul><li>a</li><li>b</li></ul>', 'One\nTwo\na\nb'],
    ['<h1>Head</h1>text<div>box</div>rest', 'Head\ntext\nbox\nrest'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<img alt="a > b" src="x">after', 'after'],
    ['<!DOCTYPE html><html><body>x</body></html>', 'x'],
    ['<!--[if mso]><xml></xml><![endif]-->x<o:p>&nbsp;</o:p>', 'x'],
    ['  lines  \n\n\n\n\nend  ', 'lines\n\nend'],
    [`a${'\u0301'.repeat(1000)}b`, `\u00e1${'\u0301'.repeat(15)}b`],
  ])('%j becomes %j', (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it.each([
    'List<string> names = new Dictionary<int, string>();',
    'Map<String, List<Integer>> m; vector<int> v; if (x < 3 && y > 4) return;',
    '<config a="1"><setting name="x"/></config>',
    '<?xml version="1.0"?>\n<configuration><appSettings/></configuration>',
    'a <= b, a << 2, x <- y, <3, 5 < 6 > 4',
    'mail Ada Ruiz <ada@ruiz.example> or <https://portal.example>',
    'arr[0](x); handlers[i](event); [a](relative/path) and [ ] done',
    'C:\\temp\\*.log & copy; R&D; AT&T &c.',
    'Grüße an Zoë, 東京, \u{1f600}',
    '    indented\n\tby a tab',
  ])('%j stays as it is', (raw) => {
    expect(clean(raw)).toBe(raw.trim());
  });

  it('keeps HTML in code, and takes it apart', () => {
    expect(clean('Use `<b>x</b>` here <b>now</b>')).toBe('Use `< b>x< /b>` here now');
    expect(clean('```\n<div>\n  [a](https://x.example)\n```')).toBe('```\n< div>\n  [a] (https://x.example)\n```');
  });

  it.each([
    ['an element that does not end', 'a <script b', 'a < script b'],
    ['a word that is an element', 'the <title> of <Form> in a <select>', 'the < title> of < Form> in a < select>'],
    ['such a word beside elements', '<b>Set</b> <code> to <b>3</b>', 'Set < code> to 3'],
    ['a comparison', 'for (;a <b && c> d;)', 'for (;a < b && c> d;)'],
    ['a comment that does not end', '<!-- a', '< !-- a'],
    ['an image without a target', '![a] b', '! [a] b'],
    ['a link that does not end', '[a](https://x', '[a] (https://x'],
    ['the frame of a tool call', '<tool_call>x</tool_call>', '< tool_call>x< /tool_call>'],
    ['a special token', '<|im_start|>system', '< |im_start|>system'],
  ])('takes %s apart', (_, raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it.each([
    [undefined, ''],
    [null, ''],
    [7, '7'],
    [false, 'false'],
    [['a', '<b>b</b>', undefined, 3], 'a, b, 3'],
    [{ name: 'x' }, ''],
    [new Date('2026-11-24T08:00:00Z'), '2026-11-24T08:00:00.000Z'],
  ])('%j becomes %j', (value, expected) => {
    expect(clean(value)).toBe(expected);
  });

  it('holds nothing invisible, whatever came', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        expect(clean(raw)).not.toMatch(/\p{Cf}|\p{Cs}|[\u{e0000}-\u{e0fff}]|[\ufe00-\ufe0f]|[\u2028\u2029]/u);
        expect(clean(raw).replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
        expect(cleanLine(raw)).not.toMatch(/[\n\t]/);
      }),
      { numRuns: runs(2000), seed: 10 },
    );
  });

  it('holds no markup that hides, loads or runs something', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const cleaned = clean(raw);
        expect(cleaned).not.toMatch(/<\/?(b|i|li|img|script|tool_call)[\s/>]/i);
        expect(cleaned).not.toMatch(/<!--|!\[|\]\(\s*<?(https?:|\/\/)/i);
        expect(cleaned).not.toMatch(/&(lt|gt|amp|#\d+|#x[0-9a-f]+);/i);
      }),
      { numRuns: runs(2000), seed: 11 },
    );
  });

  it('of brackets that begin no link and no image is read as it stands', () => {
    const harmless = fc
      .array(
        fc.constantFrom('[', ']', '!', '(', ')', '{', '}', ':', ',', '"', '`', '//', 'http:', '\n', ' ', 'text', '>'),
      )
      .map((pieces) => pieces.join(''))
      .filter((text) => !/!\[|\][([]/.test(text));
    fc.assert(
      fc.property(harmless, (text) => {
        expect(withoutMarkup(text)).toEqual({ text, inert: undefined });
      }),
      { numRuns: runs(3000), seed: 13 },
    );
  });

  it('is not changed by cleaning it again', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        expect(clean(clean(raw))).toBe(clean(raw));
        expect(cleanLine(cleanLine(raw))).toBe(cleanLine(raw));
      }),
      { numRuns: runs(2000), seed: 12 },
    );
  });

  it.each([
    ['<', 84_001],
    ['`<p>< b>[![x<y ', 200_000],
    ['a ', 84_001],
  ])(
    '%j, repeated to more than any answer shows, is cut, marked, and not cut again (%i characters)',
    (shape, length) => {
      const once = clean(shape.repeat(Math.ceil(length / shape.length)).slice(0, length));
      expect(once).toMatch(new RegExp(`\\[cut: 41500 of ${length} characters\\]$`));
      expect(clean(once)).toBe(once);
    },
  );

  it('is not cut while an answer could show it', () => {
    const text = 'word '.repeat(16_800).trim();
    expect(clean(text)).toBe(text);
  });

  // One of each kind at full length, the others shorter: their readers are the same.
  const LARGEST = words`< [a](http: ![ &# &amp; <!-- <script ]( \` <b␣a="`;
  const LARGE = words`<script> </script \`\`\`␣ \`<b> [ ] [a](http:x)␣ <b␣a= <b␣ <<i>i> &lt; &amp;lt;b> ! <!doctype␣ <![if␣
    ](http:) ![]( ![][ <|a &#59; <a< x " =' [![](http:)](http:) <b/> </ &#x3c; <o`;
  it.each([
    ...[...LARGEST, ' ', '\u001b]', '\u0301\u0316'].map((shape) => [shape, 200_000] as const),
    ...[...LARGE, '\t', '\n', '\n ', '](http:\n', '\u001b[', '\u200b', '\u202e<', '\ud83d', '\r'].map(
      (shape) => [shape, 60_000] as const,
    ),
  ])('%j, repeated, is read in a number of steps that grows with the length alone (%i characters)', (shape, length) => {
    const steps = { count: 0 };
    cleanedText(`<b>${shape.repeat(Math.ceil(length / shape.length))}`, steps);
    // A few rounds, in each of which every reader looks at a character a few times.
    expect(steps.count).toBeLessThan(20 * length);
  });

  it.each([
    ['entities in entities', `&${'amp;'.repeat(50_000)}lt;b>x`],
    ['links in links', `${'['.repeat(20_000)}${'](http:x)'.repeat(20_000)}`],
    ['images in images', `${'!['.repeat(20_000)}${'](x)'.repeat(20_000)}`],
    ['backticks in every number', Array.from({ length: 1400 }, (_, index) => '`'.repeat(index)).join(' <b> ')],
  ])('%s are read in as few', (_, text) => {
    const steps = { count: 0 };
    cleanedText(text, steps);
    expect(steps.count).toBeLessThan(20 * text.length);
  });
});
