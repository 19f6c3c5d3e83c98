import type { Kind } from './kind.ts';
import type { Candidates } from './lookup.ts';

/** Names of a table, or of one parent, that an error lists in full. */
const FEW = 40;
export const FEW_OF_PARENT = 15;

/** All names that there are, where they are few enough to be listed; ids beside them where an id was asked for. */
export function allowedOf(
  { rule, given }: { readonly rule: Kind; readonly given: string },
  { rows, complete }: Candidates,
): readonly string[] {
  if (!complete || rows.length > (rule.large ? FEW_OF_PARENT : FEW)) return [];
  return rows.map(({ id, label }) => (/^#?\d+$/.test(given) ? `${label} (${id})` : label));
}
