import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

const TAGS = '/procurement/rmaTags';

export default defineTool({
  name: 'save_rma',
  title: 'Save RMA',
  toolset: 'procurement',
  effect: 'update',
  uses: [`GET ${TAGS}`, `POST ${TAGS}`, `GET ${TAGS}/{id}`, `PATCH ${TAGS}/{id}`],
  description: 'Take a product back as an RMA, or with rmaId move one on: status, disposition, tracking, notes.',
  input: z.strictObject({
    rmaId: z.int().optional().describe('To change'),
    product: z.string().optional(),
    company: z.string().optional().describe('Who returns it'),
    contact: z.string().optional(),
    problem: z.string().optional(),
    serialNumber: z.string().optional(),
    status: z.string().optional(),
    disposition: z.string().optional(),
    ticketId: z.int().optional(),
    vendorRmaNumber: z.string().optional(),
    tracking: z.string().optional(),
    notes: z.string().optional().describe('Internal'),
    customFields: fragments.customFields,
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
    const { manage, names, signal, plain } = context;
    const before =
      input.rmaId === undefined
        ? undefined
        : await manage.get<ManageRecord>(`GET ${TAGS}/{id}`, { path: { id: input.rmaId }, signal });
    const [product, company, status, disposition] = await Promise.all([
      resolveGiven(names, 'catalogItem', input.product, { argument: 'product' }),
      resolveGiven(names, 'company', input.company, { argument: 'company' }),
      resolveGiven(names, 'rmaStatus', input.status, { argument: 'status' }),
      resolveGiven(names, 'rmaDisposition', input.disposition, { argument: 'disposition' }),
    ]);
    const companyId = company?.id ?? idOf(before?.returnedCompany);
    const contact = await resolveGiven(names, 'contact', input.contact, {
      argument: 'contact',
      ...(companyId !== undefined && { companyId }),
    });
    const texts = {
      problemDescription: input.problem,
      serialNumber: input.serialNumber,
      purchasedVendorRmaNumber: input.vendorRmaNumber,
      shippingTrackingNumber: input.tracking,
      internalNotes: input.notes,
    };
    const members: ManageRecord = {
      ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
      ...(product && {
        product: { id: product.id, name: product.label },
        productDescription: String(product.record.description ?? product.label),
      }),
      ...(company && { returnedCompany: { id: company.id, name: company.label } }),
      ...(contact && { returnedContact: { id: contact.id, name: contact.label } }),
      ...(status && { status: { id: status.id, name: status.label } }),
      ...(disposition && { rmaDisposition: { id: disposition.id, name: disposition.label } }),
      ...(input.ticketId !== undefined && { serviceTicket: { id: input.ticketId } }),
    };
    const describe = (row: ManageRecord): string =>
      `RMA ${row.id}: ${plain(row.productDescription)} of ${plain(nameOf(row.returnedCompany))} (${plain(nameOf(row.status))})`;
    if (before !== undefined)
      return updateRecord(context, {
        operation: `PATCH ${TAGS}/{id}`,
        path: { id: Number(input.rmaId) },
        before,
        members: {
          ...members,
          ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
        },
        dryRun: input.dryRun,
        describe,
      });
    if (product === undefined || company === undefined)
      throw new ToolInputError(
        product === undefined ? 'product' : 'company',
        'A new RMA needs product and company; send rmaId to change one that is there.',
      );
    const usual = async (kind: 'rmaStatus' | 'rmaDisposition' | 'location' | 'department'): Promise<{ id: number }> => {
      const rows = await names.list(kind, { signal });
      const { id } = rows.find(({ record }) => record.defaultFlag === true) ?? rows[0] ?? {};
      if (id === undefined) throw new ToolInputError('status', `This Manage has no ${kind} to choose from.`);
      return { id };
    };
    const me = await context.me().catch(() => undefined);
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('product/id', '=', product.id),
        field('returnedCompany/id', '=', company.id),
        field('dateClosed', '=', null),
        input.serialNumber === undefined ? undefined : field('serialNumber', '=', input.serialNumber),
      );
      return manage.first(`GET ${TAGS}`, { conditions, signal });
    };
    return createRecord(context, {
      operation: `POST ${TAGS}`,
      body: {
        location: me?.locationId === undefined ? await usual('location') : { id: me.locationId },
        department: me?.departmentId === undefined ? await usual('department') : { id: me.departmentId },
        ...(status === undefined && { status: await usual('rmaStatus') }),
        ...(disposition === undefined && { rmaDisposition: await usual('rmaDisposition') }),
        ...members,
        ...(await newCustomFields(context, `GET ${TAGS}`, input.customFields)),
      },
      dryRun: input.dryRun,
      describe,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'product',
            says: (twin) =>
              `RMA ${twin.id} of ${plain(company.label)} for ${plain(twin.productDescription)} is open already. Send rmaId to change it, or allowDuplicate: true.`,
          },
    });
  },
});
