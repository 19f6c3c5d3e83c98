import { z } from 'zod';
import { operationLacking } from '../../src/api/versions.ts';
import { type ManageRecord, sumOf, type Whole } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { ADDITIONS, additionsOf, incomeOf, monthsOfCycles } from '../../src/revenue/income.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  amountTitle,
  billingWords,
  dayOf,
  defineTool,
  exactMoney,
  fragments,
  money,
  readable,
  recordView,
  shownCustomFields,
  type ToolContext,
} from '../../src/tool/index.ts';
import { adjustmentTitle, adjustmentValue } from './support/adjustment-unit.ts';
import { cycleBegan } from './support/agreement-cycle.ts';
import { rateOf } from './support/agreement-rate.ts';

/** Rows of a part that are shown. */
const MOST = 50;

const OF = 'GET /finance/agreements/{parentId}';

/** Time that the agreement covers, since its period began: what was used of what is included. */
async function usedHours(id: number, record: ManageRecord, { manage, signal, now }: ToolContext): Promise<Clean> {
  if (record.applicationUnits !== 'Hours' || Number(record.applicationLimit ?? 0) <= 0) return say``;
  const start = cycleBegan(record, await now());
  const conditions = all(field('agreement/id', '=', id), field('timeStart', '>=', start));
  const entries = await manage.all('GET /time/entries', { conditions, fields: ['id', 'agreementHours'], signal });
  return say`${sumOf(entries, 'agreementHours')} of ${cleanLine(record.applicationLimit)} h since ${cleanLine(start.toISODate())}`;
}

const RECAP = 'GET /finance/agreementrecap/{id}';

/** How much is used and left, and the invoices around now, as sites of 2025.1 work it out; a text says why an older one does not. */
async function readRecap(id: number, { manage, api, signal }: ToolContext): Promise<ManageRecord | string | undefined> {
  const why = operationLacking(api, RECAP);
  return why ?? readable(manage.get<ManageRecord>(RECAP, { path: { id }, signal }));
}

function recapFacts(
  recap: Awaited<ReturnType<typeof readRecap>>,
  { applicationUnits, currency }: ManageRecord,
): [string, unknown][] {
  if (recap === undefined) return [];
  if (typeof recap === 'string') return [['recap', `not shown: it ${recap}`]];
  const amount = (value: unknown) =>
    applicationUnits === 'Hours' ? `${Number(value ?? 0)} h` : money(value, currency);
  const isUnlimited = String(recap.isUnlimited).toLowerCase() === 'true';
  const isLimited = !isUnlimited && Number(recap.availableAmount ?? 0) > 0;
  const { lastInvoiceNumber: number, lastInvoiceDate: date, lastInvoiceAmount: billed } = recap;
  return [
    ['used', amount(recap.usedAmount)],
    // Beside the hours that are counted here: Manage begins its months by its own clock.
    [
      'remaining',
      isLimited ? `${amount(recap.remainingAmount)} of ${amount(recap.availableAmount)} (Manage's recap)` : '',
    ],
    [
      'overrun',
      Number(recap.overrunAmount ?? 0) > 0
        ? `${amount(recap.overrunAmount)} (Manage's recap of the whole agreement)`
        : '',
    ],
    ['last invoice', number ? [number, dayOf(date), money(Number(billed), currency)].join(', ') : ''],
    ['next invoice amount', money(recap.nextInvoiceAmount, currency)],
    ['unbilled periods', Number(recap.unbilledPeriods ?? 0) > 0 ? recap.unbilledPeriods : ''],
  ];
}

/** What the agreement brings in; nothing of one that does not run, and where the role may not read its additions. */
async function incomeFacts(
  record: ManageRecord,
  additions: Whole<ManageRecord> | undefined,
  { names, signal, now }: ToolContext,
): Promise<[string, unknown][]> {
  if (additions === undefined || record.agreementStatus !== 'Active') return [];
  const [today, months] = await Promise.all([now(), monthsOfCycles(names, signal)]);
  const income = incomeOf(record, additions, { today, months });
  return [
    ['per cycle with additions', money(income.perCycle, record.currency)],
    ['per month with additions', money(income.perMonth, record.currency)],
    ['cost of additions', money(income.cost, record.currency)],
  ];
}

export default defineTool({
  name: 'get_agreement',
  title: 'Get agreement',
  toolset: 'finance',
  effect: 'read',
  uses: [
    'GET /finance/agreements/{id}',
    RECAP,
    ADDITIONS,
    `${OF}/additions/count`,
    `${OF}/adjustments`,
    `${OF}/adjustments/count`,
    `${OF}/worktypes`,
    `${OF}/worktypes/count`,
    `${OF}/workroles`,
    `${OF}/workroles/count`,
    `${OF}/configurations/count`,
    'GET /finance/billingCycles',
    'GET /time/entries',
  ],
  tables: ['billingCycle'],
  description: 'An agreement with its additions, adjustments, work types and roles, hours used, and monthly recap.',
  input: z.strictObject({
    agreement: fragments.name('agreement', { of: 'company', description: 'Name or id' }),
    company: fragments.name('company').optional(),
  }),
  aliases: { id: 'agreement', agreementId: 'agreement', name: 'agreement', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run({ agreement: { id } }, context) {
    const { manage, signal } = context;
    const path = { parentId: id };
    const part = (list: string) => readable(manage.list(`${OF}/${list}`, { path, limit: MOST, signal }));
    const [record, additions, adjustments, workTypes, workRoles, configurations, recap] = await Promise.all([
      manage.get<ManageRecord>('GET /finance/agreements/{id}', { path: { id }, signal }),
      additionsOf(id, context),
      part('adjustments'),
      part('worktypes'),
      part('workroles'),
      readable(manage.count(`${OF}/configurations/count`, { path, signal })),
      readRecap(id, context),
    ]);
    const { currency } = record;
    const covers = [
      record.coverAgreementTime && say`time`,
      record.coverAgreementExpense && say`expenses`,
      record.coverAgreementProduct && say`products`,
    ].filter((part) => part !== undefined && part !== false);
    return recordView({
      id,
      title: say`Agreement ${id}: ${cleanLine(record.name)}`,
      facts: [
        ['company', nameOf(record.company)],
        ['type', nameOf(record.type)],
        ['status', record.agreementStatus],
        ['from', dayOf(record.startDate)],
        ['ends', record.noEndingDateFlag === true ? 'open-ended' : dayOf(record.endDate)],
        ['contact', nameOf(record.contact)],
        ['billing cycle', nameOf(record.billingCycle)],
        ['base amount', money(record.billAmount, currency)],
        ...(await incomeFacts(record, additions, context)),
        ['next invoice', dayOf(record.nextInvoiceDate)],
        ['covers', joined(covers as Clean[], ', ')],
        ['included', record.applicationUnlimitedFlag === true ? 'unlimited' : ''],
        ['hours used', await usedHours(id, record, context)],
        ...recapFacts(recap, record),
        ['configurations', configurations],
        ['SLA', nameOf(record.sla)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'additions',
          title: 'Additions',
          columns: [
            'id',
            'product',
            'quantity',
            amountTitle('price', currency),
            amountTitle('cost', currency),
            'billing',
            'from',
            'cancelled',
          ],
          total: additions?.length,
          rows: additions
            ?.slice(0, MOST)
            .map((row) => [
              row.id,
              nameOf(row.product),
              row.quantity,
              exactMoney(row.unitPrice),
              exactMoney(row.unitCost),
              billingWords(row.billCustomer),
              dayOf(row.effectiveDate),
              dayOf(row.cancelledDate),
            ]),
        },
        {
          key: 'adjustments',
          title: 'Adjustments',
          columns: ['id', adjustmentTitle(record), 'description', 'date'],
          total: adjustments?.total,
          rows: adjustments?.rows.map((row) => [
            row.id,
            adjustmentValue(row.amount, record),
            row.description,
            dayOf(row.effectiveDate),
          ]),
        },
        {
          key: 'workTypes',
          title: 'Work types',
          columns: ['id', 'work type', 'billing', 'rate'],
          total: workTypes?.total,
          rows: workTypes?.rows.map((row) => [
            row.id,
            nameOf(row.workType),
            billingWords(row.billTime),
            rateOf(row, currency),
          ]),
        },
        {
          key: 'workRoles',
          title: 'Work roles',
          columns: ['id', 'work role', 'rate'],
          total: workRoles?.total,
          rows: workRoles?.rows.map((row) => [row.id, nameOf(row.workRole), rateOf(row, currency)]),
        },
      ],
    });
  },
});
