import { z } from 'zod';
import { cleanLine, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, newCustomFields, ToolInputError } from '../../src/tool/index.ts';
import { addressMembers } from './support/address.ts';
import { companyWithIdentifier, isNamed, newIdentifier, sameCompany } from './support/same-company.ts';

export default defineTool({
  name: 'create_company',
  title: 'Create company',
  toolset: 'company',
  effect: 'create',
  uses: ['GET /company/companies', 'POST /company/companies'],
  description: 'Add a customer, prospect or vendor with its first site. Refuses one that already exists.',
  input: z.strictObject({
    name: z.string(),
    identifier: z.string().optional().describe('Default: from the name'),
    types: fragments.names('companyType', { description: 'e.g. ["Client"]' }).optional(),
    status: fragments.name('companyStatus').optional(),
    site: z.string().optional().describe('Default Main'),
    address: fragments.prose().optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    zip: z.string().optional(),
    country: fragments.name('country').optional(),
    phone: fragments.phone,
    website: fragments.website,
    territory: fragments.name('location').optional(),
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
    const { name, types, status, country, territory, allowDuplicate } = input;
    const find = () => sameCompany(name, context);
    const owner = input.identifier === undefined ? undefined : await companyWithIdentifier(input.identifier, context);
    // A company of the same name says more than its identifier.
    if (owner !== undefined && (allowDuplicate || (await find()) === undefined))
      throw new ToolInputError(
        'identifier',
        say`identifier "${cleanLine(input.identifier)}" belongs to ${owner.deletedFlag === true ? 'the deleted company ' : ''}${cleanLine(owner.name)} (id ${Number(owner.id)}). Send another, or leave it out.`,
      );
    const identifier = input.identifier ?? (await newIdentifier(name, context));
    return create(context, {
      operation: 'POST /company/companies',
      members: {
        identifier,
        name,
        site: { name: input.site ?? 'Main' },
        ...addressMembers(input.address),
        city: input.city,
        state: input.state,
        zip: input.zip,
        phoneNumber: input.phone,
        website: input.website,
        types: types?.map(({ id }) => ({ id })),
        status: status && { id: status.id, name: status.label },
        country: country && { id: country.id, name: country.label },
        territory: territory && { id: territory.id, name: territory.label },
        ...(await newCustomFields(context, 'GET /company/companies', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        say`company ${Number(created.id)}: ${cleanLine(created.name)} (${cleanLine(created.identifier)})`,
      structured: (created) => ({ name: cleanLine(created.name), identifier: cleanLine(created.identifier) }),
      duplicate: allowDuplicate
        ? undefined
        : {
            find,
            argument: 'name',
            says: (duplicate) => {
              const which = say`${cleanLine(duplicate.name)} (${cleanLine(duplicate.identifier)}, id ${Number(duplicate.id)})`;
              return isNamed(duplicate, name)
                ? say`${which} already exists. Use it, change it with update_company, or send allowDuplicate: true.`
                : say`There is ${which}, which may be meant. Use it, or send allowDuplicate: true if this is another company.`;
            },
          },
      // Identifiers are unique and this one was free: who has it now is the company that was sent.
      find: () => companyWithIdentifier(identifier, context),
    });
  },
});
