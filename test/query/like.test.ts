import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeTest } from '../../src/query/like.ts';

/** The same pattern as a regular expression, which may take for ever on a hostile one. */
const asExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/[%*_]|[^%*_]/g, (character) => ({ '%': '[^]*', '*': '[^]*', _: '[^]' })[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`)}$`,
    'iu',
  );

describe('like', () => {
  it.each([
    ['%vpn%', 'The VPN drops', true],
    ['*vpn', 'the vpn', true],
    ['vpn', 'the vpn', false],
    ['v_n', 'VPN', true],
    ['[[]x]', '[x]', true],
    ['[a-f]%', 'Bat', true],
    ['[^a-f]%', 'Bat', false],
    ['', '', true],
    ['%', '', true],
    ['100%', '100', true],
  ])('%j on %j is %s', (pattern, text, expected) => {
    expect(likeTest(pattern)(text)).toBe(expected);
  });

  it('takes what a regular expression of the same meaning takes', () => {
    const letters = (...list: string[]) =>
      fc.array(fc.constantFrom(...list), { maxLength: 7 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters('a', 'b', '%', '*', '_'), letters('a', 'b', 'A', '.'), (pattern, text) => {
        expect(likeTest(pattern)(text)).toBe(asExpression(pattern).test(text));
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });

  it('comes to an end on patterns that others go back and forth on', () => {
    expect(likeTest(`${'%a'.repeat(500)}%b`)('a'.repeat(5_000))).toBe(false);
  });
});
