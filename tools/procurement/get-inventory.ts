import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  listOutput,
  readablePart,
  type LegacyToolContext as ToolContext,
  tableResult,
} from '../../src/tool/index.ts';

const MOST = 200;

/** Everything that lies in a bin, or in all bins. */
async function onHand(product: string | undefined, context: ToolContext): Promise<ManageRecord[]> {
  const { manage, names, signal, progress } = context;
  if (product !== undefined) {
    const { id } = await names.resolve('catalogItem', product, { argument: 'product' });
    const options = { path: { parentId: id }, pageSize: 1000, signal };
    return [...(await manage.page<ManageRecord>('GET /procurement/catalog/{parentId}/inventory', options)).rows];
  }
  const bins = (await manage.page<ManageRecord>('GET /procurement/warehouseBins', { pageSize: 1000, signal })).rows;
  const stock: ManageRecord[] = [];
  for (const [index, bin] of bins.entries()) {
    const path = { parentId: Number(bin.id) };
    const rows = manage.stream<ManageRecord>('GET /procurement/warehouseBins/{parentId}/inventoryOnHand', {
      path,
      signal,
    });
    for await (const row of rows)
      stock.push({
        ...row,
        warehouse: row.warehouse ?? bin.warehouse,
        warehouseBin: row.warehouseBin ?? { id: bin.id, name: bin.name },
      });
    progress(index + 1, bins.length, `${index + 1} of ${bins.length} bins read`);
  }
  return stock;
}

/** The least that should lie in all warehouses together; nothing where the role may not read it. */
async function minimumOf(parentId: number, { manage, signal }: ToolContext): Promise<number> {
  const options = { path: { parentId }, pageSize: 100, signal };
  const rows = await readablePart(
    manage.page<ManageRecord>('GET /procurement/catalog/{parentId}/minimumStockByWarehouse', options),
  );
  return rows.reduce((sum, { minimumStock }) => sum + Number(minimumStock ?? 0), 0);
}

export default defineTool({
  name: 'get_inventory',
  title: 'Get inventory',
  toolset: 'procurement',
  effect: 'read',
  uses: [
    'GET /procurement/catalog/{parentId}/inventory',
    'GET /procurement/catalog/{parentId}/minimumStockByWarehouse',
    'GET /procurement/warehouseBins',
    'GET /procurement/warehouseBins/{parentId}/inventoryOnHand',
  ],
  description:
    'Stock on hand by warehouse and bin, of one product or all; lowStock: only what is at or below its minimum.',
  input: z.strictObject({ product: z.string().optional(), lowStock: z.boolean().optional() }),
  aliases: { item: 'product', catalogItem: 'product' },
  output: listOutput,
  async run(input, context) {
    const stock = (await onHand(input.product, context)).filter(({ catalogItem }) => idOf(catalogItem) !== undefined);
    const ids = [...new Set(stock.map(({ catalogItem }) => idOf(catalogItem) ?? 0))];
    const minimums = new Map(await Promise.all(ids.map(async (id) => [id, await minimumOf(id, context)] as const)));
    const totals = new Map<number, number>();
    for (const { catalogItem, onHand: count } of stock)
      totals.set(idOf(catalogItem) ?? 0, (totals.get(idOf(catalogItem) ?? 0) ?? 0) + Number(count ?? 0));
    const low = ({ catalogItem }: ManageRecord): boolean => {
      const minimum = minimums.get(idOf(catalogItem) ?? 0) ?? 0;
      return minimum > 0 && (totals.get(idOf(catalogItem) ?? 0) ?? 0) <= minimum;
    };
    const shown = input.lowStock ? stock.filter(low) : stock;
    return tableResult({
      noun: input.lowStock ? 'places with low stock' : 'places',
      columns: ['product', 'warehouse', 'bin', 'on hand', 'minimum'],
      rows: shown
        .slice(0, MOST)
        .map((row) => [
          nameOf(row.catalogItem),
          nameOf(row.warehouse),
          nameOf(row.warehouseBin),
          row.onHand ?? 0,
          minimums.get(idOf(row.catalogItem) ?? 0) || '',
        ]),
      total: shown.length,
      pageSize: MOST,
    });
  },
});
