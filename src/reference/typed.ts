/**
 * A name as somebody meant it: without the quotes, the "@" or the remark that were copied with it. A candidate that we listed
 * ("2: Alex Chen (achen, Technician)") is its id.
 */
export function asTyped(text: string): string {
  const bare = text.trim().replace(/^["'“‘](.*)["'”’]$/, '$1');
  const listed = /^-?\s*(\d+):\s/.exec(bare);
  if (listed?.[1] !== undefined) return listed[1];
  return bare
    .replace(/^@/, '')
    .replace(/(?<=\S)\s+\([^()]*\)$/, '')
    .trim();
}
