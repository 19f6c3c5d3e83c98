import { isRecord, type JsonObject } from '../../../src/json.ts';
import { idOf, type NameKind } from '../../../src/names/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { sharedKind } from '../../../src/tool/results/reference-kinds.ts';
import { membersSet } from '../../../src/tool/write/effects.ts';

interface About {
  readonly schema: string | undefined;
  /** The record that is changed, as it is now; nothing for a new one. */
  readonly record: JsonObject | undefined;
}

interface Shared {
  readonly member: string;
  readonly name: string;
  readonly kind: NameKind;
}

/** The reference of a member by a name alone, where several records may have that name. */
function sharedName(
  member: string,
  value: unknown,
  schema: string | undefined,
  { api }: ToolContext,
): Shared | undefined {
  const kind = sharedKind(api.schema(schema ?? '')?.fields.get(member)?.schema);
  if (kind === undefined || !isRecord(value) || (value.id ?? undefined) !== undefined) return undefined;
  return typeof value.name === 'string' && value.name.trim() !== '' ? { member, name: value.name, kind } : undefined;
}

/** Whether a body names a contact, site, agreement, project or opportunity by its name alone. */
export const namesShared = (body: unknown, schema: string | undefined, context: ToolContext): boolean =>
  Object.entries(membersSet(body)).some(([member, value]) => sharedName(member, value, schema, context) !== undefined);

/** The customer whose records the names of a body are of. */
async function companyOf(body: unknown, { schema, record }: About, { names, signal }: ToolContext) {
  const { company } = membersSet(body);
  if (isRecord(company) && idOf(company) === undefined) {
    const said = company.identifier ?? company.name;
    if (typeof said === 'string')
      return (await names.resolve('company', said, { argument: 'body.company', signal })).id;
  }
  return idOf(company) ?? (schema === 'Company' ? idOf(record) : idOf(record?.company));
}

/**
 * A body with the ids of the records that it names by names which several records may have: Manage takes the first of that name,
 * whosever it is.
 * @throws {AmbiguousName} {UnknownName} as a direct tool does
 */
export async function withIdsOfNames(body: unknown, about: About, context: ToolContext): Promise<unknown> {
  const { schema } = about;
  if (!namesShared(body, schema, context)) return body;
  const companyId = await companyOf(body, about, context);
  const withId = async (member: string, value: unknown): Promise<unknown> => {
    const shared = sharedName(member, value, schema, context);
    if (shared === undefined || (shared.kind === 'site' && companyId === undefined)) return value;
    const options = {
      argument: `body.${member}`,
      signal: context.signal,
      ...(companyId !== undefined && { companyId }),
    };
    return { id: (await context.names.resolve(shared.kind, shared.name, options)).id };
  };
  if (Array.isArray(body))
    return Promise.all(
      body.map(async (step) =>
        isRecord(step) && typeof step.path === 'string'
          ? { ...step, value: await withId(step.path.replace(/^\//, ''), step.value) }
          : step,
      ),
    );
  if (!isRecord(body)) return body;
  const entries = Object.entries(body).map(async ([member, value]) => [member, await withId(member, value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
