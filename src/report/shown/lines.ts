import { pause } from '../../in-turns.ts';
import { cleanLine, say } from '../../text/index.ts';
import { labelsOf, ToolInputError } from '../../tool/index.ts';
import type { CountedGroups } from '../compute.ts';
import { bareRatio, bareTerm, dimensionNamed, isCalendar, OTHERWISE } from '../dimensions.ts';
import { fitsAll, type GroupFilter } from '../filters/group-filters.ts';
import { emptyFolds, type Group, groupId } from '../groups/groups.ts';
import type { GroupName } from '../groups/key.ts';
import { dimensionOf, type Split, titleOf, unitNames } from '../groups/keys.ts';
import { type Base, hasNothing, type Line, valuesOf } from '../groups/values.ts';
import { type Counted, hasHistory, type Measure } from '../measure.ts';
import { ownedDimension } from '../owned.ts';
import type { Bucket } from '../period.ts';
import { calendarIn, isOfTime } from '../question.ts';
import { type Counts, togetherIn } from './together.ts';

/** Groups that are shown where nobody says how many. */
const USUAL_TOP = 25;

/** Every unit of the calendar, with or without records; of a very long period from the first one with records to the last. */
function calendarNames(buckets: readonly Bucket[], counted: CountedGroups, place: number): readonly GroupName[] {
  const used = [...counted.groups.values()].map(({ names }) => names[place]?.rank ?? 0);
  const isLong = buckets.length > 60;
  const [first, last] = isLong ? [Math.min(...used), Math.max(...used)] : [0, buckets.length - 1];
  return unitNames(buckets).filter(({ rank }) => rank >= first && rank <= last);
}

const byRank = (a: GroupName | undefined, b: GroupName | undefined): number => (a?.rank ?? 0) - (b?.rank ?? 0);

/** What lines are to be put in order by, the place of the split of that name if it is one, and which way where one was said. */
function orderSaid(said: string, splits: readonly Split[]) {
  const [, name = '', way] = /^-?(.*?)(?:[\s:]+(asc|desc)(?:ending)?)?$/i.exec(said.trim()) ?? [];
  const isUp = way === undefined ? !said.trim().startsWith('-') && undefined : /asc/i.test(way);
  const dimension = ownedDimension(name)?.dimension ?? dimensionNamed(name);
  const meant = dimension === undefined ? [name] : [dimension, OTHERWISE[dimension] ?? dimension];
  return { name, isUp, split: splits.findIndex((one) => meant.map(bareTerm).includes(bareTerm(titleOf(one)))) };
}

/** Whether the groups with the least come first. */
export function asksForLeast({ orderBy }: Pick<GroupsToShow, 'orderBy'>, splits: readonly Split[]): boolean {
  if (orderBy === undefined) return false;
  const { name, isUp, split } = orderSaid(orderBy, splits);
  return isUp === true && name !== '' && split < 0;
}

/** Which measure or split the lines are put in order by, and which way. A measure that cannot be told puts nothing in order. */
function orderOf({ orderBy: said, measures, untold, splits }: GroupsToShow) {
  if (said === undefined) return undefined;
  const { name, isUp, split } = orderSaid(said, splits);
  if (split >= 0) return { split, isUp: isUp ?? true };
  const isNamed = ({ name: own, aliases = [] }: Measure): boolean =>
    [own, ...aliases].map(bareRatio).includes(bareRatio(name));
  const measure = measures.findIndex(isNamed);
  if (measure >= 0) return { measure, isUp: isUp ?? false };
  if (untold.some(isNamed)) return undefined;
  throw new ToolInputError('orderBy', say`orderBy: "${cleanLine(name)}" is not in this report.`, {
    allowed: [...measures.map((one) => one.name), ...splits.map(titleOf)].map(cleanLine),
  });
}

/** Most columns of times, of which all are told, in a table that has one split down and the other across. */
export const WIDEST_TIMES = 31;

/** Values that an answer has room for. */
const MOST_LINES = 200;

/** Lines of pairs that are made at most: no answer has room for as many. */
const MOST_PAIRS = 3_000;

/** How many units of time are shown. All of them, unless there are more pairs than fit, and too many of the second split for columns. */
function fittingTimes(groups: readonly Group[]): number {
  const [firsts, seconds] = [0, 1].map((place) => new Set(groups.map(({ names }) => names[place]?.id)).size);
  if (groups.length <= MOST_PAIRS || (seconds ?? 1) <= WIDEST_TIMES) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((MOST_PAIRS * (firsts ?? 1)) / groups.length));
}

/** How many groups of the first split are shown: fewer where each has many lines. @param isWhole a file has room for what no answer has */
function fitting(groups: readonly Group[], isWhole: boolean): number {
  const seconds = Math.max(1, new Set(groups.map(({ names }) => names[1]?.id)).size);
  if (isWhole) return Math.max(1, Math.floor(MOST_PAIRS / seconds));
  return Math.max(1, Math.min(USUAL_TOP, Math.floor(MOST_LINES / seconds)));
}

/** Counted groups, and what they are shown by. */
export interface GroupsToShow extends Counts {
  readonly top?: number | undefined;
  /** Every group, where nobody says how many. */
  readonly isWhole?: boolean | undefined;
  readonly orderBy?: string | undefined;
  /** Measures that were asked for and have nothing to add up. */
  readonly untold: readonly Measure[];
  readonly buckets: readonly Bucket[];
  /** What groups have to come to in order to be shown. */
  readonly only: readonly GroupFilter[];
  /** Whether a part says something of a group. */
  isKept(part: Counted, group: readonly GroupName[]): boolean;
}

/** Groups as lines: in order, the empty ones among them, and what the top leaves out as one. */
export async function linesOf(given: GroupsToShow, nothing: readonly GroupName[]) {
  const { top, measures, parts, splits, counted, before, buckets } = given;
  const currencyPlace = splits.findIndex((split) => dimensionOf(split) === 'currency');
  /** What a group is a share of: all of its currency. */
  const baseOf = ({ totals: sums }: CountedGroups, names: readonly GroupName[]): Base => {
    const own = given.currencies.length > 0 ? sums.byCurrency.get(names[currencyPlace]?.label ?? '') : undefined;
    return { parts, totals: own ?? sums.all };
  };
  const base = baseOf(counted, []);
  const known = (names: readonly GroupName[]) => (part: Counted) => given.isKept(part, names);
  const lineOf = (group: Group): Line => ({
    names: group.names,
    values: valuesOf(measures, baseOf(counted, group.names), group.folded, known(group.names)),
    before:
      before &&
      valuesOf(
        measures,
        baseOf(before, group.names),
        before.groups.get(groupId(group.names))?.folded ?? emptyFolds(parts),
        hasHistory,
      ),
  });
  const together = togetherIn(given);
  const { line: totals, byCurrency } = together.totals;
  if (splits.length === 0)
    return { lines: [], labels: [], totals, byCurrency, rest: undefined, groups: 0, allGroups: 0, isShortened: false };
  const groups = new Map(counted.groups);
  const add = (names: readonly GroupName[]): void => {
    const id = groupId(names);
    if (!groups.has(id)) groups.set(id, { names, folded: emptyFolds(parts) });
  };
  for (const { names } of before?.groups.values() ?? [])
    if (isKnown(names, buckets, splits)) add(names.map((name, place) => renamed(name, splits[place], buckets)));
  const [first] = splits;
  if (splits.length === 1 && first !== undefined) {
    const isCalendar = calendarIn(splits) !== undefined;
    for (const name of isCalendar ? calendarNames(buckets, counted, 0) : nothing) add([name]);
  }
  const allGroups = groups.size;
  // Pairs are told where there is something: of a year's weekdays and customers most have none.
  if (splits.length === 2)
    for (const [id, group] of groups) {
      await pause();
      if (hasNothing(measures, lineOf(group))) groups.delete(id);
    }
  const isShortened = groups.size < allGroups;
  if (given.only.length > 0)
    for (const [id, group] of groups)
      if (!fitsAll(given.only, measures, valuesOf(measures, base, group.folded))) groups.delete(id);
  const order = orderOf(given);
  const weights = splits.length === 1 ? groups : counted.firsts;
  const weightOf = (names: readonly GroupName[]): number => {
    const group = weights.get(names[0]?.id ?? '');
    const values = valuesOf(measures, base, group?.folded ?? emptyFolds(parts));
    const value = values[order !== undefined && 'measure' in order ? (order.measure ?? 0) : 0];
    return value ?? Number.NEGATIVE_INFINITY;
  };
  const isRanked = isOfTime(first);
  const inOrder = (a: readonly GroupName[], b: readonly GroupName[]): number => {
    if (order !== undefined && 'split' in order && order.split === 0) {
      const compared = isRanked ? byRank(a[0], b[0]) : String(a[0]?.label).localeCompare(String(b[0]?.label));
      return order.isUp ? compared : -compared;
    }
    if (order === undefined && isRanked) return byRank(a[0], b[0]);
    const [weight, other] = [weightOf(a), weightOf(b)];
    // What has no value is neither the least nor the most.
    const lacks = Number(weight === Number.NEGATIVE_INFINITY) - Number(other === Number.NEGATIVE_INFINITY);
    if (lacks !== 0) return lacks;
    const compared = other - weight;
    if (compared !== 0 && !Number.isNaN(compared)) return order?.isUp ? -compared : compared;
    return byRank(a[0], b[0]) || String(a[0]?.label).localeCompare(String(b[0]?.label));
  };
  // Each group is compared many times.
  const worths = new Map<Group, number>();
  const worthOf = (group: Group): number => {
    const worth = worths.get(group) ?? valuesOf(measures, base, group.folded)[0] ?? 0;
    worths.set(group, worth);
    return worth;
  };
  await pause();
  const all = [...groups.values()].sort(
    (a, b) =>
      inOrder(a.names, b.names) || (isOfTime(splits[1]) ? byRank(a.names[1], b.names[1]) : worthOf(b) - worthOf(a)),
  );
  await pause();
  const firsts = [...new Set(all.map(({ names }) => names[0]?.id))];
  const most = top ?? (isRanked ? fittingTimes(all) : fitting(all, given.isWhole === true));
  // Of a calendar the newest; hours and weekdays come round again, and the busiest are meant.
  const kept = (count: number): readonly (string | undefined)[] => {
    if (calendarIn(splits.slice(0, 1)) !== undefined) return firsts.slice(-count);
    const named = [...new Map(all.map(({ names }) => [names[0]?.id, names])).values()];
    return named
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, count)
      .map(([name]) => name?.id);
  };
  const keptIds = new Set(isRanked && order === undefined ? kept(most) : firsts.slice(0, most));
  const shown = all.filter(({ names }) => keptIds.has(names[0]?.id));
  const left = all.filter(({ names }) => !keptIds.has(names[0]?.id));
  const restIds = new Set(left.map(({ names }) => names[0]?.id));
  const rest = restIds.size === 0 ? undefined : { count: restIds.size, ...together.rest(restIds) };
  const lines = shown.map(lineOf);
  const labels = splits.map((_, place) => labelsOf(all, place));
  return { lines, labels, totals, byCurrency, rest, groups: firsts.length, allGroups, isShortened };
}

/** Units of the calendar of the other period stand beside those of this one, of which there may be fewer. */
function isKnown(names: readonly GroupName[], buckets: readonly Bucket[], splits: readonly Split[]): boolean {
  const unit = calendarIn(splits);
  if (unit === undefined) return true;
  const place = splits.findIndex((split) => dimensionOf(split) === unit);
  return buckets[names[place]?.rank ?? -1] !== undefined;
}

function renamed(name: GroupName, split: Split | undefined, buckets: readonly Bucket[]): GroupName {
  if (!isCalendar(dimensionOf(split))) return name;
  const bucket = buckets[name.rank ?? -1];
  return bucket === undefined ? name : { ...name, label: bucket.label };
}
