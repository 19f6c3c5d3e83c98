import { DateTime } from 'luxon';
import { expenseWorth } from '../behaviours/finance/money.ts';
import type { Collection, SandboxRecord } from '../store/store.ts';
import { seedForecast } from './forecasts.ts';
import { dateOnly, type Provider, utc } from './provider.ts';

const DEALS = ['Managed services renewal', 'Laptop refresh', 'Backup in the cloud', 'Second site', 'Security review'];

/** Deals in the pipeline, in each stage, and some that are won or lost; each with what it may bring and the next thing to do. */
function seedOpportunities(provider: Provider): void {
  const { random, now } = provider;
  const seller = provider.ref('MemberReference', provider.named('/system/members', 'bwest', 'identifier'));
  const companies = provider.all('/company/companies').filter(({ id, deletedFlag }) => id > 1 && deletedFlag !== true);
  const stages = provider.all('/sales/stages');
  const types = provider.all('/sales/opportunities/types');
  const [open, won, lost] = provider.all('/sales/opportunities/statuses');
  const probabilities = provider.table('/sales/probabilities', [
    { probability: 10 },
    { probability: 30 },
    { probability: 60 },
    { probability: 90 },
    { probability: 100 },
  ]);
  const [campaign] = provider.all('/marketing/campaigns');
  for (let index = 0; index < 18; index += 1) {
    const company = companies[(index * 2) % companies.length];
    const stage = stages[index % stages.length];
    const type = types[index % types.length];
    const ended = index < 16 ? won : lost;
    const status = index < 14 ? open : ended;
    const probability = probabilities[status === won ? 4 : index % 4];
    if (company === undefined || stage === undefined || type === undefined) return;
    if (status === undefined || probability === undefined) return;
    const at = now.minus({ days: random.int(12, 90) });
    const isClosed = status !== open;
    const opportunity = provider.put(
      '/sales/opportunities',
      {
        name: `${company.identifier}: ${DEALS[index % DEALS.length]}`,
        company: provider.ref('CompanyReference', company),
        contact: company.defaultContact,
        site: company.site,
        primarySalesRep: seller,
        status: provider.ref('OpportunityStatusReference', status),
        type: provider.ref('OpportunityTypeReference', type),
        stage: provider.ref('OpportunityStageReference', stage),
        probability: { id: probability.id, name: String(probability.probability) },
        ...(campaign && index % 5 === 0 && { campaign: provider.ref('CampaignReference', campaign) }),
        // Some should have been decided already.
        expectedCloseDate: dateOnly(now.plus({ days: isClosed ? -9 : random.int(-10, 80) })),
        ...(isClosed && { closedDate: utc(now.minus({ days: 9 })), closedBy: seller }),
        dateBecameLead: utc(at),
        locationId: 1,
        businessUnitId: 3,
      },
      { at, by: 'bwest' },
    );
    seedForecast(provider, opportunity, index);
    seedActivity(provider, { index, company, opportunity, seller, at, isClosed });
  }
}

interface NextStep {
  readonly index: number;
  readonly company: SandboxRecord;
  readonly opportunity: SandboxRecord;
  readonly seller: Record<string, unknown>;
  readonly at: DateTime;
  readonly isClosed: boolean;
}

/** What is to be done about a deal: done already, overdue, due today or in the days to come. */
function seedActivity(provider: Provider, { index, company, opportunity, seller, at, isClosed }: NextStep): void {
  const { now } = provider;
  const types = provider.all('/sales/activities/types');
  const [open, closed] = provider.all('/sales/activities/statuses');
  const isDone = isClosed || index % 3 === 0;
  const status = isDone ? closed : open;
  const type = types[index % types.length];
  if (status === undefined || type === undefined) return;
  const due = now.startOf('day').plus({ days: (index % 7) - 2, hours: 10 });
  const start = isDone ? at.plus({ days: 2 }) : due;
  provider.put(
    '/sales/activities',
    {
      name: `${type.name} about ${DEALS[index % DEALS.length]}`,
      type: provider.ref('ActivityTypeReference', type),
      status: provider.ref('ActivityStatusReference', status),
      company: provider.ref('CompanyReference', company),
      contact: company.defaultContact,
      opportunity: provider.ref('OpportunityReference', opportunity),
      assignTo: seller,
      assignedBy: seller,
      dateStart: utc(start),
      dateEnd: utc(start.plus({ minutes: 30 })),
    },
    { at, by: 'bwest' },
  );
}

/** What calendars hold besides tickets: the team's meetings, visits to customers, a day away. */
function seedMeetings(provider: Provider): void {
  const { now } = provider;
  const [other, meeting] = [
    provider.named('/schedule/types', 'O', 'identifier'),
    provider.named('/schedule/types', 'N', 'identifier'),
  ];
  const people = ['jdoe', 'achen', 'arivera', 'mobrien', 'dlopez'].map((name) =>
    provider.named('/system/members', name, 'identifier'),
  );
  const monday = now.startOf('week');
  const entry = (
    [member, type]: readonly [member: SandboxRecord, type: SandboxRecord],
    name: string,
    start: DateTime,
    hours: number,
  ): void => {
    provider.put(
      '/schedule/entries',
      {
        name,
        member: provider.ref('MemberReference', member),
        type: provider.ref('ScheduleTypeReference', type),
        status: { id: 1, name: 'Firm' },
        dateStart: utc(start),
        dateEnd: utc(start.plus({ hours })),
        hours,
        doneFlag: start < now,
        acknowledgedFlag: true,
        ownerFlag: false,
        allowScheduleConflictsFlag: true,
      },
      { at: monday.minus({ weeks: 2 }), by: 'mobrien' },
    );
  };
  for (const week of [-1, 0, 1]) {
    for (const member of people)
      entry(
        [member, meeting],
        'Service team: the week',
        monday.plus({ weeks: week }).set({ hour: 8, minute: 30 }),
        0.5,
      );
  }
  const [, achen, arivera] = people;
  if (achen !== undefined)
    entry([achen, meeting], 'Review with Globex', monday.plus({ weeks: 1, days: 2 }).set({ hour: 14 }), 1.5);
  if (arivera !== undefined) entry([arivera, other], 'Dentist', monday.plus({ weeks: 1, days: 3 }).set({ hour: 9 }), 2);
}

/** States of an expense report by how many weeks ago, told apart by member where there are several. */
const REPORT_STATES: readonly (readonly string[])[] = [
  ['Open'],
  ['PendingApproval', 'Rejected', 'PendingApproval', 'Open'],
  ['ApprovedByTierOne'],
  ['ApprovedByTierTwo', 'ApprovedByTierOne'],
  ['ReadyToBill'],
];

/** Driving and parking of the people on the road, week by week; the current week's report is still open. */
function seedExpenses(provider: Provider): void {
  const { random, now } = provider;
  const types = provider.all('/expense/types');
  const people = provider.all('/system/members').slice(0, 4);
  const tickets = provider.store.collection('/service/tickets');
  if (tickets.size === 0) return;
  for (let week = 0; week <= 5; week += 1) {
    const start = DateTime.fromISO(now.startOf('week').minus({ weeks: week }).toISODate() ?? '', { zone: 'utc' });
    for (const member of people) {
      const states = REPORT_STATES[week] ?? ['Billed'];
      const status = states[member.id % states.length] ?? 'Open';
      const reference = provider.ref('MemberReference', member);
      const amounts = [random.int(4, 60), random.int(4, 60)];
      const report = provider.put(
        '/expense/reports',
        {
          name: `${start.toISODate()} to ${start.plus({ days: 6 }).toISODate()}`,
          member: reference,
          year: start.weekYear,
          period: start.weekNumber,
          dateStart: dateOnly(start),
          dateEnd: dateOnly(start.plus({ days: 6 })),
          dueDate: dateOnly(start.plus({ days: 9 })),
          status,
          total: amounts.reduce((sum, amount) => sum + amount, 0),
        },
        { at: start, by: String(member.identifier) },
      );
      for (const amount of amounts) seedExpense(provider, { report, reference, member, amount, start, types, tickets });
    }
  }
}

interface Expense {
  readonly report: SandboxRecord;
  readonly reference: Record<string, unknown>;
  readonly member: SandboxRecord;
  readonly amount: number;
  readonly start: DateTime;
  readonly types: readonly SandboxRecord[];
  readonly tickets: Collection;
}

function seedExpense(provider: Provider, expense: Expense): void {
  const { report, reference, member, amount, start } = expense;
  const { tickets } = expense;
  const ticket = tickets.get(provider.random.pick(tickets.ids)) as SandboxRecord;
  const type = provider.random.pick(expense.types);
  provider.put(
    '/expense/entries',
    {
      type: provider.ref('ExpenseTypeReference', type),
      member: reference,
      company: ticket.company,
      chargeToType: 'ServiceTicket',
      chargeToId: ticket.id,
      ticket: { id: ticket.id, summary: ticket.summary },
      amount,
      invoiceAmount: expenseWorth(type, amount),
      billableOption: 'Billable',
      date: dateOnly(start),
      locationId: 1,
      businessUnitId: 1,
      expenseReport: { id: report.id, name: report.name },
      status: report.status,
      notes: 'Visit',
    },
    { at: start, by: String(member.identifier) },
  );
}

/** Deals, meetings and what being on the road costs. */
export function seedSales(provider: Provider): void {
  provider.random.begin('sales');
  seedOpportunities(provider);
  seedMeetings(provider);
  seedExpenses(provider);
}
