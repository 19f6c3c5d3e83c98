import type { ManageRecord, Whole } from '../../manage/index.ts';
import { idOf } from '../../names/index.ts';
import { all, any, field, onDay } from '../../query/index.ts';
import { FORECAST, forecastSum, readForecast } from '../../revenue/forecast.ts';
import { BY_COMPANY, type Collection, eachOf, kept, type Wanted } from '../collection.ts';
import { type Columns, day, fieldsOf, flag, number, reference, Table, time } from '../table.ts';
import type { Reading } from '../table-cache.ts';
import { currency } from './invoices.ts';

const LIST = 'GET /sales/opportunities';

const COLUMNS: Columns = {
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
  stage: { column: 'stage' },
  type: { column: 'type' },
  status: { column: 'status' },
  location: { column: 'location', called: 'location' },
  department: { column: 'department', called: 'department' },
  currency: { column: 'currency' },
};

const PATHS: Collection['paths'] = {
  company: 'company/id',
  member: 'primarySalesRep/id',
  stage: 'stage/id',
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
  readonly open: boolean;
}

/** Opportunities that are open, or were closed in the period; with their revenue where it is asked for. */
async function readOpportunities({ wanted, reading, open }: Rows, withRevenue: boolean): Promise<Table> {
  const { context } = reading;
  const { manage, names, signal } = context;
  const { start, end, narrowed } = wanted;
  const name = `opportunities ${open ? 'open' : 'closed'} ${withRevenue ? 'with revenue' : ''}`;
  return kept(name, wanted, reading, async () => {
    const [statuses, stages] = await Promise.all([
      names.list('opportunityStatus', { signal }),
      names.list('opportunityStage', { signal }),
    ]);
    const flags = new Map(statuses.map(({ id, record }) => [id, record]));
    const closed = statuses.filter(({ record }) => record.closedFlag === true).map(({ id }) => id);
    const when = open
      ? all(
          closed.length > 0 ? field('status/id', 'not in', closed) : undefined,
          any(
            field('expectedCloseDate', '=', null),
            all(
              onDay('expectedCloseDate', '>=', start),
              onDay('expectedCloseDate', '<=', end.minus({ milliseconds: 1 })),
            ),
          ),
        )
      : all(
          field('status/id', 'in', closed.length > 0 ? closed : [0]),
          field('closedDate', '>=', start),
          field('closedDate', '<', end),
        );
    const conditions = all(when, narrowed.conditions);
    const fields = [...new Set(['probability', ...fieldsOf(COLUMNS)])].filter(
      (path) => !['isOpen', 'isWon', 'chance', 'revenue'].includes(path),
    );
    const rows: Whole<ManageRecord> = await manage.all(LIST, { ...narrowed, conditions, fields, signal });
    const revenues = withRevenue
      ? await eachOf(rows, { what: 'opportunities, for their forecasts', wanted, context }, async ({ id }) => {
          const items = await readForecast(manage, Number(id), signal);
          return items.length === 0 ? undefined : forecastSum(items, 'revenue');
        })
      : [];
    const chances = new Map(stages.map(({ id, record }) => [id, record.probability]));
    const table = new Table(COLUMNS);
    for (const [index, row] of rows.entries())
      table.add({
        ...row,
        isOpen: open,
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
  read: (wanted, reading) => readOpportunities({ wanted, reading, open: true }, true),
};

/** Deals that were closed in the period, with their revenue. */
export const closedDeals: Collection = {
  ...shared,
  name: 'closedDeals',
  noun: 'closed opportunities',
  one: 'closed opportunity',
  read: (wanted, reading) => readOpportunities({ wanted, reading, open: false }, true),
};

/** The same for counting, which needs no forecasts. */
export const closedDealsCounted: Collection = {
  ...closedDeals,
  name: 'closedDealsCounted',
  read: (wanted, reading) => readOpportunities({ wanted, reading, open: false }, false),
};

export const openDealsCounted: Collection = {
  ...openDeals,
  name: 'openDealsCounted',
  read: (wanted, reading) => readOpportunities({ wanted, reading, open: true }, false),
};
