import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { partTest, type WhereEntry, whereOperator } from '../../query/index.ts';
import type { Collection } from '../collection.ts';
import { dimensionNamed } from '../dimensions.ts';
import type { Sieve } from './filters.ts';

/**
 * Takes apart what narrows by a part of a name: `product contains seat`. A field of the records is left to Manage. What the records
 * have under that name only by the way that a report is split by, such as the product of an agreement's additions, is told by the
 * labels of the groups.
 * @param fields entries of `where` that are not dimensions by whole names
 */
export function byParts(
  fields: readonly WhereEntry[],
  collection: Collection,
  api: Schemas,
): { readonly sieves: readonly Sieve[]; readonly sent: readonly WhereEntry[] } {
  const sieves: Sieve[] = [];
  const sent: WhereEntry[] = [];
  for (const entry of fields) {
    const op = whereOperator(entry.op || 'eq') ?? '';
    const dimension = dimensionNamed(entry.field ?? '');
    const value = typeof entry.value === 'string' ? entry.value.trim() : '';
    const fits = partTest(op, value);
    const isHeld = dimension !== undefined && collection.ways[dimension] !== undefined;
    const isField =
      collection.schema !== '' && resolvePath(api, collection.schema, [entry.field ?? '']).kind !== 'unknown';
    if (fits === undefined || dimension === undefined || !isHeld || isField || value === '') {
      sent.push(entry);
      continue;
    }
    // What has no name has no part of one.
    sieves.push({ dimension, condition: undefined, lets: ({ id, label }) => fits(id === '' ? '' : label) });
  }
  return { sieves, sent };
}
