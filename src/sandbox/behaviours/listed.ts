import type { ActionAnswer, ActionRequest, HookContext } from '../behaviour.ts';
import { countOf, type ListRequest, listPage } from '../list.ts';
import { shapedAs } from '../operations/conform.ts';
import type { SandboxRecord } from '../store/store.ts';

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
  return { status: 200, body, ...(page.link !== undefined && { link: page.link }) };
}
