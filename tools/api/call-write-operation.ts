import { z } from 'zod';
import type { Operation } from '../../src/api/index.ts';
import { meaningOf, secretsMasked } from '../../src/api/meanings.ts';
import { isRecord } from '../../src/json.ts';
import { isReading } from '../../src/manage/index.ts';
import { type Clean, clean, cleanLine, cleanValue, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, ToolInputError } from '../../src/tool/index.ts';
import { findCreated } from '../../src/tool/operations/find-created.ts';
import {
  jsonText,
  operationAliases,
  operationInput,
  readOperationCall,
  refuseArguments,
} from '../../src/tool/operations/operation-call.ts';
import { compactAnswer } from '../../src/tool/results/compact-record.ts';

/**
 * The body as it is sent. PATCH wants a list of operations: an object of members means their replacement, `null` their removal. A
 * creation that mails unless it is told not to is told not to.
 */
function bodyFor({ method, request }: Operation, body: unknown): unknown {
  if (!isRecord(body)) return body;
  if (request?.kind === 'patch' && !('op' in body))
    return Object.entries(body).map(([path, value]) =>
      value === null ? { op: 'remove', path } : { op: 'replace', path, value },
    );
  const silent = method === 'POST' && meaningOf(request?.schema ?? '', 'processNotifications')?.mailsByDefault === true;
  return silent ? { processNotifications: false, ...body } : body;
}

/** The most of a body that a question shows: more than a person reads. */
const MOST_ASKED = 2_000;

/** The request in full, for the question: path, parameters and body, with secrets hidden. */
function requestText(
  name: Clean,
  request: { path: unknown; query: unknown; body: unknown },
  schema: string | undefined,
): Clean {
  const said = (label: 'path' | 'query' | 'body', value: unknown): Clean | undefined =>
    value === undefined || (isRecord(value) && Object.keys(value).length === 0)
      ? undefined
      : say`${label}: ${clean(JSON.stringify(secretsMasked(value, schema)).slice(0, MOST_ASKED))}`;
  return lines([
    say`Call ${name}?`,
    said('path', request.path),
    said('query', request.query),
    said('body', request.body),
  ]);
}

/** A file cannot be sent by an operation: the direct tool is named that can. */
function refuseFile(name: Clean, direct: readonly string[]): never {
  const [tool] = direct;
  throw new ToolInputError('operation', say`${name} takes a file, which cannot be sent by this tool.`, {
    next: tool === undefined ? undefined : say`Use ${cleanLine(tool)} for it.`,
  });
}

export default defineTool({
  name: 'call_write_operation',
  title: 'Call a writing operation',
  toolset: 'api',
  core: true,
  effect: 'delete',
  uses: ['*'],
  description:
    'Call any POST, PUT, PATCH or DELETE operation of the API; validated before it is sent. Prefer a direct tool. Deleting and merging need the person to agree.',
  input: z.strictObject({
    ...operationInput,
    body: jsonText(
      z.union([z.looseObject({}), z.array(z.looseObject({}))]),
      'PATCH: the members to replace, or the list of operations',
    ),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { ...operationAliases, data: 'body', payload: 'body' },
  output: z.looseObject({ done: z.boolean().optional() }),
  async run(input, context) {
    if (input.arguments !== undefined) refuseArguments(input.operation);
    const call = await readOperationCall(context, input);
    const { operation, name, path } = call;
    if (isReading(operation))
      throw new ToolInputError('operation', say`${name} only reads.`, { next: 'Use call_read_operation for it.' });
    if (operation.request?.kind === 'multipart') refuseFile(name, context.directTools(name));
    const body = bodyFor(operation, input.body);
    const query = { ...call.rest, ...(call.fields && { fields: call.fields.join(',') }) };
    return context.send({
      steps: [
        {
          operation: name,
          request: { path, query, body },
          does: say`call ${name}`,
          settle: findCreated(operation, { path, body }, context, (await context.now()).toJSDate()),
        },
      ],
      dryRun: input.dryRun,
      confirm: input.confirm,
      question: requestText(name, { path, query, body }, schemaOf(operation)),
      notes: call.notes,
      answer({ made: [value] }) {
        const isEmpty = value === undefined || (isRecord(value) && Object.keys(value).length === 0);
        const result = isEmpty ? undefined : compactAnswer(value, operation.response.schema);
        return {
          structured: { done: true, result: result === undefined ? undefined : cleanValue(result) },
          text: lines([
            say`Done: ${name}`,
            result === undefined ? undefined : clean(JSON.stringify(result)),
            ...call.notes,
          ]),
        };
      },
    });
  },
});

const schemaOf = ({ request, response }: Operation): string | undefined => request?.schema ?? response.schema;
