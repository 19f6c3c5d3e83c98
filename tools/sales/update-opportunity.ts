import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf } from '../../src/names/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { cleared, defineTool, fragments, inThePast, namesake, update, withCustomFields } from '../../src/tool/index.ts';
import { opportunityMembers } from './support/opportunity-members.ts';

export default defineTool({
  name: 'update_opportunity',
  title: 'Update opportunity',
  toolset: 'sales',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /sales/opportunities/{id}', 'GET /sales/opportunities/{id}', 'GET /sales/opportunities'],
  description: 'Change an opportunity: stage, won or lost (status), close date, rep, contact, notes.',
  input: z.strictObject({
    opportunity: fragments.name('opportunity'),
    name: z.string().optional(),
    contact: fragments.nameWithin('contact').optional(),
    rep: fragments.name('member').optional(),
    stage: fragments.name('opportunityStage').optional(),
    status: fragments.name('opportunityStatus').optional(),
    type: fragments.name('opportunityType').optional(),
    closes: fragments.day('ahead').optional(),
    notes: fragments.prose().optional(),
    clear: fragments.clear(['type', 'notes']),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'opportunity',
    opportunityId: 'opportunity',
    salesRep: 'rep',
    primarySalesRep: 'rep',
    expectedCloseDate: 'closes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { id } = input.opportunity;
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path, signal });
    const contact = await input.contact?.within({ companyId: idOf(before.company) });
    const alike = await namesake(context, {
      list: 'GET /sales/opportunities',
      id,
      company: before.company,
      name: input.name,
      noun: say`Opportunity`,
    });
    const { wonFlag, lostFlag, closedFlag } = input.status?.record ?? {};
    const isClosing = [wonFlag, lostFlag, closedFlag].includes(true);
    return update(context, {
      operation: 'PATCH /sales/opportunities/{id}',
      path,
      before,
      members: {
        ...opportunityMembers({ ...input, contact }),
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
        ...cleared(input, { type: 'type', notes: 'notes' }),
      },
      // A status closes, a stage may say how likely it is.
      shows: ['closedDate', 'probability'],
      says: () => [alike],
      dryRun: input.dryRun,
      confirm: input.confirm,
      // What is won or lost was closed on a day that has passed.
      warnings: [alike, ...(isClosing ? [] : inThePast({ closes: input.closes }, await context.now()))],
      question: say`Change opportunity ${id}, ${cleanLine(before.name)}?`,
      describe: (after) => say`opportunity ${id}: ${cleanLine(after.name)}`,
    });
  },
});
