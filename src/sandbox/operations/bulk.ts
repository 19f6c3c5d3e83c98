import type { Operation } from '../../api/index.ts';
import { Failure, invalidObject } from '../contract/failure.ts';
import type { OperationAnswer } from '../contract/request.ts';
import { parseBody, readAs } from '../write/body.ts';
import type { Call, Records } from './records.ts';
import type { Writer } from './write.ts';

/** The most that one request may carry is not documented; this bounds what a hostile one makes. */
const MOST = 1000;

type Row = Record<string, unknown>;

/** The lists that a request carries: records to create or replace, ids to delete. */
function rowsOf(method: string, body: unknown): unknown[] {
  const list = method === 'DELETE' ? ((body as { ids?: unknown } | undefined)?.ids ?? []) : body;
  if (!Array.isArray(list) || list.length > MOST)
    throw invalidObject('bulk', [
      {
        code: 'InvalidField',
        message: method === 'DELETE' ? 'The ids field must be a list.' : 'The body must be a list.',
        field: method === 'DELETE' ? 'ids' : 'body',
      },
    ]);
  return list;
}

/** A `…/bulk` operation: each row by itself, as its own operation does it; one that fails leaves the others alone (207). */
export function answerBulk(
  records: Records,
  writer: Writer,
  { request, target, collection, context }: Call,
): OperationAnswer {
  const { operation, text } = request;
  const single: Operation = {
    ...operation,
    ...(operation.request && { request: { ...operation.request, kind: 'object' as const } }),
    response: { status: 200, kind: 'object', ...(operation.request?.schema && { schema: operation.request.schema }) },
  };
  const one = (row: unknown): { statusCode: number; data: Row } => {
    const id = Number(operation.method === 'DELETE' ? row : (row as Row | null)?.id);
    const previous = operation.method === 'POST' ? undefined : collection.get(id);
    if (operation.method !== 'POST' && previous === undefined) throw records.missing(target.template, String(id));
    if (operation.method === 'DELETE' && previous !== undefined) {
      writer.removeRecord(previous, target.template, collection, context);
      return { statusCode: 204, data: { id } };
    }
    const stored = writer.store(
      { operation: single, template: target.template, collection, context },
      previous,
      readAs(records.api, single.request?.schema, row),
      JSON.stringify(row),
    );
    return { statusCode: previous === undefined ? 201 : 200, data: { id: stored.id } };
  };
  const payload = rowsOf(operation.method, parseBody(text)).map((row, originalIndex) => {
    try {
      return { success: true, originalIndex, ...one(row) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { code, message, errors } = error.body;
      return {
        success: false,
        originalIndex,
        statusCode: error.status,
        error: { code, message, ...(errors && { errors }) },
      };
    }
  });
  return { status: operation.response.status, body: { payload } };
}
