import { configurations, projects, surveyAnswers } from '../collections/others.ts';
import { closedDeals, closedDealsCounted, openDeals, openDealsCounted } from '../collections/sales.ts';
import { type Counted, type Derived, divided, percent } from '../measure.ts';
import type { Row } from '../table.ts';

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

const ofProjects = (name: string, says: string, value: (row: Row) => number, more: Partial<Counted> = {}): Counted => ({
  name,
  says,
  unit: 'hours',
  collection: projects,
  fold: 'sum',
  when: 'now',
  counts: (row) => !row.flag('isClosed'),
  value,
  ...more,
});

const budget = ofProjects('budget', 'budget hours of open projects', (row) => row.number('budget'), {
  aliases: ['budget hours', 'project budget', 'budgeted'],
  lacks: 'a budget',
});
const actual = ofProjects('actual', 'actual hours of open projects', (row) => row.number('actual'), {
  aliases: ['actual project hours', 'project hours', 'project actual'],
  lacks: 'actual hours',
});
const estimateAtCompletion = ofProjects(
  'estimateAtCompletion',
  'actual hours / percent complete of open projects: what they will have taken at this pace',
  (row) => {
    const complete = row.number('complete');
    const share = complete > 1 ? complete / 100 : complete;
    return share > 0 ? row.number('actual') / share : Number.NaN;
  },
  { aliases: ['eac', 'estimate at completion', 'projected hours'], lacks: 'a percentage complete' },
);
const openProjects = ofProjects('projects', 'open projects', () => 1, {
  aliases: ['open projects', 'number of projects'],
  unit: 'number',
});
const burn: Derived = {
  name: 'budgetUsed',
  aliases: ['budget used', 'burn', 'budget consumed', 'burn rate', 'over budget'],
  says: 'actual / budget hours of open projects, in percent',
  unit: 'percent',
  of: [actual, budget],
  combine: percent,
};

const endpoints: Counted = {
  name: 'endpoints',
  aliases: ['devices', 'configurations', 'assets', 'computers', 'machines'],
  says: 'active configurations now',
  unit: 'number',
  collection: configurations,
  fold: 'sum',
  when: 'now',
};

const expiring: Counted = {
  name: 'expiring',
  aliases: ['expiring warranties', 'warranties', 'warranty expiring', 'expirations'],
  says: 'active configurations whose warranty ends in the period',
  unit: 'number',
  collection: configurations,
  fold: 'sum',
  when: { by: 'warranty' },
  ahead: true,
};

const answers: Counted = {
  name: 'surveys',
  aliases: ['survey responses', 'responses', 'survey answers'],
  says: 'answers to surveys, by when they came',
  unit: 'number',
  collection: surveyAnswers,
  fold: 'sum',
  when: { by: 'entered' },
};

const csat: Counted = {
  ...answers,
  name: 'csat',
  aliases: ['customer satisfaction', 'satisfaction', 'survey score', 'satisfaction score'],
  says: 'points of survey answers, in percent of the most that the survey gives',
  unit: 'percent',
  fold: 'average',
  value: (row) => (divided(row.number('points'), row.number('best')) ?? Number.NaN) * 100,
  lacks: 'points',
};

/** Sales, projects, assets and surveys. */
export const businessMeasures: readonly (Counted | Derived)[] = [
  pipeline,
  weighted,
  openOpportunities,
  won,
  wonDeals,
  lostDeals,
  winRate,
  openProjects,
  budget,
  actual,
  burn,
  estimateAtCompletion,
  endpoints,
  expiring,
  csat,
  answers,
];
