import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  money,
  readablePart,
  recordView,
  shownCustomFields,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';

const MOST = 50;

/** Time that the agreement covers, since its period began: what was used of what is included. */
async function usedHours(id: number, record: ManageRecord, { manage, signal, now }: ToolContext): Promise<string> {
  if (record.applicationUnits !== 'Hours' || Number(record.applicationLimit ?? 0) <= 0) return '';
  const start = (await now()).startOf(/year/i.test(String(record.applicationCycle)) ? 'year' : 'month');
  const conditions = all(field('agreement/id', '=', id), field('timeStart', '>=', start));
  let hundredths = 0;
  const rows = manage.stream('GET /time/entries', {
    conditions,
    fields: ['id', 'agreementHours'],
    signal,
  });
  for await (const row of rows) hundredths += Math.round(Number(row.agreementHours ?? 0) * 100);
  return `${hundredths / 100} of ${record.applicationLimit} h since ${start.toISODate()}`;
}

export default defineTool({
  name: 'get_agreement',
  title: 'Get agreement',
  toolset: 'finance',
  effect: 'read',
  uses: [
    'GET /finance/agreements/{id}',
    'GET /finance/agreements/{parentId}/additions',
    'GET /finance/agreements/{parentId}/adjustments',
    'GET /finance/agreements/{parentId}/worktypes',
    'GET /finance/agreements/{parentId}/workroles',
    'GET /finance/agreements/{parentId}/configurations/count',
    'GET /time/entries',
  ],
  description: 'An agreement with its additions, adjustments, work types and roles, hours used, and monthly recap.',
  input: z.strictObject({
    agreement: z.string().describe('Name or id'),
    company: z.string().optional(),
  }),
  aliases: { id: 'agreement', agreementId: 'agreement', name: 'agreement', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const { id } = await names.resolve('agreement', input.agreement, {
      argument: 'agreement',
      ...(company && { companyId: company.id }),
    });
    const part = (list: string) =>
      readablePart(
        manage.page<ManageRecord>(`GET /finance/agreements/{parentId}/${list}`, {
          path: { parentId: id },
          pageSize: MOST,
          signal,
        }),
      );
    const [record, additions, adjustments, workTypes, workRoles, configurations] = await Promise.all([
      manage.get<ManageRecord>('GET /finance/agreements/{id}', { path: { id }, signal }),
      part('additions'),
      part('adjustments'),
      part('worktypes'),
      part('workroles'),
      manage.count('GET /finance/agreements/{parentId}/configurations/count', { path: { parentId: id }, signal }),
    ]);
    const current = additions.filter(({ cancelledDate }) => cancelledDate === undefined);
    const each = (row: ManageRecord, price: string): number =>
      Math.round((Number(row.quantity ?? 0) - Number(row.lessIncluded ?? 0)) * Number(row[price] ?? 0) * 100);
    const added = current.filter(({ billCustomer }) => billCustomer === 'Billable');
    const cents = added.reduce(
      (sum, row) => sum + each(row, 'unitPrice'),
      Math.round(Number(record.billAmount ?? 0) * 100),
    );
    const cost = current.reduce((sum, row) => sum + each(row, 'unitCost'), 0);
    return recordView({
      id,
      title: `Agreement ${id}: ${record.name}`,
      facts: [
        ['company', nameOf(record.company)],
        ['type', nameOf(record.type)],
        ['status', record.agreementStatus],
        ['from', dayOf(record.startDate)],
        ['ends', record.noEndingDateFlag === true ? 'open-ended' : dayOf(record.endDate)],
        ['contact', nameOf(record.contact)],
        ['billing cycle', nameOf(record.billingCycle)],
        ['base amount', money(record.billAmount)],
        ['per cycle with additions', money(cents / 100)],
        ['cost of additions', money(cost / 100)],
        ['currency', nameOf(record.currency)],
        ['next invoice', dayOf(record.nextInvoiceDate)],
        [
          'covers',
          [
            record.coverAgreementTime && 'time',
            record.coverAgreementExpense && 'expenses',
            record.coverAgreementProduct && 'products',
          ]
            .filter(Boolean)
            .join(', '),
        ],
        ['included', record.applicationUnlimitedFlag === true ? 'unlimited' : ''],
        ['hours used', await usedHours(id, record, context)],
        ['configurations', configurations],
        ['SLA', nameOf(record.sla)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'additions',
          title: 'Additions',
          columns: ['id', 'product', 'quantity', 'price', 'cost', 'billing', 'from', 'cancelled'],
          rows: additions.map((row) => [
            row.id,
            nameOf(row.product),
            row.quantity,
            money(row.unitPrice),
            money(row.unitCost),
            row.billCustomer,
            dayOf(row.effectiveDate),
            dayOf(row.cancelledDate),
          ]),
        },
        {
          key: 'adjustments',
          title: 'Adjustments',
          columns: ['id', 'amount', 'description', 'date'],
          rows: adjustments.map((row) => [row.id, money(row.amount), row.description, dayOf(row.effectiveDate)]),
        },
        {
          key: 'workTypes',
          title: 'Work types',
          columns: ['id', 'work type', 'billing', 'rate'],
          rows: workTypes.map((row) => [row.id, nameOf(row.workType), row.billTime, money(row.rate)]),
        },
        {
          key: 'workRoles',
          title: 'Work roles',
          columns: ['id', 'work role', 'rate'],
          rows: workRoles.map((row) => [row.id, nameOf(row.workRole), money(row.rate)]),
        },
      ],
    });
  },
});
