import { BY_AGREEMENT, BY_COMPANY, BY_PLACE, type Collection, listed, ofTicket, onDays } from '../collection.ts';
import { choice, currency, day, number, reference } from '../tables/table.ts';
import { ticket } from './time.ts';

/** Expenses by the day on which they arose. */
const entries = listed({
  name: 'expenses',
  noun: 'expenses',
  one: 'expense',
  list: 'GET /expense/entries',
  schema: 'ExpenseEntry',
  columns: {
    date: day('date'),
    company: reference('company'),
    member: reference('member'),
    agreement: reference('agreement', 'company'),
    project: reference('project', 'company'),
    ticket,
    type: reference('type'),
    billable: choice('billableOption'),
    status: choice('status'),
    location: number('locationId'),
    department: number('businessUnitId'),
    amount: number('amount'),
    currency,
  },
  within: (start, end) => onDays('date', start, end),
  ways: {
    ...BY_COMPANY,
    ...BY_AGREEMENT,
    member: { column: 'member' },
    project: { column: 'project' },
    ticket: ofTicket('itself'),
    type: { column: 'type' },
    billable: { column: 'billable' },
    status: { column: 'status' },
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: {
    company: 'company/id',
    member: 'member/id',
    agreement: 'agreement/id',
    project: 'project/id',
    location: 'locationId',
    department: 'businessUnitId',
  },
});

/** With the types that tell which amounts are distances. */
export const expenses: Collection = { ...entries, uses: [...entries.uses, 'GET /expense/types'] };
