import { DateTime } from 'luxon';
import { collectionOfReference } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider, utc } from './provider.ts';

const DEALS = ['Managed services renewal', 'Laptop refresh', 'Backup in the cloud', 'Second site', 'Security review'];

function first(provider: Provider, schema: string): Record<string, unknown> {
  const [record] = provider.all(collectionOfReference(schema) ?? '');
  if (record === undefined) throw new Error(`The seed has no record for a ${schema}.`);
  return provider.ref(schema, record);
}

/** Deals in the pipeline, each with the next thing to do about it. */
function seedOpportunities(provider: Provider): void {
  const { random, now } = provider;
  const seller = provider.ref('MemberReference', provider.named('/system/members', 'bwest', 'identifier'));
  const companies = provider.all('/company/companies').slice(1);
  for (let index = 0; index < 15; index += 1) {
    const company = companies[(index * 2) % companies.length];
    if (company === undefined) return;
    const at = now.minus({ days: random.int(3, 90) });
    const opportunity = provider.put(
      '/sales/opportunities',
      {
        name: `${company.identifier}: ${DEALS[index % DEALS.length]}`,
        company: provider.ref('CompanyReference', company),
        contact: company.defaultContact,
        site: company.site,
        primarySalesRep: seller,
        status: first(provider, 'OpportunityStatusReference'),
        type: first(provider, 'OpportunityTypeReference'),
        stage: first(provider, 'OpportunityStageReference'),
        // Some should have been decided already.
        expectedCloseDate: dateOnly(now.plus({ days: random.int(-10, 80) })),
        dateBecameLead: utc(at),
        locationId: 1,
        businessUnitId: 3,
      },
      { at, by: 'bwest' },
    );
    provider.put(
      '/sales/activities',
      {
        name: `Call about ${DEALS[index % DEALS.length]}`,
        type: first(provider, 'ActivityTypeReference'),
        status: first(provider, 'ActivityStatusReference'),
        company: provider.ref('CompanyReference', company),
        contact: company.defaultContact,
        opportunity: provider.ref('OpportunityReference', opportunity),
        assignTo: seller,
        dateStart: utc(at.plus({ days: 2 })),
        dateEnd: utc(at.plus({ days: 2, minutes: 30 })),
      },
      { at, by: 'bwest' },
    );
  }
}

/** Driving and parking of the people on the road, week by week; the current week's report is still open. */
function seedExpenses(provider: Provider): void {
  const { random, now } = provider;
  const types = provider.all('/expense/types');
  const people = provider.all('/system/members').slice(0, 4);
  const tickets = provider.all('/service/tickets');
  if (tickets.length === 0) return;
  for (let week = 0; week <= 5; week += 1) {
    const start = DateTime.fromISO(now.startOf('week').minus({ weeks: week }).toISODate() ?? '', { zone: 'utc' });
    for (const member of people) {
      const status = week === 0 ? 'Open' : week === 1 ? 'PendingApproval' : 'ApprovedByTierOne';
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
  readonly tickets: readonly SandboxRecord[];
}

function seedExpense(provider: Provider, expense: Expense): void {
  const { report, reference, member, amount, start } = expense;
  const ticket = provider.random.pick(expense.tickets);
  provider.put(
    '/expense/entries',
    {
      type: provider.ref('ExpenseTypeReference', provider.random.pick(expense.types)),
      member: reference,
      company: ticket.company,
      chargeToType: 'ServiceTicket',
      chargeToId: ticket.id,
      ticket: { id: ticket.id, summary: ticket.summary },
      amount,
      invoiceAmount: amount,
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

export function seedSales(provider: Provider): void {
  seedOpportunities(provider);
  seedExpenses(provider);
}
