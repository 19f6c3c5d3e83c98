/** What is no sentence of ours: quoted text from outside, rows of tables, indented rows of a sheet, requests. */
const OTHERS = /<<(\w+)\n[\s\S]*?\n\1>>|^.* \| .*$|^ {2}\S.*$|^[^\n]*[{[]".*$/gm;

/** What a part that was left out, or put in without a look, leaves behind. */
const SIGNS: readonly (readonly [sign: RegExp, what: string])[] = [
  [/\S {2,}\S/, 'two blanks'],
  [/\(\s*\)/, 'empty parentheses'],
  [/,\s*[,.;)]|:\s*[,;]/, 'an empty part of a list'],
  [/\bundefined\b|\bNaN\b|\[object/, 'a value that is none'],
  // "1 of 1 tickets" counts what is there.
  [/(?<!of |[\d.,:-])\b1 (?:entries|companies|days|[a-z]+(?:ts|rs|ns|ds|es|ms))\b/, 'one with a plural'],
];

/** What is wrong with the sentences of a text, a line each. */
export function oddSentences(text: string): string[] {
  const own = text.replace(OTHERS, '');
  return SIGNS.flatMap(([sign, what]) => {
    const found = sign.exec(own);
    return found === null
      ? []
      : [`${what}: ${JSON.stringify(own.slice(Math.max(0, found.index - 40), found.index + 40))}`];
  });
}
