import { describe, expect, it } from 'vitest';
import { asTyped, withoutRemark } from '../../src/names/typed.ts';

describe('a name as it was copied', () => {
  it.each([
    ['"Acme Corporation"', 'Acme Corporation'],
    ['@jdoe', 'jdoe'],
    ['Acme (UK)', 'Acme (UK)'],
    ['- 2: Alex Chen (achen, Senior Engineer)', '2'],
    ['  Acme ', 'Acme'],
    ['(none)', '(none)'],
    ["O'Brien", "O'Brien"],
  ])('%s', (text, meant) => {
    expect(asTyped(text)).toBe(meant);
  });

  it('is tried without its remark after it was tried with it', () => {
    expect(withoutRemark('Alex Chen (achen, Senior Engineer)')).toBe('Alex Chen');
    expect(withoutRemark('(none)')).toBe('(none)');
  });
});
