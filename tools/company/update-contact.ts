import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import {
  type Duplicate,
  defineTool,
  fragments,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { changedItems, itemsOf } from './support/communication.ts';
import { contactLine, contactNamed, contactWithEmail, fullName } from './support/contacts.ts';
import { membershipSteps } from './support/memberships.ts';

const TYPES = '/company/contacts/{parentId}/typeAssociations';

/** @throws {ToolInputError} when somebody else has one of the addresses */
async function checkOwners(id: number, addresses: readonly string[], context: ToolContext): Promise<void> {
  for (const address of addresses) {
    const owner = await contactWithEmail(address, context);
    if (owner !== undefined && owner.id !== id)
      throw new ToolInputError(
        'email',
        say`${cleanLine(address)} belongs to contact ${Number(owner.id)} (${contactLine(owner)}). Send allowDuplicate: true to give it to both.`,
      );
  }
}

/** Says of the main contact who goes, whether to another company or for good: the company keeps them as its main contact. */
function leavesCompany(before: ManageRecord, { inactive, moveTo }: { inactive?: boolean; moveTo?: Named }) {
  const goes =
    (inactive === true && before.inactiveFlag !== true) || (moveTo !== undefined && moveTo.id !== idOf(before.company));
  if (before.defaultFlag !== true || !goes) return undefined;
  return say`${fullName(before)} is the main contact of ${cleanLine(nameOf(before.company))}; update_company with mainContact names another.`;
}

const sentNames = ({ firstName, lastName }: { firstName?: string; lastName?: string }): ManageRecord => ({
  ...(firstName !== undefined && { firstName }),
  ...(lastName !== undefined && { lastName }),
});

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
  tables: ({ email, phone, mobile, add }) => ((email ?? phone ?? mobile ?? add) ? ['communicationType'] : []),
  description:
    'Change a contact. email and phone set the default one: an address that the contact has becomes it, a new one replaces it; add and remove leave the others.',
  input: z.strictObject({
    contact: fragments.name('contact', { of: 'company', inactive: true }),
    company: fragments.name('company').optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    title: fragments.prose().optional(),
    site: fragments.nameWithin('site').optional(),
    moveTo: fragments.name('company', { description: 'Another company' }).optional(),
    email: z.string().optional(),
    phone: fragments.phone,
    mobile: fragments.phone,
    add: z
      .array(z.strictObject({ value: z.string(), type: z.string().optional() }))
      .optional()
      .describe('Addresses, numbers'),
    remove: z.array(z.string()).optional().describe('Addresses, numbers'),
    types: fragments.names('contactType', { description: 'All that it shall have' }).optional(),
    inactive: z.boolean().optional(),
    customFields: fragments.customFields,
    clear: fragments.clear(['lastName', 'title', 'site', 'types']),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
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
    const { manage, signal } = context;
    const { moveTo, clear = [] } = input;
    const { id } = input.contact;
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /company/contacts/{id}', { path, signal });
    const site = await input.site?.within({ companyId: moveTo?.id ?? idOf(before.company) });
    const addresses = [input.email, ...(input.add ?? []).map(({ value }) => value)];
    if (!input.allowDuplicate)
      await checkOwners(id, addresses.filter((value) => value?.includes('@')) as string[], context);
    const cleared = (member: (typeof clear)[number]) => (clear.includes(member) ? null : undefined);
    // A site belongs to its company: the old one's cannot stay.
    const noSite =
      moveTo !== undefined && moveTo.id !== idOf(before.company) && before.site !== undefined ? null : cleared('site');
    const types = clear.includes('types') ? [] : input.types;
    const name = contactLine(before);
    const renamed = (input.firstName ?? input.lastName) !== undefined;
    const called = fullName({ ...before, ...sentNames(input) });
    const companyId = moveTo?.id ?? idOf(before.company);
    const duplicate: Duplicate | undefined =
      input.allowDuplicate || companyId === undefined || !(renamed || moveTo !== undefined)
        ? undefined
        : {
            find: () => contactNamed(called, { id: companyId }, context),
            argument: renamed ? 'firstName' : 'moveTo',
            says: (other) =>
              say`There is already ${contactLine(other)} (contact ${Number(other.id)}${other.inactiveFlag === true ? ', inactive' : ''}). Use that one, or send allowDuplicate: true.`,
          };
    return update(context, {
      operation: 'PATCH /company/contacts/{id}',
      path,
      before,
      members: {
        firstName: input.firstName,
        lastName: input.lastName ?? cleared('lastName'),
        title: input.title ?? cleared('title'),
        company: moveTo && { id: moveTo.id, name: moveTo.label },
        site: site === undefined ? noSite : { id: site.id, name: site.label },
        communicationItems: await changedItems(itemsOf(before), input, context),
        inactiveFlag: input.inactive,
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
      },
      also: await membershipSteps(context, { list: TYPES, parentId: id, member: 'type', owner: 'contact' }, types),
      duplicate,
      warnings: [leavesCompany(before, input)],
      question: input.inactive ? say`Make contact ${id} (${name}) inactive?` : undefined,
      dryRun: input.dryRun,
      confirm: input.confirm,
      describe: (after) => say`contact ${id}: ${fullName(after)}`,
    });
  },
});
