import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { captionIn, field, type WhereEntry, withSpelling } from '../../query/index.ts';
import type { ToolContext } from '../context.ts';
import { readable } from './record-view.ts';

/** Where an administrator defines custom fields and their choices. */
export const CUSTOM_FIELD_SETUP = 'GET /system/userDefinedFields';

/** The captions that filters compare. */
function captionsIn(where: readonly WhereEntry[]): string[] {
  return where.flatMap((given) => {
    const { field: path = '', any = [], all = [] } = withSpelling(given);
    const caption = captionIn(String(path));
    return [...(caption ? [caption] : []), ...captionsIn([...any, ...all])];
  });
}

/**
 * The types of the custom fields in a filter, as `Date` or `Number`, by caption in lower case. A caption is left out where the
 * security role may not read the set-up, where nobody defined it, and where fields of several types have it.
 */
export async function customFieldTypes(
  where: readonly WhereEntry[],
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<ReadonlyMap<string, string>> {
  const captions = [...new Set(captionsIn(where))];
  if (captions.length === 0) return new Map();
  const conditions = field('caption', 'in', captions);
  const found = (await readable(manage.all<ManageRecord>(CUSTOM_FIELD_SETUP, { conditions, signal }))) ?? [];
  const types = found.map(
    ({ caption, fieldTypeIdentifier }) => [String(caption).toLowerCase(), String(fieldTypeIdentifier)] as const,
  );
  return new Map(types.filter(([caption, type]) => types.every(([name, other]) => name !== caption || other === type)));
}

/** Reads an entry and all inside it in another way. */
const each = (given: WhereEntry, read: (entry: WhereEntry) => WhereEntry): WhereEntry => {
  const { any, all, ...own } = withSpelling(given);
  // A lone {"name": "Acme"} is refused as it was sent: it names no field.
  if (given.field === undefined && own.op === undefined && own.value === undefined && !any && !all) return given;
  const within = (list: readonly WhereEntry[] | undefined) => list?.map((entry) => each(entry, read));
  const kept = read(own);
  // What is as it was stays as it was written: {"name": "Acme"} is refused with the form of an entry.
  if (kept === own && any === undefined && all === undefined) return given;
  return { ...kept, ...(any && { any: within(any) }), ...(all && { all: within(all) }) } as WhereEntry;
};

/**
 * A filter in which custom fields that are named by their caption alone, as people see them, are named as the language has it: "Root
 * cause" is customFields/Root cause. A name that records have otherwise stays that; so does one that nobody defined, and all of them
 * where the security role may not read the set-up.
 * @param schema of the records that are listed
 */
export async function withCaptions(
  where: readonly WhereEntry[],
  schema: string,
  { api, manage, signal }: Pick<ToolContext, 'manage' | 'signal'> & { readonly api: Schemas },
): Promise<readonly WhereEntry[]> {
  if (api.schema(schema)?.fields.has('customFields') !== true) return where;
  const unknown = new Set<string>();
  for (const entry of where)
    each(entry, (one) => {
      const path = one.field;
      if (typeof path !== 'string' || path === '' || captionIn(path) !== undefined) return one;
      const { kind } = resolvePath(api, schema, path.split('/'));
      if (kind === 'unknown') unknown.add(path.trim());
      return one;
    });
  if (unknown.size === 0) return where;
  const conditions = field('caption', 'in', [...unknown]);
  const found = (await readable(manage.all<ManageRecord>(CUSTOM_FIELD_SETUP, { conditions, signal }))) ?? [];
  const captions = new Map(found.map(({ caption }) => [String(caption).toLowerCase(), String(caption)]));
  return where.map((entry) => {
    let isNamed = false;
    const read = each(entry, (one) => {
      const path = String(one.field ?? '').trim();
      const caption = unknown.has(path) ? captions.get(path.toLowerCase()) : undefined;
      isNamed ||= caption !== undefined;
      return caption === undefined ? one : { ...one, field: `customFields/${caption}` };
    });
    // As it was written: what is wrong with it is told later.
    return isNamed ? read : entry;
  });
}
