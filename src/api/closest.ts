/** Edits (insert, delete, replace, swap of neighbours) between two strings, or `limit + 1` when there are more. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** No word that somebody knows is longer; comparing it with all of them would take as long as somebody likes. */
const LONGEST = 500;

/** Lower case without separators, so that `company_id` and `companyId` are the same word. */
const normalise = (text: string): string => text.toLowerCase().replace(/[\s_\-/.]+/g, '');

/** How far `a`, a normalised word, is from `known`: 0 the same word, up to 1 for something that only shares a part; more is not a match. */
function score(a: string, known: string): number {
  const b = normalise(known);
  if (a === b) return 0;
  if (a === '' || b === '') return 2;
  const limit = Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
  const edits = distance(a, b, limit);
  const byEdits = edits <= limit ? edits / Math.max(a.length, b.length) : 2;
  const shorter = Math.min(a.length, b.length);
  const contains = shorter >= 2 && (a.includes(b) || b.includes(a));
  const byPart = contains ? 0.35 + 0.5 * (1 - shorter / Math.max(a.length, b.length)) - (b.startsWith(a) ? 0.1 : 0) : 2;
  return Math.min(byEdits, byPart);
}

/**
 * The known words that `given` most likely means, best first: few typing slips, other letter case or separators, a part of
 * the word. Empty when nothing is near.
 */
export function closest(given: string, known: Iterable<string>, limit = 3): string[] {
  if (given.length > LONGEST) return [];
  const asked = normalise(given);
  return [...new Set(known)]
    .map((word) => ({ word, score: score(asked, word) }))
    .filter((candidate) => candidate.score <= 1)
    .sort((a, b) => a.score - b.score || a.word.length - b.word.length)
    .slice(0, limit)
    .map(({ word }) => word);
}
