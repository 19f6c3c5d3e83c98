import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, type Session, startSession } from '../support/session.ts';
import {
  dayMonth,
  everything,
  folded,
  grouped,
  inDays,
  local,
  mean,
  median,
  month,
  type Rec,
  share,
  spaced,
} from './oracle.ts';

// What every figure has to be is worked out here from the sandbox's records in plain REST, never from the code under test.
let session: Session;
let data: {
  tickets: Rec[];
  project: Rec[];
  entries: Rec[];
  invoices: Rec[];
  agreements: Rec[];
  additions: Rec[];
  companies: Map<number, Rec>;
  projects: Rec[];
  configurations: Rec[];
  results: Rec[];
  opportunities: Rec[];
  members: Rec[];
  schedule: Rec[];
  owners: Map<string, string>;
  byNumber: Map<number, Rec>;
  statuses: Rec[];
  activities: Rec[];
  products: Rec[];
  expenses: Rec[];
  orders: Rec[];
  recaps: Rec[];
  payments: Rec[];
  sheets: Rec[];
  chargeCodes: Map<number, Rec>;
};

beforeAll(async () => {
  session = await startSession();
  const all = (path: string): Promise<Rec[]> => everything(session.get, path);
  const [tickets, project, entries, invoices, agreements, companies, projects, configurations] = await Promise.all([
    all('/service/tickets'),
    all('/project/tickets'),
    all('/time/entries'),
    all('/finance/invoices'),
    all('/finance/agreements'),
    all('/company/companies'),
    all('/project/projects'),
    all('/company/configurations'),
  ]);
  const [results, opportunities, members, schedule] = await Promise.all([
    all('/service/surveys/1/results'),
    all('/sales/opportunities'),
    all('/system/members'),
    all('/schedule/entries'),
  ]);
  const [sheets, chargeCodes] = await Promise.all([all('/time/sheets'), all('/time/chargeCodes')]);
  const [statuses, activities, products, expenses, orders, recaps] = await Promise.all([
    all('/sales/opportunities/statuses'),
    all('/sales/activities'),
    all('/procurement/products'),
    all('/expense/entries'),
    all('/procurement/purchaseorders'),
    all('/finance/agreementrecap'),
  ]);
  const payments: Rec[] = [];
  for (const bill of invoices)
    for (const payment of await session.get(`/finance/invoices/${bill.id}/payments`))
      payments.push({ ...payment, bill });
  const additions: Rec[] = [];
  for (const agreement of agreements)
    for (const addition of await all(`/finance/agreements/${agreement.id}/additions`))
      additions.push({ ...addition, agreement });
  const byId = (rows: Rec[]): Map<number, Rec> => new Map(rows.map((row) => [row.id, row]));
  data = {
    tickets,
    project,
    entries,
    invoices,
    agreements,
    additions,
    companies: byId(companies),
    projects,
    configurations,
    results,
    opportunities,
    members,
    schedule,
    byNumber: byId([...tickets, ...project]),
    statuses,
    activities,
    products,
    expenses,
    orders,
    recaps,
    payments,
    sheets,
    chargeCodes: byId(chargeCodes),
    owners: new Map(members.map((row) => [row.identifier, `${row.firstName} ${row.lastName}`])),
  };
});
afterAll(() => session?.close());

const OCTOBER = inDays('2026-10-01', '2026-11-01');
const QUARTER = inDays('2026-07-01', '2026-10-01');

const opened = (fits: (moment: string) => boolean): Rec[] => data.tickets.filter((row) => fits(row._info.dateEntered));
const closed = (fits: (moment: string) => boolean): Rec[] =>
  data.tickets.filter((row) => row.closedFlag === true && row.closedDate !== undefined && fits(row.closedDate));
const worked = (fits: (moment: string) => boolean): Rec[] => data.entries.filter((row) => fits(row.timeStart));
const openAt = (moment: string): Rec[] =>
  data.tickets.filter(
    (row) => row._info.dateEntered < moment && !(row.closedFlag === true && row.closedDate && row.closedDate < moment),
  );
/** What is not closed at this moment, as the tickets themselves say. */
const openNow = (): Rec[] => data.tickets.filter((row) => row.closedFlag !== true);
const people = (row: Rec): string[] => {
  const identifiers = new Set<string>([row.owner?.identifier, ...(row.resources?.split(', ') ?? [])].filter(Boolean));
  return identifiers.size === 0 ? ['(nobody)'] : [...identifiers].map((one) => data.owners.get(one) ?? one);
};
const hours = (row: Rec): number => row.actualHours;
const ticketOf = (row: Rec): Rec =>
  row.chargeToType?.endsWith('Ticket') ? data.byNumber.get(row.chargeToId) : undefined;
const territory = (row: Rec): string | undefined => data.companies.get(row.company?.id)?.territory?.name;
const billedOf = (row: Rec): number => (row.type === 'CreditMemo' ? -1 : 1) * (row.total - (row.salesTax ?? 0));
const MONTHS: Record<string, number> = { Monthly: 1, Quarterly: 3, Yearly: 12 };

/** Agreements and additions that run on a date, with what they bring in a month. */
function recurringOn(date: string): { agreement: Rec; product: string; monthly: number; quantity: number }[] {
  const runs = (row: Rec): boolean => {
    const ends = [row.noEndingDateFlag === true ? undefined : row.endDate?.slice(0, 10)].filter(Boolean);
    const cancelled = row.cancelledFlag === true && row.dateCancelled?.slice(0, 10) <= date;
    return row.startDate.slice(0, 10) <= date && ends.every((end) => end >= date) && !cancelled;
  };
  const running = data.agreements.filter(runs);
  return [
    ...running.map((agreement) => ({
      agreement,
      product: 'base amount',
      monthly: (agreement.billAmount ?? 0) / (MONTHS[agreement.billingCycle.name] ?? 1),
      quantity: 0,
    })),
    ...data.additions
      .filter(
        ({ agreement, effectiveDate, cancelledDate, billCustomer }) =>
          running.includes(agreement) &&
          effectiveDate.slice(0, 10) <= date &&
          !(cancelledDate && cancelledDate.slice(0, 10) <= date) &&
          billCustomer === 'Billable',
      )
      .map(({ agreement, product, billedQuantity, unitPrice }) => ({
        agreement,
        product: product.identifier,
        monthly: (billedQuantity * unitPrice) / (MONTHS[agreement.billingCycle.name] ?? 1),
        quantity: billedQuantity,
      })),
  ];
}

type Figures = Record<string, number | undefined>;

/** A report of one measure and one split, as figures by label. */
async function figures(input: Record<string, unknown>): Promise<Figures> {
  const { structured } = await session.ok('report', { top: 200, ...input });
  return Object.fromEntries(
    structured.rows.map(([label, value]: [string, number | null]) => [label.replace(/\*$/, ''), value ?? undefined]),
  );
}

const within = (found: Figures, expected: Figures, digits = 1): void => {
  const filled = (all: Figures) => Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  const [left, right] = [filled(found), filled(expected)];
  expect(Object.keys(left).sort()).toEqual(Object.keys(right).sort());
  for (const [label, value] of Object.entries(right)) expect(left[label], label).toBeCloseTo(value ?? 0, digits);
};

const LAST_MONTH = { period: '2026-10-01..2026-10-31' };
const LAST_QUARTER = { period: '2026-07-01..2026-09-30' };

const CASES: readonly [measure: string, by: string, more: Record<string, unknown>, expected: () => Figures][] = [
  ['opened', 'board', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.board.name)],
  ['opened', 'company', LAST_QUARTER, () => grouped(opened(QUARTER), (row) => row.company.name)],
  ['tickets created', 'month', LAST_QUARTER, () => grouped(opened(QUARTER), (row) => month(row._info.dateEntered))],
  ['opened', 'priority', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.priority.name)],
  ['opened', 'source', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.source.name)],
  ['opened', 'type', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.type.name)],
  ['opened', 'subtype', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.subType?.name)],
  ['opened', 'technician', LAST_MONTH, () => grouped(opened(OCTOBER), people)],
  ['opened', 'territory', LAST_MONTH, () => grouped(opened(OCTOBER), territory)],
  [
    'opened',
    'weekday',
    LAST_MONTH,
    () => grouped(opened(OCTOBER), (row) => local(row._info.dateEntered).setLocale('en').toFormat('cccc')),
  ],
  [
    'opened',
    'hour',
    LAST_MONTH,
    () => grouped(opened(OCTOBER), (row) => local(row._info.dateEntered).toFormat('HH:00')),
  ],
  ['closed', 'week', LAST_MONTH, () => grouped(closed(OCTOBER), (row) => local(row.closedDate).toFormat("kkkk-'W'WW"))],
  ['closed', 'team', LAST_MONTH, () => grouped(closed(OCTOBER), (row) => row.team?.name)],
  [
    'backlog',
    'month',
    LAST_QUARTER,
    () => ({
      '2026-07': openAt('2026-08-01T04:00:00Z').length,
      '2026-08': openAt('2026-09-01T04:00:00Z').length,
      '2026-09': openAt('2026-10-01T04:00:00Z').length,
    }),
  ],
  ['open tickets', 'board', {}, () => grouped(openNow(), (row) => row.board.name)],
  ['backlog', 'member', {}, () => grouped(openNow(), people)],
  [
    'backlog',
    'age',
    {},
    () =>
      grouped(openNow(), (row) => {
        const days = Math.floor((+NOW - Date.parse(row._info.dateEntered)) / 86_400_000);
        if (days <= 1) return 'up to 1 days';
        if (days <= 7) return '2-7 days';
        if (days <= 30) return '8-30 days';
        return days <= 90 ? '31-90 days' : 'over 90 days';
      }),
  ],
  [
    'age',
    'board',
    {},
    () =>
      folded(
        openNow(),
        (row) => row.board.name,
        (rows) => mean(rows.map((row) => (+NOW - Date.parse(row._info.dateEntered)) / 86_400_000)),
      ),
  ],
  [
    'kill rate',
    'board',
    LAST_MONTH,
    () => {
      const [ins, outs] = [opened(OCTOBER), closed(OCTOBER)].map((rows) => grouped(rows, (row) => row.board.name));
      return Object.fromEntries(
        Object.entries(ins ?? {}).map(([name, count]) => [name, ((outs?.[name] ?? 0) / count) * 100]),
      );
    },
  ],
  [
    'same day close',
    'board',
    LAST_MONTH,
    () =>
      folded(
        closed(OCTOBER),
        (row) => row.board.name,
        (rows) => share(rows, (row) => local(row.closedDate).hasSame(local(row._info.dateEntered), 'day')),
      ),
  ],
  [
    'SLA compliance',
    'priority',
    LAST_QUARTER,
    () =>
      folded(
        closed(QUARTER).filter((row) => row.sla),
        (row) => row.priority.name,
        (rows) => share(rows, (row) => row.isInSla),
      ),
  ],
  [
    'median time to resolution',
    'type',
    LAST_QUARTER,
    () =>
      folded(
        closed(QUARTER),
        (row) => row.type.name,
        (rows) =>
          median(
            rows.map(
              (row) => (Date.parse(row.dateResolved ?? row.closedDate) - Date.parse(row._info.dateEntered)) / 3_600_000,
            ),
          ),
      ),
  ],
  [
    'first response time',
    'month',
    LAST_QUARTER,
    () =>
      folded(
        opened(QUARTER).filter((row) => row.dateResponded),
        (row) => month(row._info.dateEntered),
        (rows) =>
          mean(rows.map((row) => (Date.parse(row.dateResponded) - Date.parse(row._info.dateEntered)) / 3_600_000)),
      ),
  ],
  [
    'first touch',
    'board',
    LAST_MONTH,
    () => {
      const count = (row: Rec): number =>
        data.entries.filter((one) => one.chargeToType === 'ServiceTicket' && one.chargeToId === row.id).length;
      return folded(
        closed(OCTOBER).filter((row) => count(row) > 0),
        (row) => row.board.name,
        (rows) => share(rows, (row) => count(row) === 1),
      );
    },
  ],
  ['hours', 'member', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => row.member.name, hours)],
  ['hours', 'company', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => row.company.name, hours)],
  ['hours', 'board', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => ticketOf(row)?.board.name, hours)],
  ['hours', 'priority', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => ticketOf(row)?.priority.name, hours)],
  ['hours', 'project', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => row.project?.name, hours)],
  ['hours', 'work type', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => row.workType.name, hours)],
  ['hours', 'territory', LAST_MONTH, () => grouped(worked(OCTOBER), territory, hours)],
  ['hours', 'day', LAST_MONTH, () => grouped(worked(OCTOBER), (row) => local(row.timeStart).toISODate() ?? '', hours)],
  [
    'billable hours',
    'month',
    LAST_QUARTER,
    () =>
      grouped(
        worked(QUARTER).filter((row) => row.billableOption === 'Billable'),
        (row) => month(row.timeStart),
        hours,
      ),
  ],
  [
    'nonBillable',
    'member',
    LAST_MONTH,
    () =>
      grouped(
        worked(OCTOBER).filter((row) => row.billableOption !== 'Billable'),
        (row) => row.member.name,
        hours,
      ),
  ],
  [
    'revenue',
    'month',
    LAST_QUARTER,
    () =>
      grouped(
        data.invoices.filter((row) => row.date >= '2026-07' && row.date < '2026-10'),
        (row) => dayMonth(row.date),
        billedOf,
      ),
  ],
  [
    'billed',
    'company',
    LAST_MONTH,
    () =>
      grouped(
        data.invoices.filter((row) => row.date.startsWith('2026-10')),
        (row) => row.company.name,
        billedOf,
      ),
  ],
  [
    'receivables',
    'age',
    {},
    () =>
      grouped(
        data.invoices.filter((row) => row.balance !== 0),
        (row) => {
          const days = Math.floor((+NOW - Date.parse(row.dueDate)) / 86_400_000);
          if (days <= 0) return 'not overdue';
          if (days <= 30) return '1-30 days';
          if (days <= 60) return '31-60 days';
          return days <= 90 ? '61-90 days' : 'over 90 days';
        },
        (row) => row.balance,
      ),
  ],
  [
    'MRR',
    'company',
    {},
    () =>
      grouped(
        recurringOn('2026-11-24'),
        ({ agreement }) => agreement.company.name,
        ({ monthly }) => monthly,
      ),
  ],
  [
    'mrr',
    'product',
    {},
    () =>
      grouped(
        recurringOn('2026-11-24'),
        ({ product }) => product,
        ({ monthly }) => monthly,
      ),
  ],
  [
    'mrr',
    'month',
    LAST_QUARTER,
    () =>
      Object.fromEntries(
        ['2026-07-31', '2026-08-31', '2026-09-30'].map((date) => [
          dayMonth(date),
          recurringOn(date).reduce((sum, { monthly }) => sum + monthly, 0),
        ]),
      ),
  ],
  [
    'seats',
    'company',
    {},
    () =>
      grouped(
        recurringOn('2026-11-24'),
        ({ agreement }) => agreement.company.name,
        ({ quantity }) => quantity,
      ),
  ],
  [
    'endpoints',
    'type',
    {},
    () =>
      grouped(
        data.configurations.filter((row) => row.activeFlag),
        (row) => row.type.name,
      ),
  ],
  [
    'expiring warranties',
    'month',
    { period: '2026-12-01..2027-02-28' },
    () =>
      grouped(
        data.configurations.filter(
          (row) => row.activeFlag && row.warrantyExpirationDate >= '2026-12' && row.warrantyExpirationDate < '2027-03',
        ),
        (row) => dayMonth(row.warrantyExpirationDate),
      ),
  ],
  [
    'CSAT',
    'month',
    LAST_QUARTER,
    () =>
      folded(
        data.results.filter((row) => QUARTER(row._info.dateEntered)),
        (row) => month(row._info.dateEntered),
        (rows) => mean(rows.map((row) => (row.totalPoints / 5) * 100)),
      ),
  ],
  [
    'budget used',
    'project',
    {},
    () =>
      Object.fromEntries(
        data.projects
          .filter((row) => !row.closedFlag)
          .map((row) => [row.name, (row.actualHours / row.budgetHours) * 100]),
      ),
  ],
  [
    'deals',
    'stage',
    {},
    () =>
      grouped(
        data.opportunities.filter((row) => row.status.name === 'Open'),
        (row) => row.stage.name,
      ),
  ],
  [
    'hours/closed',
    'board',
    LAST_MONTH,
    () => {
      const spent = grouped(worked(OCTOBER), (row) => ticketOf(row)?.board.name, hours);
      const count = grouped(closed(OCTOBER), (row) => row.board.name);
      return Object.fromEntries(Object.entries(count).map(([name, number]) => [name, (spent[name] ?? 0) / number]));
    },
  ],
  [
    'opened',
    'phase',
    LAST_QUARTER,
    () =>
      grouped(
        data.project.filter((row) => QUARTER(row._info.dateEntered)),
        (row) => `${row.phase.name} (${row.project.name})`,
      ),
  ],
];

const AGAIN: typeof CASES = [
  [
    'billable percentage',
    'member',
    LAST_MONTH,
    () =>
      folded(
        worked(OCTOBER),
        (row) => row.member.name,
        (rows) => {
          const sum = (list: Rec[]): number => list.reduce((total, row) => total + row.actualHours, 0);
          return (sum(rows.filter((row) => row.billableOption === 'Billable')) / sum([...rows])) * 100;
        },
      ),
  ],
  [
    'overdue invoices',
    'company',
    {},
    () =>
      grouped(
        data.invoices.filter((row) => row.balance !== 0 && row.dueDate.slice(0, 10) < '2026-11-24'),
        (row) => row.company.name,
        (row) => row.balance,
      ),
  ],
  [
    'scheduled',
    'member',
    { period: 'this week' },
    () =>
      grouped(
        data.schedule.filter((row) => inDays('2026-11-23', '2026-11-30')(row.dateStart)),
        (row) => row.member.name,
        (row) => row.hours ?? 0,
      ),
  ],
  [
    'realization',
    'company',
    LAST_QUARTER,
    () =>
      folded(
        worked(QUARTER).filter((row) => row.billableOption === 'Billable'),
        (row) => row.company.name,
        (rows) => {
          const billed = rows.reduce((sum, row) => sum + (row.status === 'WrittenOff' ? 0 : row.hoursBilled), 0);
          return (billed / rows.reduce((sum, row) => sum + row.actualHours, 0)) * 100;
        },
      ),
  ],
];

const day = (value: string | undefined): string => (value ?? '').slice(0, 10);
const TODAY = '2026-11-24';
const daysSince = (moment: string): number => (+NOW - Date.parse(moment)) / 86_400_000;
const ofStatus = (flag: string): ReadonlySet<number> =>
  new Set(data.statuses.filter((row) => row[flag] === true).map((row) => row.id));
const openDeals = (): Rec[] => data.opportunities.filter((row) => !ofStatus('closedFlag').has(row.status.id));
const wonDeals = (): Rec[] => data.opportunities.filter((row) => ofStatus('wonFlag').has(row.status.id));
const inQuarter = (date: string | undefined): boolean => day(date) >= '2026-07-01' && day(date) < '2026-10-01';
const sold = (value: (row: Rec) => number) => (): Figures =>
  grouped(
    data.products.filter((row) => row.invoice && !row.cancelledFlag && day(row.invoice.invoiceDate) >= '2026-01-01'),
    (row) => row.description,
    value,
  );

/** What began or ended in 2026, by month. */
function moves(which: 'first' | 'last'): Figures {
  const spans = [
    ...data.agreements.map((agreement) => ({ agreement, own: {} as Rec, monthly: agreement.billAmount ?? 0 })),
    ...data.additions.map((own) => ({
      agreement: own.agreement,
      own,
      monthly: own.billCustomer === 'Billable' ? own.billedQuantity * own.unitPrice : 0,
    })),
  ].map(({ agreement, own, monthly }) => {
    const after = DateTime.fromISO(day(agreement.endDate), { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? '9999';
    const cancelled = agreement.cancelledFlag ? day(agreement.dateCancelled) : '';
    const ends = [agreement.noEndingDateFlag ? '9999' : after, day(own.cancelledDate) || '9999', cancelled || '9999'];
    return {
      first: [day(agreement.startDate), day(own.effectiveDate)].sort().at(-1) ?? '',
      last: ends.sort()[0] ?? '',
      monthly: monthly / (MONTHS[agreement.billingCycle.name] ?? 1),
    };
  });
  return grouped(
    spans.filter((one) => one[which] >= '2025-12-01' && one[which] <= TODAY && one.first < one.last),
    (one) => dayMonth(one[which]),
    (one) => one.monthly,
  );
}

const LATER: typeof CASES = [
  ['opened', 'ticket', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => `#${row.id} ${row.summary}`)],
  [
    'hours',
    'ticket',
    LAST_MONTH,
    () => grouped(worked(OCTOBER), (row) => ticketOf(row) && `#${row.chargeToId} ${ticketOf(row)?.summary}`, hours),
  ],
  [
    'closed',
    'closedBy',
    LAST_MONTH,
    () => grouped(closed(OCTOBER), (row) => data.owners.get(row.closedBy) ?? row.closedBy),
  ],
  [
    'opened',
    'created by',
    LAST_MONTH,
    () => grouped(opened(OCTOBER), (row) => data.owners.get(row._info.enteredBy) ?? row._info.enteredBy),
  ],
  [
    'response SLA',
    'board',
    LAST_QUARTER,
    () =>
      folded(
        closed(QUARTER).filter((row) => row.dateResponded && row.respondByGoalUTC),
        (row) => row.board.name,
        (rows) => share(rows, (row) => row.dateResponded <= row.respondByGoalUTC),
      ),
  ],
  [
    'tickets overdue',
    'board',
    {},
    () =>
      grouped(
        openNow().filter(({ requiredDate: due }) => {
          if (due === undefined) return false;
          return due.endsWith('T00:00:00Z') ? day(due) < TODAY : Date.parse(due) < +NOW;
        }),
        (row) => row.board.name,
      ),
  ],
  [
    'unscheduled',
    'board',
    {},
    () => {
      const booked = new Set(
        data.schedule
          .filter((row) => row.type.identifier === 'S' && !row.doneFlag && Date.parse(row.dateEnd) >= +NOW)
          .map((row) => row.objectId),
      );
      return grouped(
        openNow().filter((row) => !booked.has(row.id)),
        (row) => row.board.name,
      );
    },
  ],
  [
    'pto',
    'member',
    LAST_QUARTER,
    () =>
      grouped(
        worked(QUARTER).filter((row) => ['Vacation', 'Sick'].includes(row.workType.name)),
        (row) => row.member.name,
        hours,
      ),
  ],
  [
    'no charge hours',
    'company',
    LAST_MONTH,
    () =>
      grouped(
        worked(OCTOBER).filter((row) => row.billableOption === 'NoCharge'),
        (row) => row.company.name,
        hours,
      ),
  ],
  [
    'noChargeValue',
    'company',
    LAST_MONTH,
    () =>
      grouped(
        worked(OCTOBER).filter((row) => row.billableOption === 'NoCharge'),
        (row) => row.company.name,
        (row) => row.actualHours * row.hourlyRate,
      ),
  ],
  [
    'labor revenue',
    'member',
    LAST_MONTH,
    () =>
      grouped(
        worked(OCTOBER).filter((row) => row.billableOption === 'Billable'),
        (row) => row.member.name,
        (row) => (row.status === 'WrittenOff' ? 0 : row.hoursBilled * row.hourlyRate),
      ),
  ],
  [
    'share of revenue',
    'company',
    LAST_QUARTER,
    () => {
      const amounts = grouped(
        data.invoices.filter((row) => inQuarter(row.date)),
        (row) => row.company.name,
        billedOf,
      );
      const total = Object.values(amounts).reduce((all, one) => all + one, 0);
      return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, (amount / total) * 100]));
    },
  ],
  [
    'invoices',
    'type',
    LAST_QUARTER,
    () =>
      grouped(
        data.invoices.filter((row) => inQuarter(row.date)),
        (row) => spaced(row.type),
      ),
  ],
  [
    'agreement revenue',
    'month',
    LAST_QUARTER,
    () =>
      grouped(
        data.invoices.filter((row) => inQuarter(row.date)),
        (row) => dayMonth(row.date),
        (row) => row.agreementAmount,
      ),
  ],
  ['mrr added', 'month', { period: '2025-12-01..2026-11-30' }, () => moves('first')],
  ['lost MRR', 'month', { period: '2025-12-01..2026-11-30' }, () => moves('last')],
  [
    'block hours left',
    'company',
    {},
    () =>
      grouped(
        data.recaps.filter(({ id }) =>
          data.agreements.some((row) => row.id === id && row.applicationLimit > 0 && row.agreementStatus === 'Active'),
        ),
        (row) => row.companyName,
        (row) => row.remainingAmount,
      ),
  ],
  [
    'payments received',
    'month',
    { period: '2026-06-01..2026-10-31', confirm: true },
    () =>
      grouped(
        data.payments.filter((row) => day(row.paymentDate) >= '2026-06-01' && day(row.paymentDate) < '2026-11-01'),
        (row) => dayMonth(row.paymentDate),
        (row) => row.amount,
      ),
  ],
  [
    'days to pay',
    'company',
    { period: '2026-06-01..2026-10-31', confirm: true },
    () =>
      folded(
        data.payments.filter((row) => day(row.paymentDate) >= '2026-06-01' && day(row.paymentDate) < '2026-11-01'),
        (row) => row.bill.company.name,
        (rows) =>
          Math.round(
            mean(rows.map((row) => (Date.parse(day(row.paymentDate)) - Date.parse(day(row.bill.date))) / 86_400_000)) *
              10,
          ) / 10,
      ),
  ],
  ['product sales', 'product', { period: '2026-01-01..2026-11-24' }, sold((row) => row.quantity * row.price)],
  [
    'product margin',
    'product',
    { period: '2026-01-01..2026-11-24' },
    sold((row) => row.quantity * (row.price - row.cost)),
  ],
  [
    'expenses',
    'type',
    { period: 'this year' },
    () =>
      grouped(
        // What is by the mile is no money.
        data.expenses.filter((row) => day(row.date) <= TODAY && row.type.name !== 'Mileage'),
        (row) => row.type.name,
        (row) => row.amount,
      ),
  ],
  [
    'miles',
    'member',
    { period: 'this year' },
    () =>
      grouped(
        data.expenses.filter((row) => day(row.date) <= TODAY && row.type.name === 'Mileage'),
        (row) => row.member.name,
        (row) => row.amount,
      ),
  ],
  [
    'vendor spend',
    'supplier',
    { period: 'this year' },
    () =>
      grouped(
        data.orders.filter((row) => row.poDate.startsWith('2026')),
        (row) => row.vendorCompany.name,
        (row) => row.total,
      ),
  ],
  [
    'open purchase orders',
    'status',
    {},
    () =>
      grouped(
        data.orders.filter((row) => !row.closedFlag),
        (row) => row.status.name,
        (row) => row.total,
      ),
  ],
  ['deals', 'opportunity', {}, () => grouped(openDeals(), (row) => row.name)],
  [
    'deal age',
    'stage',
    {},
    () =>
      folded(
        openDeals(),
        (row) => row.stage.name,
        (rows) => mean(rows.map((row) => daysSince(row.dateBecameLead))),
      ),
  ],
  [
    'new opportunities',
    'rep',
    { period: 'this year' },
    () =>
      grouped(
        data.opportunities.filter((row) => row.dateBecameLead >= '2026-01-01T05'),
        (row) => row.primarySalesRep.name,
      ),
  ],
  [
    'sales cycle',
    'rep',
    { period: 'this year' },
    () =>
      folded(
        wonDeals(),
        (row) => row.primarySalesRep.name,
        (rows) => mean(rows.map((row) => (Date.parse(row.closedDate) - Date.parse(row.dateBecameLead)) / 86_400_000)),
      ),
  ],
  [
    'activities',
    'type',
    { period: 'this year' },
    () =>
      grouped(
        data.activities.filter((row) => inDays('2026-01-01', '2027-01-01')(row.dateStart)),
        (row) => row.type.name,
      ),
  ],
  [
    'expired warranties',
    'company',
    {},
    () =>
      grouped(
        data.configurations.filter((row) => row.activeFlag && day(row.warrantyExpirationDate) < TODAY),
        (row) => row.company.name,
      ),
  ],
  [
    'devices',
    'age',
    {},
    () =>
      grouped(
        data.configurations.filter((row) => row.activeFlag),
        (row) => {
          const days = Math.floor(daysSince(row.purchaseDate));
          if (days <= 365) return 'under 1 year';
          if (days <= 1_095) return '1-3 years';
          return days <= 1_825 ? '3-5 years' : 'over 5 years';
        },
      ),
  ],
  [
    'actual',
    'phase',
    {},
    () =>
      grouped(
        data.entries.filter((row) => row.phase),
        (row) => `${row.phase.name} (${row.project.name})`,
        hours,
      ),
  ],
];

/** Agreements that ran at the beginning of the year and do not on a day, with what each brought in a month. */
const endedBy = (date: string): Figures => {
  const left = new Set(recurringOn(date).map(({ agreement }) => agreement.id));
  const gone = recurringOn('2026-02-01').filter(({ agreement }) => !left.has(agreement.id));
  return grouped(
    gone,
    ({ agreement }) => agreement.company.name,
    ({ monthly }) => monthly,
  );
};

const PRESENT: typeof CASES = [
  [
    'no owner',
    'board',
    {},
    () =>
      grouped(
        openNow().filter((row) => people(row)[0] === '(nobody)'),
        (row) => row.board.name,
      ),
  ],
  [
    'stale tickets',
    'technician',
    {},
    () =>
      grouped(
        openNow().filter((row) => daysSince(row._info.lastUpdated) >= 7),
        people,
      ),
  ],
  [
    'stale',
    'board',
    { where: [{ field: 'age', op: '>', value: '2 weeks' }] },
    () =>
      grouped(
        openNow().filter((row) => daysSince(row._info.lastUpdated) > 14),
        (row) => row.board.name,
      ),
  ],
  [
    'breaching SLA',
    'priority',
    {},
    () => {
      const isPast = (goal: string, happened: string | undefined): boolean =>
        goal !== undefined && Date.parse(goal) < +NOW && happened === undefined;
      return grouped(
        openNow().filter(
          (row) => isPast(row.respondByGoalUTC, row.dateResponded) || isPast(row.resolutionGoalUTC, row.dateResolved),
        ),
        (row) => row.priority.name,
      );
    },
  ],
  [
    'backlog',
    'board',
    { where: [{ field: 'age', op: 'gt', value: '30 days' }] },
    () =>
      grouped(
        openNow().filter((row) => daysSince(row._info.dateEntered) > 30),
        (row) => row.board.name,
      ),
  ],
  [
    'balance',
    'company',
    { where: [{ field: 'age', value: '31-60 days' }] },
    () =>
      grouped(
        data.invoices.filter(
          (row) => row.balance > 0 && day(row.dueDate) < '2026-10-25' && day(row.dueDate) > '2026-09-24',
        ),
        (row) => row.company.name,
        (row) => row.balance,
      ),
  ],
  [
    'percent complete',
    'project',
    {},
    () =>
      folded(
        data.projects.filter(({ closedFlag }) => !closedFlag),
        (row) => row.name,
        (rows) => mean(rows.map((row) => row.percentComplete * 100)),
      ),
  ],
  [
    'timesheets',
    'status',
    LAST_MONTH,
    () =>
      grouped(
        data.sheets.filter((row) => day(row.dateStart) >= '2026-10-01' && day(row.dateStart) <= '2026-10-31'),
        (row) => spaced(row.status),
      ),
  ],
  [
    'timesheets not submitted',
    'member',
    { period: 'this quarter' },
    () =>
      grouped(
        data.sheets.filter(
          (row) =>
            day(row.dateStart) >= '2026-10-01' &&
            ['Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier'].includes(row.status),
        ),
        (row) => row.member.name,
      ),
  ],
  [
    'time logged',
    'charge code',
    LAST_MONTH,
    () =>
      grouped(
        worked(OCTOBER),
        (row) => (row.chargeToType === 'ChargeCode' ? data.chargeCodes.get(row.chargeToId)?.name : undefined),
        hours,
      ),
  ],
  [
    'opened - closed',
    'board',
    LAST_MONTH,
    () => {
      const [ins, outs] = [opened(OCTOBER), closed(OCTOBER)].map((rows) => grouped(rows, (row) => row.board.name));
      const boards = new Set([ins, outs].flatMap((counts) => Object.keys(counts ?? {})));
      return Object.fromEntries([...boards].map((name) => [name, (ins?.[name] ?? 0) - (outs?.[name] ?? 0)]));
    },
  ],
  [
    'hours',
    'member',
    { ...LAST_MONTH, where: [{ field: 'billable', value: 'no' }] },
    () =>
      grouped(
        worked(OCTOBER).filter((row) => row.billableOption !== 'Billable'),
        (row) => row.member.name,
        hours,
      ),
  ],
  [
    'written off hours',
    'member',
    LAST_QUARTER,
    () =>
      grouped(
        worked(QUARTER).filter((row) => row.status === 'WrittenOff'),
        (row) => row.member.name,
        hours,
      ),
  ],
  [
    'RHEM',
    'company',
    LAST_MONTH,
    () => {
      const devices = grouped(
        data.configurations.filter((row) => row.activeFlag),
        (row) => row.company.name,
      );
      const service = worked(OCTOBER).filter((row) => row.chargeToType === 'ServiceTicket');
      const spent = grouped(service, (row) => row.company.name, hours);
      return Object.fromEntries(Object.entries(spent).map(([name, sum]) => [name, sum / (devices[name] ?? 0)]));
    },
  ],
  [
    'projects over budget',
    'project',
    {},
    () =>
      grouped(
        data.projects.filter((row) => !row.closedFlag && row.actualHours > row.budgetHours),
        (row) => row.name,
      ),
  ],
  [
    'average invoice',
    'company',
    LAST_QUARTER,
    () =>
      folded(
        data.invoices.filter((row) => inQuarter(row.date)),
        (row) => row.company.name,
        (rows) => mean(rows.map(billedOf)),
      ),
  ],
  [
    'renewals',
    'company',
    {},
    () =>
      grouped(
        data.agreements.filter(
          (row) => !row.cancelledFlag && day(row.endDate) >= TODAY && day(row.endDate) < '2027-02-22',
        ),
        (row) => row.company.name,
      ),
  ],
  ['lost MRR', 'company', { period: '2026-02-01..2026-12-31' }, () => endedBy(TODAY)],
];

const SEATS = [{ field: 'product', op: 'contains', value: 'seat' }];
const inThisWeek = (row: Rec): boolean => inDays('2026-11-23', '2026-11-30')(row.dateStart);
const bookedOn = ({ type, objectId }: Rec): Rec => (type.identifier === 'S' ? data.byNumber.get(objectId) : undefined);

const PLACES: typeof CASES = [
  [
    'opened',
    'site',
    LAST_MONTH,
    () => grouped(opened(OCTOBER), (row) => row.site && `${row.site.name} (${row.company.name})`),
  ],
  ['opened', 'severity', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.severity)],
  ['opened', 'service location', LAST_MONTH, () => grouped(opened(OCTOBER), (row) => row.serviceLocation?.name)],
  [
    'hours',
    'service location',
    LAST_MONTH,
    () => grouped(worked(OCTOBER), (row) => ticketOf(row)?.serviceLocation?.name, hours),
  ],
  [
    'scheduled',
    'company',
    { period: 'this week' },
    () =>
      grouped(
        data.schedule.filter(inThisWeek),
        (row) => bookedOn(row)?.company.name,
        (row) => row.hours ?? 0,
      ),
  ],
  [
    'scheduled',
    'type',
    { period: 'this week' },
    () =>
      grouped(
        data.schedule.filter(inThisWeek),
        ({ type }) => ({ S: 'Service', N: 'Meeting', O: 'Other' })[type.identifier as 'S'],
        (row) => row.hours ?? 0,
      ),
  ],
  [
    'overage',
    'company',
    {},
    () =>
      grouped(
        data.agreements.filter((row) => row.applicationUnits === 'Hours' && row.agreementStatus === 'Active'),
        (row) => row.company.name,
        ({ id }) => data.recaps.find((row) => row.id === id)?.overrunAmount ?? 0,
      ),
  ],
  [
    'seats',
    'company',
    { where: SEATS },
    () =>
      grouped(
        recurringOn('2026-11-24').filter(({ product }) => /seat/i.test(product)),
        ({ agreement }) => agreement.company.name,
        ({ quantity }) => quantity,
      ),
  ],
  [
    'invoices',
    'company',
    // There is none of that type: all of them are of another.
    { ...LAST_QUARTER, where: [{ field: 'type', op: 'ne', value: 'CreditMemo' }] },
    () =>
      grouped(
        data.invoices.filter((row) => inQuarter(row.date)),
        (row) => row.company.name,
      ),
  ],
  [
    'opened',
    'type',
    { ...LAST_MONTH, where: [{ field: 'Root cause', op: 'notNull' }] },
    () =>
      grouped(
        opened(OCTOBER).filter(
          ({ customFields }) => customFields.find((one: Rec) => one.caption === 'Root cause').value,
        ),
        (row) => row.type.name,
      ),
  ],
];

describe('a report gives the figures that the records come to', () => {
  it.each([...CASES, ...AGAIN, ...LATER, ...PRESENT, ...PLACES])('%s by %s', async (measure, by, more, expected) => {
    within(await figures({ measures: [measure], by: [by], ...more }), expected());
  });

  it('counts capacity by calendars, holidays and time off', async () => {
    const found = await figures({ measures: ['utilization'], by: ['member'], ...LAST_MONTH });
    const types = await session.get('/time/workTypes');
    const leave = new Set(types.filter((row: Rec) => row.accrualType).map((row: Rec) => row.id));
    const member = data.members.find(({ identifier }) => identifier === 'jdoe');
    const own = worked(OCTOBER).filter((row) => row.member.id === member.id);
    const sum = (rows: Rec[]): number => rows.reduce((total, row) => total + row.actualHours, 0);
    const workdays = Array.from({ length: 31 }, (_, day) => DateTime.utc(2026, 10, day + 1)).filter(
      ({ weekday }) => weekday < 6,
    );
    const holidays = (await everything(session.get, '/schedule/holidayLists/1/holidays')).filter(
      ({ date }) => date.startsWith('2026-10') && DateTime.fromISO(date, { zone: 'utc' }).weekday < 6,
    );
    const off = sum(own.filter((row) => leave.has(row.workType.id)));
    const due = (workdays.length - holidays.length) * member.dailyCapacity - off;
    expect(found['Jordan Doe']).toBeCloseTo(((sum(own) - off) / due) * 100, 1);
  });

  it('counts in a running period what has happened, and says what is dated after today', async () => {
    const input = { measures: ['lostMrr', 'endedAgreements'], period: '2026-02-01..2026-12-31' };
    const sum = (all: Figures): number => Object.values(all).reduce<number>((total, value) => total + (value ?? 0), 0);
    const [gone, all] = [endedBy(TODAY), endedBy('2026-12-31')];
    const [later, agreements] = [sum(all) - sum(gone), Object.keys(all).length - Object.keys(gone).length];
    expect(later).toBeGreaterThan(0);
    for (const by of [[], ['month'], ['company']]) {
      const { text, structured } = await session.ok('report', { ...input, by });
      expect(structured.totals).toEqual({ lostMrr: sum(gone), endedAgreements: Object.keys(gone).length });
      expect(text).toContain(
        `Dated after today and not in it: lostMrr ${later.toLocaleString('en-US')} USD, endedAgreements ${agreements}.`,
      );
    }
    const net = await session.ok('report', { measures: ['netMrr'], period: input.period });
    expect(net.structured.totals.netMrr).toBe(-sum(gone));
    const expiring = await session.ok('report', { measures: ['expiringMrr'], period: '2026-11-24..2026-12-31' });
    expect(expiring.structured.totals.expiringMrr).toBe(sum(endedBy('2027-01-01')) - sum(endedBy('2026-11-24')));
    // A period to come is about nothing else.
    const { structured } = await session.ok('report', { ...input, period: '2026-11-25..2026-12-31' });
    expect(structured.totals).toEqual({ lostMrr: later, endedAgreements: agreements });
  });

  it('reads a month of what is expected as the coming one', async () => {
    for (const measure of ['pipeline', 'deals', 'expiringMrr'])
      expect((await session.ok('report', { measures: [measure], period: 'December' })).text).toContain(
        'Tue 1 Dec to Thu 31 Dec',
      );
    const won = await session.ok('report', { measures: ['won'], period: 'December' });
    expect(won.text).toContain('Mon 1 Dec 2025 to Wed 31 Dec 2025');
  });

  it('counts a period that begins today to its end, however it is split', async () => {
    const input = { measures: ['lostMrr', 'newMrr', 'netMrr', 'endedAgreements'], period: '2026-11-24..2027-02-28' };
    const sum = (all: Figures): number => Object.values(all).reduce<number>((total, value) => total + (value ?? 0), 0);
    const lost = sum(endedBy('2027-02-28')) - sum(endedBy('2026-11-23'));
    for (const by of [[], ['week'], ['month'], ['quarter'], ['company']]) {
      const { text, structured } = await session.ok('report', { ...input, by });
      expect(structured.totals.lostMrr, String(by)).toBeCloseTo(lost, 2);
      expect(text).toContain('with what is dated after today, because the period begins today.');
      if (by.length === 0) continue;
      const columns = [0, 1, 2, 3].map((place) =>
        structured.rows.reduce((total: number, row: (number | null)[]) => total + (row[place + 1] ?? 0), 0),
      );
      for (const [place, measure] of input.measures.entries())
        expect(columns[place], `${measure} by ${by}`).toBeCloseTo(structured.totals[measure], 1);
    }
    expect(lost).toBeGreaterThan(sum(endedBy('2026-12-31')) - sum(endedBy('2026-11-23')));
    const mixed = await session.ok('report', { ...input, measures: ['lostMrr', 'opened'], by: ['month'] });
    expect(mixed.structured.totals.lostMrr).toBeCloseTo(lost, 2);
    // What stands is known for months that have begun only, and adds nothing to the others.
    const both = await session.ok('report', { ...input, measures: ['expiringMrr', 'mrr'], by: ['month'] });
    expect(both.structured.rows.map((row: unknown[]) => typeof row[2])).toEqual([
      'number',
      'object',
      'object',
      'object',
    ]);
    expect(both.structured.totals.mrr).toBe(both.structured.rows[0][2]);
    expect(both.structured.totals.mrr).toBeGreaterThan(0);
  });

  it('compares all of what is planned with all of the period before', async () => {
    const { structured } = await session.ok('report', {
      measures: ['activities'],
      period: 'this week',
      compare: 'previous',
      by: ['day'],
    });
    const counted = (from: string, until: string): number =>
      data.activities.filter((row) => inDays(from, until)(row.dateStart)).length;
    const [week, before] = [counted('2026-11-23', '2026-11-30'), counted('2026-11-16', '2026-11-23')];
    expect(structured.totals.activities).toBe(week);
    expect(structured.rows.reduce((total: number, row: number[]) => total + (row[2] ?? 0), 0)).toBe(before);
    expect(
      await session.refused('report', { measures: ['activities', 'opened'], period: 'this week', compare: 'previous' }),
    ).toMatch(/activities counts all of .*, the others what has passed of it/);
  });

  it('counts plans in the whole of a running period, day by day as well', async () => {
    const ofWeek = data.activities.filter((row) => inDays('2026-11-23', '2026-11-30')(row.dateStart));
    const { structured } = await session.ok('report', { measures: ['activities'], by: ['day'], period: 'this week' });
    expect(structured.totals.activities).toBe(ofWeek.length);
    within(
      Object.fromEntries(structured.rows.map(([label, count]: [string, number]) => [label.replace('*', ''), count])),
      grouped(ofWeek, (row) => local(row.dateStart).toISODate() ?? ''),
    );
    expect(ofWeek.some((row) => row.dateStart > '2026-11-25T05')).toBe(true);
  });

  it('gives the hours of open projects by phase', async () => {
    for (const project of data.projects.filter(({ closedFlag }) => !closedFlag)) {
      const where = [{ field: 'project', op: '=', value: project.name }];
      const { structured } = await session.ok('report', { measures: ['budget', 'actual'], by: ['phase'], where });
      const phases = await session.get(`/project/projects/${project.id}/phases`);
      const expected = phases.map((row: Rec) => [row.description, row.budgetHours ?? 0, row.actualHours ?? 0]);
      const found = structured.rows.map(([phase, ...figures]: [string, ...unknown[]]) => [phase, ...figures]);
      expect(found.sort()).toEqual(expected.sort());
    }
  });

  it('agrees with search_agreements and find_unbilled', async () => {
    const [mrr, unbilled] = await Promise.all([
      session.ok('report', { measures: ['mrr', 'agreements'] }),
      session.ok('report', { measures: ['unbilled', 'wip', 'unbilledHours'] }),
    ]);
    const agreements = await session.ok('search_agreements', {});
    const income = /Income per month with additions: ([\d,.]+) USD from (\d+) active/.exec(agreements.text);
    const short = (amount = ''): string => amount.replace(/\.00$/, '');
    expect(mrr.text).toContain(`In all: mrr ${short(income?.[1])} USD, agreements ${income?.[2]}.`);
    const found = await session.ok('find_unbilled', {});
    const left = unbilled.structured.totals.unbilled.toLocaleString('en-US', { minimumFractionDigits: 2 });
    expect(found.text).toContain(`${left} USD is left to invoice`);
  });
});
