import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  type LegacyStep as Step,
  type LegacyToolContext as ToolContext,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';
import { membershipSteps } from './support/memberships.ts';

/** Arguments that are the company's own members under another name. */
const TEXTS = {
  name: 'name',
  identifier: 'identifier',
  phone: 'phoneNumber',
  website: 'website',
  address: 'addressLine1',
  city: 'city',
  state: 'state',
  zip: 'zip',
} as const;

const TYPES = '/company/companies/{parentId}/typeAssociations';
const GROUPS = '/company/companies/{parentId}/groups';

async function beside(
  id: number,
  input: { types?: string[] | undefined; groups?: string[] | undefined },
  context: ToolContext,
): Promise<Step[]> {
  const shared = { parentId: id, owner: 'company' } as const;
  const steps: Step[] = [];
  if (input.types !== undefined) {
    const types = await context.names.resolveAll('companyType', input.types, { argument: 'types' });
    steps.push(...(await membershipSteps(context, { ...shared, list: TYPES, member: 'type' }, types)));
  }
  if (input.groups !== undefined) {
    const groups = await context.names.resolveAll('marketingGroup', input.groups, { argument: 'groups' });
    steps.push(...(await membershipSteps(context, { ...shared, list: GROUPS, member: 'group' }, groups)));
  }
  return steps;
}

export default defineTool({
  name: 'update_company',
  title: 'Update company',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /company/companies/{id}',
    'PATCH /company/companies/{id}',
    'GET /company/contacts',
    ...[TYPES, GROUPS].flatMap((list) => [`GET ${list}`, `POST ${list}`, `DELETE ${list}/{id}`]),
  ],
  description: "Change a company's master data, main contact, types, marketing groups or custom fields.",
  input: z.strictObject({
    company: z.string(),
    name: z.string().optional(),
    identifier: z.string().optional(),
    status: z.string().optional(),
    phone: z.string().optional(),
    website: z.string().optional(),
    address: z.string().optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    zip: z.string().optional(),
    country: z.string().optional(),
    territory: z.string().optional(),
    mainContact: z.string().optional(),
    types: z.array(z.string()).optional().describe('All that it shall have'),
    groups: z.array(z.string()).optional().describe('All that it shall be in'),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'company',
    companyId: 'company',
    customer: 'company',
    defaultContact: 'mainContact',
    street: 'address',
    type: 'types',
    location: 'territory',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { id } = await names.resolve('company', input.company, { argument: 'company' });
    const before = await manage.get<ManageRecord>('GET /company/companies/{id}', { path: { id }, signal });
    const [status, country, territory, contact] = await Promise.all([
      resolveGiven(names, 'companyStatus', input.status, { argument: 'status' }),
      resolveGiven(names, 'country', input.country, { argument: 'country' }),
      resolveGiven(names, 'location', input.territory, { argument: 'territory' }),
      resolveGiven(names, 'contact', input.mainContact, { argument: 'mainContact', companyId: id }),
    ]);
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
        ...(status && { status: { id: status.id, name: status.label } }),
        ...(country && { country: { id: country.id, name: country.label } }),
        ...(territory && { territory: { id: territory.id, name: territory.label } }),
        ...(contact && { defaultContact: { id: contact.id, name: contact.label } }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      also: await beside(id, input, context),
      dryRun: input.dryRun,
      describe: (after) => `company ${id}: ${plain(after.name)}`,
    });
  },
});
