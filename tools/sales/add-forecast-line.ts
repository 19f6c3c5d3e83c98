import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, referenceTo } from '../../src/names/index.ts';
import { FORECAST, forecastSum, readForecast } from '../../src/revenue/forecast.ts';
import { type Clean, cleanLine, counted, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  exactMoney,
  fragments,
  money,
  quantityMeant,
  saysSame,
  sentBody,
  ToolInputError,
} from '../../src/tool/index.ts';

const POST = FORECAST.replace('GET', 'POST');

/** The longest description of a line that Manage stores. */
const LONGEST_DESCRIPTION = 50;

/** Numbers that make two lines the same, beside what they are for. */
const AMOUNTS = ['quantity', 'revenue', 'cost'] as const;

const isSame = (a: ManageRecord, b: ManageRecord): boolean =>
  saysSame(a.forecastDescription, b.forecastDescription) &&
  a.forecastType === b.forecastType &&
  AMOUNTS.every((member) => Math.abs(Number(a[member] ?? 0) - Number(b[member] ?? 0)) < 0.005) &&
  idOf(a.catalogItem) === idOf(b.catalogItem);

/** `revenue 1,290.00 USD in all, 129.00 USD each`. */
function revenueText(revenue: number, quantity: number, currency: unknown): Clean {
  const each = quantity > 1 ? say`, ${money(revenue / quantity, currency)} each` : say``;
  return say`revenue ${money(revenue, currency)} in all${each}`;
}

export default defineTool({
  name: 'add_forecast_line',
  title: 'Add forecast line',
  toolset: 'sales',
  effect: 'create',
  uses: [POST, FORECAST, 'GET /sales/opportunities/{id}'],
  description:
    'Add a line to the forecast of an opportunity: expected revenue and cost of a product, service or agreement.',
  input: z.strictObject({
    opportunity: fragments.name('opportunity'),
    type: z.enum(['Product', 'Service', 'Agreement', 'Other1', 'Other2']).default('Product'),
    product: fragments.name('catalogItem', { description: 'Catalog item' }).optional(),
    description: fragments.prose().optional(),
    quantity: fragments.items(z.number().optional()),
    revenue: fragments.money(z.number().describe('Of the whole line')),
    cost: fragments.cost(z.number().default(0)),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { opportunityId: 'opportunity', id: 'opportunity', amount: 'revenue', forecastType: 'type' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal } = context;
    const { opportunity, product, revenue, cost } = input;
    const quantity = quantityMeant({ names, argument: 'product', as: 'quantity', quantity: input.quantity }) ?? 1;
    // A product is told by its reference as well, so its label may be cut.
    const what = input.description ?? product?.label.slice(0, LONGEST_DESCRIPTION);
    if (what === undefined)
      throw new ToolInputError('description', say`Say what the line is for: product or description.`);
    if (what.length > LONGEST_DESCRIPTION)
      throw new ToolInputError(
        'description',
        say`description has at most ${LONGEST_DESCRIPTION} characters; this one has ${what.length}.`,
      );
    const short =
      input.description === undefined && what !== product?.label
        ? say`The item's name is cut to ${LONGEST_DESCRIPTION} characters.`
        : undefined;
    const path = { parentId: opportunity.id };
    const opportunityPath = { id: opportunity.id };
    const record = await manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: opportunityPath, signal });
    const { currency } = record;
    const members: ManageRecord = {
      forecastDescription: what,
      opportunity: { id: opportunity.id },
      quantity,
      status: { id: idOf(record.status) },
      catalogItem: referenceTo(product),
      revenue,
      cost,
      forecastType: input.type,
      includeFlag: true,
    };
    const alike = async (within: AbortSignal) =>
      (await readForecast(manage, opportunity.id, within)).filter((item) => isSame(item, members));
    const costs = cost === 0 ? say`` : say`, cost ${money(cost, currency)}`;
    const line = say`${quantity} x ${cleanLine(what)} (${cleanLine(input.type)}), ${revenueText(revenue, quantity, currency)}${costs}`;
    const price = Number(product?.record.price ?? 0);
    const hint =
      price > 0 && Math.abs(price * quantity - revenue) >= 0.005
        ? say`The catalog's price is ${exactMoney(price, currency)} each, ${money(price * quantity, currency)} for ${quantity}.`
        : undefined;
    return context.send({
      steps: [
        {
          operation: POST,
          request: { path, body: { forecastItems: [sentBody(members)] } },
          does: say`forecast line ${line}`,
          alike,
        },
      ],
      dryRun: input.dryRun,
      notes: [say`Forecast line ${line}, on ${cleanLine(opportunity.label)}.`, hint, short],
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: async (within) => (await alike(within))[0],
            argument: 'product',
            says: (duplicate) =>
              say`${cleanLine(opportunity.label)} already has this line: ${Number(duplicate.id)}, ${line}. If this is another one, send allowDuplicate: true.`,
          },
      async answer() {
        const items = await readForecast(manage, opportunity.id, signal);
        const added = items.filter((item) => isSame(item, members)).at(-1);
        const label = cleanLine(opportunity.label);
        const excluded = items.filter(({ includeFlag }) => includeFlag === false).length;
        const apart =
          excluded === 0
            ? say``
            : say`, of which ${excluded} ${excluded === 1 ? say`is` : say`are`} left out of the sum`;
        return {
          structured: { ...(added && { id: Number(added.id) }), opportunityId: opportunity.id, lines: items.length },
          text: lines([
            added === undefined
              ? say`Sent, but the forecast of ${label} does not have it like this: ${line}.`
              : say`Added forecast line ${Number(added.id)}: ${line}.`,
            say`The forecast of ${label} has ${counted(items.length, 'line')}${apart}, ${money(forecastSum(items, 'revenue'), currency)} in all.`,
            hint,
            short,
          ]),
        };
      },
    });
  },
});
