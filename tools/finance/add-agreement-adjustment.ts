import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, type Expression, field, onDay } from '../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../src/text/index.ts';
import { create, dayOf, defineTool, fragments, sameText, ToolInputError } from '../../src/tool/index.ts';
import { adjusted, adjustmentUnit } from './support/adjustment-unit.ts';
import { agreementLabel } from './support/agreement-label.ts';

const ADJUSTMENTS = '/finance/agreements/{parentId}/adjustments';

export default defineTool({
  name: 'add_agreement_adjustment',
  title: 'Add agreement adjustment',
  toolset: 'finance',
  effect: 'create',
  uses: [`POST ${ADJUSTMENTS}`, `GET ${ADJUSTMENTS}`, 'GET /finance/agreements/{id}'],
  description: 'Correct the balance of an agreement, in its hours or money; negative takes away.',
  input: z.strictObject({
    agreement: fragments.name('agreement'),
    amount: fragments.balance(z.number()),
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
    const [last, record] = await Promise.all([
      manage.first(list, { path, fields: ['id'], orderBy: ['id desc'], signal }),
      manage.get<ManageRecord>('GET /finance/agreements/{id}', { path: { id: agreement.id }, signal }),
    ]);
    // A block of time is corrected in hours, whatever the caller had in mind: the answer says which.
    const inUnits = (value: unknown): Clean => adjusted(value, record);
    return create(context, {
      operation: `POST ${ADJUSTMENTS}`,
      path,
      members: { amount, description, effectiveDate: dayToManage(day) },
      currency: adjustmentUnit(record),
      dryRun,
      notes: [say`${inUnits(amount)} on ${agreementLabel(agreement)} as of ${cleanLine(day.toISODate())}.`],
      describe: (created) =>
        say`adjustment ${Number(created.id)}: ${inUnits(created.amount)} on ${agreementLabel(agreement)} as of ${dayOf(created.effectiveDate)}`,
      // After a lost answer the new one is among those that came since.
      find: (within) => alike(all(field('id', '>', Number(last?.id ?? 0)), same), within),
      duplicate: allowDuplicate
        ? undefined
        : {
            find: (within) => alike(same, within),
            argument: 'amount',
            says: (known) =>
              say`${agreementLabel(agreement)} already has adjustment ${Number(known.id)} of ${inUnits(known.amount)} as of ${dayOf(known.effectiveDate)} with this description. If this is another one, send allowDuplicate: true.`,
          },
    });
  },
});
