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

/** The types of custom fields by caption in lower case; a caption that fields of several types have is left out. */
function typesOf(defined: readonly ManageRecord[]): ReadonlyMap<string, string> {
  const types = defined.map(
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

/** The names in a filter that the records have nothing under: captions of custom fields, or slips. */
function unknownIn(where: readonly WhereEntry[], schema: string, api: Schemas): ReadonlySet<string> {
  const unknown = new Set<string>();
  if (api.schema(schema)?.fields.has('customFields') !== true) return unknown;
  for (const entry of where)
    each(entry, (one) => {
      const path = one.field;
      if (typeof path !== 'string' || path === '' || captionIn(path) !== undefined) return one;
      const { kind } = resolvePath(api, schema, path.split('/'));
      if (kind === 'unknown') unknown.add(path.trim());
      return one;
    });
  return unknown;
}

/** A filter in which captions that stand alone are named as the language has them. @param captions by what they are in lower case */
function withCaptions(
  where: readonly WhereEntry[],
  unknown: ReadonlySet<string>,
  captions: ReadonlyMap<string, string>,
): readonly WhereEntry[] {
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

/** A filter with its custom fields as the language has them. */
interface CustomFieldsInWhere {
  readonly where: readonly WhereEntry[];
  /** Their types, as `Date` or `Number`, by caption in lower case. */
  readonly types: ReadonlyMap<string, string>;
}

/**
 * The custom fields of a filter, looked up in the set-up at once. Those that are named by their caption alone, as people see them, are
 * named as the language has it: "Root cause" is customFields/Root cause. A name that records have otherwise stays that; so does one
 * that nobody defined, and all of them where the security role may not read the set-up, which leaves the types out as well.
 * @param schema of the records that are listed
 */
export async function customFieldsInWhere(
  where: readonly WhereEntry[],
  schema: string,
  { api, manage, signal }: Pick<ToolContext, 'manage' | 'signal'> & { readonly api: Schemas },
): Promise<CustomFieldsInWhere> {
  const unknown = unknownIn(where, schema, api);
  const asked = [...new Set([...captionsIn(where), ...unknown])];
  if (asked.length === 0) return { where, types: new Map() };
  const conditions = field('caption', 'in', asked);
  const defined = (await readable(manage.all<ManageRecord>(CUSTOM_FIELD_SETUP, { conditions, signal }))) ?? [];
  const captions = new Map(defined.map(({ caption }) => [String(caption).toLowerCase(), String(caption)]));
  return { where: withCaptions(where, unknown, captions), types: typesOf(defined) };
}
