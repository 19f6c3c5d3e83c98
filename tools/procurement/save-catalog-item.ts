import { z } from 'zod';
import { defined } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  type Duplicate,
  defineTool,
  exactMoney,
  fragments,
  newCustomFields,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

const CATALOG = '/procurement/catalog';

/** What a new item has to have; a description that nobody gives is the identifier. */
const NEEDED = ['identifier', 'subcategory', 'type'] as const;

/** What items are called that take something off a bill. */
const TAKES_OFF =
  /discount|credit|rebate|refund|allowance|coupon|voucher|trade-?\s?in|reduc|deduct|waive|goodwill|adjust|rabatt|gutschrift/i;

/**
 * A line may have a price below nothing, because it may take something back; an item has one only where it is there for that.
 * @throws {ToolInputError} for such a price of an item that does not say so
 */
function checkPrice(price: number | undefined, item: ManageRecord): void {
  const { identifier, description, customerDescription } = item;
  const isMeant = Number(item.price ?? 0) < 0 || TAKES_OFF.test(`${identifier} ${description} ${customerDescription}`);
  if (price === undefined || price >= 0 || isMeant) return;
  throw new ToolInputError(
    'price',
    say`price has to be at least 0, not ${price}: only an item that is called a discount or credit takes something off. One line may: update_product and add_product take such a price.`,
  );
}

const described = (row: ManageRecord, currency: Clean): Clean =>
  say`catalog item ${Number(row.id)}: ${cleanLine(row.identifier)}, ${cleanLine(row.description)}, price ${exactMoney(row.price ?? 0, currency)}`;

export default defineTool({
  name: 'save_catalog_item',
  title: 'Save catalog item',
  toolset: 'procurement',
  effect: 'update',
  uses: [`GET ${CATALOG}`, `POST ${CATALOG}`, `GET ${CATALOG}/{id}`, `PATCH ${CATALOG}/{id}`, HOME_CURRENCY],
  description: 'Add an item to the product catalog, or with item change one: texts, price, cost, vendor, inactive.',
  input: z.strictObject({
    item: fragments.name('catalogItem', { inactive: true, description: 'To change: identifier or id' }).optional(),
    identifier: z.string().optional(),
    description: fragments.prose().optional(),
    customerDescription: fragments.prose().optional(),
    productClass: z.enum(['Agreement', 'Bundle', 'Inventory', 'NonInventory', 'Service']).optional(),
    subcategory: fragments.name('productSubcategory').optional(),
    type: fragments.name('productType').optional(),
    price: fragments.money(z.number().optional()),
    cost: fragments.cost(z.number().optional()),
    taxable: z.boolean().optional(),
    vendor: fragments.name('company').optional(),
    vendorSku: z.string().optional(),
    manufacturer: fragments.name('manufacturer').optional(),
    partNumber: z.string().optional(),
    inactive: z.boolean().optional(),
    customFields: fragments.customFields,
    clear: fragments.clear(['vendor', 'vendorSku', 'manufacturer', 'partNumber']),
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
    const { manage, signal } = context;
    const { item, identifier, description, customerDescription, productClass, price, cost, vendorSku } = input;
    const members: ManageRecord = {
      identifier,
      description,
      customerDescription,
      productClass,
      price,
      cost,
      vendorSku,
      taxableFlag: input.taxable,
      manufacturerPartNumber: input.partNumber,
      inactiveFlag: input.inactive,
      subcategory: referenceTo(input.subcategory),
      type: referenceTo(input.type),
      manufacturer: referenceTo(input.manufacturer),
      vendor: referenceTo(input.vendor),
    };
    const duplicate: Duplicate | undefined =
      identifier === undefined
        ? undefined
        : {
            find: (until) =>
              manage.first(`GET ${CATALOG}`, { conditions: field('identifier', '=', identifier), signal: until }),
            argument: 'identifier',
            says: (row) =>
              say`Item ${Number(row.id)} (${cleanLine(row.description)}) already has the identifier ${cleanLine(row.identifier)}${row.inactiveFlag === true ? ' and is inactive' : ''}. Send item to change it.`,
          };
    const currency = await homeCurrency(context);
    const describe = (row: ManageRecord): Clean => described(row, currency);
    if (item !== undefined) {
      const path = { id: item.id };
      const before = await manage.get<ManageRecord>(`GET ${CATALOG}/{id}`, { path, signal });
      checkPrice(price, { ...before, ...defined({ identifier, description, customerDescription }) });
      return update(context, {
        operation: `PATCH ${CATALOG}/{id}`,
        path,
        before,
        members: {
          ...members,
          customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
          ...cleared(input, {
            vendor: 'vendor',
            vendorSku: 'vendorSku',
            manufacturer: 'manufacturer',
            partNumber: 'manufacturerPartNumber',
          }),
        },
        duplicate,
        currency,
        dryRun: input.dryRun,
        describe,
      });
    }
    const [missing, ...more] = NEEDED.filter((name) => input[name] === undefined);
    if (missing !== undefined || identifier === undefined)
      throw new ToolInputError(
        missing ?? 'item',
        say`A new item needs ${joined([missing, ...more].map(cleanLine), ', ')} as well; send item to change one that exists.`,
      );
    const words = description ?? identifier;
    checkPrice(price, { identifier, description, customerDescription });
    return create(context, {
      operation: `POST ${CATALOG}`,
      members: {
        ...members,
        productClass: productClass ?? 'NonInventory',
        description: words,
        customerDescription: customerDescription ?? words,
        ...(await newCustomFields(context, `GET ${CATALOG}`, input.customFields)),
      },
      duplicate,
      currency,
      dryRun: input.dryRun,
      describe,
    });
  },
});
