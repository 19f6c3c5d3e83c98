import {
  activities,
  closedDeals,
  closedDealsCounted,
  dealsNow,
  newDeals,
  openDeals,
  openDealsCounted,
} from '../collections/sales.ts';
import { type Counted, type Derived, divided, percent } from '../measure.ts';
import { DAY, type Row } from '../tables/table.ts';
import { daysSince, hasPassed } from './dates.ts';
import { folded } from './folds.ts';

const deals = (name: string, says: string, value: (row: Row) => number, more: Partial<Counted>): Counted => ({
  name,
  says,
  unit: 'money',
  collection: openDeals,
  fold: 'sum',
  when: { by: 'expected' },
  value,
  lacks: 'a forecast',
  openEnded: true,
  isExpected: true,
  ...more,
});

const revenue = (row: Row): number => row.number('revenue');

const pipeline = deals(
  'pipeline',
  'forecast revenue of open opportunities by when they are expected to close; all where no period is said',
  revenue,
  { aliases: ['sales pipeline', 'open pipeline', 'funnel'] },
);

const weighted = deals(
  'weighted',
  'the same revenue times its probability',
  (row) => (row.number('revenue') * row.number('probability')) / 100,
  { aliases: ['weighted pipeline', 'weighted forecast', 'forecast'], lacks: 'a forecast or a probability' },
);

const openOpportunities = deals('deals', 'open opportunities by when they are expected to close', () => 1, {
  aliases: ['opportunities', 'open opportunities', 'open deals'],
  collection: openDealsCounted,
  unit: 'number',
});

const won: Counted = {
  name: 'won',
  aliases: ['won revenue', 'sales won', 'bookings', 'closed won'],
  says: 'forecast revenue of the opportunities won, by when they were closed',
  unit: 'money',
  collection: closedDeals,
  fold: 'sum',
  when: { by: 'closed' },
  counts: (row) => row.flag('isWon'),
  value: revenue,
  lacks: 'a forecast',
};

const closedDealsOf = (name: string, isWon: boolean): Counted => ({
  name,
  aliases: [isWon ? 'deals won' : 'deals lost', isWon ? 'opportunities won' : 'opportunities lost'],
  says: `opportunities ${isWon ? 'won' : 'closed without being won'}, by when they were closed`,
  unit: 'number',
  collection: closedDealsCounted,
  fold: 'sum',
  when: { by: 'closed' },
  counts: (row) => row.flag('isWon') === isWon,
});
const wonDeals = closedDealsOf('wonDeals', true);
const lostDeals = closedDealsOf('lostDeals', false);

const winRate: Derived = {
  name: 'winRate',
  aliases: ['win ratio', 'close ratio', 'conversion rate'],
  says: 'opportunities won / opportunities closed in the period, by number, in percent',
  unit: 'percent',
  of: [wonDeals, lostDeals],
  combine: ([gained = 0, lost = 0]) => percent([gained, gained + lost]),
};

const dealSize: Derived = {
  name: 'dealSize',
  aliases: ['average deal size', 'deal size'],
  says: 'won / wonDeals: forecast revenue of the opportunities won in the period, a piece',
  unit: 'money',
  of: [won, wonDeals],
  combine: ([amount, count]) => divided(amount, count),
};

const lost: Counted = {
  ...won,
  name: 'lost',
  aliases: ['lost revenue', 'revenue lost', 'lost opportunities revenue', 'closed lost'],
  says: 'forecast revenue of the opportunities closed without being won, by when they were closed',
  counts: (row) => !row.flag('isWon'),
};

const cycle = folded({
  name: 'salesCycle',
  aliases: ['sales cycle', 'time to close deals', 'days to close', 'deal cycle', 'sales cycle length'],
  says: 'the days from becoming a lead to being closed, of the opportunities won in the period',
  unit: 'days',
  collection: closedDealsCounted,
  when: { by: 'closed' },
  counts: (row) => row.flag('isWon'),
  value: (row) => (row.number('closed') - row.number('lead')) / DAY,
  lacks: 'the date on which it became a lead',
});

const ageOf = (name: string, column: string, says: string, aliases: readonly string[]) =>
  folded({
    name,
    aliases,
    says,
    unit: 'days',
    collection: dealsNow,
    when: 'now',
    value: daysSince(column),
    age: daysSince(column),
    lacks: 'the date',
    isExplained: true,
  });

const dealAge = ageOf('dealAge', 'lead', 'the days since open opportunities became leads', [
  'deal age',
  'opportunity age',
  'age of deals',
  'pipeline age',
  'age of opportunities',
]);
const stageAge = ageOf(
  'stageAge',
  'changed',
  'the days since the stage of open opportunities changed (pipelineChangeDate)',
  ['stage age', 'days in stage', 'time in stage', 'stage aging', 'stuck deals'],
);

const overdueDeals = (dayOf: (moment: number) => number): Counted => ({
  name: 'overdueDeals',
  aliases: [
    'overdue opportunities',
    'deals overdue',
    'late deals',
    'slipped deals',
    'past close date',
    'deals past close date',
  ],
  says: 'open opportunities whose expected close date has passed',
  unit: 'number',
  collection: dealsNow,
  fold: 'sum',
  when: 'now',
  counts: hasPassed('expected', dayOf),
});

const cameUp: Counted = {
  name: 'newDeals',
  aliases: [
    'new opportunities',
    'opportunities created',
    'deals created',
    'new leads',
    'opportunities opened',
    'leads',
  ],
  says: 'opportunities by when they became leads, whatever became of them',
  unit: 'number',
  collection: newDeals,
  fold: 'sum',
  when: { by: 'lead' },
  isExplained: true,
};

const activity: Counted = {
  name: 'activities',
  aliases: ['sales activities', 'number of activities', 'calls made', 'sales calls', 'meetings'],
  says: 'activities of any type by when they begin, those to come among them',
  unit: 'number',
  collection: activities,
  fold: 'sum',
  when: { by: 'start' },
  isPlanned: true,
};

/** Sales. @param dayOf the number of the calendar day of a moment, in the zone of the report */
export const dealMeasures = (dayOf: (moment: number) => number): readonly (Counted | Derived)[] => [
  pipeline,
  weighted,
  openOpportunities,
  ...dealAge,
  ...stageAge,
  overdueDeals(dayOf),
  cameUp,
  won,
  wonDeals,
  lost,
  lostDeals,
  winRate,
  dealSize,
  ...cycle,
  activity,
];
