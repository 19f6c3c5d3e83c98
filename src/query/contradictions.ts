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

/**
 * Manage finds nothing for two values of one field, of a list neither: it looks for one item that is both.
 * @throws {WhereError} for two entries that want different values of the same field
 */
export function checkContradictions(where: readonly WhereEntry[], records: Records): void {
  const first = new Map<string, { at: number; values: ReadonlySet<string> }>();
  where.forEach((entry, at) => {
    const one = wanted(entry, records);
    if (one === undefined) return;
    const other = first.get(one.path);
    const each = one.isList ? 'of which Manage looks for one at a time' : 'which has one';
    if (other !== undefined && [...one.values].every((value) => !other.values.has(value)))
      throw new WhereError(
        `where[${at}]`,
        `where[${other.at}] and where[${at}] want different values of ${one.path}, ${each}: nothing fits both. For either of them send one entry with op in.`,
      );
    first.set(one.path, { at, values: one.values });
  });
}
