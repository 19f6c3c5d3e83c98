import { z } from 'zod';
import { idOf, nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import {
  create,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  newCustomFields,
  sameText,
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
    "Open a sales opportunity. contact defaults to the customer's main one. Refuses a name that the customer already has.",
  input: z.strictObject({
    name: z.string(),
    company: fragments.name('company'),
    contact: fragments.name('contact', { of: 'company', orDefault: true }).optional(),
    rep: fragments.name('member', { description: 'Default me' }).optional(),
    stage: fragments.name('opportunityStage').optional(),
    status: fragments.name('opportunityStatus').optional(),
    type: fragments.name('opportunityType').optional(),
    closes: fragments.day('ahead', 'Day').optional(),
    notes: fragments.prose().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    title: 'name',
    customer: 'company',
    salesRep: 'rep',
    primarySalesRep: 'rep',
    expectedCloseDate: 'closes',
    closeDate: 'closes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { company } = input;
    const rep = input.rep ?? (await context.names.resolve('member', 'me', { argument: 'rep' }));
    const main = idOf(company.record.defaultContact);
    const contact =
      referenceTo(input.contact) ??
      (main === undefined ? undefined : { id: main, name: nameOf(company.record.defaultContact) });
    if (contact === undefined)
      throw new ToolInputError('contact', say`${cleanLine(company.label)} has no main contact: send contact.`, {
        next: say`search_contacts lists the contacts of the company.`,
      });
    return create(context, {
      operation: 'POST /sales/opportunities',
      members: {
        ...opportunityMembers({ ...input, rep }),
        company: referenceTo(company),
        contact,
        ...(await newCustomFields(context, 'GET /sales/opportunities', input.customFields)),
      },
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: inThePast({ closes: input.closes }, await context.now()),
      question: say`Open the opportunity "${cleanLine(input.name)}" for ${cleanLine(company.label)}?`,
      notes: [input.contact === undefined ? say`Contact: ${cleanLine(contact.name)}, the main one.` : undefined],
      describe: (created) =>
        say`opportunity ${Number(created.id)}: ${cleanLine(created.name)} for ${cleanLine(nameOf(created.company))} (${cleanLine(nameOf(created.contact))}), ${joined([cleanLine(nameOf(created.stage)), cleanLine(nameOf(created.status)), say`closes ${dayOf(created.expectedCloseDate) || say`(no date)`}`], ', ')}`,
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (signal) =>
              sameText(
                context,
                {
                  list: 'GET /sales/opportunities',
                  member: 'name',
                  text: input.name,
                  owner: [company.label, company.identifier],
                  conditions: field('company/id', '=', company.id),
                },
                signal,
              ),
            argument: 'name',
            says: (duplicate) =>
              say`${cleanLine(company.label)} already has opportunity ${Number(duplicate.id)} "${cleanLine(duplicate.name)}" (${cleanLine(nameOf(duplicate.status))}). Use that one, or send allowDuplicate: true.`,
          },
    });
  },
});
