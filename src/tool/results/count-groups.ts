import type { ManageRecord } from '../../manage/index.ts';
import { ExactSum } from '../../manage/index.ts';
import { cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import type { GroupKey, GroupName } from './group-key.ts';

/** Most records that are read for one summary; what is beyond is said to be missing. */
const MOST_RECORDS = 200_000;
const PROGRESS_EVERY = 1_000;
const SUM_INSTEAD = say`groupBy counts by dates with a unit, such as closedDate:day; report computes figures that no field holds, such as resolutionHours.`;

/** Records that are counted and added up together. */
export interface Group {
  readonly names: readonly GroupName[];
  count: number;
  readonly sums: readonly ExactSum[];
  /** Of the first records, by which a group of few is looked into. */
  readonly ids: number[];
}

/** What is read, and what is added up of it. */
export interface Counting {
  /** Plural, for `over 342 entries`. */
  readonly noun: string;
  /** Numeric fields to add up. */
  readonly sum: readonly string[];
  /** The records, asked for with only these fields. */
  readonly read: (fields: readonly string[]) => AsyncIterable<ManageRecord>;
}

/** A group that no record is in yet. */
export const empty = (names: readonly GroupName[], sums: readonly string[]): Group => ({
  names,
  count: 0,
  sums: sums.map(() => new ExactSum()),
  ids: [],
});

/** Most records of a group that are named one by one. */
export const FEW = 3;

function add(group: Group, sum: readonly string[], row: ManageRecord): void {
  group.count += 1;
  if (group.ids.length < FEW) group.ids.push(Number(row.id));
  for (const [index, name] of sum.entries()) group.sums[index]?.add(row[name]);
}

/** Every way to take one name from each list. */
const combinations = (lists: readonly (readonly GroupName[])[]): readonly (readonly GroupName[])[] =>
  lists.reduce<readonly (readonly GroupName[])[]>(
    (rows, names) => rows.flatMap((row) => names.map((name) => [...row, name])),
    [[]],
  );

/** All groups, and those of each currency or unit over all records. */
export interface Counted {
  readonly groups: readonly Group[];
  /** One where there is nothing to tell apart. */
  readonly totals: readonly Group[];
  /** By the first of several keys. A record in two groups of a later key counts once. */
  readonly subtotals: readonly Group[];
  readonly count: number;
  /** There are more records than are read. */
  readonly isCut: boolean;
  /** A record is in several groups of one key: a ticket of two people. */
  readonly isDoubled: boolean;
}

/** Reads all records and sorts them into groups. @throws {ToolInputError} for sums that no record has */
export async function countInGroups(
  said: readonly GroupKey[],
  apart: GroupKey | undefined,
  question: Counting,
  context: Pick<ToolContext, 'progress'>,
): Promise<Counted> {
  const { sum, read, noun } = question;
  const groups = new Map<string, Group>();
  const totals = new Map<string, Group>();
  const subtotals = new Map<string, Group>();
  const [first, second] = said;
  const keys = apart === undefined ? said : [...said, apart];
  const present = new Set<string>();
  let records = 0;
  let isCut = false;
  let isDoubled = false;
  const into = (map: Map<string, Group>, names: readonly GroupName[], row: ManageRecord): void => {
    const id = JSON.stringify(names.map((name) => name.id));
    const group = map.get(id) ?? empty(names, sum);
    map.set(id, group);
    add(group, sum, row);
  };
  for await (const row of read([...new Set(['id', ...keys.flatMap(({ fields }) => fields), ...sum])])) {
    if (records === MOST_RECORDS) {
      isCut = true;
      break;
    }
    records += 1;
    for (const name of sum) if (row[name] !== undefined && row[name] !== null) present.add(name);
    const kind = apart?.of(row) ?? [];
    into(totals, kind, row);
    if (first !== undefined && second !== undefined)
      for (const name of first.of(row)) into(subtotals, [name, ...kind], row);
    const names = keys.map((key) => key.of(row));
    isDoubled ||= names.some(({ length }) => length > 1);
    for (const one of combinations(names)) into(groups, one, row);
    if (records % PROGRESS_EVERY === 0) context.progress(records, undefined, `${records} ${noun} read`);
  }
  const absent = sum.filter((name) => records > 0 && !present.has(name)).map(cleanLine);
  if (absent.length > 0)
    throw new ToolInputError(
      'sum',
      say`sum: none of these ${records} ${cleanLine(noun)} has a value in ${joined(absent, ', ')}, so there is nothing to add up.`,
      { next: SUM_INSTEAD },
    );
  return {
    groups: [...groups.values()],
    totals: [...totals.values()],
    subtotals: [...subtotals.values()],
    count: records,
    isCut,
    isDoubled,
  };
}
