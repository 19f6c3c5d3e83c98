/**
 * A name as somebody meant it: without the quotes or the "@" that were copied with it. A candidate that we listed
 * ("2: Alex Chen (achen, Technician)") is its id.
 */
export function asTyped(text: string): string {
  const bare = text.trim().replace(/^["'“‘](.*)["'”’]$/, '$1');
  const listed = /^-?\s*(\d+):\s/.exec(bare);
  return listed?.[1] ?? bare.replace(/^@/, '').trim();
}

/** A name without the remark in parentheses that we show behind it; some names have one of their own, so it is tried second. */
export const withoutRemark = (text: string): string => text.replace(/(?<=\S)\s+\([^()]*\)$/, '');
