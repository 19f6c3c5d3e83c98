import { z } from 'zod';
import { deliver, pdfBeginning, textOf } from '../../src/files/index.ts';
import { inTurns } from '../../src/in-turns.ts';
import { isRecord } from '../../src/json.ts';
import { isReading } from '../../src/manage/index.ts';
import { print } from '../../src/query/index.ts';
import { type Clean, clean, cleanFacts, cleanLine, cleanValue, excerpt, lines, say } from '../../src/text/index.ts';
import { withoutNothing } from '../../src/tool/arguments/nothing-given.ts';
import {
  defineTool,
  emptyFirstNote,
  fragments,
  pageAsked,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import {
  jsonText,
  type OperationCall,
  operationAliases,
  operationInput,
  readOperationCall,
  refuseArguments,
} from '../../src/tool/operations/operation-call.ts';
import { LONGEST_RESULT } from '../../src/tool/results/budget.ts';
import { compactAnswer } from '../../src/tool/results/compact-record.ts';
import { grouped } from './support/grouped.ts';
import { nothingFound } from './support/nothing-found.ts';
import { refuseNarrowing } from './support/one-record.ts';
import { perhapsMore, searchBody } from './support/post-search.ts';

/** Most rows that a caller who asks for all of them gets; more is for a report. */
const MOST_ROWS = 5_000;

/** Characters of a text file that are shown. */
const MOST_TEXT = 20_000;

type Row = Record<string, unknown>;

/** The path of a call with its values in it. */
const pathOf = ({ operation, path }: OperationCall): string =>
  operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? '')));

const listOptions = ({ path, conditions, fields, orderBy, rest }: OperationCall, signal: AbortSignal) => ({
  path,
  ...conditions,
  fields,
  orderBy,
  query: rest,
  signal,
});

async function allRows(call: OperationCall, { manage, signal, progress }: ToolContext): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of manage.stream<Row>(call.name, listOptions(call, signal))) {
    rows.push(row);
    if (rows.length % 1_000 === 0) progress(rows.length, undefined, `${rows.length} rows`);
    if (rows.length > MOST_ROWS)
      throw new ToolInputError(
        'all',
        say`There are more than ${MOST_ROWS} rows. Narrow them with query.where, or page with query.page and query.pageSize.`,
      );
  }
  return rows;
}

/** A download: text is shown, everything else is handed over as a file, a PDF with its text. */
async function download(call: OperationCall, context: ToolContext) {
  const { manage, signal, server, quote } = context;
  const { path, rest } = call;
  const { bytes, contentType, fileName } = await manage.download(call.name, { path, query: rest, signal });
  const text = /^text\/|json|xml/.test(contentType) ? textOf(bytes) : undefined;
  if (text !== undefined) {
    const facts = { contentType: cleanLine(contentType), size: bytes.length };
    const shownText = quote(excerpt(text, MOST_TEXT));
    return { structured: { ...facts, text: shownText }, text: lines([call.name, shownText]) };
  }
  const file = { name: fileName ?? 'file', contentType, bytes, uri: `cwm:/${pathOf(call)}` };
  const { said, structured, ...beside } = await deliver(file, server.files, 'operation');
  const pdf = await pdfBeginning(bytes, signal, quote);
  return {
    structured: { ...cleanFacts(structured), text: pdf.text, notes: pdf.says },
    text: lines([call.name, clean(said), pdf.text, pdf.says]),
    ...beside,
  };
}

/** An answer that is one record, or a report: one object of many rows. */
async function single(call: OperationCall, { manage, signal }: ToolContext) {
  const { operation, conditions, fields, orderBy, paged, page, pageSize, rest } = call;
  const query = {
    ...rest,
    fields: fields?.join(','),
    conditions: conditions.conditions && print(conditions.conditions),
    orderBy: orderBy?.join(','),
    page: paged ? page : undefined,
    pageSize: paged ? pageSize : undefined,
  };
  const value = await manage.get(call.name, { path: call.path, query, signal });
  return answer(call, { result: compactAnswer(value, operation.response.schema, fields) });
}

export default defineTool({
  name: 'call_read_operation',
  title: 'Call a reading operation',
  toolset: 'api',
  core: true,
  effect: 'read',
  uses: ['GET *'],
  description: 'Call any GET (or POST search) operation of the API. Lists give 25 rows; all: true gives every row.',
  input: z.strictObject({
    ...operationInput,
    body: jsonText(z.looseObject({}), 'For POST searches'),
    all: z.boolean().optional(),
    groupBy: fragments.fields.describe('Counts (and sums) by up to 3 fields, over all rows: company, closedDate:month'),
    sum: fragments.fields,
  }),
  aliases: operationAliases,
  output: z.looseObject({ total: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    await refuseArguments(input, context);
    const call = await readOperationCall(context, input);
    const { operation } = call;
    const { kind, schema } = operation.response;
    if (!isReading(operation))
      throw new ToolInputError('operation', say`${call.name} writes.`, { next: 'Use call_write_operation for it.' });
    if (operation.method === 'GET' && withoutNothing(input.body) !== undefined)
      throw new ToolInputError('body', say`${call.name} takes no body.`, {
        next: 'Filters and fields go into query; body is for POST searches.',
      });
    const groups = input.groupBy !== undefined || input.sum !== undefined;
    if (groups && kind !== 'array')
      throw new ToolInputError('groupBy', say`${call.name} is not a list; groupBy and sum work on lists.`);
    if (operation.method === 'POST') {
      const request = {
        path: call.path,
        query: call.rest,
        body: searchBody(call, (input.body ?? {}) as Row, input),
        signal,
      };
      const found = await manage.ask(call.name, request);
      if (!Array.isArray(found)) return answer(call, { result: compactAnswer(found, schema) });
      const { shown, left } = await fitting(call, found);
      return answer(call, { result: shown, ...left, note: perhapsMore(found) });
    }
    refuseNarrowing(call, context);
    if (kind === 'file') return download(call, context);
    const options = listOptions(call, signal);
    if (schema === 'Count') return answer(call, { count: await manage.count(call.name, options) });
    if (kind !== 'array') return single(call, context);
    if (groups) return grouped(call, input, context);
    if (input.all) {
      if (call.page > 1) throw new ToolInputError('all', say`all: true gives every row: leave query.page out.`);
      const rows = await allRows(call, context);
      const note = rows.length === 0 ? await nothingFound(call, context) : undefined;
      return listed(call, rows, { total: rows.length, note });
    }
    const { page } = call;
    const asking = pageAsked(call.paged ? { page, limit: call.pageSize } : {});
    const read = await manage.list<Row>(call.name, { ...options, page, limit: asking.limit });
    const { total } = read;
    const { rows, pageSize } = asking.shown(read.rows, total);
    const isEnd = read.complete && rows.length === read.rows.length;
    const more = !isEnd && (total === undefined ? rows.length === pageSize : total > page * pageSize);
    const note = rows.length === 0 && page === 1 ? await nothingFound(call, context) : undefined;
    return listed(call, rows, { page, more, total, note });
  },
});

interface Answer {
  readonly rows?: readonly unknown[];
  readonly page?: number;
  readonly more?: boolean;
  readonly total?: number | undefined;
  readonly result?: unknown;
  readonly count?: number;
  /** Said of the rows. */
  readonly note?: Clean | undefined;
  /** Rows that were left out because no more fit. */
  readonly cut?: { readonly rows: number };
}

/** Rows compacted as far as an answer has room for them, and how many are left out. */
async function fitting({ operation, fields }: OperationCall, rows: readonly unknown[]) {
  let length = 0;
  function* thatFit(): Generator<unknown> {
    for (const row of rows) {
      if (length > LONGEST_RESULT) return;
      yield row;
    }
  }
  const shown = await inTurns(thatFit(), (row) => {
    const compacted = compactAnswer(row, operation.response.schema, fields);
    length += JSON.stringify(compacted)?.length ?? 0;
    return compacted;
  });
  return { shown, left: shown.length < rows.length ? { cut: { rows: rows.length - shown.length } } : {} };
}

/** A page of a list, or all of it. */
async function listed(call: OperationCall, rows: readonly unknown[], facts: Answer) {
  const { shown, left } = await fitting(call, rows);
  const { orderBy = [], fields } = call;
  const note = facts.note ?? emptyFirstNote(rows.filter(isRecord), { orderBy, fields });
  return answer(call, { rows: shown, ...facts, ...left, note });
}

/** Members that most records hold inside `_info`, although their conditions name them without it. */
const IN_INFO = /^(dateEntered|enteredBy|lastUpdated|updatedBy)$/i;

const holds = (row: unknown, [first, ...rest]: readonly string[]): boolean => {
  if (first === undefined) return true;
  // The last part of a reference's path is in its text.
  if (!isRecord(row)) return row !== undefined;
  const name = Object.keys(row).find((key) => key.toLowerCase() === first.toLowerCase());
  return name !== undefined && holds(row[name], rest);
};

/** Fields that were asked for and that none of the rows has: left out in silence, they look as if nobody had asked. */
function absentNotes({ fields = [], unknown }: OperationCall, rows: readonly unknown[], isOne: boolean): Clean[] {
  if (rows.length === 0) return [];
  const whose = isOne ? say`the record has no` : say`none of these rows has a`;
  return fields
    .filter((field) => !unknown.includes(field) && !rows.some((row) => holds(row, field.split('/'))))
    .map((field) => {
      const inInfo = IN_INFO.test(field) ? say` Try _info/${cleanLine(field)}.` : say``;
      return say`fields: ${whose} value in ${cleanLine(field)}.${inInfo}`;
    });
}

/** The same facts twice: JSON a line for each row, because rows of an unknown shape make no table. */
async function answer(call: OperationCall, facts: Answer) {
  const { name } = call;
  const { rows, page = 1, more, total, cut: left, note, ...rest } = facts;
  const absent = absentNotes(call, rows ?? (isRecord(rest.result) ? [rest.result] : []), rows === undefined);
  const fewer = say`Only these fit into an answer; ${left?.rows ?? 0} more were read. Ask for fewer fields or rows.`;
  const notes = [
    ...call.notes,
    ...(note === undefined ? [] : [note]),
    ...absent,
    ...(left === undefined ? [] : [fewer]),
  ];
  const said = { ...facts, rows: undefined, note: undefined, notes: notes.length > 0 ? notes : undefined };
  if (rows === undefined)
    return {
      structured: cleanFacts(said),
      text: lines([...notes, name, clean(JSON.stringify(rest.result ?? rest))]),
    };
  const count = countText(rows.length + (left?.rows ?? 0), { page, more, total });
  const [values, texts] = [await inTurns(rows, cleanValue), await inTurns(rows, rowText)];
  return {
    structured: { ...cleanFacts(said), rows: values },
    text: lines([...notes, say`${name}: ${count}`, ...texts]),
  };
}

const rowText = (row: unknown): Clean => clean(JSON.stringify(row));

function countText(
  shownRows: number,
  { page, more, total }: { page: number; more?: boolean; total?: number | undefined },
) {
  const of = total === undefined || total === shownRows ? say`` : say` of ${total}`;
  if (shownRows === 0 && page > 1) return say`0${of} rows: page ${page} is behind the last one`;
  return say`${shownRows}${of} rows${more === true ? say`; more with query.page ${page + 1}` : say``}`;
}
