import { configurations, projects, surveyAnswers } from '../collections/others.ts';
import { phases } from '../collections/phases.ts';
import { type Counted, type Derived, divided, less, percent } from '../measure.ts';
import type { Row } from '../tables/table.ts';
import { daysSince, hasPassed } from './dates.ts';
import { dealMeasures } from './deals.ts';

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

/** From 0 to 1. */
function shareDone(row: Row): number {
  const complete = row.number('complete');
  return complete > 1 ? complete / 100 : complete;
}
const percentComplete = ofProjects(
  'percentComplete',
  'average of what open projects are complete by (percentComplete), each counted once whatever its size',
  (row) => shareDone(row) * 100,
  {
    aliases: ['percent complete', '% complete', 'completion', 'project progress', 'progress', 'percent done'],
    unit: 'percent',
    fold: 'average',
    lacks: 'a percentage complete',
  },
);
const estimateAtCompletion = ofProjects(
  'estimateAtCompletion',
  'actual hours / percent complete of open projects: what they will have taken at this pace',
  (row) => (shareDone(row) > 0 ? row.number('actual') / shareDone(row) : Number.NaN),
  { aliases: ['eac', 'estimate at completion', 'projected hours'], lacks: 'a percentage complete' },
);
const openProjects = ofProjects('projects', 'open projects', () => 1, {
  aliases: ['open projects', 'number of projects'],
  unit: 'number',
});
const overBudgetProjects = ofProjects(
  'overBudgetProjects',
  'open projects with more actual hours than budget hours',
  () => 1,
  {
    aliases: ['projects over budget', 'over budget projects'],
    unit: 'number',
    counts: (row) => !row.flag('isClosed') && row.number('budget') > 0 && row.number('actual') > row.number('budget'),
  },
);
const burn: Derived = {
  name: 'budgetUsed',
  aliases: ['budget used', 'burn', 'budget consumed', 'burn rate', 'over budget'],
  says: 'actual / budget hours of open projects, in percent',
  unit: 'percent',
  of: [actual, budget],
  combine: percent,
};

const budgetLeft: Derived = {
  name: 'budgetLeft',
  aliases: ['budget left', 'budget remaining', 'remaining budget', 'project hours left'],
  says: 'budget - actual hours of open projects',
  unit: 'hours',
  of: [budget, actual],
  combine: less,
};
const lateProjects = (dayOf: (moment: number) => number): Counted =>
  ofProjects('lateProjects', 'open projects whose estimated end has passed', () => 1, {
    aliases: ['projects late', 'overdue projects', 'projects overdue', 'projects past due', 'projects behind'],
    unit: 'number',
    counts: (row) => !row.flag('isClosed') && hasPassed('ends', dayOf)(row),
  });
const latePhases = (dayOf: (moment: number) => number): Counted => ({
  name: 'latePhases',
  aliases: ['late phases', 'phases late', 'overdue phases', 'phases past deadline', 'phases overdue'],
  says: 'phases of open projects whose deadline has passed and that have no actual end',
  unit: 'number',
  collection: phases,
  fold: 'sum',
  when: 'now',
  counts: (row) => !row.flag('isDone') && hasPassed('deadline', dayOf)(row),
});

const daysOwned = (row: Row): number => daysSince(row.has('bought') ? 'bought' : 'installed')(row);

export const endpoints: Counted = {
  name: 'endpoints',
  aliases: ['devices', 'configurations', 'assets', 'computers', 'machines', 'managed endpoints', 'active devices'],
  says: 'active configurations now',
  unit: 'number',
  collection: configurations,
  fold: 'sum',
  when: 'now',
  age: daysOwned,
  ages: 'age since purchase, else installation',
};

const expired = (dayOf: (moment: number) => number): Counted => ({
  ...endpoints,
  name: 'expired',
  aliases: ['expired warranties', 'out of warranty', 'warranty expired', 'devices out of warranty'],
  says: 'active configurations whose warranty has ended',
  counts: hasPassed('warranty', dayOf),
});

const expiring: Counted = {
  name: 'expiring',
  aliases: ['expiring warranties', 'warranties', 'warranty expiring', 'expirations'],
  says: 'active configurations whose warranty ends in the period; expiringAgreements counts agreements',
  unit: 'number',
  collection: configurations,
  fold: 'sum',
  when: { by: 'warranty' },
  ahead: true,
  isExplained: true,
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
export const businessMeasures = (dayOf: (moment: number) => number): readonly (Counted | Derived)[] => [
  ...dealMeasures(dayOf),
  openProjects,
  budget,
  actual,
  burn,
  budgetLeft,
  overBudgetProjects,
  percentComplete,
  estimateAtCompletion,
  lateProjects(dayOf),
  latePhases(dayOf),
  endpoints,
  expired(dayOf),
  expiring,
  csat,
  answers,
];
