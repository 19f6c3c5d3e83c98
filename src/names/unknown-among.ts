import { type GivenName, UnknownName } from './errors.ts';
import type { Named } from './kind.ts';
import type { Names } from './names.ts';

/**
 * The refusal of a name that none of some records has which were looked through past `resolve`: with the names that they have, and
 * the records of other kinds that are called so.
 */
export async function unknownAmong(
  rows: readonly Named[],
  name: GivenName,
  names: Pick<Names, 'otherKinds'>,
): Promise<UnknownName> {
  const { kind, argument, given } = name;
  const allowed = [...new Set(rows.map(({ label }) => label))];
  return new UnknownName(name, { allowed, otherKinds: await names.otherKinds(kind, given, { argument }) });
}
