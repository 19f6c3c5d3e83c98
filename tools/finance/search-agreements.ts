import type { DateTime } from 'luxon';
import { z } from 'zod';
import { echoDay } from '../../src/clock/index.ts';
import { type ManageRecord, sumOf, type Whole, wholePage } from '../../src/manage/index.ts';
import { all, field, pathsIn, within, wordsIn } from '../../src/query/index.ts';
import {
  ADDITIONS,
  additionsOf,
  INCOME_FIELDS,
  type Income,
  incomeOf,
  monthsOfCycles,
} from '../../src/revenue/income.ts';
import { type Clean, joined, say } from '../../src/text/index.ts';
import {
  currencyCode,
  defineTool,
  fragments,
  listOutput,
  listRecords,
  money,
  narrowed,
  type ToolContext,
  ToolInputError,
  withSynonyms,
} from '../../src/tool/index.ts';

const LIST = 'GET /finance/agreements';
const SCHEMA = 'Agreement';

/** Agreements that are added up at most: each costs a request for its additions. */
const MOST_ADDED_UP = 100;
/** A period that begins so many years ago has no beginning. */
const LONG_AGO = 20;

/** What people order agreements by. */
const ORDERS = {
  customer: 'company',
  'company asc': 'company',
  ends: 'ending',
  endDate: 'ending',
  'endDate asc': 'ending',
  'income desc': 'income',
  'per month': 'income',
  'per month desc': 'income',
  monthly: 'income',
  'monthly income': 'income',
  'monthly income desc': 'income',
  mrr: 'income',
  'mrr desc': 'income',
  revenue: 'income',
  'revenue desc': 'income',
} as const;

const isActive = ({ agreementStatus }: ManageRecord): boolean => agreementStatus === 'Active';

/**
 * The income of each agreement by its id. One that is not active brings in nothing; one whose additions the role may not read is left
 * out.
 */
async function incomes(rows: readonly ManageRecord[], context: ToolContext): Promise<Map<number, Income>> {
  const { names, signal, now } = context;
  const [today, months] = await Promise.all([now(), monthsOfCycles(names, signal)]);
  const found = await Promise.all(
    rows.filter(isActive).map(async (row) => {
      const additions = await additionsOf(Number(row.id), context);
      return additions && ([Number(row.id), incomeOf(row, additions, { today, months })] as const);
    }),
  );
  return new Map(found.filter((entry) => entry !== undefined));
}

/** What the agreements of a list bring in together, a sum a currency: those that run and are billed in cycles. */
function totalLine(rows: Whole<ManageRecord>, income: ReadonlyMap<number, Income>): Clean {
  const monthly = (row: ManageRecord): number | undefined => income.get(Number(row.id))?.perMonth;
  const counted = rows.filter((row) => isActive(row) && monthly(row) !== undefined);
  if (rows.length === 0) return say``;
  const codes = [...new Set(counted.map(({ currency }) => currencyCode(currency)))];
  const sums = codes.map((code) =>
    money(
      sumOf(
        counted.filter(({ currency }) => currencyCode(currency) === code),
        monthly,
      ),
      code,
    ),
  );
  if (counted.length === 0) return say`None of these agreements is active and billed in cycles: they bring in nothing.`;
  const left = rows.length - counted.length;
  const rest = left === 0 ? say`` : say`; ${left} that are not active or have no billing cycle are not counted`;
  const agreements = counted.length === 1 ? say`1 active agreement` : say`${counted.length} active agreements`;
  return say`Income per month with additions: ${joined(sums, ' + ')} from ${agreements}${rest}`;
}

/** The most income per month first, each currency by itself; those that are billed once or whose additions may not be read last. */
function byIncome(rows: Whole<ManageRecord>, income: ReadonlyMap<number, Income>): readonly ManageRecord[] {
  const known = rows.map((row) => {
    const { perMonth = -1, perCycle = -1 } = income.get(Number(row.id)) ?? {};
    return { row, currency: String(currencyCode(row.currency)), perMonth, perCycle };
  });
  return [...known]
    .sort(
      (a, b) =>
        a.currency.localeCompare(b.currency) ||
        b.perMonth - a.perMonth ||
        b.perCycle - a.perCycle ||
        Number(a.row.id) - Number(b.row.id),
    )
    .map(({ row }) => row);
}

export default defineTool({
  name: 'search_agreements',
  title: 'Search agreements',
  toolset: 'finance',
  core: true,
  effect: 'read',
  uses: [LIST, 'GET /finance/agreements/count', ADDITIONS, 'GET /finance/billingCycles'],
  tables: ['billingCycle'],
  description:
    'Find agreements (contracts) by customer, type, status, or when they end, with their income. Active ones by default.',
  input: z.strictObject({
    text: z.string().optional(),
    company: fragments.filterName('company').optional(),
    type: fragments.filterName('agreementType').optional(),
    status: withSynonyms(z.enum(['Active', 'Cancelled', 'Expired', 'Inactive', 'any']), {
      all: 'any',
      current: 'Active',
      canceled: 'Cancelled',
      ended: 'Expired',
    }).optional(),
    ending: fragments.days('ahead', 'Period, e.g. "next 90 days"').optional(),
    orderBy: withSynonyms(z.enum(['company', 'ending', 'income']), ORDERS).optional(),
    ...fragments.list,
  }),
  aliases: { name: 'text', query: 'text', customer: 'company', ends: 'ending', endDate: 'ending' },
  output: listOutput,
  async run({ text, company, type, ending, ...input }, context) {
    const { api, manage, signal, now } = context;
    const today = (await now()).startOf('day') as DateTime<true>;
    const said = await narrowed(context, {}, input, SCHEMA);
    const paths = pathsIn(said.query.conditions);
    const isSaid = paths.some((path) => /^(agreementStatus|cancelledFlag|endDate)$/i.test(path));
    // "Until March" is about what is to come; what begins in the past says so.
    const isOpen = ending !== undefined && ending.end > today && ending.start < today.minus({ years: LONG_AGO });
    const hasBegun = ending !== undefined && !isOpen && ending.start < today;
    const status = input.status ?? (hasBegun || isSaid ? 'any' : 'Active');
    const isCut = isOpen && status === 'Active';
    const ends = isCut ? { ...ending, start: today } : ending;
    const conditions = all(
      text === undefined ? undefined : wordsIn('name', text),
      company && field('company/id', '=', company.id),
      type && field('type/id', '=', type.id),
      status === 'any' ? undefined : field('agreementStatus', '=', status),
      ends && within('endDate', ends, { api, schema: SCHEMA }),
    );
    const income = new Map<number, Income>();
    let whole: Whole<ManageRecord> | undefined;
    const { orderBy = ending === undefined ? 'company' : 'ending' } = input;
    const amountOf =
      (member: 'perCycle' | 'perMonth') =>
      ({ id }: ManageRecord): number | undefined =>
        income.get(Number(id))?.[member];
    return listRecords(context, input, {
      list: LIST,
      noun: status === 'any' ? 'agreements' : `${status.toLowerCase()} agreements`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'company', field: 'company/name' },
        { title: 'type', field: 'type/name' },
        { title: 'status', field: 'agreementStatus' },
        { title: 'ends', field: 'endDate' },
        { title: 'cycle', field: 'billingCycle/name', also: INCOME_FIELDS },
        { title: 'base amount', field: 'billAmount' },
        { title: 'per cycle', field: 'billAmount', as: 'money', show: amountOf('perCycle') },
        { title: 'per month', field: 'billAmount', as: 'money', show: amountOf('perMonth') },
        { title: 'next invoice', field: 'nextInvoiceDate', rare: true },
      ],
      filteredBy: { name: 'text', agreementStatus: 'status', endDate: 'ending' },
      near: text === undefined ? undefined : { kind: 'agreement', name: text },
      own: { conditions },
      head: isCut ? `from ${echoDay(today, today)} on; status "any" lists what has ended as well` : undefined,
      orderBy: [orderBy === 'ending' ? 'endDate asc' : 'company/name asc', 'id asc'],
      ordered:
        orderBy === 'income'
          ? async ({ query, fields }) => {
              const total = await manage.count(`${LIST}/count`, { ...query, signal });
              if (total > MOST_ADDED_UP)
                throw new ToolInputError(
                  'orderBy',
                  say`${total} agreements are too many to order by income, which costs a request for each: narrow them to ${MOST_ADDED_UP} or fewer.`,
                );
              whole = await manage.all(LIST, { ...query, fields, signal });
              for (const [id, found] of await incomes(whole, context)) income.set(id, found);
              return byIncome(whole, income);
            }
          : undefined,
      async beside({ query, fields, ...page }) {
        if (whole !== undefined) return totalLine(whole, income);
        const { rows, total, complete } = page;
        const isSmall = (total ?? rows.length) <= MOST_ADDED_UP && (total !== undefined || complete);
        const read = async () => wholePage(page) ?? manage.all(LIST, { ...query, fields, signal });
        whole = isSmall ? await read() : undefined;
        for (const [id, found] of await incomes(whole ?? rows, context)) income.set(id, found);
        if (whole !== undefined) return totalLine(whole, income);
        return say`No total over so many agreements: narrow them to ${MOST_ADDED_UP} or fewer for their income.`;
      },
    });
  },
});
