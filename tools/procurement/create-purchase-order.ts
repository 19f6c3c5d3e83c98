import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  money,
  newCustomFields,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const ORDERS = 'POST /procurement/purchaseorders';
const LINES = 'POST /procurement/purchaseorders/{parentId}/lineitems';

const input = z.strictObject({
  vendor: z.string(),
  lines: z
    .array(z.strictObject({ product: z.string(), quantity: z.number().min(0), unitCost: z.number().optional() }))
    .min(1),
  number: z.string().optional().describe("Default: Manage's next"),
  status: z.string().optional(),
  terms: z.string().optional(),
  notes: z.string().optional(),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

async function linesOf({ lines }: Input, { names }: ToolContext): Promise<ManageRecord[]> {
  const unit = (await names.list('unitOfMeasure'))[0];
  return Promise.all(
    lines.map(async ({ product, quantity, unitCost }, index) => {
      const item = await names.resolve('catalogItem', product, { argument: `lines[${index}].product` });
      return {
        lineNumber: index + 1,
        product: { id: item.id },
        description: String(item.record.description ?? item.label),
        quantity,
        unitCost: unitCost ?? Number(item.record.cost ?? 0),
        unitOfMeasure: { id: idOf(item.record.unitOfMeasure) ?? unit?.id },
      };
    }),
  );
}

/** The status and terms named, or the installation's own defaults. */
async function setUp({ status, terms }: Input, { names }: ToolContext): Promise<ManageRecord> {
  const statuses = await names.list('purchaseOrderStatus');
  const chosen =
    (await resolveGiven(names, 'purchaseOrderStatus', status, { argument: 'status' })) ??
    statuses.find(({ record }) => record.defaultFlag === true) ??
    statuses.find(({ record }) => record.closedFlag !== true);
  const agreed =
    (await resolveGiven(names, 'billingTerms', terms, { argument: 'terms' })) ?? (await names.list('billingTerms'))[0];
  if (chosen === undefined || agreed === undefined)
    throw new ToolInputError('status', 'This Manage has no purchase order status or no billing terms to choose from.');
  return { status: { id: chosen.id }, terms: { id: agreed.id } };
}

export default defineTool({
  name: 'create_purchase_order',
  title: 'Create purchase order',
  toolset: 'procurement',
  effect: 'create',
  uses: [ORDERS, LINES, 'GET /procurement/purchaseorders', 'GET /procurement/purchaseorders/{id}'],
  description: 'Order from a vendor, with lines. Refuses a number that the vendor has already.',
  input,
  aliases: { vendorCompany: 'vendor', supplier: 'vendor', items: 'lines', lineItems: 'lines', poNumber: 'number' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal, plain } = context;
    const vendor = await names.resolve('company', given.vendor, { argument: 'vendor' });
    const lines = await linesOf(given, context);
    const body: ManageRecord = {
      vendorCompany: { id: vendor.id },
      ...(await setUp(given, context)),
      ...(given.number !== undefined && { poNumber: given.number }),
      ...(given.notes !== undefined && { internalNotes: given.notes }),
      ...(await newCustomFields(context, 'GET /procurement/purchaseorders', given.customFields)),
    };
    const find = async (): Promise<ManageRecord | undefined> => {
      if (given.number === undefined) return undefined;
      const conditions = all(field('poNumber', '=', given.number), field('vendorCompany/id', '=', vendor.id));
      return manage.first('GET /procurement/purchaseorders', { conditions, signal });
    };
    const twin = await find();
    if (twin !== undefined)
      throw new ToolInputError('number', `Purchase order ${plain(twin.poNumber)} (id ${twin.id}) exists already.`);
    if (given.dryRun) {
      const requests = lines.map((line) => manage.preview(LINES, { path: { parentId: 0 }, body: line }));
      return legacyPreview([manage.preview(ORDERS, { body }), ...requests], [], 'The lines follow under the new id.');
    }
    const order = await manage.write(ORDERS, { body, signal, ...(given.number !== undefined && { settle: find }) });
    const id = Number(order.id);
    const problems: string[] = [];
    for (const [index, line] of lines.entries()) {
      await manage.write(LINES, { path: { parentId: id }, body: line, signal }).catch((error: unknown) => {
        problems.push(`line ${index + 1} failed: ${error instanceof Error ? plain(error.message) : 'unknown'}`);
      });
    }
    const after = await manage.get<ManageRecord>('GET /procurement/purchaseorders/{id}', { path: { id }, signal });
    const facts = { id, number: plain(after.poNumber), total: money(after.total) };
    return {
      structured: { ...facts, ...(problems.length > 0 && { problems }) },
      text: [
        `Created purchase order ${facts.number} (id ${id}) for ${plain(vendor.label)}: ${lines.length - problems.length} of ${lines.length} lines, total ${facts.total}, ${plain(nameOf(after.status))}`,
        ...problems.map((problem) => `The order exists, but ${problem}. Add it with call_write_operation ${LINES}.`),
      ].join('\n'),
    };
  },
});
