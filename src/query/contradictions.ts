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
  readonly path: string;
  /** The field is a list, such as the types of a company. */
  readonly isList: boolean;
  readonly values: ReadonlySet<string>;
}

/** The field that an entry wants to be one of some values; nothing for other entries. */
function wanted(given: WhereEntry, { api, schema }: Records): Wanted | undefined {
  const entry = withSpelling(given);
  const name = whereOperator(opSaid(entry));
  if (entry.field === undefined || (name !== 'eq' && name !== 'in')) return undefined;
  const found = resolvePath(api, schema, entry.field.split('/'));
  if (found.kind !== 'scalar' && found.kind !== 'reference' && found.kind !== 'array') return undefined;
  const values = valuesOf(entry, 'in').map((value) => String(value ?? '').toLowerCase());
  return values.length === 0 || found.field.type === 'datetime'
    ? undefined
    : { path: found.path.join('/'), isList: found.kind === 'array', values: new Set(values) };
}

/** An entry that wants values of a field, and where it stands in the filter. */
interface WantedAt extends Wanted {
  readonly at: string;
}

/** All entries that have to hold, those inside of an `all` as well. */
function wantedIn(where: readonly WhereEntry[], records: Records, place = 'where'): WantedAt[] {
  return where.flatMap((entry, index) => {
    const at = `${place}[${index}]`;
    const { all } = withSpelling(entry);
    if (Array.isArray(all)) return wantedIn(all, records, `${at}.all`);
    const one = wanted(entry, records);
    return one === undefined ? [] : [{ ...one, at }];
  });
}

const haveNone = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => ![...a].some((value) => b.has(value));

/**
 * Manage finds nothing for two values of one field, of a list neither: it looks for one item that is both.
 * @throws {WhereError} for entries that have no value of the same field in common
 */
export function checkContradictions(where: readonly WhereEntry[], records: Records): void {
  const known = new Map<string, { entries: readonly WantedAt[]; common: ReadonlySet<string> }>();
  for (const one of wantedIn(where, records)) {
    const { entries = [], common = one.values } = known.get(one.path) ?? {};
    // Two of three may overlap, and yet nothing be in all of them.
    if (haveNone(common, one.values)) {
      const other = entries.find(({ values }) => haveNone(values, one.values));
      const places = [...(other === undefined ? entries : [other]), one].map(({ at }) => at);
      const [each, every] = places.length > 2 ? ['any', 'all'] : ['either', 'both'];
      const counted = one.isList ? 'of which Manage looks for one at a time' : 'which has one';
      throw new WhereError(
        one.at,
        `${places.slice(0, -1).join(', ')} and ${one.at} want different values of ${one.path}, ${counted}: nothing fits ${every}. For ${each} of them send one entry with op in.`,
      );
    }
    const left = [...common].filter((value) => one.values.has(value));
    known.set(one.path, { entries: [...entries, one], common: new Set(left) });
  }
}
