import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberSaid } from '../../../src/query/index.ts';
import { describeSlips, type Slip } from './slip.ts';

const EXPENSE = { ticketId: 564, type: 'Travel', date: '2026-11-20', notes: 'Flight', dryRun: true };
const expense = (amount: unknown, outcome: Slip[3], says: RegExp): Slip => [
  `an expense of ${JSON.stringify(amount)}`,
  'log_expense',
  { ...EXPENSE, amount },
  outcome,
  says,
];

const SLIPS: readonly Slip[] = [
  expense('$1,250.00', 'taken', /"amount":1250,.*amount: \$1,250\.00 was read as 1250/s),
  expense('1,250.00', 'taken', /"amount":1250,/),
  expense('1.250,00', 'taken', /"amount":1250,/),
  expense('USD 80', 'taken', /"amount":80,.*USD 80 was read as 80/s),
  expense('1 250,5', 'taken', /"amount":1250\.5,/),
  expense('1k', 'taken', /"amount":1000,/),
  expense('1.250', 'refused', /"1\.250" can be read as 1\.25 or 1250/),
  expense('1,250', 'refused', /"1,250" can be read as 1\.25 or 1250/),
  expense('+5', 'refused', /has to be a number/),
  expense('ABC 5', 'refused', /has to be a number/),
  expense(12.555, 'refused', /parts of a cent/),
  expense('12.555', 'refused', /parts of a cent|can be read as/),
  ...(
    [
      ['search_tickets', { staleDays: '2 weeks', limit: '3 tickets' }, 'taken', /3 of \d+ open tickets/],
      ['search_tickets', { staleDays: '3 months' }, 'refused', /staleDays has to be a number of days, not "3 months"/],
      ['update_ticket', { ticketId: 564, budgetHours: '1.5h', dryRun: true }, 'taken', /"value":1\.5/],
      ['update_ticket', { ticketId: 564, budgetHours: '2 days' }, 'refused', /a number of hours, not "2 days"/],
      ['add_product', { ticketId: 564, product: 'LT-14', quantity: '3 hours' }, 'refused', /a number of pieces, not/],
      ['log_expense', { ...EXPENSE, type: 'Mileage', amount: '30 miles' }, 'taken', /"amount":30,/],
      ['log_expense', { ...EXPENSE, amount: '30 miles' }, 'refused', /Send type "Mileage"/],
      ['log_expense', { ...EXPENSE, type: 'Mileage', amount: '30 km' }, 'refused', /in the unit of the type/],
      ['log_expense', { ...EXPENSE, type: 'Mileage', kilometers: 30 }, 'refused', /in the unit of the type/],
      ['log_expense', { ...EXPENSE, amount: '30 hours' }, 'refused', /an amount of money, not "30 hours"/],
    ] satisfies [Slip[1], Slip[2], Slip[3], Slip[4]][]
  ).map((rest): Slip => [`a unit in ${JSON.stringify(rest[1])}`, ...rest]),
  [
    'an adjustment in parentheses',
    'add_agreement_adjustment',
    { agreement: 2, amount: '(100.00)', description: 'Goodwill', dryRun: true },
    'taken',
    /"amount":-100,/,
  ],
  [
    'an adjustment of nothing',
    'add_agreement_adjustment',
    { agreement: 2, amount: 0, description: 'Goodwill', dryRun: true },
    'refused',
    /amount of 0 adjusts nothing/,
  ],
  [
    'seats',
    'add_agreement_addition',
    { agreement: 9, product: 'MS-SERVER', quantity: '5 seats', allowDuplicate: true, dryRun: true },
    'taken',
    /"quantity":5,/,
  ],
  [
    'money for a quantity',
    'add_agreement_addition',
    { agreement: 9, product: 'MS-SERVER', quantity: '$5', dryRun: true },
    'refused',
    /quantity has to be a number/,
  ],
  ...(
    [
      ['add_product', { ticketId: 564, product: 'LT-14', quantity: 0 }, 'quantity'],
      ['add_product', { ticketId: 564, product: 'LT-14', cost: -5 }, 'cost'],
      ['update_product', { productId: 1, quantity: '0' }, 'quantity'],
      ['update_product', { productId: 1, quantity: -2 }, 'quantity'],
      ['add_agreement_addition', { agreement: 9, product: 'MS-SERVER', quantity: 0 }, 'quantity'],
      ['update_agreement_addition', { agreement: 9, additionId: 1, quantity: -1 }, 'quantity'],
      ['add_forecast_line', { opportunity: 1, product: 'LT-14', quantity: 0, revenue: 10 }, 'quantity'],
      ['create_purchase_order', { vendor: 'Cyberdyne', lines: [{ product: 'LT-14', quantity: 0 }] }, 'quantity'],
      ['receive_purchase_order', { purchaseOrder: 'PO1001', lines: [{ lineId: 1, received: 0 }] }, 'received'],
      ['update_member', { member: 'Alex Chen', hoursPerDay: 0 }, 'hoursPerDay'],
      ['save_catalog_item', { item: 'LT-14', cost: -1 }, 'cost'],
      ['save_catalog_item', { item: 'DOCK', price: -5 }, 'price'],
      ['save_campaign', { campaign: 1, budgetCost: -1 }, 'budgetCost'],
    ] as const
  ).map(
    ([tool, input, argument]): Slip => [
      `what is no ${argument} in ${tool}`,
      tool,
      { ...input, dryRun: true },
      'refused',
      new RegExp(`${argument} has to be (more than|at least) 0`),
    ],
  ),
  [
    'a product of which there is none',
    'add_product',
    { ticketId: 564, product: '0 x LT-14', dryRun: true },
    'refused',
    /product has to say more than 0/,
  ],
  [
    'seats that are counted down to none',
    'update_agreement_addition',
    { agreement: 9, additionId: 18, quantity: 0, dryRun: true },
    'taken',
    /stays and bills nothing; cancelFrom ends it.*31 -> 0/s,
  ],
  [
    'the price of a discount',
    'add_product',
    { ticketId: 564, product: 'LT-14', price: -5, dryRun: true },
    'taken',
    /"price":-5/,
  ],
  [
    'the price of an item that takes something off',
    'save_catalog_item',
    { identifier: 'CR-1', description: 'Loyalty credit', subcategory: '1', type: '1', price: '-$25', dryRun: true },
    'taken',
    /"price":-25/,
  ],
  [
    'lines of an order',
    'create_purchase_order',
    { vendor: 'Cyberdyne', lines: [{ product: 'LT-14', quantity: '3x', unitCost: '$1,010.00' }], dryRun: true },
    'taken',
    /"quantity":3,"unitCost":1010/,
  ],
  [
    'hours with their unit',
    'update_ticket',
    { ticketId: 564, budgetHours: '40 hours', dryRun: true },
    'taken',
    /-> 40/,
  ],
  [
    'minutes for hours',
    'update_ticket',
    { ticketId: 564, budgetHours: '90 minutes', dryRun: true },
    'taken',
    /-> 1\.5/,
  ],
  ['a decimal comma', 'update_member', { member: 'Alex Chen', hoursPerDay: '7,5', dryRun: true }, 'taken', /-> 7\.5/],
  ['more hours', 'update_project', { project: 2, budgetHours: '+10', dryRun: true }, 'refused', /has to be a number/],
  [
    'money in a filter',
    'search_invoices',
    { where: [{ field: 'total', op: 'gt', value: '$2,500.00' }], limit: 1 },
    'taken',
    /1 of [1-9]/,
  ],
  [
    'either of two numbers in a filter',
    'search_invoices',
    { where: [{ field: 'total', op: 'gt', value: '2.500' }] },
    'refused',
    /2\.5 or 2500/,
  ],
  ['no rows', 'search_tickets', { limit: 0 }, 'taken', /^25 of .*limit: 0 was read as not given/s],
  ['no rows of an alias', 'search_tickets', { pageSize: '0' }, 'taken', /^25 of .*pageSize: 0 was read as not given/s],
  ['no best of all', 'report', { measures: ['hours'], top: 0 }, 'taken', /top: 0 was read as not given/],
  ['no article', 'search_knowledge_base', { article: 0, query: 'printer', board: '' }, 'taken', /1 of 1 article/],
  ['numbers of tickets', 'merge_tickets', { into: '#564', tickets: ['ticket 560'], dryRun: true }, 'taken', /\[560\]/],
  ['a length in minutes', 'find_free_time', { who: 'me', length: '45' }, 'taken', /at least 45 minutes/],
  ['a length that is either', 'find_free_time', { who: 'me', length: '3' }, 'refused', /"3 hours" or "3 minutes"/],
  ['a text that is not there', 'add_ticket_note', { ticketId: 564, text: 'null' }, 'refused', /text is missing/],
  [
    'a note that is not there',
    'update_ticket',
    { ticketId: 564, internalNote: 'undefined', priority: 'P2', dryRun: true },
    'taken',
    /^(?!.*internal note).*priority/s,
  ],
  ['a switch that is on', 'save_callback', { callback: 3, active: 'on', dryRun: true }, 'taken', /inactiveFlag/],
  [
    'a choice in the past tense',
    'review_timesheet',
    { action: 'approved', timesheetIds: '27', dryRun: true },
    'refused',
    /These cannot be approved/,
  ],
  ['a choice in the plural', 'search_invoices', { type: 'agreements', limit: 1 }, 'taken', /1 of 126/],
];

describeSlips('numbers as people write them', SLIPS, 'all');

it('reads what it prints, and never one of two numbers', () => {
  const grouped = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 2 });
  fc.assert(
    fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.constantFrom('', '$', 'USD '), (cents, sign) => {
      const value = cents / 100;
      const text = `${value < 0 ? '-' : ''}${sign}${grouped(Math.abs(value))}`;
      expect(numberSaid(text)).toEqual({ value: value === 0 ? expect.closeTo(0) : value });
      expect(numberSaid(String(Math.abs(value) + 1000))).not.toBeUndefined();
    }),
    { seed: 5 },
  );
});
