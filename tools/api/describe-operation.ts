import { z } from 'zod';
import { exampleBody } from '../../src/api/example.ts';
import type { ApiDescription, Field, Operation } from '../../src/api/index.ts';
import { rightOf } from '../../src/api/rights.ts';
import { summaryOf } from '../../src/api/search/summary.ts';
import { clean, cleanFacts } from '../../src/text/index.ts';
import { type DirectTool, defineTool, executorOf, inputJsonSchema } from '../../src/tool/index.ts';
import { anyOperation } from '../../src/tool/operations/named-operation.ts';
import { toolNameMeant } from '../../src/tool/operations/tool-name.ts';
import { argumentKind, type JsonSchema } from '../../src/tool/surface/argument-kind.ts';

function kindText({ enum: choices, type, items, schema }: Field): string {
  if (choices !== undefined) return `one of ${choices.slice(0, 12).join(', ')}${choices.length > 12 ? '...' : ''}`;
  if (type === 'reference') return 'reference {id}';
  if (type === 'array') return `list of ${items === undefined ? 'objects' : fieldText(items)}`;
  if (type === 'datetime') return 'UTC time';
  return type === 'object' && schema !== undefined ? schema : type;
}

/** `string <= 100, required`; `one of Low, Medium, High`; `reference {id}`. */
function fieldText(field: Field): string {
  const limits = [
    field.maxLength === undefined ? '' : `<= ${field.maxLength}`,
    field.required ? 'required' : '',
    field.requiredOnUpdate ? 'required on PUT' : '',
  ].filter((part) => part !== '');
  return [kindText(field), ...limits].join(', ');
}

const fieldsOf = (api: ApiDescription, schema: string | undefined): [string, Field][] =>
  [...(api.schema(schema ?? '')?.fields ?? [])].filter(([name]) => name !== '_info');

/** Required members first: they are what a caller looks for. */
function fieldLines(api: ApiDescription, schema: string | undefined): string[] {
  const fields = fieldsOf(api, schema);
  const needed = fields.filter(([, { required }]) => required);
  return [...needed, ...fields.filter(([, { required }]) => !required)].map(
    ([name, field]) => `- ${name}: ${fieldText(field)}`,
  );
}

/** `summary`, `board/` (a reference: board/id, board/name), `types[]` (a list inside the record). */
const answerFields = (api: ApiDescription, schema: string | undefined): string[] =>
  fieldsOf(api, schema).map(([name, { type }]) => `${name}${{ reference: '/', array: '[]' }[type as string] ?? ''}`);

/** What the caller's security role has to allow. */
function rightLine(operation: Operation): string {
  const right = rightOf(operation);
  return right === undefined
    ? 'Needs no right beyond signing in.'
    : `Needs ${right.name}: ${right.level} in the security role.`;
}

const BODY_KINDS: Readonly<Record<string, string>> = {
  object: 'Body, an object of',
  array: 'Body, a list of',
  patch:
    'Body: a list of {op: add|replace|remove, path, value}; paths are case-sensitive members, references are replaced whole. Members of',
  multipart: 'Body, a multipart form of',
};

function parameterLines({ pathParameters, queryParameters }: Operation): string[] {
  const path = pathParameters.map(({ name, type }) => `- path ${name}: ${type}, required`);
  const own = queryParameters
    .filter(
      ({ name }) =>
        !/^(conditions|childConditions|customFieldConditions|orderBy|fields|page|pageSize|pageId)$/.test(name),
    )
    .map(({ name, type, required }) => `- query ${name}: ${type}${required ? ', required' : ''}`);
  const list = queryParameters.some(({ name }) => name === 'conditions')
    ? ['- query where, conditions, fields, orderBy, page, pageSize']
    : [];
  return [...path, ...own, ...list];
}

/** A direct tool as a caller needs it: what it does, and its arguments. */
function describedTool(tool: DirectTool) {
  const { properties = {}, required = [] } = inputJsonSchema(tool.input) as JsonSchema;
  const all = Object.entries(properties);
  const isNeeded = ([name]: readonly [string, unknown]): boolean => required.includes(name);
  const parameters = [...all.filter(isNeeded), ...all.filter((one) => !isNeeded(one))].map(([name, schema]) => {
    const need = required.includes(name) ? ', required' : ', optional';
    const { description } = schema;
    return `${name}: ${argumentKind(schema)}${need}${description === undefined ? '' : `. ${description}`}`;
  });
  const executor = executorOf(tool);
  const summary = `${tool.title}: ${tool.description}`;
  return {
    structured: cleanFacts({ operation: tool.name, summary, parameters, runBy: executor }),
    text: clean(
      [
        `${tool.name}: ${tool.description}`,
        `Arguments, for ${executor} {"operation": "${tool.name}", "arguments": {...}} or the tool itself:`,
        ...parameters.map((line) => `- ${line}`),
      ].join('\n'),
    ),
  };
}

export default defineTool({
  name: 'describe_operation',
  title: 'Describe operation',
  toolset: 'api',
  core: true,
  effect: 'read',
  uses: [],
  description:
    'Parameters, body fields with types and limits, an example, and what an operation answers. Says what to use when it does not exist.',
  input: z.strictObject({ operation: z.string().describe('"POST /service/tickets"') }),
  aliases: { name: 'operation', path: 'operation', id: 'operation', operationId: 'operation' },
  output: z.looseObject({ operation: z.string(), summary: z.string() }),
  async run({ operation: given }, { api: site, search, searchTools, allows, directTools, reachable }) {
    const meant = toolNameMeant(given);
    const tool = reachable.find(({ name }) => name === meant);
    if (tool !== undefined) return describedTool(tool);
    const { operation, lacking } = await anyOperation({ api: site, search, searchTools, allows }, given);
    const api = lacking === undefined ? site : site.whole;
    const unavailable = lacking === undefined ? undefined : `It cannot be called here: it ${lacking}.`;
    const key = `${operation.method} ${operation.path}`;
    const { request, response } = operation;
    const tools = directTools(key);
    const example = exampleBody(api, operation);
    const answer =
      response.schema === undefined
        ? response.kind
        : `${response.kind === 'array' ? 'list of ' : ''}${response.schema}`;
    const answered = request?.schema === response.schema ? [] : answerFields(api, response.schema);
    const text = [
      `${key} (${operation.id}): ${summaryOf(operation)}`,
      ...(unavailable === undefined ? [] : [unavailable]),
      ...(tools.length > 0 ? [`Better: ${tools.join(', ')}`] : []),
      ...parameterLines(operation),
      ...(request === undefined
        ? ['No body.']
        : [`${BODY_KINDS[request.kind]} ${request.schema ?? 'anything'}:`, ...fieldLines(api, request.schema)]),
      ...(example === undefined ? [] : [`Example body: ${JSON.stringify(example)}`]),
      `Answers ${response.status}: ${answer}${answered.length > 0 ? `; fields: ${answered.join(', ')}` : ''}`,
      rightLine(operation),
    ];
    return {
      structured: cleanFacts({
        operation: key,
        id: operation.id,
        summary: summaryOf(operation),
        unavailable,
        better: tools.length > 0 ? [...tools] : undefined,
        parameters: parameterLines(operation).map((line) => line.slice(2)),
        body: request && {
          kind: clean(request.kind),
          schema: request.schema,
          fields: Object.fromEntries(fieldsOf(api, request.schema).map(([name, field]) => [name, fieldText(field)])),
        },
        example: example === undefined ? undefined : { body: example },
        answers: answer,
        answerFields: answered.length > 0 ? answered : undefined,
        right: rightLine(operation),
      }),
      text: clean(text.join('\n')),
    };
  },
});
