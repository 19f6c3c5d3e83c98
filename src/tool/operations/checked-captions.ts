import { closest } from '../../api/closest.ts';
import type { ListOptions, ManageClient, ManageRecord } from '../../manage/client.ts';
import { type Expression, WhereError } from '../../query/index.ts';

/** Captions that a condition on custom fields compares with. */
function captionsIn(expression: Expression): string[] {
  if (expression.kind !== 'comparison') return expression.terms.flatMap(captionsIn);
  const { path, operator, value } = expression;
  return path.join('/').toLowerCase() === 'caption' && operator === '=' && value.kind === 'string' ? [value.value] : [];
}

/** @throws {WhereError} when records of this list carry no custom field of such a caption */
async function checkCaptions(manage: ManageClient, list: string, options: ListOptions): Promise<void> {
  const { customFieldConditions, path, signal } = options;
  if (customFieldConditions === undefined) return;
  // Every record carries all fields of its kind.
  const fields = ['id', 'customFields'];
  const sample = await manage.first(list, { path, fields, signal });
  const carried = sample?.customFields;
  if (!Array.isArray(carried)) return;
  const known = carried.map(({ caption }) => String(caption));
  const unknown = captionsIn(customFieldConditions).find(
    (caption) => !known.some((one) => one.toLowerCase() === caption.toLowerCase()),
  );
  if (unknown === undefined) return;
  const near = closest(unknown, known);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` There are: ${known.join(', ')}.`;
  throw new WhereError('where', `where: there is no custom field ${JSON.stringify(unknown)}.${hint}`, near);
}

/**
 * A client that does not take silence for an answer: Manage finds nothing by a caption that does not exist, and says nothing of it.
 * When a filter on custom fields finds nothing, the captions are looked at.
 */
export function checkedCaptions(manage: ManageClient): ManageClient {
  return {
    ...manage,
    async list<T = ManageRecord>(operation: string, options: Parameters<ManageClient['list']>[1] = {}) {
      const list = await manage.list<T>(operation, options);
      if (list.rows.length === 0) await checkCaptions(manage, operation, options);
      return list;
    },
    async all<T = ManageRecord>(operation: string, options: Parameters<ManageClient['all']>[1] = {}) {
      const rows = await manage.all<T>(operation, options);
      if (rows.length === 0) await checkCaptions(manage, operation, options);
      return rows;
    },
    async *stream<T = ManageRecord>(operation: string, options: ListOptions = {}) {
      let found = false;
      for await (const row of manage.stream<T>(operation, options)) {
        found = true;
        yield row;
      }
      if (!found) await checkCaptions(manage, operation, options);
    },
  };
}
