import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { defineTool, fragments, update, withCustomFields } from '../../src/tool/index.ts';
import { addressMembers } from './support/address.ts';
import { membershipSteps } from './support/memberships.ts';
import { sameCompany } from './support/same-company.ts';

/** Arguments that are the company's own members under another name. */
const TEXTS = {
  name: 'name',
  identifier: 'identifier',
  phone: 'phoneNumber',
  website: 'website',
  city: 'city',
  state: 'state',
  zip: 'zip',
} as const;

/** Arguments that are references of the company. */
const REFERENCES = {
  status: 'status',
  country: 'country',
  territory: 'territory',
  mainContact: 'defaultContact',
} as const;

const TYPES = '/company/companies/{parentId}/typeAssociations';
const GROUPS = '/company/companies/{parentId}/groups';

export default defineTool({
  name: 'update_company',
  title: 'Update company',
  toolset: 'company',
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /company/companies',
    'GET /company/companies/{id}',
    'PATCH /company/companies/{id}',
    ...[TYPES, GROUPS].flatMap((list) => [`GET ${list}`, `POST ${list}`, `DELETE ${list}/{id}`]),
  ],
  description: "Change a company's master data, main contact, types, marketing groups or custom fields.",
  input: z.strictObject({
    company: fragments.name('company'),
    name: z.string().optional(),
    identifier: z.string().optional(),
    status: fragments.name('companyStatus').optional(),
    phone: fragments.phone,
    website: fragments.website,
    address: fragments.prose().optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    zip: z.string().optional(),
    country: fragments.name('country').optional(),
    territory: fragments.name('location').optional(),
    mainContact: fragments.name('contact', { of: 'company' }).optional(),
    types: fragments.names('companyType', { description: 'All that it shall have' }).optional(),
    groups: fragments.names('marketingGroup', { description: 'All that it shall be in' }).optional(),
    customFields: fragments.customFields,
    clear: fragments.clear([
      'phone',
      'website',
      'address',
      'city',
      'state',
      'zip',
      'country',
      'territory',
      'mainContact',
      'types',
      'groups',
    ]),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
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
    const { manage, signal } = context;
    const { clear = [], customFields } = input;
    const { id } = input.company;
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /company/companies/{id}', { path, signal });
    const isCleared = (argument: string): boolean => clear.some((name) => name === argument);
    const texts = Object.entries(TEXTS).map(([argument, member]) => {
      const value = input[argument as keyof typeof TEXTS];
      return [member, isCleared(argument) ? null : value];
    });
    const references = Object.entries(REFERENCES).map(([argument, member]) => {
      const named = input[argument as keyof typeof REFERENCES];
      return [member, isCleared(argument) ? null : named && { id: named.id, name: named.label }];
    });
    const shared = { parentId: id, owner: 'company' } as const;
    const types = { ...shared, list: TYPES, member: 'type' } as const;
    const groups = { ...shared, list: GROUPS, member: 'group' } as const;
    const [typeSteps, groupSteps] = await Promise.all([
      membershipSteps(context, types, isCleared('types') ? [] : input.types),
      membershipSteps(context, groups, isCleared('groups') ? [] : input.groups),
    ]);
    const called = input.name === undefined ? undefined : await sameCompany(input.name, context);
    const alike =
      called !== undefined && called.id !== id
        ? say`Company ${Number(called.id)} (${cleanLine(called.identifier)}) is called ${cleanLine(called.name)} as well. merge_companies makes one of two.`
        : undefined;
    return update(context, {
      operation: 'PATCH /company/companies/{id}',
      path,
      before,
      members: {
        ...Object.fromEntries([...texts, ...references]),
        ...addressMembers(isCleared('address') ? null : input.address, before),
        customFields: customFields && (await withCustomFields(context, before, customFields)),
      },
      also: [...typeSteps, ...groupSteps],
      // Manage may keep the main contact as the one for bills as well.
      shows: ['billingContact'],
      says: () => [alike],
      warnings: [alike],
      question: say`Change company ${id}, ${cleanLine(before.name)}?`,
      dryRun: input.dryRun,
      confirm: input.confirm,
      describe: (after) => say`company ${id}: ${cleanLine(after.name)}`,
    });
  },
});
