import { type Call, call } from './call.ts';

export const EXPENSE_CALLS: readonly Call[] = [
  call('log_expense', { amount: 23.5, company: 'Acme Corporation', notes: 'Lunch' }, { expense: 'id' }),
  call('search_expenses', { member: 'me', period: 'this week' }),
  call('get_expense_report'),
  call('submit_expense_report', { confirm: true }),
  call('submit_expense_report', { reverse: true, confirm: true }),
  call('delete_expense', { expenseId: '$expense', confirm: true }),
];

export const MARKETING_CALLS: readonly Call[] = [
  call('search_campaigns'),
  call('get_campaign', { campaign: 'Security awareness' }),
  call(
    'save_campaign',
    { name: 'Protocols', type: 'Event', subType: 'Webinar', start: '2027-03-01', group: 'Customers' },
    { campaign: 'id' },
  ),
  call('save_marketing_group', { name: 'Protocols', companies: ['Acme Corporation'] }, { marketingGroup: 'id' }),
  call('search_marketing_groups', { group: '$marketingGroup' }),
];
