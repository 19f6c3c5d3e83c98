/** `entries` gives `entry`, `statuses` `status`, `boards` `board`. */
export const singular = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/ies$/, 'y')
        // `warehouses` are not of a `warehous`.
        .replace(/((?<!o)us|ss|x|ch|sh)es$/, '$1')
        .replace(/([^su])s$/, '$1');

/** Words whose stems would fall together with those of others. */
const AS_THEY_ARE = new Set([
  'rating',
  'billing',
  'bill',
  'meeting',
  'routing',
  'timing',
  'status',
  'business',
  'outstanding',
]);

/**
 * A word without what inflects it, so that `scheduling`, `scheduled` and `schedules` are one. The rest need not be a word: both
 * sides of a comparison lose the same.
 */
export function stem(word: string): string {
  const one = singular(word);
  if (one.length < 5 || AS_THEY_ARE.has(one)) return one;
  const bare = one
    .replace(/(approv|renew|remov|referr)al$/, '$1')
    .replace(/([^aeioulsz])\1(ing|ed)$/, '$1')
    .replace(/(\w{2}[aeu]l)l(ing|ed)$/, '$1')
    .replace(/(ing|ed)$/, (ending) => (one.length - ending.length >= 3 ? '' : ending));
  return bare.length > 4 ? bare.replace(/e$/, '') : bare;
}

/** `typeAssociations` as people write it: `type associations`. */
export const spaced = (segment: string): string => segment.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** `serviceTickets` and `service-tickets` are two words; `purchaseorders` is one, as the API writes it. */
export const wordsOf = (text: string): string[] =>
  spaced(text)
    .replace(/['’]s?\b/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** Neighbours as one word: "purchase order" is more than "purchase" and "order". */
export const pairsOf = (words: readonly string[]): string[] =>
  words.slice(1).map((word, index) => `${words[index]}_${word}`);
