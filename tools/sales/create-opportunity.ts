import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
} from '../../src/tool/index.ts';
import { opportunityMembers } from './support/opportunity-members.ts';

export default defineTool({
  name: 'create_opportunity',
  title: 'Create opportunity',
  toolset: 'sales',
  effect: 'create',
  uses: ['POST /sales/opportunities', 'GET /sales/opportunities'],
  description:
    "Open a sales opportunity. contact defaults to the customer's main one. Refuses a name that the customer has already.",
  input: z.strictObject({
    name: z.string(),
    company: z.string(),
    contact: z.string().optional(),
    rep: z.string().optional().describe('Default me'),
    stage: z.string().optional(),
    status: z.string().optional(),
    type: z.string().optional(),
    closes: z.string().optional().describe('Day'),
    notes: z.string().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { title: 'name', customer: 'company', salesRep: 'rep', primarySalesRep: 'rep', expectedCloseDate: 'closes' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, plain } = context;
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const members = await opportunityMembers({ ...input, rep: input.rep ?? 'me' }, company.id, context);
    const contactId = idOf(members.contact) ?? idOf(company.record.defaultContact);
    if (contactId === undefined)
      throw new ToolInputError('contact', `${plain(company.label)} has no main contact: send contact.`, {
        next: 'search_contacts lists the contacts of the company.',
      });
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(field('company/id', '=', company.id), field('name', '=', input.name));
      return manage.first('GET /sales/opportunities', { conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /sales/opportunities',
      body: {
        ...members,
        company: { id: company.id },
        contact: { id: contactId },
        ...(await newCustomFields(context, 'GET /sales/opportunities', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `opportunity ${created.id}: ${plain(created.name)} for ${plain(nameOf(created.company))}, ${plain(nameOf(created.stage))}, ${plain(nameOf(created.status))}, closes ${dayOf(created.expectedCloseDate) || '(no date)'}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'name',
            says: (twin) =>
              `${plain(company.label)} has opportunity ${twin.id} "${plain(twin.name)}" (${plain(nameOf(twin.status))}) already. Use that one, or send allowDuplicate: true.`,
          },
    });
  },
});
