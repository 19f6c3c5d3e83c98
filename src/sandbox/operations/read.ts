import type { Operation } from '../../api/index.ts';
import type { HookContext } from '../contract/behaviour.ts';
import type { OperationAnswer, OperationRequest } from '../contract/request.ts';
import { countOf, fieldsOf, type ListRequest, listPage, pageOfRecords } from '../list.ts';
import { type ListBytes, listBytes } from '../records/list-bytes.ts';
import type { SandboxRecord } from '../store/store.ts';
import { leastRecord, shapedAs } from './conform.ts';
import type { Call, Records } from './records.ts';
import type { Target } from './target.ts';

/** What an operation without a behaviour answers: the least that conforms to its schema. */
export function leastAnswer({ api }: Records, { response }: Operation): { body?: unknown } {
  if (response.kind === 'none') return {};
  if (response.schema === 'SuccessResponse') return { body: { success: true, message: '' } };
  return { body: response.kind === 'array' ? [] : leastRecord(api, response.schema) };
}

/** `/info` shows the records of a table with members of its own, such as a member's `fullName`. */
const ownSchema = ({ method, path, response }: Operation): string | undefined =>
  method === 'GET' && /\/info(\/|$)/.test(path) ? response.schema : undefined;

/** A record as an answer shows it: worked out, with its links, and trimmed to the fields that were asked for. */
export function shown(
  records: Records,
  { operation, query }: OperationRequest,
  target: Target,
  context: HookContext,
): (record: SandboxRecord) => Record<string, unknown> {
  const present = records.presenter(target.template, context) ?? ((record: SandboxRecord) => record);
  const link = linker(records, target);
  const trim = fieldsOf(query) ?? ((record: Record<string, unknown>) => record);
  const { whole } = records.filler.of(target.template, ownSchema(operation));
  return (record) => trim(link(whole(present(record))));
}

/** Adds the links that Manage shows with a whole record, in place. They are not stored: they follow from the id. */
function linker(records: Records, { template }: Target): (record: SandboxRecord) => SandboxRecord {
  const links = records.behaviour(template)?.links;
  if (links === undefined) return (record) => record;
  // What is shown was made for this answer.
  return (record) => {
    record._info = Object.assign(record._info ?? {}, links(record.id));
    return record;
  };
}

/** Answers a GET from the store. */
export function read(records: Records, { request, target, collection, context }: Call): OperationAnswer {
  const { api } = records;
  const { operation, query } = request;
  const { response } = operation;
  const show = shown(records, request, target, context);
  if (target.kind === 'item') {
    const record = records.item(request, target, collection, context.parentIds);
    const body = shapedAs(api, response.schema, show(record));
    // A few operations answer one record as a list of one.
    return { status: response.status, body: response.kind === 'array' ? [body] : body };
  }
  if (target.kind === 'single') {
    const [record] = collection.all(context.parentIds);
    if (record !== undefined) return { status: 200, body: shapedAs(api, response.schema, show(record)) };
  }
  if (target.kind === 'other' || target.kind === 'single')
    return { status: response.status, ...leastAnswer(records, operation) };
  const stored = records.listSchema(target.template) ?? response.schema ?? '';
  const own = api.find(`GET ${operation.path.replace(/\/count$/i, '')}`);
  const schema = (own && ownSchema(own)) ?? stored;
  const filled = records.filler.of(target.template, schema === stored ? undefined : schema);
  const list: ListRequest = {
    collection,
    parents: context.parentIds,
    schema,
    query,
    filled,
    isIndexed: schema === stored,
    present: records.presenter(target.template, context),
    link: linker(records, target),
    rewrite: records.rewriter(target.template, context),
    api,
  };
  if (target.kind === 'count') return { status: 200, body: { count: countOf(list) } };
  const { written } = filled;
  if (written !== undefined && written.schema === response.schema && fieldsOf(query) === undefined) {
    const { rows, link } = pageOfRecords(list, request.url, request.forwardOnly);
    const links = records.behaviour(target.template)?.links;
    const bytesOf = (root: string): Promise<ListBytes> => {
      const texts = records.filler.texts(root);
      const linked = links && texts.byId(links);
      return listBytes(rows, (row) => written.text(row, texts, linked?.(row.id)));
    };
    return { status: 200, bytes: bytesOf, link };
  }
  const { rows, link } = listPage(list, request.url, request.forwardOnly);
  const shaped = rows.map((row) => shapedAs(api, response.schema, row));
  return { status: 200, body: shaped, link };
}

/** The two POST searches: the conditions come in the body, spelled its own way. */
export function search(
  records: Records,
  request: OperationRequest,
  body: Readonly<Record<string, unknown>>,
  context: HookContext,
): OperationAnswer {
  const template = request.operation.path.replace(/\/search$/, '');
  const fromBody = Object.entries(body)
    .filter(([, value]) => value !== null)
    .map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
  const target: Target = { kind: 'collection', template, parents: [], item: undefined };
  const list: ListRequest = {
    collection: records.store.collection(template),
    parents: [],
    schema: records.listSchema(template) ?? '',
    query: new Map([...request.query, ...fromBody]),
    filled: records.filler.of(template),
    present: records.presenter(template, context),
    link: linker(records, target),
    rewrite: records.rewriter(target.template, context),
    api: records.api,
  };
  const { rows, link } = listPage(list, request.url, request.forwardOnly);
  return { status: 200, body: rows, link };
}
