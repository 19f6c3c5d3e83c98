import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/reference/index.ts';
import { defineTool, fragments, updateRecord, withCustomFields } from '../../src/tool/index.ts';

/** Arguments that are the company's own members under another name. */
const TEXTS = {
  name: 'name',
  phone: 'phoneNumber',
  website: 'website',
  address: 'addressLine1',
  city: 'city',
  state: 'state',
  zip: 'zip',
} as const;

export default defineTool({
  name: 'update_company',
  title: 'Update company',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: ['GET /company/companies/{id}', 'PATCH /company/companies/{id}', 'GET /company/contacts'],
  description: "Change a company's name, status, address, phone, website, territory, main contact or custom fields.",
  input: z.strictObject({
    company: z.string(),
    name: z.string().optional(),
    status: z.string().optional(),
    phone: z.string().optional(),
    website: z.string().optional(),
    address: z.string().optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    zip: z.string().optional(),
    mainContact: z.string().optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'company',
    companyId: 'company',
    customer: 'company',
    defaultContact: 'mainContact',
    street: 'address',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { id } = await names.resolve('company', input.company, { argument: 'company' });
    const before = await manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal });
    const status = await resolveGiven(names, 'companyStatus', input.status, { argument: 'status' });
    const contact = await resolveGiven(names, 'contact', input.mainContact, { argument: 'mainContact', companyId: id });
    const texts = Object.entries(TEXTS).flatMap(([argument, member]) => {
      const value = input[argument as keyof typeof TEXTS];
      return value === undefined ? [] : [[member, value === '' ? null : value]];
    });
    return updateRecord(context, {
      operation: 'PATCH /company/companies/{id}',
      path: { id },
      before,
      members: {
        ...Object.fromEntries(texts),
        ...(status && { status: { id: status.id } }),
        ...(contact && { defaultContact: { id: contact.id } }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      dryRun: input.dryRun,
      describe: (after) => `company ${id}: ${plain(after.name)}`,
    });
  },
});
