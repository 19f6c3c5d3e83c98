import { resolvePath } from '../api/fields.ts';
import type { Schemas } from '../api/index.ts';
import { WhereError } from './errors.ts';
import { opSaid, valuesOf, type WhereEntry, whereOperator, withSpelling } from './where.ts';

/** The records that are filtered. */
interface Records {
  readonly api: Schemas;
  readonly schema: string;
}

/** What an entry wants of a field. */
interface Wanted {
  /** Where the entry stands in the filter. */
  readonly at: string;
  readonly path: string;
  /** The field is a list, such as the types of a company. */
  readonly isList: boolean;
  readonly values: ReadonlySet<string>;
}

/** The field that an entry, as `withSpelling` gives it, wants to be one of some values; nothing for other entries. */
function wanted(entry: WhereEntry, at: string, { api, schema }: Records): Wanted | undefined {
  const name = whereOperator(opSaid(entry));
  if (entry.field === undefined || (name !== 'eq' && name !== 'in')) return undefined;
  const found = resolvePath(api, schema, entry.field.split('/'));
  if (found.kind !== 'scalar' && found.kind !== 'reference' && found.kind !== 'array') return undefined;
  const values = valuesOf(entry, 'in').map((value) => String(value ?? '').toLowerCase());
  return values.length === 0 || found.field.type === 'datetime'
    ? undefined
    : { at, path: found.path.join('/'), isList: found.kind === 'array', values: new Set(values) };
}

/** All entries that have to hold, those inside of an `all` as well. */
function wantedIn(where: readonly WhereEntry[], records: Records, place = 'where'): Wanted[] {
  return where.flatMap((given, index) => {
    const at = `${place}[${index}]`;
    const entry = withSpelling(given);
    return Array.isArray(entry.all) ? wantedIn(entry.all, records, `${at}.all`) : (wanted(entry, at, records) ?? []);
  });
}

const inBoth = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...a].filter((value) => b.has(value)));

/**
 * Manage finds nothing for two values of one field, of a list neither: it looks for one item that is both.
 * @throws {WhereError} for entries that have no value of the same field in common
 */
export function checkContradictions(where: readonly WhereEntry[], records: Records): void {
  const known = new Map<string, { entries: readonly Wanted[]; common: ReadonlySet<string> }>();
  for (const one of wantedIn(where, records)) {
    const { entries = [], common = one.values } = known.get(one.path) ?? {};
    const left = inBoth(common, one.values);
    // Two of three may overlap, and yet nothing be in all of them.
    if (left.size === 0) {
      const other = entries.find(({ values }) => inBoth(values, one.values).size === 0);
      const places = [...(other === undefined ? entries : [other]), one].map(({ at }) => at);
      const [each, every] = places.length > 2 ? ['any', 'all'] : ['either', 'both'];
      const counted = one.isList ? 'of which Manage looks for one at a time' : 'which has one';
      throw new WhereError(
        one.at,
        `${places.slice(0, -1).join(', ')} and ${one.at} want different values of ${one.path}, ${counted}: nothing fits ${every}. For ${each} of them send one entry with op in.`,
      );
    }
    known.set(one.path, { entries: [...entries, one], common: left });
  }
}
