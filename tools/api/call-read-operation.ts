import { z } from 'zod';
import { deliver, textOf } from '../../src/files/index.ts';
import { isRecord } from '../../src/json.ts';
import { isReading } from '../../src/manage/index.ts';
import { print } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  summarize,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { type OperationCall, operationInput, readOperationCall } from '../../src/tool/operations/operation-call.ts';
import { compactRecord } from '../../src/tool/results/compact-record.ts';

/** Most rows that a caller who asks for all of them gets; more belongs into a report. */
const MOST_ROWS = 5_000;

/** Characters of a text file that are shown. */
const MOST_TEXT = 20_000;

type Row = Record<string, unknown>;

function shown(value: unknown, schema: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => shown(item, schema));
  return isRecord(value) ? compactRecord(value, schema) : value;
}

/** The path of a call with its values in it. */
const pathOf = ({ operation, path }: OperationCall): string =>
  operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? '')));

function listOptions(call: OperationCall, signal: AbortSignal) {
  return {
    path: call.path,
    ...call.conditions,
    ...(call.fields && { fields: call.fields }),
    ...(call.orderBy && { orderBy: call.orderBy }),
    query: call.rest,
    signal,
  };
}

async function allRows(call: OperationCall, { manage, signal, progress }: ToolContext): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of manage.stream<Row>(call.name, listOptions(call, signal))) {
    rows.push(row);
    if (rows.length % 1_000 === 0) progress(rows.length, undefined, `${rows.length} rows`);
    if (rows.length > MOST_ROWS)
      throw new ToolInputError(
        'all',
        `There are more than ${MOST_ROWS} rows. Narrow them with query.where, or page with query.page and query.pageSize.`,
      );
  }
  return rows;
}

export default defineTool({
  name: 'call_read_operation',
  title: 'Call a reading operation',
  toolset: 'api',
  core: true,
  effect: 'read',
  uses: ['GET *'],
  description:
    'Call any GET (or POST search) operation of the API. Lists give 25 rows and whether there are more; all: true gives every row.',
  input: z.strictObject({
    ...operationInput,
    body: z.looseObject({}).optional().describe('For POST searches'),
    all: z.boolean().optional(),
    groupBy: fragments.groupBy.describe(
      'Counts (and sums) by up to 3 fields, over all rows: company, closedDate:month',
    ),
    sum: z.array(z.string()).optional(),
  }),
  aliases: {
    operationId: 'operation',
    pathParameters: 'path',
    pathParams: 'path',
    queryParameters: 'query',
    params: 'query',
    parameters: 'query',
  },
  output: z.looseObject({}),
  async run(input, context) {
    const { manage, signal } = context;
    const call = await readOperationCall(context, input);
    const { operation } = call;
    const { schema } = operation.response;
    if (!isReading(operation))
      throw new ToolInputError('operation', `${call.name} writes.`, { next: 'Use call_write_operation for it.' });
    if ((input.groupBy !== undefined || input.sum !== undefined) && operation.response.kind !== 'array')
      throw new ToolInputError('groupBy', `${call.name} is no list; groupBy and sum work on lists.`);
    if (operation.method === 'POST') {
      const value = await manage.write(call.name, {
        path: call.path,
        query: call.rest,
        body: input.body ?? {},
        signal,
      });
      return answer(call, { result: shown(value, schema) });
    }
    if (operation.response.kind === 'file') {
      const { bytes, contentType, fileName } = await manage.download(call.name, {
        path: call.path,
        query: call.rest,
        signal,
      });
      const text = /^text\/|json|xml/.test(contentType) ? textOf(bytes) : undefined;
      if (text !== undefined)
        return answer(call, { contentType, size: bytes.length, text: context.quote(text.slice(0, MOST_TEXT)) });
      const file = { name: fileName ?? 'file', contentType, bytes, uri: `cwm:/${pathOf(call)}` };
      const { said, structured, ...beside } = await deliver(file, context.server.files, 'operation');
      return { structured, text: `${call.name}\n${said}`, ...beside };
    }
    if (operation.response.kind !== 'array') {
      const options = listOptions(call, signal);
      if (operation.response.schema === 'Count') return answer(call, { count: await manage.count(call.name, options) });
      const { conditions } = call.conditions;
      const query = {
        ...call.rest,
        ...(call.fields && { fields: call.fields.join(',') }),
        // Reports answer with one object of many rows.
        ...(conditions && { conditions: print(conditions) }),
        ...(call.orderBy && { orderBy: call.orderBy.join(',') }),
        ...(input.query?.page !== undefined && { page: call.page }),
        ...(input.query?.pageSize !== undefined && { pageSize: call.pageSize }),
      };
      return answer(call, { result: shown(await manage.get(call.name, { path: call.path, query, signal }), schema) });
    }
    if (input.groupBy !== undefined || input.sum !== undefined)
      return summarize(context, {
        noun: 'records',
        schema: operation.response.schema ?? '',
        groupBy: input.groupBy ?? [],
        sum: input.sum ?? [],
        ...(input.query?.pageSize !== undefined && { limit: call.pageSize }),
        page: call.page,
        read: (fields) => manage.stream(call.name, { ...listOptions(call, signal), fields }),
        head: call.name,
      });
    if (input.all) {
      const rows = await allRows(call, context);
      return answer(call, { rows: shown(rows, schema), total: rows.length });
    }
    const { rows, more } = await manage.page<Row>(call.name, {
      ...listOptions(call, signal),
      page: call.page,
      pageSize: call.pageSize,
    });
    return answer(call, { rows: shown(rows, schema), page: call.page, more });
  },
});

/** The same facts twice: JSON a line for each row, because rows of an unknown shape make no table. */
function answer({ name: called, understood }: OperationCall, structured: Row) {
  const { rows, page, more, ...rest } = structured;
  const name = understood === undefined ? called : `${understood}\n${called}`;
  if (!Array.isArray(rows)) return { structured, text: `${name}\n${JSON.stringify(rest.result ?? rest)}` };
  const head = `${name}: ${rows.length} rows${more === true ? `; more with query.page ${Number(page) + 1}` : ''}`;
  return { structured, text: [head, ...rows.map((row) => JSON.stringify(row))].join('\n') };
}
