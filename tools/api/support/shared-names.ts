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
  // A PATCH may name the member of a reference: `contact/name`.
  const [own = member, inner, ...deeper] = member.split('/');
  const isName = inner === 'name' && deeper.length === 0;
  const kind = sharedKind(api.schema(schema ?? '')?.fields.get(own)?.schema);
  if (kind === undefined || (inner !== undefined && !isName)) return undefined;
  const inReference = isRecord(value) && (value.id ?? undefined) === undefined ? value.name : undefined;
  const name = isName ? value : inReference;
  return typeof name === 'string' && name.trim() !== '' ? { member: own, name, kind } : undefined;
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
  const withId = async (member: string, value: unknown): Promise<readonly [string, unknown]> => {
    const shared = sharedName(member, value, schema, context);
    if (shared === undefined || (shared.kind === 'site' && companyId === undefined)) return [member, value];
    const options = {
      argument: `body.${member}`,
      signal: context.signal,
      ...(companyId !== undefined && { companyId }),
    };
    return [shared.member, { id: (await context.names.resolve(shared.kind, shared.name, options)).id }];
  };
  if (Array.isArray(body))
    return Promise.all(
      body.map(async (step) => {
        if (!isRecord(step) || typeof step.path !== 'string') return step;
        const member = step.path.replace(/^\//, '');
        const [path, value] = await withId(member, step.value);
        return { ...step, path: path === member ? step.path : path, value };
      }),
    );
  if (!isRecord(body)) return body;
  const entries = Object.entries(body).map(([member, value]) => withId(member, value));
  return Object.fromEntries(await Promise.all(entries));
}
