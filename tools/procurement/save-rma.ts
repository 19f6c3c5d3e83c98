import { z } from 'zod';
import { defined } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { closedIds, idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { TICKET_OF_COMPANY_OPERATIONS, ticketOfCompany } from '../../src/tickets/ticket-of-company.ts';
import {
  cleared,
  create,
  defineTool,
  fragments,
  newCustomFields,
  quantityMeant,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

const TAGS = '/procurement/rmaTags';

function describe({ id, productDescription, returnedCompany, status, serviceTicket }: ManageRecord): Clean {
  const ticketId = idOf(serviceTicket);
  const summary = (serviceTicket as { summary?: unknown } | undefined)?.summary;
  const ticket = ticketId === undefined ? say`` : say`, for ticket ${ticketId} ${cleanLine(summary)}`;
  return say`RMA ${Number(id)}: ${cleanLine(productDescription)} of ${cleanLine(nameOf(returnedCompany))} (${cleanLine(nameOf(status))})${ticket}`;
}

/** What is to become of it, which nobody may have said. */
const disposed = ({ rmaDisposition }: ManageRecord): Clean => say`disposition ${cleanLine(nameOf(rmaDisposition))}`;

/** The record that Manage itself proposes, else the first. @throws {ToolInputError} when there is none */
async function usual(
  kind: 'rmaStatus' | 'rmaDisposition' | 'location' | 'department',
  { names, signal }: ToolContext,
): Promise<ManageRecord> {
  const rows = await names.list(kind, { signal });
  const found = rows.find(({ record }) => record.defaultFlag === true) ?? rows[0];
  if (found === undefined) throw new ToolInputError('status', say`This Manage has no ${kind} to choose from.`);
  return referenceTo(found);
}

/** What a new RMA has to have and nobody said: its owner's place, status and disposition. */
async function setUp(context: ToolContext): Promise<ManageRecord> {
  const me = await context.me().catch(() => undefined);
  const [location, department, status, rmaDisposition] = await Promise.all([
    me?.locationId === undefined ? usual('location', context) : { id: me.locationId },
    me?.departmentId === undefined ? usual('department', context) : { id: me.departmentId },
    usual('rmaStatus', context),
    usual('rmaDisposition', context),
  ]);
  return { location, department, status, rmaDisposition };
}

const ownerOf = (before: ManageRecord | undefined): Pick<Named, 'id' | 'label'> | undefined => {
  const id = idOf(before?.returnedCompany);
  return id === undefined ? undefined : { id, label: nameOf(before?.returnedCompany) ?? '' };
};

export default defineTool({
  name: 'save_rma',
  title: 'Save RMA',
  toolset: 'procurement',
  effect: 'update',
  uses: [`GET ${TAGS}`, `POST ${TAGS}`, `GET ${TAGS}/{id}`, `PATCH ${TAGS}/{id}`, ...TICKET_OF_COMPANY_OPERATIONS],
  description: 'Take a product back as an RMA, or with rmaId move one on: status, disposition, tracking, notes.',
  input: z.strictObject({
    rmaId: z.int().optional().describe('To change'),
    product: fragments.name('catalogItem').optional(),
    company: fragments.name('company', { description: 'Who returns it' }).optional(),
    contact: fragments.nameWithin('contact').optional(),
    problem: fragments.prose().optional(),
    serialNumber: z.string().optional(),
    status: fragments.name('rmaStatus').optional(),
    disposition: fragments.name('rmaDisposition').optional(),
    ticketId: z.int().optional(),
    vendorRmaNumber: z.string().optional(),
    tracking: z.string().optional(),
    notes: fragments.prose('Internal').optional(),
    customFields: fragments.customFields,
    clear: fragments.clear(['contact', 'problem', 'serialNumber', 'ticketId', 'vendorRmaNumber', 'tracking', 'notes']),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'rmaId',
    rma: 'rmaId',
    customer: 'company',
    problemDescription: 'problem',
    reason: 'problem',
    serial: 'serialNumber',
    ticket: 'ticketId',
    trackingNumber: 'tracking',
    internalNotes: 'notes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal } = context;
    const { rmaId, product, company, serialNumber, ticketId } = input;
    if ((quantityMeant({ names, argument: 'product', as: 'product', quantity: undefined }) ?? 1) !== 1)
      throw new ToolInputError('product', say`An RMA is for one item. Call once for each, with its serial number.`);
    const path = { id: Number(rmaId) };
    const before =
      rmaId === undefined ? undefined : await manage.get<ManageRecord>(`GET ${TAGS}/{id}`, { path, signal });
    const owner = company ?? ownerOf(before);
    if (ticketId !== undefined) await ticketOfCompany(ticketId, owner, context);
    const contact = await input.contact?.within({ companyId: owner?.id });
    const moves = company !== undefined && company.id !== idOf(before?.returnedCompany);
    const members: ManageRecord = {
      product: referenceTo(product),
      productDescription: product && String(product.record.description ?? product.label),
      returnedCompany: referenceTo(company),
      // A contact belongs to its company: the old one's cannot stay.
      returnedContact: referenceTo(contact) ?? (moves && before?.returnedContact ? null : undefined),
      status: referenceTo(input.status),
      rmaDisposition: referenceTo(input.disposition),
      serviceTicket: ticketId === undefined ? undefined : { id: ticketId },
      problemDescription: input.problem,
      serialNumber,
      purchasedVendorRmaNumber: input.vendorRmaNumber,
      shippingTrackingNumber: input.tracking,
      internalNotes: input.notes,
    };
    if (before !== undefined)
      return update(context, {
        operation: `PATCH ${TAGS}/{id}`,
        path,
        before,
        members: {
          ...members,
          customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
          ...cleared(input, {
            serialNumber: 'serialNumber',
            contact: 'returnedContact',
            problem: 'problemDescription',
            ticketId: 'serviceTicket',
            vendorRmaNumber: 'purchasedVendorRmaNumber',
            tracking: 'shippingTrackingNumber',
            notes: 'internalNotes',
          }),
        },
        dryRun: input.dryRun,
        describe,
      });
    if (product === undefined || company === undefined)
      throw new ToolInputError(
        product === undefined ? 'product' : 'company',
        say`A new RMA needs product and company; send rmaId to change one that exists.`,
      );
    const closed = closedIds(await names.list('rmaStatus', { signal }));
    const conditions = all(
      closed.length === 0 ? undefined : field('status/id', 'not in', closed),
      field('product/id', '=', product.id),
      field('returnedCompany/id', '=', company.id),
      field('dateClosed', '=', null),
      serialNumber === undefined ? undefined : field('serialNumber', '=', serialNumber),
    );
    return create(context, {
      operation: `POST ${TAGS}`,
      members: {
        ...(await setUp(context)),
        ...defined(members),
        ...(await newCustomFields(context, `GET ${TAGS}`, input.customFields)),
      },
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (until) => manage.first(`GET ${TAGS}`, { conditions, signal: until }),
            argument: 'product',
            says: (tag) =>
              say`RMA ${Number(tag.id)} of ${cleanLine(company.label)} for ${cleanLine(tag.productDescription)} is already open. Send rmaId to change it, or allowDuplicate: true.`,
          },
      dryRun: input.dryRun,
      describe: (created) => joined([describe(created), disposed(created)], ', '),
    });
  },
});
