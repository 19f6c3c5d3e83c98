import { resolvePath } from '../../api/fields.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { captionIn, type WhereEntry } from '../../query/index.ts';
import { narrowed, readable } from '../../tool/index.ts';
import type { Collection } from '../collection.ts';
import type { Counted } from '../measure.ts';
import type { Reading } from '../tables/table-cache.ts';
import type { Filter, Filters } from './filters.ts';

const COMPANIES = 'GET /company/companies';

/** The captions of the custom fields of a list, in lower case: every record carries all fields of its kind. */
async function captionsOf(list: string, { context: { manage, signal } }: Reading): Promise<ReadonlySet<string>> {
  const first = await readable(manage.first<ManageRecord>(list, { fields: ['id', 'customFields'], signal }));
  const carried = Array.isArray(first?.customFields) ? (first.customFields as readonly ManageRecord[]) : [];
  return new Set(carried.map(({ caption }) => String(caption).toLowerCase()));
}

/** What an entry may be a custom field by: `customFields/Account tier`, or a name that no record of a report has. */
function captionSaid(
  { field }: WhereEntry,
  collections: readonly Collection[],
  { context: { api } }: Reading,
): string | undefined {
  const path = field?.trim() ?? '';
  const isUnknown = collections.every(
    ({ schema }) => schema === '' || resolvePath(api, schema, path.split('/')).kind === 'unknown',
  );
  return captionIn(path) ?? (path !== '' && isUnknown ? path : undefined);
}

/** The customers whose custom field is as an entry has it, as a filter. @throws {WhereError} for a value that it does not take */
async function ofCustomers(entry: WhereEntry, caption: string, { context }: Reading): Promise<Filter> {
  const { manage, signal } = context;
  const { query } = await narrowed(context, {}, { where: [{ ...entry, field: `customFields/${caption}` }] }, 'Company');
  const companies = await manage.all<ManageRecord>(COMPANIES, { ...query, fields: ['id'], signal });
  const { op = 'eq', value } = entry;
  return {
    dimension: 'company',
    values: [`with ${caption} ${op}${value === undefined ? '' : ` ${[value].flat().join(', ')}`}`],
    negated: false,
    none: false,
    taken: new Set(),
    had: new Map(),
    ids: new Set(companies.map(({ id }) => String(id))),
  };
}

/**
 * Filters in which a custom field that only the customers of the records have narrows to those customers: what came in from those of
 * "Account tier" A.
 */
export async function withCustomers(filters: Filters, parts: readonly Counted[], reading: Reading): Promise<Filters> {
  const collections = [...new Set(parts.map(({ collection }) => collection))];
  if (!collections.every(({ ways }) => ways.company !== undefined)) return filters;
  const said = filters.fields.map((entry) => ({ entry, caption: captionSaid(entry, collections, reading) }));
  if (said.every(({ caption }) => caption === undefined)) return filters;
  const theirs = await captionsOf(COMPANIES, reading);
  const areTheirs = said.some(({ caption }) => caption !== undefined && theirs.has(caption.toLowerCase()));
  if (!areTheirs) return filters;
  const own = collections.filter(({ hasCustomFields }) => hasCustomFields);
  const carried = await Promise.all(own.map(({ uses: [list = ''] }) => captionsOf(list, reading)));
  const dimensions: Filter[] = [...filters.dimensions];
  const fields: WhereEntry[] = [];
  for (const { entry, caption } of said) {
    const key = caption?.toLowerCase() ?? '';
    const isOwn = carried.some((captions) => captions.has(key));
    if (caption === undefined || !theirs.has(key) || isOwn) fields.push(entry);
    else dimensions.push(await ofCustomers(entry, caption, reading));
  }
  return { ...filters, dimensions, fields };
}
