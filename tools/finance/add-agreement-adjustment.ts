import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import { all, type Expression, field, onDay } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { create, dayOf, defineTool, fragments, money, sameText, ToolInputError } from '../../src/tool/index.ts';
import { agreementLabel } from './support/agreement-label.ts';

const ADJUSTMENTS = '/finance/agreements/{parentId}/adjustments';

export default defineTool({
  name: 'add_agreement_adjustment',
  title: 'Add agreement adjustment',
  toolset: 'finance',
  effect: 'create',
  uses: [`POST ${ADJUSTMENTS}`, `GET ${ADJUSTMENTS}`],
  description: 'Correct the balance of an agreement by an amount; negative takes away.',
  input: z.strictObject({
    agreement: fragments.name('agreement'),
    amount: fragments.money(z.number(), { inCents: true }),
    description: fragments.prose(),
    date: fragments.day('past', 'Default today').optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { agreementId: 'agreement', reason: 'description', effectiveDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ agreement, amount, description, date, allowDuplicate, dryRun }, context) {
    const { manage, now, signal } = context;
    if (amount === 0) throw new ToolInputError('amount', say`An amount of 0 adjusts nothing; negative takes away.`);
    const day = date?.at ?? (await now());
    const path = { parentId: agreement.id };
    const list = `GET ${ADJUSTMENTS}`;
    const same = all(field('amount', '=', amount), onDay('effectiveDate', '=', day));
    const alike = (conditions: Expression | undefined, within: AbortSignal) =>
      sameText(context, { list, path, member: 'description', text: description, conditions }, within);
    const last = await manage.first(list, { path, fields: ['id'], orderBy: ['id desc'], signal });
    return create(context, {
      operation: `POST ${ADJUSTMENTS}`,
      path,
      members: { amount, description, effectiveDate: dayToManage(day) },
      dryRun,
      notes: [say`${money(amount)} on ${agreementLabel(agreement)} as of ${cleanLine(day.toISODate())}.`],
      describe: (created) =>
        say`adjustment ${Number(created.id)}: ${money(created.amount)} on ${agreementLabel(agreement)} as of ${dayOf(created.effectiveDate)}`,
      // After a lost answer the new one is among those that came since.
      find: (within) => alike(all(field('id', '>', Number(last?.id ?? 0)), same), within),
      duplicate: allowDuplicate
        ? undefined
        : {
            find: (within) => alike(same, within),
            argument: 'amount',
            says: (known) =>
              say`${agreementLabel(agreement)} already has adjustment ${Number(known.id)} of ${money(known.amount)} as of ${dayOf(known.effectiveDate)} with this description. If this is another one, send allowDuplicate: true.`,
          },
    });
  },
});
