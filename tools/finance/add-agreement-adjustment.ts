import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import { all, field } from '../../src/query/index.ts';
import { createRecord, dayOf, defineLegacyTool as defineTool, fragments, money } from '../../src/tool/index.ts';

export default defineTool({
  name: 'add_agreement_adjustment',
  title: 'Add agreement adjustment',
  toolset: 'finance',
  effect: 'create',
  uses: ['POST /finance/agreements/{parentId}/adjustments', 'GET /finance/agreements/{parentId}/adjustments'],
  description: 'Correct the balance of an agreement by an amount; negative takes away.',
  input: z.strictObject({
    agreement: z.string(),
    amount: z.number(),
    description: z.string(),
    date: z.string().optional().describe('Default today'),
    dryRun: fragments.dryRun,
  }),
  aliases: { agreementId: 'agreement', reason: 'description', effectiveDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, plain, now } = context;
    const agreement = await names.resolve('agreement', input.agreement, { argument: 'agreement' });
    const present = await now();
    const day =
      input.date === undefined
        ? present
        : readDay(input.date, { now: present, direction: 'past', argument: 'date' }).at;
    const path = { parentId: agreement.id };
    const list = 'GET /finance/agreements/{parentId}/adjustments';
    const last = await manage.first(list, { path, fields: ['id'], orderBy: ['id desc'], signal: context.signal });
    return createRecord(context, {
      operation: 'POST /finance/agreements/{parentId}/adjustments',
      path,
      body: { amount: input.amount, description: input.description, effectiveDate: toManage(dateOnly(day)) },
      dryRun: input.dryRun,
      describe: (created) =>
        `adjustment ${created.id}: ${money(created.amount)} on ${plain(agreement.label)} as of ${dayOf(created.effectiveDate)}`,
      settle: (signal) => {
        const conditions = all(field('id', '>', Number(last?.id ?? 0)), field('description', '=', input.description));
        return manage.first(list, { path, conditions, signal });
      },
    });
  },
});
