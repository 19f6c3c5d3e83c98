import { z } from 'zod';
import { dayToManage, enteredAt } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { all, field, onDay } from '../../src/query/index.ts';
import { CUSTOMERS_CURRENCY, currencyOf } from '../../src/revenue/currency.ts';
import { type Clean, cleanLine, counted, excerptLine, joined, say } from '../../src/text/index.ts';
import {
  dayOf,
  defineTool,
  fragments,
  money,
  newCustomFields,
  referencesOf,
  type Step,
  sentBody,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { isSameLine, itemsOf, type Line, linesOf, lineText, vendorOf } from './support/order-lines.ts';

const ORDERS = '/procurement/purchaseorders';
const LINES = `${ORDERS}/{parentId}/lineitems` as const;

const input = z.strictObject({
  vendor: fragments.name('company', { description: "Default: the catalog's" }).optional(),
  lines: z
    .array(
      z.strictObject({
        product: z.string(),
        quantity: fragments.items(z.number()),
        unitCost: fragments.cost(z.number().optional()),
      }),
    )
    .min(1),
  number: z.string().optional().describe("Default: Manage's next"),
  status: fragments.name('purchaseOrderStatus').optional(),
  terms: fragments.name('billingTerms').optional(),
  shipTo: fragments.name('company', { description: 'Customer' }).optional(),
  notes: fragments.prose().optional(),
  customFields: fragments.customFields,
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;
/** An order whose vendor is known. */
type Order = Input & { readonly vendor: Named };

/** Says of a company that none of its types makes it a vendor; nothing where no type here is one for vendors. */
async function notVendor(vendor: Named, { names, manage, signal }: ToolContext): Promise<Clean | undefined> {
  const types = (await names.list('companyType')).filter(({ record }) => record.vendorFlag === true);
  if (types.length === 0) return undefined;
  const path = { id: vendor.id };
  const { isVendorFlag, types: own } = await manage.get<ManageRecord>('GET /company/companies/{id}', {
    path,
    query: { fields: 'isVendorFlag,types' },
    signal,
  });
  const has = (Array.isArray(own) ? own : []).map(idOf);
  if (isVendorFlag === true || types.some(({ id }) => has.includes(id))) return undefined;
  const wanted = joined(
    types.map(({ label }) => cleanLine(label)),
    ' or ',
  );
  return say`${cleanLine(vendor.label)} is not a vendor: it does not have the type ${wanted}.`;
}

/** The status and terms named, or the installation's own defaults. */
async function setUp({ status, terms }: Input, { names }: ToolContext): Promise<ManageRecord> {
  const statuses = await names.list('purchaseOrderStatus');
  const chosen =
    status ??
    statuses.find(({ record }) => record.defaultFlag === true) ??
    statuses.find(({ record }) => record.closedFlag !== true);
  const agreed = terms ?? (await names.list('billingTerms'))[0];
  if (chosen === undefined || agreed === undefined)
    throw new ToolInputError(
      'status',
      say`This Manage has no purchase order status or no billing terms to choose from.`,
    );
  return { status: referenceTo(chosen), terms: referenceTo(agreed) };
}

/** An order that says the same as the one that is wanted, as far as it goes. */
interface Earlier {
  readonly order: ManageRecord;
  /** It has every line that is wanted. */
  readonly finished: boolean;
}

/** As much of its notes as the answer reads back. */
const LONGEST_NOTES = 200;

/** Minutes in which an order without a number counts as one whose making broke off. */
const BROKEN_OFF = 15;

/**
 * The order that these lines belong to already: the vendor's order of that number, or one made today without a number. One that has
 * a beginning of the lines broke off, and is finished; one with other lines has only the number in common.
 */
async function earlier(
  { vendor, number }: Order,
  lines: readonly Line[],
  { manage, now }: ToolContext,
  signal: AbortSignal,
): Promise<Earlier | undefined> {
  const present = await now();
  const orders = await manage.list<ManageRecord>(`GET ${ORDERS}`, {
    conditions: all(
      field('vendorCompany/id', '=', vendor.id),
      number === undefined ? field('closedFlag', '=', false) : field('poNumber', '=', number),
      number === undefined ? onDay('poDate', '>=', present.minus({ days: 1 })) : undefined,
    ),
    orderBy: ['id desc'],
    limit: 20,
    signal,
  });
  for (const order of orders.rows) {
    const stored = await manage.all<ManageRecord>(`GET ${LINES}`, { path: { parentId: Number(order.id) }, signal });
    const isBeginning = stored.every((line) => lines.some(({ members }) => isSameLine(line, members)));
    const finished = isBeginning && stored.length >= lines.length;
    if (finished || (number !== undefined && !isBeginning)) return { order, finished: true };
    const since = present.toMillis() - Date.parse(String(enteredAt(order)));
    if (isBeginning && order.closedFlag !== true && (number !== undefined || since < BROKEN_OFF * 60_000))
      return { order, finished: false };
  }
  return undefined;
}

/** An order knows no customer but the one that it is sent to. */
const FOR_CUSTOMER = {
  instead:
    'shipTo has the vendor send it to a customer. Without it, it comes to our warehouse: say in notes whom it is for. vendor is who it is ordered from.',
};

export default defineTool({
  name: 'create_purchase_order',
  title: 'Create purchase order',
  toolset: 'procurement',
  effect: 'create',
  uses: [
    `POST ${ORDERS}`,
    `POST ${LINES}`,
    `GET ${ORDERS}`,
    `GET ${ORDERS}/{id}`,
    `GET ${LINES}`,
    'GET /company/companies/{id}',
    CUSTOMERS_CURRENCY,
  ],
  description: 'Order from a vendor, with lines. Refuses an order that already exists.',
  input,
  aliases: {
    vendorCompany: 'vendor',
    supplier: 'vendor',
    items: 'lines',
    lineItems: 'lines',
    poNumber: 'number',
    customerCompany: 'shipTo',
    dropShipTo: 'shipTo',
    company: FOR_CUSTOMER,
    customer: FOR_CUSTOMER,
    client: FOR_CUSTOMER,
  },
  searchWords: 'order buy purchase goods from supplier distributor docking station dock monitor headset',
  output: z.looseObject({ id: z.int().optional() }),
  async run(asked, context) {
    const { manage, signal } = context;
    const items = await itemsOf(asked, context);
    const vendor = await vendorOf(asked, items, context);
    const given: Order = { ...asked, vendor };
    const { shipTo, number, allowDuplicate, dryRun } = given;
    const taken =
      asked.vendor === undefined ? say`The vendor is the one that the catalog has for every item.` : undefined;
    const [currency, warning] = await Promise.all([currencyOf(vendor.id, context), notVendor(vendor, context)]);
    const lines = await linesOf(given, { items, currency }, context);
    // Manage would take the day of its own zone.
    const poDate = dayToManage(await context.now());
    const members: ManageRecord = {
      vendorCompany: referenceTo(vendor),
      ...(shipTo && { customerCompany: referenceTo(shipTo), dropShipCustomerFlag: true }),
      ...(await setUp(given, context)),
      poNumber: number,
      poDate,
      internalNotes: given.notes,
      ...(await newCustomFields(context, `GET ${ORDERS}`, given.customFields)),
    };
    const unfinished = async (until: AbortSignal): Promise<ManageRecord | undefined> => {
      const found = allowDuplicate ? undefined : await earlier(given, lines, context, until);
      return found?.finished === false ? found.order : undefined;
    };
    const label = cleanLine(vendor.label);
    const sent = shipTo === undefined ? say`` : say`, shipped to ${cleanLine(shipTo.label)}`;
    const known = await unfinished(signal);
    const order: Step = {
      operation: `POST ${ORDERS}`,
      request: { body: sentBody(members) },
      does: known
        ? say`finish purchase order ${cleanLine(known.poNumber)} (id ${Number(known.id)}) for ${label}`
        : say`create a purchase order for ${label}${sent}`,
      find: allowDuplicate ? undefined : unfinished,
    };
    const ordered = lines.map(({ members: line, says }): Step => {
      const path = (made: readonly ManageRecord[]) => ({ parentId: made[0]?.id as number });
      return {
        operation: `POST ${LINES}`,
        request: (made) => ({ path: path(made), body: sentBody(line) }),
        does: says,
        find: async (until, made) =>
          (await manage.all<ManageRecord>(`GET ${LINES}`, { path: path(made), signal: until })).find((stored) =>
            isSameLine(stored, line),
          ),
        mayFail: true,
      };
    });
    return context.send({
      currency,
      steps: [order, ...ordered],
      dryRun,
      confirm: given.confirm,
      warnings: [warning],
      question: say`Order from ${label}${sent}: ${joined(
        lines.map(({ says }) => says),
        '; ',
      )}?`,
      notes: [referencesOf(members), say`dated ${dayOf(poDate)}`, taken],
      duplicate: allowDuplicate
        ? undefined
        : {
            async find(until) {
              const found = await earlier(given, lines, context, until);
              return found?.finished ? found.order : undefined;
            },
            argument: number === undefined ? 'lines' : 'number',
            says: (row) =>
              say`Purchase order ${cleanLine(row.poNumber)} (id ${Number(row.id)}) for ${label} already exists. Read it with get_purchase_order, or send allowDuplicate: true.`,
          },
      async answer({ made, failed }) {
        const id = Number(made[0]?.id);
        const after = await manage.get<ManageRecord>(`GET ${ORDERS}/{id}`, { path: { id }, signal });
        const facts = { id, number: cleanLine(after.poNumber), total: money(after.total, after.currency) };
        // A line that failed is said to be so, and not among what is ordered.
        const stored = lines.flatMap((line, index) => {
          const kept = made[index + 1];
          return kept?.id === undefined ? [] : [lineText(line, kept, currency)];
        });
        const count = say`${stored.length} of ${counted(lines.length, 'line')}`;
        const again = failed.length > 0 ? say` Call again with the same arguments to finish it.` : say``;
        return {
          structured: facts,
          text: say`${known ? 'Finished' : 'Created'} purchase order ${facts.number} (id ${id}) for ${label}${sent}, dated ${dayOf(after.poDate)}: ${count}, total ${facts.total}, ${cleanLine(nameOf(after.status))}, terms ${cleanLine(nameOf(after.terms))}.${again}${taken === undefined ? say`` : say` ${taken}`}${stored.length === 0 ? say`` : say` ${joined(stored, '; ')}.`}${after.internalNotes ? say` Notes: ${excerptLine(after.internalNotes, LONGEST_NOTES)}` : say``}`,
        };
      },
    });
  },
});
