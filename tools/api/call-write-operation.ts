import { z } from 'zod';
import type { Operation } from '../../src/api/index.ts';
import { isRecord } from '../../src/json.ts';
import { isReading } from '../../src/manage/index.ts';
import { defineLegacyTool as defineTool, fragments, legacyPreview, ToolInputError } from '../../src/tool/index.ts';
import { operationInput, readOperationCall } from '../../src/tool/operations/operation-call.ts';
import { compactRecord } from '../../src/tool/results/compact-record.ts';

/** A body as JSON text, or as itself. PATCH wants a list of operations: an object of members means their replacement. */
function bodyFor(operation: Operation, body: unknown): unknown {
  if (operation.request?.kind !== 'patch' || !isRecord(body) || 'op' in body) return body;
  return Object.entries(body).map(([path, value]) =>
    value === null ? { op: 'remove', path } : { op: 'replace', path, value },
  );
}

/** What mails somebody outside, deletes, or changes many records at once: a person agrees first. */
export function needsConsent({ method, path, request }: Operation): boolean {
  return (
    method === 'DELETE' ||
    request?.kind === 'array' ||
    /\/(merge|bulk|requestPassword|deactivate|clear|reset|export)\b/i.test(path)
  );
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
    body: z
      .union([z.looseObject({}), z.array(z.looseObject({}))])
      .optional()
      .meta({ type: 'object' })
      .describe('PATCH: the members to replace, or the list of operations'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { operationId: 'operation', pathParameters: 'path', pathParams: 'path', data: 'body', payload: 'body' },
  output: z.looseObject({}),
  async run(input, context) {
    const { manage, signal } = context;
    const call = await readOperationCall(context, input);
    const { operation, name, path } = call;
    if (isReading(operation))
      throw new ToolInputError('operation', `${name} only reads.`, { next: 'Use call_read_operation for it.' });
    if (operation.request?.kind === 'multipart') {
      const [direct] = context.directTools(name);
      throw new ToolInputError('operation', `${name} takes a file, which cannot be sent by this tool.`, {
        ...(direct !== undefined && { next: `Use ${direct} for it.` }),
      });
    }
    const body = bodyFor(operation, input.body);
    const query = { ...call.rest, ...(call.fields && { fields: call.fields.join(',') }) };
    const options = { path, query, ...(body !== undefined && { body }) };
    const preview = manage.preview(name, options);
    if (input.dryRun) return legacyPreview([preview]);
    if (needsConsent(operation))
      await context.confirm({
        question: `${name} with path ${JSON.stringify(path)}${body === undefined ? '' : ` and body ${JSON.stringify(body).slice(0, 300)}`}?`,
        given: input.confirm,
      });
    const value = await manage.write<unknown>(name, { ...options, signal });
    const result = isRecord(value)
      ? compactRecord(value, operation.response.schema)
      : Array.isArray(value)
        ? value.map((item) => (isRecord(item) ? compactRecord(item, operation.response.schema) : item))
        : value;
    return {
      structured: { done: true, ...(result !== undefined && { result }) },
      text: `Done: ${name}${result === undefined ? '' : `\n${JSON.stringify(result)}`}`,
    };
  },
});
