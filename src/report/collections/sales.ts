import type { ManageRecord, Whole } from '../../manage/index.ts';
import { closedIds, idOf } from '../../names/index.ts';
import { all, any, field } from '../../query/index.ts';
import { FORECAST, forecastSum, readForecast } from '../../revenue/forecast.ts';
import { BY_COMPANY, BY_PLACE, type Collection, eachOf, listed, onDays, type Wanted } from '../collection.ts';
import { kept } from '../several-lists.ts';
import {
  type Columns,
  currency,
  day,
  fieldsOf,
  flag,
  itsName,
  number,
  reference,
  Table,
  time,
} from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const LIST = 'GET /sales/opportunities';

const COLUMNS: Columns = {
  opportunity: itsName,
  campaign: reference('campaign'),
  lead: time('dateBecameLead'),
  changed: time('pipelineChangeDate'),
  company: reference('company'),
  member: reference('primarySalesRep'),
  stage: reference('stage'),
  type: reference('type'),
  status: reference('status'),
  location: number('locationId'),
  department: number('businessUnitId'),
  expected: day('expectedCloseDate'),
  closed: time('closedDate'),
  isOpen: flag('isOpen'),
  isWon: flag('isWon'),
  probability: number('chance'),
  revenue: number('revenue'),
  currency,
};

const WAYS: Collection['ways'] = {
  ...BY_COMPANY,
  member: { column: 'member' },
  opportunity: { column: 'opportunity' },
  campaign: { column: 'campaign' },
  stage: { column: 'stage' },
  type: { column: 'type' },
  status: { column: 'status' },
  ...BY_PLACE,
  currency: { column: 'currency' },
};

const PATHS: Collection['paths'] = {
  company: 'company/id',
  member: 'primarySalesRep/id',
  stage: 'stage/id',
  campaign: 'campaign/id',
  location: 'locationId',
  department: 'businessUnitId',
};

/** How likely a deal is in percent, from its own probability or its stage's. */
function chanceOf({ probability, stage }: ManageRecord, stages: ReadonlyMap<number, unknown>): number | undefined {
  const own = (probability as { name?: unknown } | undefined)?.name;
  const said = own ?? (stages.get(idOf(stage) ?? 0) as { name?: unknown } | undefined)?.name;
  const value = Number.parseFloat(String(said ?? ''));
  return Number.isNaN(value) ? undefined : value;
}

interface Rows {
  readonly wanted: Wanted;
  readonly reading: Reading;
  /** Which: those under way that are expected to close in the period, all of those under way, those closed in it, or those that came up in it. */
  readonly which: 'expected' | 'open' | 'closed' | 'new';
}

/** Opportunities that are open, or were closed or came up in the period; with their revenue where it is asked for. */
async function readOpportunities({ wanted, reading, which }: Rows, withRevenue: boolean): Promise<Table> {
  const { context } = reading;
  const { manage, names, signal } = context;
  const { start, end, narrowed } = wanted;
  const name = `opportunities ${which} ${withRevenue ? 'with revenue' : ''}`;
  return kept(name, wanted, reading, async () => {
    const [statuses, stages] = await Promise.all([
      names.list('opportunityStatus', { signal }),
      names.list('opportunityStage', { signal }),
    ]);
    const flags = new Map(statuses.map(({ id, record }) => [id, record]));
    const closed = closedIds(statuses);
    const isOpen = closed.length > 0 ? field('status/id', 'not in', closed) : undefined;
    const when = {
      expected: all(isOpen, any(field('expectedCloseDate', '=', null), onDays('expectedCloseDate', start, end))),
      open: isOpen,
      closed: all(
        field('status/id', 'in', closed.length > 0 ? closed : [0]),
        field('closedDate', '>=', start),
        field('closedDate', '<', end),
      ),
      new: all(field('dateBecameLead', '>=', start), field('dateBecameLead', '<', end)),
    };
    const conditions = all(when[which], narrowed.conditions);
    const fields = [...new Set(['probability', ...fieldsOf(COLUMNS)])].filter(
      (path) => !['isOpen', 'isWon', 'chance', 'revenue'].includes(path),
    );
    const rows: Whole<ManageRecord> = await manage.all(LIST, { ...narrowed, conditions, fields, signal });
    const revenues = withRevenue
      ? await eachOf(rows, { what: 'opportunities, for their forecasts', wanted, reading }, async ({ id }) => {
          const items = await readForecast(manage, Number(id), signal);
          return items.length === 0 ? undefined : forecastSum(items, 'revenue');
        })
      : [];
    const chances = new Map(stages.map(({ id, record }) => [id, record.probability]));
    const table = new Table(COLUMNS);
    for (const [index, row] of rows.entries())
      table.add({
        ...row,
        isOpen: !closed.includes(idOf(row.status) ?? 0),
        isWon: flags.get(idOf(row.status) ?? 0)?.wonFlag === true,
        chance: chanceOf(row, chances),
        revenue: revenues[index],
      });
    return table;
  });
}

const shared = {
  schema: 'Opportunity',
  columns: COLUMNS,
  hasCustomFields: false,
  ways: WAYS,
  paths: PATHS,
  uses: [LIST, FORECAST, 'GET /sales/opportunities/statuses', 'GET /sales/stages'],
} as const;

/** Deals under way, with the revenue of their forecasts: a request each. */
export const openDeals: Collection = {
  ...shared,
  name: 'openDeals',
  noun: 'open opportunities',
  one: 'open opportunity',
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'expected' }, true),
};

/** Deals that were closed in the period, with their revenue. */
export const closedDeals: Collection = {
  ...shared,
  name: 'closedDeals',
  noun: 'closed opportunities',
  one: 'closed opportunity',
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'closed' }, true),
};

/** The same for counting, which needs no forecasts. */
export const closedDealsCounted: Collection = {
  ...closedDeals,
  name: 'closedDealsCounted',
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'closed' }, false),
};

export const openDealsCounted: Collection = {
  ...openDeals,
  name: 'openDealsCounted',
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'expected' }, false),
};

/** Days that a deal has been under way up to which each group reaches. */
const DEAL_AGES = [30, 60, 90, 180] as const;

/** All deals under way, whenever they are expected to close. */
export const dealsNow: Collection = {
  ...openDeals,
  name: 'dealsNow',
  age: DEAL_AGES,
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'open' }, false),
};

/** Deals by when they came up, whatever became of them. */
export const newDeals: Collection = {
  ...openDeals,
  name: 'newDeals',
  noun: 'opportunities',
  one: 'opportunity',
  read: (wanted, reading) => readOpportunities({ wanted, reading, which: 'new' }, false),
};

/** Calls, meetings and the like of those who sell, by when they begin. */
export const activities = listed({
  name: 'activities',
  noun: 'activities',
  one: 'activity',
  list: 'GET /sales/activities',
  schema: 'Activity',
  columns: {
    start: time('dateStart'),
    member: reference('assignTo'),
    company: reference('company'),
    type: reference('type'),
    status: reference('status'),
    opportunity: reference('opportunity', 'company'),
    campaign: reference('campaign'),
  },
  within: (start, end) => all(field('dateStart', '>=', start), field('dateStart', '<', end)),
  ways: {
    ...BY_COMPANY,
    member: { column: 'member' },
    type: { column: 'type' },
    status: { column: 'status' },
    opportunity: { column: 'opportunity' },
    campaign: { column: 'campaign' },
  },
  paths: { company: 'company/id', member: 'assignTo/id', campaign: 'campaign/id' },
});
