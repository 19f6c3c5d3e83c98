/** A text with `%` or `*` for anything, as Manage's own `like` takes it. */
const patternOf = (like: string): RegExp =>
  new RegExp(
    `^${like
      .split(/[%*]+/)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    'is',
  );

const TESTS: Readonly<Record<string, (value: string) => (text: string) => boolean>> = {
  contains: (value) => (text) => text.toLowerCase().includes(value.toLowerCase()),
  like: (value) => (text) => patternOf(value).test(text),
};

/**
 * How an operator of `where` compares with a part of a text, in any letter case.
 * @param op as `whereOperator` gives it: contains, notContains, like, notLike
 * @returns nothing for operators that compare otherwise
 */
export function partTest(op: string, value: string): ((text: string) => boolean) | undefined {
  const negated = /^not/.test(op);
  const test = TESTS[negated ? op.slice(3).toLowerCase() : op]?.(value);
  return test && ((text) => test(text) !== negated);
}
