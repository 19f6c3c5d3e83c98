import type { NameKind } from './kinds/index.ts';
import type { Named, Names, ResolveOptions } from './names.ts';

/** `names.resolve` for an argument that may be left out. */
export const resolveGiven = async (
  names: Names,
  kind: NameKind,
  given: string | number | undefined,
  options: ResolveOptions,
): Promise<Named | undefined> => (given === undefined ? undefined : names.resolve(kind, given, options));
