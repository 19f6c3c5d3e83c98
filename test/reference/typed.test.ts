import { describe, expect, it } from 'vitest';
import { asTyped } from '../../src/reference/typed.ts';

describe('a name as it was copied', () => {
  it.each([
    ['"Acme Corporation"', 'Acme Corporation'],
    ['@jdoe', 'jdoe'],
    ['Alex Chen (achen, Senior Engineer)', 'Alex Chen'],
    ['- 2: Alex Chen (achen, Senior Engineer)', '2'],
    ['  Acme ', 'Acme'],
    ['(none)', '(none)'],
    ["O'Brien", "O'Brien"],
  ])('%s', (text, meant) => {
    expect(asTyped(text)).toBe(meant);
  });
});
