import { z } from 'zod';
import { resolveGiven } from '../../src/names/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
} from '../../src/tool/index.ts';
import { companyWithIdentifier, newIdentifier, twinOf } from './support/duplicate-company.ts';

export default defineTool({
  name: 'create_company',
  title: 'Create company',
  toolset: 'company',
  effect: 'create',
  uses: ['GET /company/companies', 'POST /company/companies'],
  description: 'Add a customer, prospect or vendor with its first site. Refuses one that is there already.',
  input: z.strictObject({
    name: z.string(),
    identifier: z.string().optional().describe('Default: from the name'),
    types: z.array(z.string()).optional().describe('e.g. ["Client"]'),
    status: z.string().optional(),
    site: z.string().optional().describe('Default Main'),
    address: z.string().optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    zip: z.string().optional(),
    country: z.string().optional(),
    phone: z.string().optional(),
    website: z.string().optional(),
    territory: z.string().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    company: 'name',
    companyName: 'name',
    type: 'types',
    siteName: 'site',
    street: 'address',
    addressLine1: 'address',
    postalCode: 'zip',
    phoneNumber: 'phone',
    url: 'website',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { names, plain } = context;
    const twin = input.allowDuplicate ? undefined : await twinOf(input.name, context);
    if (twin !== undefined)
      throw new ToolInputError(
        'name',
        `${plain(twin.name)} (${plain(twin.identifier)}, id ${twin.id}) is there already. Use it, or send allowDuplicate: true.`,
        { next: 'update_company changes it.' },
      );
    const owner = input.identifier === undefined ? undefined : await companyWithIdentifier(input.identifier, context);
    if (owner !== undefined)
      throw new ToolInputError(
        'identifier',
        `identifier ${JSON.stringify(input.identifier)} belongs to ${owner.deletedFlag === true ? 'the deleted company ' : ''}${plain(owner.name)} (id ${owner.id}). Send another, or leave it out.`,
      );
    const [types, status, country, territory] = await Promise.all([
      names.resolveAll('companyType', input.types ?? [], { argument: 'types' }),
      resolveGiven(names, 'companyStatus', input.status, { argument: 'status' }),
      resolveGiven(names, 'country', input.country, { argument: 'country' }),
      resolveGiven(names, 'location', input.territory, { argument: 'territory' }),
    ]);
    const identifier = input.identifier ?? (await newIdentifier(input.name, context));
    const { address: addressLine1, city, state, zip, phone: phoneNumber, website } = input;
    const texts = Object.entries({ addressLine1, city, state, zip, phoneNumber, website });
    return createRecord(context, {
      operation: 'POST /company/companies',
      body: {
        identifier,
        name: input.name,
        site: { name: input.site ?? 'Main' },
        ...Object.fromEntries(texts.filter(([, value]) => value !== undefined)),
        ...(types.length > 0 && { types: types.map(({ id }) => ({ id })) }),
        ...(status && { status: { id: status.id } }),
        ...(country && { country: { id: country.id } }),
        ...(territory && { territory: { id: territory.id } }),
        ...(await newCustomFields(context, 'GET /company/companies', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) => `company ${created.id}: ${plain(created.name)} (${plain(created.identifier)})`,
      structured: (created) => ({ name: plain(created.name), identifier: plain(created.identifier) }),
      // Identifiers are unique and this one was free: who has it now is the company that was sent.
      settle: () => companyWithIdentifier(identifier, context),
    });
  },
});
