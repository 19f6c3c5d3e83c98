import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { type NameKind, resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  money,
  newCustomFields,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

const CATALOG = '/procurement/catalog';

/** What a new item has to have; a description that nobody gives is the identifier. */
const NEEDED = ['identifier', 'subcategory', 'type'] as const;

export default defineTool({
  name: 'save_catalog_item',
  title: 'Save catalog item',
  toolset: 'procurement',
  effect: 'update',
  uses: [`GET ${CATALOG}`, `POST ${CATALOG}`, `GET ${CATALOG}/{id}`, `PATCH ${CATALOG}/{id}`],
  description: 'Add an item to the product catalog, or with item change one: texts, price, cost, vendor, inactive.',
  input: z.strictObject({
    item: z.string().optional().describe('To change: identifier or id'),
    identifier: z.string().optional(),
    description: z.string().optional(),
    customerDescription: z.string().optional(),
    productClass: z.enum(['Agreement', 'Bundle', 'Inventory', 'NonInventory', 'Service']).optional(),
    subcategory: z.string().optional(),
    type: z.string().optional(),
    price: z.number().optional(),
    cost: z.number().optional(),
    taxable: z.boolean().optional(),
    vendor: z.string().optional(),
    vendorSku: z.string().optional(),
    manufacturer: z.string().optional(),
    partNumber: z.string().optional(),
    inactive: z.boolean().optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'item',
    catalogItem: 'item',
    itemId: 'item',
    sku: 'identifier',
    name: 'description',
    class: 'productClass',
    unitPrice: 'price',
    unitCost: 'cost',
    manufacturerPartNumber: 'partNumber',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const given = <K extends NameKind>(kind: K, argument: 'subcategory' | 'type' | 'manufacturer' | 'vendor') =>
      resolveGiven(names, kind, input[argument], { argument });
    const [subcategory, type, manufacturer, vendor] = await Promise.all([
      given('productSubcategory', 'subcategory'),
      given('productType', 'type'),
      given('manufacturer', 'manufacturer'),
      given('company', 'vendor'),
    ]);
    const { identifier, description, customerDescription, productClass, price, cost, vendorSku } = input;
    const own = { identifier, description, customerDescription, productClass, price, cost, vendorSku };
    const members: ManageRecord = {
      ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
      ...(input.taxable !== undefined && { taxableFlag: input.taxable }),
      ...(input.partNumber !== undefined && { manufacturerPartNumber: input.partNumber }),
      ...(input.inactive !== undefined && { inactiveFlag: input.inactive }),
      ...(subcategory && { subcategory: { id: subcategory.id, name: subcategory.label } }),
      ...(type && { type: { id: type.id, name: type.label } }),
      ...(manufacturer && { manufacturer: { id: manufacturer.id, name: manufacturer.label } }),
      ...(vendor && { vendor: { id: vendor.id, name: vendor.label } }),
    };
    const describe = (row: ManageRecord): string =>
      `catalog item ${row.id}: ${plain(row.identifier)}, ${plain(row.description)}, price ${money(row.price ?? 0)}`;
    if (input.item !== undefined) {
      const { id } = await names.resolve('catalogItem', input.item, { argument: 'item' });
      const before = await manage.get<ManageRecord>(`GET ${CATALOG}/{id}`, { path: { id }, signal });
      return updateRecord(context, {
        operation: `PATCH ${CATALOG}/{id}`,
        path: { id },
        before,
        members: {
          ...members,
          ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
        },
        dryRun: input.dryRun,
        describe,
      });
    }
    const lacking = NEEDED.filter((name) => input[name] === undefined);
    if (lacking.length > 0)
      throw new ToolInputError(
        lacking[0] ?? 'item',
        `A new item needs ${lacking.join(', ')} as well; send item to change one that is there.`,
      );
    const code = String(identifier);
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> =>
      manage.first(`GET ${CATALOG}`, { conditions: field('identifier', '=', code), signal });
    const words = description ?? code;
    return createRecord(context, {
      operation: `POST ${CATALOG}`,
      body: {
        productClass: 'NonInventory',
        ...members,
        description: words,
        customerDescription: customerDescription ?? words,
        ...(await newCustomFields(context, `GET ${CATALOG}`, input.customFields)),
      },
      dryRun: input.dryRun,
      describe,
      twin: {
        find,
        argument: 'identifier',
        says: (twin) =>
          `Item ${twin.id} (${plain(twin.description)}) has the identifier ${plain(twin.identifier)} already. Send item to change it.`,
      },
    });
  },
});
