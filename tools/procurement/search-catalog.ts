import { z } from 'zod';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_catalog',
  title: 'Search product catalog',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/catalog', 'GET /procurement/catalog/count'],
  description: 'Find catalog items by identifier, description, part number, manufacturer, vendor or class.',
  input: z.strictObject({
    text: z.string().optional(),
    productClass: z.enum(['Agreement', 'Bundle', 'Inventory', 'NonInventory', 'Service']).optional(),
    category: z.string().optional(),
    manufacturer: z.string().optional(),
    vendor: z.string().optional(),
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
  output: listOutput,
  async run(input, context) {
    const holds = (member: string, text: string | undefined) =>
      text === undefined ? undefined : field(member, 'contains', text);
    const conditions = all(
      input.includeInactive ? undefined : field('inactiveFlag', '=', false),
      input.text === undefined
        ? undefined
        : any(
            ...['identifier', 'description', 'customerDescription', 'manufacturerPartNumber', 'vendorSku'].map(
              (member) => holds(member, input.text),
            ),
          ),
      input.productClass === undefined ? undefined : field('productClass', '=', input.productClass),
      holds('category/name', input.category),
      holds('manufacturer/name', input.manufacturer),
      holds('vendor/name', input.vendor),
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
        { title: 'price', field: 'price', as: 'money' },
        { title: 'cost', field: 'cost', as: 'money' },
        { title: 'vendor', field: 'vendor/name' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['identifier asc'],
    });
  },
});
