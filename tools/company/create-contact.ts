import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import type { Names } from '../../src/reference/index.ts';
import { resolveGiven } from '../../src/reference/index.ts';
import {
  createRecord,
  defineTool,
  fragments,
  newCustomFields,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const FLAGS = { email: 'emailFlag', phone: 'phoneFlag' } as const;

/** The installation's own type of a kind of communication: its default one, whatever it is called there. */
async function communicationType(names: Names, kind: keyof typeof FLAGS, word?: RegExp): Promise<{ id: number }> {
  const types = (await names.list('communicationType')).filter(({ record }) => record[FLAGS[kind]] === true);
  const chosen =
    (word && types.find(({ label }) => word.test(label))) ??
    types.find(({ record }) => record.defaultFlag === true) ??
    types[0];
  if (chosen === undefined)
    throw new ToolInputError(
      kind,
      `This Manage has no communication type for ${kind}; an administrator has to add one.`,
    );
  return { id: chosen.id };
}

async function existing(email: string | undefined, { manage, signal }: ToolContext): Promise<ManageRecord | undefined> {
  if (email === undefined) return undefined;
  const childConditions = all(
    field('communicationItems/value', '=', email),
    field('communicationItems/communicationType', '=', 'Email'),
  );
  const { rows } = await manage.page('GET /company/contacts', {
    ...(childConditions && { childConditions }),
    pageSize: 1,
    signal,
  });
  return rows[0];
}

export default defineTool({
  name: 'create_contact',
  title: 'Create contact',
  toolset: 'company',
  core: true,
  effect: 'create',
  uses: ['POST /company/contacts', 'GET /company/contacts'],
  description: 'Add a contact to a company. Refuses an e-mail address that a contact already has.',
  input: z.strictObject({
    firstName: z.string(),
    lastName: z.string().optional(),
    company: z.string(),
    site: z.string().optional(),
    title: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    mobile: z.string().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', jobTitle: 'title', emailAddress: 'email', mail: 'email', phoneNumber: 'phone' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { names, plain } = context;
    if (input.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.email))
      throw new ToolInputError('email', `email ${JSON.stringify(input.email)} is no e-mail address.`);
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const site = await resolveGiven(names, 'site', input.site, { argument: 'site', companyId: company.id });
    const twin = input.allowDuplicate ? undefined : await existing(input.email, context);
    if (twin !== undefined) {
      throw new ToolInputError(
        'email',
        `${input.email} belongs to contact ${twin.id} already (${plain([twin.firstName, twin.lastName].filter(Boolean).join(' '))}). Use that one, or send allowDuplicate: true.`,
      );
    }
    const communicationItems = [
      ...(input.email === undefined
        ? []
        : [
            {
              type: await communicationType(names, 'email'),
              value: input.email,
              communicationType: 'Email',
              defaultFlag: true,
            },
          ]),
      ...(input.phone === undefined
        ? []
        : [
            {
              type: await communicationType(names, 'phone'),
              value: input.phone,
              communicationType: 'Phone',
              defaultFlag: true,
            },
          ]),
      ...(input.mobile === undefined
        ? []
        : [
            {
              type: await communicationType(names, 'phone', /mobile|cell/i),
              value: input.mobile,
              communicationType: 'Phone',
              defaultFlag: input.phone === undefined,
            },
          ]),
    ];
    const body: ManageRecord = {
      firstName: input.firstName,
      ...(input.lastName !== undefined && { lastName: input.lastName }),
      company: { id: company.id },
      ...(site && { site: { id: site.id } }),
      ...(input.title !== undefined && { title: input.title }),
      ...(communicationItems.length > 0 && { communicationItems }),
      ...(await newCustomFields(context, 'GET /company/contacts', input.customFields)),
    };
    const fullName = (contact: ManageRecord): string =>
      plain([contact.firstName, contact.lastName].filter(Boolean).join(' '));
    return createRecord(context, {
      operation: 'POST /company/contacts',
      body,
      dryRun: input.dryRun,
      describe: (created) => `contact ${created.id}: ${fullName(created)}, ${plain(company.label)}`,
      structured: (created) => ({ name: fullName(created), company: company.label }),
      ...(input.email !== undefined && !input.allowDuplicate && { settle: () => existing(input.email, context) }),
    });
  },
});
