import type { ManageRecord } from '../../../src/manage/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** A whole purchase order by the number printed on it or its id. @throws {UnknownName} when there is none */
export async function findPurchaseOrder({ manage, names, signal }: ToolContext, given: string): Promise<ManageRecord> {
  const { id } = await names.resolve('purchaseOrder', given, { argument: 'purchaseOrder', signal });
  return manage.get('GET /procurement/purchaseorders/{id}', { path: { id }, signal });
}
