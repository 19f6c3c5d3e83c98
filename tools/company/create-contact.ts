import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
} from '../../src/tool/index.ts';
import { changedItems, contactWithEmail } from './support/communication.ts';
import { fullName } from './support/find-contact.ts';

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
  aliases: {
    name: { instead: 'Send firstName and lastName.' },
    fullName: { instead: 'Send firstName and lastName.' },
    customer: 'company',
    jobTitle: 'title',
    emailAddress: 'email',
    mail: 'email',
    phoneNumber: 'phone',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { names, plain } = context;
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const site = await resolveGiven(names, 'site', input.site, { argument: 'site', companyId: company.id });
    const taken = async () => (input.email === undefined ? undefined : contactWithEmail(input.email, context));
    const twin = input.allowDuplicate ? undefined : await taken();
    if (twin !== undefined) {
      throw new ToolInputError(
        'email',
        `${input.email} belongs to contact ${twin.id} already (${plain(fullName(twin))}). Use that one, or send allowDuplicate: true.`,
      );
    }
    const { email, phone, mobile } = input;
    const { items } = await changedItems([], { email, phone, mobile }, context);
    const body: ManageRecord = {
      firstName: input.firstName,
      ...(input.lastName !== undefined && { lastName: input.lastName }),
      company: { id: company.id },
      ...(site && { site: { id: site.id } }),
      ...(input.title !== undefined && { title: input.title }),
      ...(items.length > 0 && { communicationItems: items }),
      ...(await newCustomFields(context, 'GET /company/contacts', input.customFields)),
    };
    return createRecord(context, {
      operation: 'POST /company/contacts',
      body,
      dryRun: input.dryRun,
      describe: (created) => `contact ${created.id}: ${plain(fullName(created))}, ${plain(company.label)}`,
      structured: (created) => ({ name: plain(fullName(created)), company: company.label }),
      ...(input.email !== undefined && !input.allowDuplicate && { settle: taken }),
    });
  },
});
