import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { closest } from '../api/closest.ts';
import type { ApiDescription, Field } from '../api/index.ts';
import type { NameKind } from '../names/index.ts';
import { cleanLine } from '../text/index.ts';
import { type CallResult, callTool } from './call-tool.ts';
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

const isTable = (name: string): name is keyof typeof TABLES => name in TABLES;

/** Resources that need no name. */
export const RESOURCES = Object.entries(TABLES).map(([name, { title }]) => ({
  uri: `cwm://reference/${name}`,
  name,
  title,
  mimeType: 'text/plain',
}));

/** Resources by name or id; what is in braces can be completed. */
export const RESOURCE_TEMPLATES = [
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

export const TABLE_NAMES = Object.keys(TABLES);

const refuse = (message: string): never => {
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
};

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
    const near = closest(name, api.schemas.keys());
    return refuse(
      `There is no schema ${JSON.stringify(name)}.${near.length > 0 ? ` Closest: ${near.join(', ')}.` : ''}`,
    );
  }
  return [schema.name, ...[...schema.fields].map(fieldLine)].join('\n');
}

async function tableText(services: Services, name: string, signal: AbortSignal): Promise<string> {
  if (!isTable(name)) return refuse(`There is no table ${JSON.stringify(name)}. There are: ${TABLE_NAMES.join(', ')}.`);
  const rows = await services.names.list(TABLES[name].kind, { signal });
  return rows
    .map(({ id, label, hint }) => cleanLine(`${id}: ${label}${hint === undefined ? '' : ` (${hint})`}`))
    .join('\n');
}

/** What a tool would answer; a resource and a tool never tell different stories. */
async function toolText(
  tool: string,
  input: Record<string, unknown>,
  services: Services,
  context: ServerContext,
): Promise<string> {
  const found = services.allTools.find(({ name }) => name === tool);
  if (found === undefined) return refuse(`${tool} is not there.`);
  const options = { canAsk: false, progressToken: undefined };
  const { content, isError } = (await callTool(found, input, services, context, options)) as CallResult;
  const text = content.flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
  return isError === true ? refuse(text) : text;
}

/** The text of a resource. @throws {ProtocolError} with what there is instead */
export async function readResource(uri: string, services: Services, context: ServerContext): Promise<string> {
  const [, kind = '', rest = ''] = /^cwm:\/\/([a-z]+)\/(.+)$/.exec(uri) ?? [];
  const name = decodeURIComponent(rest);
  if (kind === 'tickets' && /^\d+$/.test(name))
    return toolText('get_ticket', { ticketId: Number(name) }, services, context);
  if (kind === 'companies') return toolText('get_company', { company: name }, services, context);
  if (kind === 'schemas') return schemaText(services.api, name);
  if (kind === 'reference') return tableText(services, name, context.mcpReq.signal);
  const templates = RESOURCE_TEMPLATES.map(({ uriTemplate }) => uriTemplate).join(', ');
  return refuse(`There is no resource ${JSON.stringify(uri.slice(0, 100))}. There are: ${templates}.`);
}
