import type { DateTime } from 'luxon';
import type { Period } from '../clock/index.ts';
import { turn } from '../in-turns.ts';
import type { NameKind } from '../names/index.ts';
import { readablePart } from '../tool/index.ts';
import { teamsOfMembers } from '../working-time/people.ts';
import { type Collection, kindOf, type Way } from './collection.ts';
import { ManyRequests } from './costly.ts';
import { Captions } from './custom-fields.ts';
import { checkAges, hasAge } from './filters/age-filters.ts';
import { type Filters, fieldConditions, joinedConditions, type Sieve, sieveOf } from './filters/filters.ts';
import { byParts } from './filters/label-filters.ts';
import { type Group, Groups } from './groups/groups.ts';
import { endOf, hitsOf, isTurn } from './groups/hits.ts';
import { type Key, NONE } from './groups/key.ts';
import { dimensionOf, keyOf, lookUpFor, remembered, type Split, valuesIn, wayOf } from './groups/keys.ts';
import { Sums } from './groups/sums.ts';
import { type Counted, dateColumnOf, isState } from './measure.ts';
import { type Bucket, type WallClock, whole } from './period.ts';
import { isOfTime } from './question.ts';
import { Row, type Table } from './tables/table.ts';
import type { Reading } from './tables/table-cache.ts';

/** What is counted, over one period. */
export interface Count {
  readonly parts: readonly Counted[];
  readonly by: readonly Split[];
  readonly filters: Filters;
  readonly period: Period;
  /** The units of the calendar in it, where it is split by them; else the period. */
  readonly buckets: readonly Bucket[];
  readonly isSplit: boolean;
  /** No period was said, and none is assumed. */
  readonly isAllTime: boolean;
  /** Of a report for which no period was said and one is assumed: the one in which what is open-ended counts, whatever its date. */
  readonly farPeriod?: Period | undefined;
  readonly now: DateTime<true>;
  readonly clock: WallClock;
  readonly members: Table;
  readonly confirmed: boolean;
}

/** The records of one collection that count. */
export interface Read {
  readonly collection: Collection;
  readonly records: number;
  /** Milliseconds. */
  readonly at: number;
}

export interface CountedGroups {
  readonly groups: ReadonlyMap<string, Group>;
  readonly totals: Sums;
  /** What is dated after today in a period that runs and is in nothing else. */
  readonly laters: Sums;
  /** What has no date and counts in every period. */
  readonly dateless: Sums;
  /** The first value of `by` alone, where there are two. */
  readonly firsts: ReadonlyMap<string, Group>;
  readonly reads: readonly Read[];
  /** The currencies of the amounts in all of them. */
  readonly currencies: readonly string[];
  /** A row is in several groups: two people on one ticket. */
  readonly isDoubled: boolean;
}

/** How rows are split by the currency of an amount: their own, or that of their company. None for other measures, and for what it is not known of. */
function currencyWay({ unit, inCompanyCurrency, collection }: Counted): readonly Way[] {
  const way = collection.ways.currency;
  const isIts = way !== undefined && (way.through === undefined || inCompanyCurrency === true);
  return unit === 'money' && isIts ? [way] : [];
}

const NO_TEAMS: ReadonlyMap<number, readonly string[]> = new Map();

/** Names of records that rows hold only the id of. */
async function calledNames(ways: readonly Way[], { context }: Reading) {
  const kinds = [...new Set(ways.flatMap(({ called }) => called ?? []))];
  const lists = await Promise.all(
    kinds.map(async (kind: NameKind) => {
      const records = await readablePart(context.names.list(kind));
      return [kind as string, new Map(records.map(({ id, label }) => [id, label]))] as const;
    }),
  );
  return new Map(lists);
}

/** One measure, and the rows that it is counted over. */
interface Counting {
  readonly part: number;
  readonly measure: Counted;
  readonly table: Table;
  readonly sieves: readonly Sieve[];
  /** Customers, by the captions of their custom fields that the report is split by. */
  readonly customers: ReadonlyMap<string, Table>;
}

/** Counts one measure into the groups of all. */
async function countPart(
  { part, measure, table, sieves, customers }: Counting,
  {
    count,
    reading,
    groups,
    sums: { totals, laters, dateless },
    counted,
  }: {
    count: Count;
    reading: Reading;
    groups: Groups;
    sums: Pick<CountedGroups, 'totals' | 'laters' | 'dateless'>;
    /** The rows that count, for what the answer is based on. */
    counted: Uint8Array;
  },
): Promise<ReadonlySet<string>> {
  const { by, buckets, clock, members } = count;
  const dimensions = by.flatMap((split) => (isOfTime(split) ? [] : (dimensionOf(split) ?? [])));
  const ways = [...dimensions, ...sieves.map(({ dimension }) => dimension)].map((name) =>
    wayOf(measure.collection, name),
  );
  const { rows, ends, last, later } = await hitsOf({ measure, table, count });
  const money = currencyWay(measure);
  const [found, called, teams] = await Promise.all([
    lookUpFor([...ways, ...money], [...rows, ...later], table, reading),
    calledNames(ways, reading),
    ways.some((way) => way.teams === true) ? teamsOfMembers(reading.context) : NO_TEAMS,
  ]);
  const context = { measure, table, buckets, clock, members, found, called, teams, customers };
  const keys = by.map((split) => remembered(keyOf(split, context)));
  const filters: { key: Key; sieve: Sieve }[] = sieves.map((sieve) => ({
    key: remembered(keyOf({ name: sieve.dimension }, context)),
    sieve,
  }));
  const row = new Row(table);
  for (const { key, sieve } of filters) {
    if (sieve.check === undefined) continue;
    const labels = new Set<string>();
    for (const index of rows) {
      row.index = index;
      for (const value of valuesIn(key, row)) labels.add(key.name(value).label);
    }
    sieve.check([...labels]);
  }
  const present = count.now.toMillis();
  const moments = buckets.map((bucket) => endOf(bucket, present));
  const places = groups.placesOf(keys, (split, name) => sievesOf(by[split], sieves).every((sieve) => sieve.lets(name)));
  const currencies = new Set<string>();
  const isByCurrency = by.some((split) => dimensionOf(split) === 'currency');
  const currency = money.length > 0 || isByCurrency ? remembered(keyOf({ name: 'currency' }, context)) : undefined;
  const currencyIn = (): string | undefined => currency?.name(currency.value(row)).label;
  const date = measure.undated === true ? dateColumnOf(measure) : undefined;
  const atEnd = [last];
  const isLet = (): boolean =>
    filters.every(({ key, sieve }) => valuesIn(key, row).some((value) => sieve.lets(key.name(value))));
  for (row.index of later) if (isLet()) laters.add(part, measure.value?.(row) ?? 1, currencyIn());
  for (const [place, index] of rows.entries()) {
    if (isTurn(place)) await turn();
    row.index = index;
    row.at = moments[last] as number;
    if (!isLet()) continue;
    for (const end of ends?.[place] ?? atEnd) {
      // What Manage keeps no history of is as of now, whatever period was said.
      row.at = measure.when === 'now' ? present : (moments[end] as number);
      if (!hasAge(count.filters.ages, measure, row)) continue;
      counted[index] = 1;
      const its = currencyIn();
      if (money.length > 0 && its !== undefined && its !== NONE.label) currencies.add(its);
      const value = measure.value?.(row) ?? 1;
      const isFirst = ends === undefined || end === last;
      if (isFirst) totals.add(part, value, its);
      if (date !== undefined && !row.has(date)) dateless.add(part, value, its);
      groups.add(places, row, { part, value, isFirst });
    }
  }
  return currencies;
}

/** The filters on what is split by: a ticket of two people is shown only for the one that was asked for. */
const sievesOf = (split: Split | undefined, sieves: readonly Sieve[]): readonly Sieve[] =>
  sieves.filter(({ dimension }) => dimension === dimensionOf(split));

/** What is counted of a measure: all of what is open-ended, whatever its date, where others beside it have a period that nobody said. */
const countOf = ({ openEnded }: Counted, count: Count): Count =>
  openEnded === true && count.farPeriod !== undefined
    ? { ...count, period: count.farPeriod, buckets: [whole(count.farPeriod)], isAllTime: true }
    : count;

/** Reads what the parts need, each collection once, and counts them into groups. */
export async function countGroups(given: Count, reading: Reading): Promise<CountedGroups> {
  const { parts, by, filters, confirmed } = given;
  const groups = new Groups(parts, by.length);
  const sums = { totals: new Sums(parts), laters: new Sums(parts), dateless: new Sums(parts) };
  checkAges(filters.ages, parts);
  const tables = new Map<string, Promise<Table>>();
  const marked = new Map<Table, { collection: Collection; rows: Uint8Array }>();
  const captions = new Captions(by.flatMap((split) => ('caption' in split ? [split.caption] : [])));
  const currencies = new Set<string>();
  for (const [part, measure] of parts.entries()) {
    const { collection } = measure;
    const count = countOf(measure, given);
    const { sieves: parted, sent } = byParts(filters.fields, collection, reading.context.api);
    const named = await Promise.all(filters.dimensions.map((filter) => sieveOf(filter, collection, reading)));
    const sieves = [...named, ...parted];
    const narrowed = joinedConditions(sieves, await fieldConditions(sent, collection, reading));
    const more = collection.hasCustomFields ? captions.columns : {};
    const lists = [...collection.uses, ...(collection.follows ?? [])];
    const wanted = { ...periodRead(measure, count), narrowed, more, lists, confirmed };
    // The same records are read once, as often anew as one of the measures needs.
    const source = parts.find((other) => other.collection.like === collection.name)?.collection ?? collection;
    const key = `${source.name} ${+wanted.start} ${+wanted.end} ${JSON.stringify(narrowed)}`;
    const table = tables.get(key) ?? source.read(wanted, reading);
    tables.set(key, table);
    const rows = await table.catch((error) => {
      if (error instanceof ManyRequests) error.collection = collection.name;
      throw error;
    });
    const customers = await captions.customers(rows, collection, reading);
    const marks = marked.get(rows) ?? { collection, rows: new Uint8Array(rows.length) };
    marked.set(rows, marks);
    const found = await countPart(
      { part, measure, table: rows, sieves, customers },
      { count, reading, groups, sums, counted: marks.rows },
    );
    for (const currency of found) currencies.add(currency);
  }
  return {
    ...(await groups.named()),
    ...sums,
    reads: readsOf(marked),
    currencies: [...currencies],
    isDoubled: groups.isDoubled,
  };
}

/** How many records of each collection count, and when they were read. */
function readsOf(marked: ReadonlyMap<Table, { collection: Collection; rows: Uint8Array }>): readonly Read[] {
  const reads = new Map<string, Read>();
  for (const [table, { collection, rows }] of marked) {
    const known = reads.get(collection.noun);
    const records = rows.reduce((sum, one) => sum + one, 0);
    if (known === undefined || known.records < records)
      reads.set(collection.noun, { collection, records, at: table.readAt });
  }
  return [...reads.values()];
}

/** The period that a measure's records are read for. */
function periodRead(
  measure: Counted,
  { parts, period, isSplit, now }: Count,
): { start: DateTime<true>; end: DateTime<true> } {
  const isNow = measure.when === 'now';
  const isShared =
    !isNow &&
    parts.some((other) => kindOf(other.collection) === kindOf(measure.collection) && dateColumnOf(other) !== undefined);
  // Whole days, so that what is kept serves the next report as well, which is made a little later.
  const inDays = (start: DateTime<true>, end: DateTime<true>) => ({
    start: start.startOf('day'),
    end: end.minus({ milliseconds: 1 }).endOf('day').plus({ milliseconds: 1 }),
  });
  if (!isNow && (!isState(measure) || isSplit || isShared)) return inDays(period.start, period.end);
  // A state at one moment: what came and went before it does not matter.
  const end = !isNow && period.end < now ? period.end : now;
  return inDays(end.minus({ milliseconds: 1 }) as DateTime<true>, end);
}
