import { ProtocolErrorCode, ResourceNotFoundError, type ServerContext } from '@modelcontextprotocol/server';
import { closest } from '../api/closest.ts';
import type { ApiDescription, Field } from '../api/index.ts';
import { lacking } from '../api/versions.ts';
import { ManageError, NotFound } from '../manage/index.ts';
import type { NameKind } from '../names/index.ts';
import { cleanLine } from '../text/index.ts';
import type { ToolDefinition } from '../tool/index.ts';
import { type CallResult, callTool, causeOf } from './calls/call-tool.ts';
import { wordsOf } from './calls/tool-context.ts';
import { refuse } from './refuse.ts';
import type { Services } from './services.ts';

/** Reference tables that are resources of their own, and how they are called. */
const TABLES = {
  boards: { kind: 'board', title: 'Service boards' },
  priorities: { kind: 'priority', title: 'Priorities' },
  members: { kind: 'member', title: 'Members' },
  'work-types': { kind: 'workType', title: 'Work types' },
  'work-roles': { kind: 'workRole', title: 'Work roles' },
  'charge-codes': { kind: 'chargeCode', title: 'Charge codes' },
  'configuration-types': { kind: 'configurationType', title: 'Configuration types' },
} as const satisfies Readonly<Record<string, { kind: NameKind; title: string }>>;

const isTable = (name: string): name is keyof typeof TABLES => Object.hasOwn(TABLES, name);

/** Resources that need no name. */
const RESOURCES = Object.entries(TABLES).map(([name, { title }]) => ({
  uri: `cwm://reference/${name}`,
  name,
  title,
  mimeType: 'text/plain',
}));

/** The tool that gives the same as a kind of resource: the resource exists only where the tool does. */
const TOOL_OF = {
  tickets: 'get_ticket',
  companies: 'get_company',
  schemas: 'describe_operation',
  reference: 'lookup_values',
} as const;

const isKind = (kind: string): kind is keyof typeof TOOL_OF => Object.hasOwn(TOOL_OF, kind);

const kindOf = (uri: string): string => /^cwm:\/\/([a-z]+)\//.exec(uri)?.[1] ?? '';

/** Whether the configuration has the tool of a resource, given as its address or template. */
export function hasResource(uri: string, { tools }: Pick<Services, 'tools'>): boolean {
  const kind = kindOf(uri);
  return isKind(kind) && tools.some(({ name }) => name === TOOL_OF[kind]);
}

/** The resources that the configuration has. */
export const resourcesOf = (services: Services) => RESOURCES.filter(({ uri }) => hasResource(uri, services));

/** Resources by name or id; what is in braces can be completed. */
const RESOURCE_TEMPLATES = [
  {
    uriTemplate: 'cwm://tickets/{id}',
    name: 'ticket',
    title: 'A ticket with its whole story',
    mimeType: 'text/plain',
  },
  {
    uriTemplate: 'cwm://companies/{id}',
    name: 'company',
    title: 'A company with its sites, contacts and agreements',
    mimeType: 'text/plain',
  },
  {
    uriTemplate: 'cwm://schemas/{name}',
    name: 'schema',
    title: 'The members of a record of the API, with types and limits',
    mimeType: 'text/plain',
  },
  {
    uriTemplate: 'cwm://reference/{table}',
    name: 'reference',
    title: 'A reference table',
    mimeType: 'text/plain',
  },
] as const;

/** The templates that the configuration has. */
export const resourceTemplatesOf = (services: Services) =>
  RESOURCE_TEMPLATES.filter(({ uriTemplate }) => hasResource(uriTemplate, services));

export const TABLE_NAMES = Object.keys(TABLES);

export const quoted = (text: string): string => JSON.stringify(cleanLine(text.slice(0, 100)));

function fieldLine([name, field]: readonly [string, Field]): string {
  const type = field.type === 'array' ? `list of ${field.items?.schema ?? field.items?.type ?? 'values'}` : field.type;
  const facts = [
    field.schema,
    field.enum?.join('|'),
    field.maxLength === undefined ? undefined : `at most ${field.maxLength} characters`,
    field.required === true ? 'required' : undefined,
  ].filter((fact) => fact !== undefined);
  return `${name}: ${type}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
}

function schemaText(api: ApiDescription, name: string): string {
  const schema =
    api.schema(name) ?? [...api.schemas.values()].find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (schema === undefined) {
    const newer = api.whole.schema(name);
    const since = [...(newer?.fields.values() ?? [])].find((field) => field.since !== undefined)?.since;
    if (since !== undefined) return refuse(`${quoted(name)} ${lacking({ since }, api)}.`);
    const near = closest(name, api.schemas.keys());
    return refuse(`There is no schema ${quoted(name)}.${near.length > 0 ? ` Closest: ${near.join(', ')}.` : ''}`);
  }
  return [schema.name, ...[...schema.fields].map(fieldLine)].join('\n');
}

/** Whose fault it is that something could not be read. */
const codeOf = (error: unknown): ProtocolErrorCode =>
  error instanceof ManageError ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;

/** Answers a request with why something could not be read. @throws the error itself where it is none for clients */
export function refuseFor(error: unknown, services: Services): never {
  const said = wordsOf(error, services);
  if (said === undefined) throw error;
  return refuse(said, codeOf(error));
}

async function tableText(services: Services, name: string, signal: AbortSignal): Promise<string> {
  if (!isTable(name)) return refuse(`There is no table ${quoted(name)}. There are: ${TABLE_NAMES.join(', ')}.`);
  const rows = await services.names
    .list(TABLES[name].kind, { signal })
    .catch((error: unknown) => refuseFor(error, services));
  return rows
    .map(({ id, label, hint }) => cleanLine(`${id}: ${label}${hint === undefined ? '' : ` (${hint})`}`))
    .join('\n');
}

/** What a tool answers; a resource and a tool never tell different stories. */
async function toolText(tool: ToolDefinition, { uri, input, services, context }: ReadingByTool): Promise<string> {
  const options = { canAsk: false, progressToken: undefined };
  const result = (await callTool(tool, input, { services, context, options })) as CallResult;
  const text = result.content.flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
  if (result.isError !== true) return text;
  const cause = causeOf(result);
  if (cause instanceof NotFound) throw new ResourceNotFoundError(uri, text);
  return refuse(text, codeOf(cause));
}

interface ReadingByTool {
  readonly uri: string;
  readonly input: Record<string, unknown>;
  readonly services: Services;
  readonly context: ServerContext;
}

/** Part of a URI, percent-decoded; nothing where the encoding is broken. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** How long what was read of a kind of resource stands, in milliseconds; tickets and companies change at any time. */
export const lastsOf = (uri: string): number => ({ schemas: 3_600_000, reference: 60_000 })[kindOf(uri)] ?? 0;

/**
 * The text of a resource.
 * @throws {ResourceNotFoundError} that lists those that exist; {ProtocolError} for what is wrong with the name, or with Manage
 */
export async function readResource(uri: string, services: Services, context: ServerContext): Promise<string> {
  const kind = kindOf(uri);
  const name = decoded(uri.slice(`cwm://${kind}/`.length));
  const templates = resourceTemplatesOf(services).map(({ uriTemplate }) => uriTemplate);
  const absent = (): never => {
    throw new ResourceNotFoundError(
      uri,
      `There is no resource ${quoted(uri)}. ${templates.length > 0 ? `There are: ${templates.join(', ')}.` : 'This server offers none.'}`,
    );
  };
  if (!isKind(kind) || name === undefined || name === '') return absent();
  const tool = services.tools.find((one) => one.name === TOOL_OF[kind]);
  if (tool === undefined) return absent();
  switch (kind) {
    case 'tickets':
      return /^\d+$/.test(name)
        ? toolText(tool, { uri, input: { ticketId: Number(name) }, services, context })
        : absent();
    case 'companies':
      return toolText(tool, { uri, input: { company: name }, services, context });
    case 'schemas':
      return schemaText((await services.manage.site()).api, name);
    case 'reference':
      return tableText(services, name, context.mcpReq.signal);
  }
}
