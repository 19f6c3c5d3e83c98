import { z } from 'zod';
import { all, field, wordsIn } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

/** Where the words of a search may stand. */
const TEXTS = ['description'];
const CODES = ['identifier', 'customerDescription', 'manufacturerPartNumber', 'vendorSku', 'manufacturer/name'];

export default defineTool({
  name: 'search_catalog',
  title: 'Search product catalog',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/catalog', 'GET /procurement/catalog/count', HOME_CURRENCY],
  dressing: [HOME_CURRENCY],
  description: 'Find catalog items by identifier, description, part number, manufacturer, vendor or class.',
  input: z.strictObject({
    text: z.string().optional(),
    productClass: z.enum(['Agreement', 'Bundle', 'Inventory', 'NonInventory', 'Service']).optional(),
    category: fragments.filterName('productCategory').optional(),
    manufacturer: fragments.filterName('manufacturer').optional(),
    vendor: fragments.filterName('company').optional(),
    includeInactive: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: {
    query: 'text',
    name: 'text',
    identifier: 'text',
    sku: 'text',
    class: 'productClass',
    type: 'productClass',
  },
  searchWords: 'product article goods docking station dock monitor headset',
  output: listOutput,
  async run(input, context) {
    const { text, productClass, category, manufacturer, vendor } = input;
    const conditions = all(
      text === undefined ? undefined : wordsIn(TEXTS, text, CODES),
      productClass && field('productClass', '=', productClass),
      category && field('category/id', '=', category.id),
      manufacturer && field('manufacturer/id', '=', manufacturer.id),
      vendor && field('vendor/id', '=', vendor.id),
    );
    return listRecords(context, input, {
      list: 'GET /procurement/catalog',
      noun: 'catalog items',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'identifier', field: 'identifier' },
        { title: 'description', field: 'description' },
        { title: 'class', field: 'productClass' },
        { title: 'category', field: 'category/name' },
        { title: 'price', field: 'price' },
        { title: 'cost', field: 'cost' },
        { title: 'vendor', field: 'vendor/name' },
      ],
      filteredBy: { description: 'text', identifier: 'text' },
      near: text === undefined ? undefined : { kind: 'catalogItem', name: text },
      own: { conditions },
      byDefault: input.includeInactive
        ? undefined
        : { condition: field('inactiveFlag', '=', false), lifts: ['inactiveFlag'], says: 'active' },
      orderBy: ['identifier asc'],
      async currencyOf() {
        const code = await homeCurrency(context);
        return () => code;
      },
    });
  },
});
