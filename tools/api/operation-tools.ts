import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ApiDescription, Operation } from '../../src/api/index.ts';
import { operationsSelected } from '../../src/api/patterns.ts';
import { summaryOf } from '../../src/api/search/summary.ts';
import { bodySchema, changesSchema, pathSchema, querySchema } from '../../src/api/zod.ts';
import { isReading } from '../../src/manage/index.ts';
import { defineTool, fragments, type ToolDefinition } from '../../src/tool/index.ts';
import { mayAsk } from '../../src/tool/write/effects.ts';
import callReadOperation from './call-read-operation.ts';
import callWriteOperation from './call-write-operation.ts';
import { parentReadingOf, readingOf } from './support/target-record.ts';

/** Longest tool name that every host takes. */
const LONGEST_NAME = 64;

/** Parameters of every list; the executors have better words for them. */
const OF_LISTS = new Set([
  'conditions',
  'childConditions',
  'customFieldConditions',
  'orderBy',
  'fields',
  'page',
  'pageSize',
  'pageId',
]);

/** Arguments of every list. */
const { limit: _, ...LIST_FILTERS } = fragments.list;
const LIST = {
  ...LIST_FILTERS,
  orderBy: z.string().optional(),
  pageSize: z.int().min(1).max(1000).optional(),
} as const;

const keyOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** The operation id; one that is too long is cut and told apart by a part of its hash. */
function toolName({ id }: Operation): string {
  if (id.length <= LONGEST_NAME) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 6);
  return `${id.slice(0, LONGEST_NAME - 7)}_${hash}`;
}

/**
 * The operations that patterns select, in the description's order and each once.
 * @throws {NothingSelected} for a pattern that selects none, with what is near
 */
export function selectOperations(api: ApiDescription, patterns: readonly string[]): readonly Operation[] {
  // The usual case, at every start: nothing of the description has to be decoded for it.
  if (patterns.length === 0) return [];
  const chosen = new Set(
    patterns.flatMap((pattern) => operationsSelected(api, pattern, { setting: 'CWM_OPERATIONS' })),
  );
  return api.operations.filter((operation) => chosen.has(operation));
}

/** A body goes to the API as it was sent: `null` clears a member. */
const bodyArgument = (body: z.ZodType | undefined): { body?: z.ZodType } =>
  body === undefined ? {} : { body: fragments.verbatim(body) };

function inputOf(operation: Operation, api: ApiDescription): z.ZodObject {
  const path = pathSchema(operation).shape;
  const own = Object.entries(querySchema(operation).shape).filter(([name]) => !OF_LISTS.has(name) && !(name in path));
  const isList =
    operation.response.kind === 'array' && operation.queryParameters.some(({ name }) => name === 'conditions');
  const trims = operation.response.kind !== 'none' && operation.queryParameters.some(({ name }) => name === 'fields');
  const body = operation.request?.kind === 'patch' ? changesSchema(operation, api) : bodySchema(operation, api);
  const writes = !isReading(operation);
  return z.strictObject({
    ...path,
    ...Object.fromEntries(own),
    ...(isList && LIST),
    ...(trims && { fields: z.string().optional() }),
    ...bodyArgument(body),
    ...(operation.method === 'POST' && writes && { allowDuplicate: z.boolean().optional() }),
    ...(writes && { dryRun: fragments.dryRun }),
    ...(writes && mayAsk(operation, api) && { confirm: fragments.confirm }),
  });
}

const EFFECTS = { GET: 'read', POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const;

/** What is read before a write: the record that it changes and the one above it, for previews and questions. */
const readsOf = (operation: Operation, api: ApiDescription): string[] => {
  const reading = readingOf(operation, api);
  const parent = reading === undefined ? undefined : parentReadingOf(operation, api);
  return [reading, parent].filter((one) => one !== undefined);
};

/** An operation of the API as a tool of its own, through the same executor as the two that call any. */
function operationTool(operation: Operation, api: ApiDescription): ToolDefinition {
  const key = keyOf(operation);
  const reads = isReading(operation);
  const pathNames = new Set(operation.pathParameters.map(({ name }) => name));
  let input: z.ZodObject | undefined;
  return defineTool({
    name: toolName(operation),
    title: key,
    toolset: 'api',
    effect: reads ? 'read' : EFFECTS[operation.method],
    ...(operation.method !== 'POST' && !reads && { idempotent: true }),
    get uses() {
      return [key, ...readsOf(operation, api)];
    },
    description: `${summaryOf(operation)} (${key})`,
    // Thousands may be selected; each is made when it is first listed or called.
    get input() {
      input ??= inputOf(operation, api);
      return input;
    },
    output: z.looseObject({ total: z.int().optional() }),
    async run(given, context) {
      const { body, dryRun, confirm, allowDuplicate, ...rest } = given as Record<string, unknown>;
      const parts = Object.entries(rest).filter(([, value]) => value !== undefined);
      const call = {
        operation: key,
        path: Object.fromEntries(parts.filter(([name]) => pathNames.has(name))),
        query: Object.fromEntries(parts.filter(([name]) => !pathNames.has(name))),
        ...(body !== undefined && { body: body as Record<string, unknown> }),
      };
      if (reads) return callReadOperation.run(call, context);
      const asked = (value: unknown): boolean | undefined => (value === undefined ? undefined : value === true);
      return callWriteOperation.run(
        { ...call, allowDuplicate: asked(allowDuplicate), dryRun: asked(dryRun), confirm: asked(confirm) },
        context,
      );
    },
  });
}

/** Tools for the operations that `CWM_OPERATIONS` names. @throws {NothingSelected} */
export const operationTools = (api: ApiDescription, patterns: readonly string[]): readonly ToolDefinition[] =>
  selectOperations(api, patterns).map((operation) => operationTool(operation, api));
