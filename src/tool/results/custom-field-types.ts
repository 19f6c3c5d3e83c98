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
