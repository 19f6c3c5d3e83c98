import { prepaid } from '../collections/prepaid.ts';
import { recurring } from '../collections/recurring.ts';
import { type Counted, type Derived, less } from '../measure.ts';
import type { Row } from '../tables/table.ts';

const ran = (row: Row): boolean => row.number('until') > row.number('from');

const move = (name: string, says: string, by: 'from' | 'ends' | 'last', more: Partial<Counted>): Counted => ({
  name,
  says,
  unit: 'money',
  collection: recurring,
  fold: 'sum',
  when: { by },
  counts: ran,
  value: (row) => row.number('monthly'),
  lacks: 'a billing cycle',
  isExplained: true,
  isForeseen: true,
  ...more,
});

const hoursOf = (name: string, column: string, says: string, aliases: readonly string[]): Counted => ({
  name,
  aliases,
  says: `${says} of active agreements with a limit in hours (block time), as Manage's agreement recap has it`,
  unit: 'hours',
  collection: prepaid,
  fold: 'sum',
  when: 'now',
  value: (row) => row.number(column),
  lacks: 'such an amount',
  isExplained: true,
});

/** What is left of hours that were paid ahead. */
export const prepaidMeasures: readonly Counted[] = [
  hoursOf('prepaidLeft', 'left', 'hours that are left', [
    'block hours left',
    'block hours remaining',
    'block time left',
    'block time remaining',
    'prepaid hours left',
    'prepaid hours remaining',
    'retainer hours left',
    'agreement hours left',
    'agreement hours remaining',
    'prepaid balance',
  ]),
  hoursOf('prepaidUsed', 'used', 'hours that are used', [
    'block hours used',
    'block time used',
    'prepaid hours used',
    'agreement hours used',
  ]),
  hoursOf('prepaidOver', 'over', 'hours that are used beyond the limit', [
    'block hours over',
    'block time over',
    'prepaid hours over',
    'overage',
    'overages',
    'hours over block',
    'agreement overrun',
    'overrun hours',
  ]),
];

const isAgreement = (row: Row): boolean => row.flag('isBase') && ran(row);

/** What ends in days to come, renewed or not. */
export const expiringAgreements: readonly Counted[] = [
  move('expiringAgreements', 'agreements whose last day is in the period', 'last', {
    aliases: [
      'agreements expiring',
      'expiring contracts',
      'contracts expiring',
      'renewals',
      'upcoming renewals',
      'agreements ending',
      'contracts ending',
    ],
    unit: 'number',
    counts: isAgreement,
    value: () => 1,
    without: ['product'],
    ahead: true,
  }),
  move('expiringMrr', 'monthly amounts of agreements and additions whose last day is in the period', 'last', {
    aliases: ['mrr expiring', 'mrr up for renewal', 'renewal value', 'expiring revenue'],
    ahead: true,
  }),
];

/** What came to the recurring revenue and what went from it: together the change of `mrr`. */
export const recurringMoves: readonly Counted[] = [
  move(
    'newMrr',
    'monthly amounts of agreements and additions that began in the period, renewals and new prices among them',
    'from',
    { aliases: ['mrr added', 'new recurring revenue', 'added mrr', 'mrr gained'] },
  ),
  move(
    'lostMrr',
    'monthly amounts of agreements and additions that ended in the period, renewed ones among them, on the first day without them',
    'ends',
    { aliases: ['mrr churn', 'churned mrr', 'lost recurring revenue', 'mrr lost', 'cancelled mrr'] },
  ),
  move('newAgreements', 'agreements that began in the period, renewals by a new agreement among them', 'from', {
    aliases: ['agreements started', 'agreements signed', 'new contracts'],
    unit: 'number',
    counts: isAgreement,
    value: () => 1,
    without: ['product'],
  }),
  move('endedAgreements', 'agreements that ended in the period, on the first day without them', 'ends', {
    aliases: [
      'lost agreements',
      'agreements ended',
      'cancelled agreements',
      'agreements lost',
      'ended contracts',
      'expired agreements',
    ],
    unit: 'number',
    counts: isAgreement,
    value: () => 1,
    without: ['product'],
  }),
];

const [newMrr, lostMrr] = recurringMoves as [Counted, Counted];

export const netMrr: Derived = {
  name: 'netMrr',
  aliases: ['net new mrr', 'mrr growth', 'mrr change', 'net mrr added', 'net recurring revenue'],
  says: 'newMrr - lostMrr: monthly amounts that began in the period less those that ended in it',
  unit: 'money',
  of: [newMrr, lostMrr],
  combine: less,
};
