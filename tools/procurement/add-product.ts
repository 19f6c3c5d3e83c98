import { z } from 'zod';
import { isRecord } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { CUSTOMERS_CURRENCY, currencyOf } from '../../src/revenue/currency.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import {
  billingWords,
  create,
  defineTool,
  exactMoney,
  fragments,
  money,
  newCustomFields,
  quantityMeant,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const TARGETS = ['ticketId', 'project', 'opportunity', 'invoiceId'] as const;

/** What a product can be charged to: exactly one of these. */
interface Targets {
  readonly ticketId?: number | undefined;
  readonly project?: Named | undefined;
  readonly opportunity?: Named | undefined;
  readonly invoiceId?: Named | undefined;
}

/** The member of a product line that charges it to something, and what that is called. */
interface Target {
  readonly member: 'ticket' | 'project' | 'opportunity' | 'invoice';
  readonly id: number;
  readonly label: Clean;
  /** The customer who is billed for it. */
  readonly company: number | undefined;
  /** What somebody may not expect: the invoice is paid, the ticket closed. */
  readonly warning?: Clean | undefined;
  /** The invoice's total before. */
  readonly total?: number;
  /** The invoice's own, which may be another than its customer is billed in by now. */
  readonly currency?: unknown;
}

const readInvoice = (id: number, { manage, signal }: ToolContext): Promise<ManageRecord> =>
  manage.get<ManageRecord>('GET /finance/invoices/{id}', { path: { id }, signal });

/** A bill that is closed is with the customer as it is; that of an agreement bills what the agreement does. */
function invoiceWarning({ status, type }: ManageRecord): Clean | undefined {
  const isClosed = isRecord(status) && status.isClosed === true;
  const warnings = [
    isClosed && say`The invoice is ${cleanLine(status.name)} already.`,
    type === 'Agreement' &&
      say`It is the invoice of an agreement (${cleanLine(nameOf(status))}), whose amount may cover the product, so that it bills nothing more.`,
  ];
  return joined(warnings, ' ') || undefined;
}

/** Said where an invoice bills as much as before, though something billable was put on it. */
async function sameTotal(target: Target, billed: number, context: ToolContext): Promise<Clean | undefined> {
  if (target.total === undefined || billed === 0) return undefined;
  const { total, currency } = await readInvoice(target.id, context);
  return Number(total ?? 0) === target.total
    ? say`The invoice's total stays ${money(target.total, currency)}: the product bills nothing more.`
    : undefined;
}

/** @throws {ToolInputError} when none or several are named, {NotFound} when there is no such ticket */
async function targetOf(targets: Targets, context: ToolContext): Promise<Target> {
  const { manage, signal } = context;
  const { ticketId, project, opportunity, invoiceId: invoice } = targets;
  const given = TARGETS.filter((name) => targets[name] !== undefined);
  if (given.length !== 1) {
    const not = given.length === 0 ? say`` : say` (not ${joined(given.map(cleanLine), ' and ')})`;
    throw new ToolInputError(
      'ticketId',
      say`Say what the product is for: one of ticketId, project, opportunity, invoiceId${not}.`,
    );
  }
  if (ticketId !== undefined) {
    const { record } = await findTicket(manage, ticketId, signal);
    refuseMerged(record);
    const warning = record.closedFlag === true ? say`The ticket is closed.` : undefined;
    const label = say`ticket ${ticketId} (${cleanLine(record.summary)})`;
    return { member: 'ticket', id: ticketId, label, company: idOf(record.company), warning };
  }
  const named = (member: 'project' | 'opportunity' | 'invoice', { id, label, record }: Named): Target => ({
    member,
    id,
    company: idOf(record.company),
    label: say`${member} ${cleanLine(label)} (id ${id})`,
  });
  if (invoice !== undefined) {
    const record = await readInvoice(invoice.id, context);
    const { currency, total } = record;
    return { ...named('invoice', invoice), warning: invoiceWarning(record), total: Number(total ?? 0), currency };
  }
  return project === undefined ? named('opportunity', opportunity as Named) : named('project', project);
}

/** Quantity, unit price and total, so that no reader takes one price for the other: `10 x LT-14 at 1,290.00 each, 12,900.00 in all`. */
function priced({ quantity, price }: ManageRecord, label: Clean, currency: unknown): Clean {
  const [count, each] = [Number(quantity ?? 0), Number(price ?? 0)];
  const total = count === 1 ? say`` : say` each, ${money(count * each, currency)} in all`;
  return say`${count} x ${label} at ${exactMoney(each, currency)}${total}`;
}

export default defineTool({
  name: 'add_product',
  title: 'Add product',
  toolset: 'procurement',
  effect: 'create',
  uses: [
    'POST /procurement/products',
    'GET /procurement/products',
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    'GET /finance/invoices/{id}',
    CUSTOMERS_CURRENCY,
  ],
  description: 'Put a catalog item on a ticket, project, opportunity or invoice. Refuses one already on it.',
  input: z.strictObject({
    product: fragments.name('catalogItem', { description: 'Catalog identifier, name or id' }),
    ticketId: z.int().optional(),
    project: fragments.name('project').optional(),
    opportunity: fragments.name('opportunity').optional(),
    invoiceId: fragments.name('invoice', { description: 'Number or id' }).optional(),
    quantity: fragments.items(z.number().optional().describe('Default 1')),
    price: fragments.money(z.number().optional().describe('Each')),
    cost: fragments.cost(z.number().optional()),
    description: fragments.prose().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).default('Billable'),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    item: 'product',
    catalogItem: 'product',
    ticket: 'ticketId',
    invoice: 'invoiceId',
    billableOption: 'billing',
    unitPrice: 'price',
    unitCost: 'cost',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names } = context;
    const { product: item, price, cost, description } = input;
    const target = await targetOf(input, context);
    const currency = target.currency ?? (await currencyOf(target.company, context));
    const said = quantityMeant({ names, argument: 'product', as: 'quantity', quantity: input.quantity });
    const label = cleanLine(item.label);
    const listed = Number(item.record.price ?? 0);
    if (price !== undefined && said !== undefined && said > 1 && listed > 0 && Math.abs(price - said * listed) < 0.005)
      throw new ToolInputError(
        'price',
        say`price is that of one, and ${money(price, currency)} is what ${said} x ${label} cost at ${exactMoney(listed, currency)}. Send price: ${listed}, or leave it out.`,
        { next: say`if one really costs that much, add it without price and set it with update_product.` },
      );
    const members: ManageRecord = {
      catalogItem: referenceTo(item),
      [target.member]: { id: target.id },
      quantity: said ?? 1,
      price: price ?? Number(item.record.price ?? 0),
      cost: cost ?? Number(item.record.cost ?? 0),
      description,
      billableOption: input.billing,
      ...(await newCustomFields(context, 'GET /procurement/products', input.customFields)),
    };
    const conditions = all(
      field('catalogItem/id', '=', item.id),
      field(`${target.member}/id`, '=', target.id),
      field('cancelledFlag', '=', false),
    );
    return create(context, {
      operation: 'POST /procurement/products',
      members,
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (signal) => manage.first('GET /procurement/products', { conditions, signal }),
            argument: 'product',
            says: (line) =>
              say`${target.label} already has ${label}: product ${Number(line.id)}, quantity ${Number(line.quantity ?? 0)}. Change it with update_product, or send allowDuplicate: true.`,
          },
      notes: [say`${priced(members, label, currency)}, on ${target.label}`],
      currency,
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: [target.warning],
      effect: () =>
        sameTotal(target, input.billing === 'Billable' ? Number(members.quantity) * Number(members.price) : 0, context),
      question: say`Put ${priced(members, label, currency)} on ${target.label}?`,
      describe: (line) =>
        say`product ${Number(line.id)}: ${priced(line, cleanLine(nameOf(line.catalogItem) ?? item.label), currency)}, on ${target.label}, ${billingWords(line.billableOption)}`,
    });
  },
});
