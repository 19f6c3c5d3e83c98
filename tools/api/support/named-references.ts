import { defined, isRecord, type JsonObject } from '../../../src/json.ts';
import { idOf, type NameScope } from '../../../src/names/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { kindOfReference } from '../../../src/tool/results/reference-kinds.ts';

/** A reference that is sent by its id alone. */
const isBare = (value: unknown): value is { readonly id: number } =>
  isRecord(value) && typeof value.id === 'number' && value.name === undefined && value.identifier === undefined;

/**
 * The members of a body, each reference that is sent by its id with the name of its record beside it, for those who read a preview.
 * One whose record is not there, or may not be read, stays as it is.
 * @param record as it is now; nothing for a new one. Its board and customer say whose status or contact is meant
 */
export async function namedReferences(
  members: JsonObject,
  record: JsonObject,
  { schema, context }: { readonly schema: string; readonly context: ToolContext },
): Promise<JsonObject> {
  const { api, names, signal } = context;
  const fields = api.schema(schema)?.fields;
  const of = (member: string): number | undefined => idOf(members[member] ?? record[member]);
  const scope: NameScope = defined({ boardId: of('board'), companyId: of('company'), projectId: of('project') });
  const entries = Object.entries(members).map(async ([member, value]) => {
    const kind = isBare(value) ? kindOfReference(fields?.get(member)?.schema) : undefined;
    if (!isBare(value) || kind === undefined) return [member, value] as const;
    const options = { argument: member, inactive: true, use: 'read', signal } as const;
    // A contact of another customer, or a status of another board, is named as well: the request would set it.
    const found = await names
      .resolve(kind, String(value.id), { ...options, ...scope })
      .catch(() => names.resolve(kind, String(value.id), options))
      .catch(() => undefined);
    return [member, found?.id === value.id ? { ...value, name: found.label } : value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
