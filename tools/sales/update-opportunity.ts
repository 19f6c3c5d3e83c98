import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, updateRecord, withCustomFields } from '../../src/tool/index.ts';
import { opportunityMembers } from './support/opportunity-members.ts';

export default defineTool({
  name: 'update_opportunity',
  title: 'Update opportunity',
  toolset: 'sales',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /sales/opportunities/{id}', 'GET /sales/opportunities/{id}'],
  description: 'Change an opportunity: stage, won or lost (status), close date, rep, contact, notes.',
  input: z.strictObject({
    opportunity: z.string(),
    name: z.string().optional(),
    contact: z.string().optional(),
    rep: z.string().optional(),
    stage: z.string().optional(),
    status: z.string().optional(),
    type: z.string().optional(),
    closes: z.string().optional(),
    notes: z.string().optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
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
    const { manage, names, signal, plain } = context;
    const { id } = await names.resolve('opportunity', input.opportunity, { argument: 'opportunity' });
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path, signal });
    return updateRecord(context, {
      operation: 'PATCH /sales/opportunities/{id}',
      path,
      before,
      members: {
        ...(await opportunityMembers(input, idOf(before.company), context)),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      dryRun: input.dryRun,
      describe: (after) => `opportunity ${id}: ${plain(after.name)}`,
    });
  },
});
