import type { NameKind } from './kind.ts';
import type { Named, Names, ResolveOptions } from './names.ts';

const EVERY = /^(all|any|every|everyone|everybody|anyone|anybody|\*)( (of them|boards|companies|customers|members))?$/i;

/** Those of some filters that say "all": they are no filters. */
export const unlessEvery = <K extends string>(
  given: Readonly<Partial<Record<K, string | undefined>>>,
  names: readonly K[],
): Partial<Record<K, undefined>> =>
  Object.fromEntries(
    names.filter((name) => EVERY.test(given[name]?.trim() ?? '')).map((name) => [name, undefined]),
  ) as Partial<Record<K, undefined>>;

/** `names.resolve` for an argument that may be left out. */
export const resolveGiven = async (
  names: Names,
  kind: NameKind,
  given: string | number | undefined,
  options: ResolveOptions,
): Promise<Named | undefined> => (given === undefined ? undefined : names.resolve(kind, given, options));
