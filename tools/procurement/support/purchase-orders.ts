import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { any, field } from '../../../src/query/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** A purchase order by the number printed on it or its id. @throws {ToolInputError} when there is none */
export async function findPurchaseOrder(
  manage: ManageClient,
  given: string,
  signal: AbortSignal,
): Promise<ManageRecord> {
  const text = given.trim().replace(/^#/, '');
  const conditions = any(
    field('poNumber', '=', text),
    /^\d{1,9}$/.test(text) ? field('id', '=', Number(text)) : undefined,
  );
  const { rows } = await manage.page('GET /procurement/purchaseorders', {
    conditions,
    pageSize: 5,
    signal,
  });
  const found = rows.find(({ poNumber }) => String(poNumber).toLowerCase() === text.toLowerCase()) ?? rows[0];
  if (found !== undefined) return found;
  throw new ToolInputError('purchaseOrder', `There is no purchase order ${JSON.stringify(text)}.`, {
    next: 'search_purchase_orders lists the open ones.',
  });
}
