import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  listOutput,
  readablePart,
  type ToolContext,
  tableResult,
} from '../../src/tool/index.ts';

/** Rows of a page. */
const MOST = 200;

/** Everything in a bin, or in all bins. */
async function onHand(product: Named | undefined, context: ToolContext): Promise<readonly ManageRecord[]> {
  const { manage, signal, progress } = context;
  if (product !== undefined)
    return manage.all<ManageRecord>('GET /procurement/catalog/{parentId}/inventory', {
      path: { parentId: product.id },
      signal,
    });
  const bins = await manage.all<ManageRecord>('GET /procurement/warehouseBins', { signal });
  const stock: ManageRecord[] = [];
  for (const [index, bin] of bins.entries()) {
    const path = { parentId: Number(bin.id) };
    const rows = await manage.all<ManageRecord>('GET /procurement/warehouseBins/{parentId}/inventoryOnHand', {
      path,
      signal,
    });
    for (const row of rows)
      stock.push({
        ...row,
        warehouse: row.warehouse ?? bin.warehouse,
        warehouseBin: row.warehouseBin ?? { id: bin.id, name: bin.name },
      });
    progress(index + 1, bins.length, `${index + 1} of ${bins.length} bins read`);
  }
  return stock;
}

/**
 * The least that all warehouses together should hold; 0 where there is none.
 * @param needed whether the answer rests on it: else it is left out where the role may not read it
 */
async function minimumOf(parentId: number, needed: boolean, { manage, signal }: ToolContext): Promise<number> {
  const read = manage
    .all<ManageRecord>('GET /procurement/catalog/{parentId}/minimumStockByWarehouse', { path: { parentId }, signal })
    .then((rows) => ({ rows }));
  const rows = needed ? (await read).rows : await readablePart(read);
  return rows.reduce((sum, { minimumStock }) => sum + Number(minimumStock ?? 0), 0);
}

/** The products in stock, for how they are ordered and from whom. */
async function itemsOf(ids: readonly number[], { manage, signal }: ToolContext): Promise<Map<unknown, ManageRecord>> {
  if (ids.length === 0) return new Map();
  const items = await readablePart(
    manage
      .all<ManageRecord>('GET /procurement/catalog', {
        conditions: field('id', 'in', ids),
        fields: ['id', 'identifier', 'vendor'],
        signal,
      })
      .then((rows) => ({ rows })),
  );
  return new Map([...items].map((item) => [item.id, item]));
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
    'GET /procurement/catalog',
  ],
  description: 'Stock on hand by warehouse and bin, of one product or all; lowStock: at or below its minimum.',
  input: z.strictObject({
    product: fragments.filterName('catalogItem').optional(),
    lowStock: z.boolean().optional(),
    page: fragments.page,
  }),
  aliases: { item: 'product', catalogItem: 'product', identifier: 'product', sku: 'product' },
  output: listOutput,
  async run({ product, lowStock = false, page = 1 }, context) {
    const stock = (await onHand(product, context)).filter(({ catalogItem }) => idOf(catalogItem) !== undefined);
    const itemOf = ({ catalogItem }: ManageRecord): number => idOf(catalogItem) ?? 0;
    const ids = [...new Set(stock.map(itemOf))];
    const minimums = new Map(
      await Promise.all(ids.map(async (id) => [id, await minimumOf(id, lowStock, context)] as const)),
    );
    const totals = new Map<number, number>();
    for (const row of stock) totals.set(itemOf(row), (totals.get(itemOf(row)) ?? 0) + Number(row.onHand ?? 0));
    const isLow = (row: ManageRecord): boolean => {
      const minimum = minimums.get(itemOf(row)) ?? 0;
      return minimum > 0 && (totals.get(itemOf(row)) ?? 0) <= minimum;
    };
    const shown = lowStock ? stock.filter(isLow) : stock;
    const items = await itemsOf(ids, context);
    return tableResult({
      noun: lowStock ? 'places with low stock' : 'places',
      head: lowStock ? say`Of products that have a place in a bin, empty or not; others are not looked at.` : undefined,
      columns: ['identifier', 'product', 'vendor', 'warehouse', 'bin', 'on hand', 'minimum'],
      rows: shown
        .slice((page - 1) * MOST, page * MOST)
        .map((row) => [
          items.get(itemOf(row))?.identifier,
          nameOf(row.catalogItem),
          nameOf(items.get(itemOf(row))?.vendor),
          nameOf(row.warehouse),
          nameOf(row.warehouseBin),
          row.onHand ?? 0,
          minimums.get(itemOf(row)) || '',
        ]),
      total: shown.length,
      page,
      pageSize: MOST,
    });
  },
});
