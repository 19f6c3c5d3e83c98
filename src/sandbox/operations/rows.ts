import type { ApiDescription } from '../../api/index.ts';
import type { HookContext } from '../contract/behaviour.ts';
import type { ActionAnswer, ActionRequest, OperationRequest } from '../contract/request.ts';
import { countOf, type ListRequest, listPage } from '../list.ts';
import type { Filled } from '../records/filler.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
import { shapedAs } from './conform.ts';

export interface RowsRequest extends Pick<OperationRequest, 'operation' | 'url' | 'query' | 'forwardOnly'> {
  readonly schema: string | undefined;
  readonly api: ApiDescription;
  readonly filled?: Filled | undefined;
}

/** A list, or a count, of rows that are put together for this answer, with all that queries can ask of a collection. */
export function listRows(
  rows: readonly Record<string, unknown>[],
  { operation, url, query, forwardOnly, schema, api, filled }: RowsRequest,
): ActionAnswer {
  const collection = new MemoryStore().collection('/rows');
  rows.forEach((_, index) => {
    collection.plant({ id: index + 1 });
  });
  const list: ListRequest = {
    collection,
    parents: [],
    schema: schema ?? '',
    filled,
    query,
    // Rows of several kinds may share an id, and some have none: they are told apart by their place.
    present: ({ id }) => rows[id - 1] as SandboxRecord,
    api,
  };
  if (operation.response.schema === 'Count') return { status: 200, body: { count: countOf(list) } };
  const page = listPage(list, url, forwardOnly);
  const body = filled === undefined ? page.rows : page.rows.map((row) => shapedAs(api, schema, row));
  return { status: 200, body, link: page.link };
}

/** Rows of a collection that an action chooses by `parents`: queried, ordered and paged, or counted, as any other list. */
export function listed(
  { operation, query, url, forwardOnly }: ActionRequest,
  { store, api }: HookContext,
  rows: {
    readonly template: string;
    readonly schema: string;
    readonly parents: readonly number[];
    readonly present: (record: SandboxRecord) => SandboxRecord;
  },
): ActionAnswer {
  const list: ListRequest = {
    collection: store.collection(rows.template),
    parents: rows.parents,
    schema: rows.schema,
    query: new Map([...query].map(([name, value]): [string, string] => [name.toLowerCase(), value])),
    present: rows.present,
    api,
  };
  if (operation.path.endsWith('/count')) return { status: 200, body: { count: countOf(list) } };
  const page = listPage(list, url, forwardOnly);
  const body = page.rows.map((row) => shapedAs(api, rows.schema, row));
  return { status: 200, body, link: page.link };
}
