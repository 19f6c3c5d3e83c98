import type { ManageClient, ManageRecord } from '../../manage/index.ts';
import type { Conditions } from '../../query/index.ts';

export interface ListPage {
  readonly rows: readonly ManageRecord[];
  /** All records under these conditions: Manage's lists do not say. */
  readonly total: number;
}

/** One page of a collection with the number of all its records, asked for side by side. The count is at `<list>/count`. */
export async function readListPage(
  manage: ManageClient,
  list: string,
  query: Conditions,
  options: {
    /** Ids of the parents, for a list inside a record. */
    path?: Readonly<Record<string, string | number>>;
    fields?: readonly string[];
    orderBy: readonly string[];
    page: number | undefined;
    limit: number;
    signal: AbortSignal;
  },
): Promise<ListPage> {
  const { limit, page = 1, signal, ...rest } = options;
  const [{ rows }, total] = await Promise.all([
    manage.page(list, { ...query, ...rest, page, pageSize: limit, signal }),
    manage.count(`${list}/count`, { ...query, ...(rest.path && { path: rest.path }), signal }),
  ]);
  return { rows, total };
}
