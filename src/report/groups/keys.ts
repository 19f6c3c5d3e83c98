import type { Collection, Way } from '../collection.ts';
import { customColumn } from '../custom-fields.ts';
import { type DimensionName, isCalendar } from '../dimensions.ts';
import { type Counted, dateColumnOf } from '../measure.ts';
import { type Bucket, bucketAt, type WallClock } from '../period.ts';
import { type LookUpName, lookUp } from '../tables/look-ups.ts';
import { ofList, ofPeople, ofTeams } from '../tables/several.ts';
import { DAY, type Label, type Row, type Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { type GroupName, type Key, memberName, NO_DATE, NONE } from './key.ts';

/** What units of the calendar are called as groups, in their order. */
export const unitNames = (buckets: readonly Bucket[]) =>
  buckets.map(({ label }, rank) => ({ id: String(rank), label, rank }));

/** What a report is split by: a dimension, or a custom field by its caption. */
export type Split = { readonly name: DimensionName } | { readonly caption: string };

/** The dimension of a split; `undefined` for a custom field. */
export const dimensionOf = (split: Split | undefined): DimensionName | undefined =>
  split !== undefined && 'name' in split ? split.name : undefined;

/** What the groups of a split stand under: the dimension, or the custom field's caption. */
export const titleOf = (split: Split): string => ('name' in split ? split.name : split.caption);

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const YEAR = 365;

/** `0-1`, `2-7`, ... `over 90`, from the upper ends in days; in years where all of them are whole ones. */
export function ageLabels(edges: readonly number[]): readonly string[] {
  if (edges.every((edge) => edge > 0 && edge % YEAR === 0)) {
    const years = edges.map((edge) => edge / YEAR);
    const upTo = years.map((year, index) =>
      index === 0 ? `under ${year === 1 ? '1 year' : `${year} years`}` : `${years[index - 1]}-${year} years`,
    );
    return [...upTo, `over ${years.at(-1)} years`];
  }
  const labels = edges.map((edge, index) => {
    if (index === 0) return edge === 0 ? 'not overdue' : `up to ${edge} days`;
    return `${(edges[index - 1] as number) + 1}-${edge} days`;
  });
  return [...labels, `over ${edges.at(-1)} days`];
}

export interface KeyContext {
  readonly measure: Counted;
  readonly table: Table;
  readonly buckets: readonly Bucket[];
  readonly clock: WallClock;
  readonly members: Table;
  /** Tables of looked-up records, by what they are. */
  readonly found: ReadonlyMap<LookUpName, Table>;
  /** Names of records that rows hold only the id of, by kind and id. */
  readonly called: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** Customers, by the captions of their custom fields that the records are split by; the others are of the records themselves. */
  readonly customers: ReadonlyMap<string, Table>;
  /** The teams that members are in, by the id of the member; empty where no way leads there. */
  readonly teams: ReadonlyMap<number, readonly string[]>;
}

/** The day number of a date or moment of a row. */
const dayNumber = (value: number, isDay: boolean, clock: WallClock): number =>
  isDay ? Math.floor(value / DAY) : clock.dayOf(value);

function ofTime(name: DimensionName, { measure, table, buckets, clock }: KeyContext): Key | undefined {
  const by = dateColumnOf(measure);
  const isDay = by !== undefined && table.columns[by]?.kind === 'day';
  if (isCalendar(name)) {
    const names = unitNames(buckets);
    // What stands at the end of a period that ends now stands at this very moment, which is the first one after it.
    const last = (buckets.at(-1)?.end ?? 0) - 1;
    return {
      value: (row) =>
        by === undefined ? bucketAt(buckets, Math.min(row.at, last), false) : bucketAt(buckets, row.number(by), isDay),
      name: (index) => names[index] ?? NO_DATE,
    };
  }
  if (name === 'weekday' && by !== undefined)
    return {
      value: (row) => (((dayNumber(row.number(by), isDay, clock) + 3) % 7) + 7) % 7,
      name: (index) =>
        Number.isNaN(index) ? NO_DATE : { id: String(index), label: WEEKDAYS[index] ?? '', rank: index },
    };
  if (name === 'hour' && by !== undefined)
    return {
      value: (row) => clock.hourOf(row.number(by)),
      name: (hour) =>
        Number.isNaN(hour) ? NO_DATE : { id: String(hour), label: `${String(hour).padStart(2, '0')}:00`, rank: hour },
    };
  const edges = measure.collection.age ?? [];
  const labels = ageLabels(edges);
  if (name !== 'age') return undefined;
  return {
    value(row) {
      const days = Math.floor(measure.age?.(row) ?? Number.NaN);
      if (Number.isNaN(days)) return -1;
      const index = edges.findIndex((edge) => days <= edge);
      return index < 0 ? edges.length : index;
    },
    name: (index) => (index < 0 ? NONE : { id: String(index), label: labels[index] ?? '', rank: index }),
  };
}

const named = (id: number, label: Label | undefined, byName: boolean | undefined): GroupName => {
  if (Number.isNaN(id)) return NONE;
  const text = label?.label ?? String(id);
  return byName ? { id: text.toLowerCase(), label: text } : { id: String(id), label: text, apart: label?.apart };
};

function throughOther(way: Way, { found, members }: KeyContext, isMember: boolean): Key {
  const { lookUp: other, column, isEither } = way.through ?? { lookUp: 'company', column: '' };
  return {
    value: (row) => row.number(way.column),
    name(id) {
      const isElsewhere = isEither === true && found.get(other)?.rowOf(id) === undefined;
      const isProjectTicket = (other === 'ticket' && id < 0) || isElsewhere;
      const table = found.get(isProjectTicket ? 'projectTicket' : other);
      const at = table?.rowOf(Math.abs(id));
      // Service tickets have no project.
      if (table?.columns[column] === undefined || at === undefined || Number.isNaN(id)) return NONE;
      const value = table.number(column, at);
      const member = isMember ? memberName(value, members) : undefined;
      return member ?? named(value, table.label(column, value), way.byName);
    },
  };
}

function ofCustomField(caption: string, { table, customers }: KeyContext): Key {
  const column = customColumn(caption);
  const nameIn = (of: Table, value: number): GroupName => {
    const label = of.label(column, value);
    return label === undefined ? NONE : { id: label.label.toLowerCase(), label: label.label };
  };
  const companies = customers.get(caption);
  if (companies === undefined) return { value: (row) => row.number(column), name: (value) => nameIn(table, value) };
  return {
    value: (row) => row.number('company'),
    name(id) {
      const at = companies.rowOf(id);
      return at === undefined ? NONE : nameIn(companies, companies.number(column, at));
    },
  };
}

/** How a table is split. The look-ups that it needs are in `found`. */
export function keyOf(split: Split, context: KeyContext): Key {
  const { measure, table, members } = context;
  if ('caption' in split) return ofCustomField(split.caption, context);
  const timed = ofTime(split.name, context);
  if (timed !== undefined) return timed;
  const way = wayOf(measure.collection, split.name);
  if (way.people === true) return ofPeople(way.column, members);
  if (way.list === true) return ofList(way.column);
  if (way.teams === true) return ofTeams(way.column, context.teams);
  if (way.through !== undefined) return throughOther(way, context, split.name === 'member');
  const called = way.called === undefined ? undefined : context.called.get(way.called);
  return {
    value: (row) => row.number(way.column),
    name(id) {
      const member = split.name === 'member' ? memberName(id, members) : undefined;
      if (member !== undefined) return member;
      const own = called?.get(id);
      const label = own === undefined ? table.label(way.column, id) : { label: own };
      const isText = table.columns[way.column]?.kind === 'text';
      return named(id, label, way.byName === true || isText);
    },
  };
}

/** @throws {RangeError} for a dimension that was not checked before */
export function wayOf({ ways, name }: Collection, dimension: DimensionName): Way {
  const way = ways[dimension];
  if (way === undefined) throw new RangeError(`${name} has no ${dimension}.`);
  return way;
}

/** All values of a row. */
export const valuesIn = (key: Key, row: Row): readonly number[] => key.several?.(row) ?? [key.value(row)];

/** Remembers what each value is called, for tables of many rows and few groups. */
export function remembered(key: Key): Key {
  const names = new Map<number, GroupName>();
  return {
    value: key.value,
    several: key.several,
    name(value) {
      const known = names.get(value) ?? key.name(value);
      names.set(value, known);
      return known;
    },
  };
}

/** Looks up the records that a split or filter of a table goes through, for the rows that count. */
export async function lookUpFor(
  ways: readonly Way[],
  rows: readonly number[],
  table: Table,
  reading: Reading,
): Promise<ReadonlyMap<LookUpName, Table>> {
  const found = new Map<LookUpName, Table>();
  for (const way of ways) {
    if (way.through === undefined) continue;
    const ids = new Set(rows.map((row) => table.number(way.column, row)).filter((id) => !Number.isNaN(id)));
    const own = [...ids].filter((id) => id > 0);
    const below = [...ids].filter((id) => id < 0).map((id) => -id);
    const records = await lookUp(way.through.lookUp, own, reading);
    found.set(way.through.lookUp, records);
    const elsewhere = way.through.isEither === true ? own.filter((id) => records.rowOf(id) === undefined) : below;
    if (way.through.lookUp === 'ticket') found.set('projectTicket', await lookUp('projectTicket', elsewhere, reading));
  }
  return found;
}
