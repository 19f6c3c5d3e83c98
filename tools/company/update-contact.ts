import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';
import { changedItems, contactWithEmail, itemsOf } from './support/communication.ts';
import { companyIdOf, contactLine, findContact, fullName } from './support/find-contact.ts';
import { membershipSteps } from './support/memberships.ts';

const TYPES = '/company/contacts/{parentId}/typeAssociations';

export default defineTool({
  name: 'update_contact',
  title: 'Update contact',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /company/contacts',
    'GET /company/contacts/{id}',
    'PATCH /company/contacts/{id}',
    `GET ${TYPES}`,
    `POST ${TYPES}`,
    `DELETE ${TYPES}/{id}`,
  ],
  description:
    'Change a contact. email and phone set the default one: an address that the contact has becomes it, a new one replaces it; add and remove leave the others.',
  input: z.strictObject({
    contact: z.string(),
    company: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    title: z.string().optional(),
    site: z.string().optional(),
    moveTo: z.string().optional().describe('Another company'),
    email: z.string().optional(),
    phone: z.string().optional(),
    mobile: z.string().optional(),
    add: z
      .array(z.strictObject({ value: z.string(), type: z.string().optional() }))
      .optional()
      .describe('Addresses, numbers'),
    remove: z.array(z.string()).optional().describe('Addresses, numbers'),
    types: z.array(z.string()).optional().describe('All that it shall have'),
    inactive: z.boolean().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'contact',
    contactId: 'contact',
    name: 'contact',
    customer: 'company',
    jobTitle: 'title',
    emailAddress: 'email',
    phoneNumber: 'phone',
    type: 'types',
    newCompany: 'moveTo',
    addCommunication: 'add',
    removeCommunication: 'remove',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { names, plain } = context;
    const before = await findContact(context, input.contact, input.company);
    const id = Number(before.id);
    const target = await resolveGiven(names, 'company', input.moveTo, { argument: 'moveTo' });
    const companyId = target?.id ?? companyIdOf(before);
    const site = await resolveGiven(names, 'site', input.site, {
      argument: 'site',
      ...(companyId !== undefined && { companyId }),
    });
    const addresses = [input.email, ...(input.add ?? []).map(({ value }) => value)].filter(
      (value): value is string => value?.includes('@') ?? false,
    );
    for (const address of input.allowDuplicate ? [] : addresses) {
      const owner = await contactWithEmail(address, context);
      if (owner !== undefined && owner.id !== id)
        throw new ToolInputError(
          'email',
          `${address} belongs to contact ${owner.id} (${plain(contactLine(owner))}). Send allowDuplicate: true to give it to both.`,
        );
    }
    const changes = await changedItems(itemsOf(before), input, context);
    const types =
      input.types === undefined
        ? []
        : await membershipSteps(
            context,
            { list: TYPES, parentId: id, member: 'type', owner: 'contact' },
            await names.resolveAll('contactType', input.types, { argument: 'types' }),
          );
    const { firstName, lastName, title } = input;
    const texts = Object.entries({ firstName, lastName, title }).flatMap(([member, value]) =>
      value === undefined ? [] : [[member, value === '' ? null : value]],
    );
    const members: ManageRecord = {
      ...Object.fromEntries(texts),
      ...(target && { company: { id: target.id, name: target.label } }),
      ...(site && { site: { id: site.id, name: site.label } }),
      // A site belongs to its company: the old one's cannot stay.
      ...(target && !site && before.site !== undefined && { site: null }),
      ...(changes.says.length > 0 && { communicationItems: changes.items }),
      ...(input.inactive !== undefined && { inactiveFlag: input.inactive }),
      ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
    };
    return updateRecord(context, {
      operation: 'PATCH /company/contacts/{id}',
      path: { id },
      before,
      members,
      also: types,
      says: changes.says,
      dryRun: input.dryRun,
      describe: (after) => `contact ${id}: ${plain(fullName(after))}`,
    });
  },
});
