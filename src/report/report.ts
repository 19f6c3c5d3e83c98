import { DateTime } from 'luxon';
import { echoPeriod, type Period } from '../clock/index.ts';
import type { WhereEntry } from '../query/index.ts';
import { distancesOf } from '../revenue/distances.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import { isTooEarly, meansAhead, toldUntil } from './ahead.ts';
import { inArea, keptOnOtherBoards } from './areas.ts';
import { leaveTypes } from './collections/capacity.ts';
import { type Count, type CountedGroups, countGroups } from './compute.ts';
import { affordable, ManyRequests } from './costly.ts';
import { withCustomers } from './filters/customer-filters.ts';
import { type Filters, readFilters } from './filters/filters.ts';
import { type GroupFilter, letsNothing, readGroupFilters } from './filters/group-filters.ts';
import { emptyGroups } from './groups/empty-groups.ts';
import type { GroupName } from './groups/key.ts';
import type { Split } from './groups/keys.ts';
import { type Line, lackingOf } from './groups/values.ts';
import { type Counted, isByDays, isState, type Measure, namesSaid, partsOf } from './measure.ts';
import { measureNamed, measuresFor } from './measures/index.ts';
import { namesOf } from './measures/named.ts';
import {
  type Bucket,
  bucketsOf,
  comparedWith,
  farPeriod,
  MOST_BUCKETS,
  periodOf,
  type ReportPeriod,
  WallClock,
  whole,
} from './period.ts';
import { calendarIn, checkRanking, splitsOf } from './question.ts';
import { checkCurrencies, type OfCurrency } from './shown/by-currency.ts';
import { asksForLeast, hasHistory, linesOf } from './shown/lines.ts';
import { readMembers } from './tables/look-ups.ts';
import type { Table } from './tables/table.ts';
import { type Reading, TableCache } from './tables/table-cache.ts';
import { zoneNote } from './zones.ts';

/** What is asked. */
export interface ReportQuestion {
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly period?: string | undefined;
  readonly compare?: 'previous' | 'lastYear' | undefined;
  readonly where: readonly WhereEntry[];
  readonly top?: number | undefined;
  /** Every group where there is no `top`: for a file, in which nothing says what is left out. */
  readonly isWhole?: boolean;
  readonly orderBy?: string | undefined;
  readonly confirmed: boolean;
}

/** A finished report: everything that its answer says. */
export interface Report {
  readonly measures: readonly Measure[];
  /** Why measures that were asked for are not among these. */
  readonly missing: readonly Clean[];
  readonly splits: readonly Split[];
  readonly period: ReportPeriod;
  /** The period that is compared with, and its dates. */
  readonly comparison: (Period & { readonly echo: string }) | undefined;
  /** No measure asks for a period. */
  readonly isNow: boolean;
  readonly lines: readonly Line[];
  readonly labels: readonly ((name: GroupName) => string)[];
  readonly totals: Line;
  /** Totals of each currency, where there are several. */
  readonly ofCurrency: readonly OfCurrency[];
  /** What the top leaves out, told together. */
  readonly rest: { readonly count: number; readonly line: Line } | undefined;
  readonly counted: CountedGroups;
  readonly lacking: ReturnType<typeof lackingOf>;
  readonly filters: Filters;
  /** What groups have to come to. */
  readonly only: readonly GroupFilter[];
  readonly parts: readonly Counted[];
  /** Those of measures that cannot be told among them: in the order that they were counted in. */
  readonly allParts: readonly Counted[];
  readonly buckets: readonly Bucket[];
  /** Groups of the first split that are not kept out by what they come to, and all of them. */
  readonly groups: number;
  readonly allGroups: number;
  /** Pairs of groups without anything are left out. */
  readonly isShortened: boolean;
  /** Something counts whatever its date beside what has a period that nobody said. */
  readonly isFarBeside: boolean;
  readonly now: number;
  readonly zone: string;
  /** What has to be said of whose clock counts. */
  readonly zoneNote: Clean | undefined;
}

/** Measures of one report. */
const MOST_MEASURES = 6;

/** What an hour of a member costs; `NaN` where it is not known. Nobody works for nothing: 0 is what Manage writes where nothing was set. */
function costOf(member: number, members: Table): number {
  const row = members.rowOf(member);
  return (row === undefined ? 0 : members.number('hourlyCost', row)) || Number.NaN;
}

/** @throws {ToolInputError} for no measure, too many, or one that does not exist */
function measuresSaid(texts: readonly string[], known: readonly Measure[]): readonly Measure[] {
  const said = texts
    .flatMap((text) => text.split(/\s*[,;]\s*|\s+(?:and|vs\.?|versus)\s+/))
    .filter((text) => text !== '');
  if (said.length === 0 || said.length > MOST_MEASURES)
    throw new ToolInputError('measures', say`measures takes one to ${MOST_MEASURES} measures.`, {
      allowed: namesOf(known),
    });
  return [...new Set(said.map((text) => measureNamed(text, known)))];
}

/** What a comparison follows from. */
interface Compared {
  readonly measures: readonly Measure[];
  readonly period: ReportPeriod;
  /** Of the calendar, where the report is split by one. */
  readonly unit: ReturnType<typeof calendarIn>;
  readonly now: DateTime<true>;
}

/** The period that is compared with, if one is. @throws {ToolInputError} where Manage keeps no history of what is compared */
function periodBefore({ compare }: ReportQuestion, { measures, period, unit, now }: Compared): Period | undefined {
  if (compare === undefined) return undefined;
  if (measures.flatMap(partsOf).some(hasHistory)) return comparedWith(period, { how: compare, split: unit, now });
  throw new ToolInputError(
    'compare',
    say`compare: ${namesSaid(measures)}: Manage keeps no history of it, so there is nothing to compare with.`,
  );
}

/** Says which measures need none of the requests that are too many. @throws the error */
function setApart(error: unknown, named: readonly Measure[], measures: readonly Measure[]): never {
  if (error instanceof ManyRequests) {
    const isCostly = (_: Measure, index: number): boolean =>
      partsOf(measures[index] as Measure).some(({ collection }) => collection.name === error.collection);
    const costly = named.filter(isCostly);
    const others = named.filter((measure) => !costly.includes(measure));
    error.apart = { others: others.map(({ name }) => name), costly: costly.map(({ name }) => name) };
  }
  throw error;
}

/** Answers a question with figures that are all worked out here. @throws {ToolInputError} for what cannot be answered */
export const makeReport = (question: ReportQuestion, context: ToolContext): Promise<Report> =>
  affordable((measures) => reportOn(measures === undefined ? question : { ...question, measures }, context));

async function reportOn(question: ReportQuestion, context: ToolContext): Promise<Report> {
  const cache = context.kept('report', () => new TableCache());
  const reading: Reading = { context, cache, resolved: new Map() };
  const [now, zone] = await Promise.all([context.now(), context.zone()]);
  const clock = new WallClock(zone);
  // Filled where a measure needs it, which is known once the measures are.
  const leave = new Set<number>();
  const distances = new Set<number>();
  const span = { days: Number.NaN };
  const known = measuresFor({
    dayOf: (moment) => clock.dayOf(moment),
    leave,
    costOf: (member) => costOf(member, members),
    distances,
    days: () => span.days,
  });
  const named = measuresSaid(question.measures, known);
  const where = readGroupFilters(question.where, named, question.by);
  const said = readFilters(where.records);
  const needs = new Set(named.flatMap(partsOf).map((part) => part.needs));
  const members = await readMembers(reading, needs.has('cost'));
  if (needs.has('leave')) for (const id of await leaveTypes(reading)) leave.add(id);
  if (needs.has('distances')) for (const id of (await distancesOf(context.names)).keys()) distances.add(id);
  const measures = await inArea(named, question.by, said, reading);
  const parts = [...new Set(measures.flatMap(partsOf))];
  const filters = await withCustomers(said, parts, reading);
  const splits = splitsOf([...new Set(question.by)], measures, known);
  checkRanking(question, splits);
  const unit = calendarIn(splits);
  const hasPeriod = (part: Counted): boolean => part.when !== 'now';
  const isOpen = parts.filter(hasPeriod).every(({ openEnded }) => openEnded === true);
  const isNow = parts.every((part) => !hasPeriod(part) || (isState(part) && unit === undefined));
  const byDays = parts.some(isByDays);
  const ahead = meansAhead(parts);
  const period = periodOf({ said: question.period, unit, ahead, open: isOpen && !isNow, byDays, now });
  span.days = DateTime.min(period.end, now).diff(period.start, 'days').days;
  const buckets = await cut(period, unit, toldUntil(parts, period, isOpen, now));
  const isComing = isTooEarly(parts, period, now);
  if (buckets.length > MOST_BUCKETS || buckets.length === 0 || isComing)
    throw new ToolInputError(
      'period',
      buckets.length === 0 || isComing
        ? say`period: ${cleanLine(period.echo)} has not begun.`
        : say`period: ${cleanLine(period.echo)} has too many of by: ${cleanLine(unit)}. Send a shorter period or a longer unit.`,
    );
  const count: Count = {
    parts,
    by: splits,
    filters,
    period,
    buckets,
    isSplit: unit !== undefined,
    isAllTime: period.byDefault === 'all time',
    farPeriod: farOf(parts, period, unit, now),
    now,
    clock,
    members,
    confirmed: question.confirmed,
  };
  const counting = (one: Count) => countGroups(one, reading).catch((error) => setApart(error, named, measures));
  const counted = await counting(count);
  const { told, untold, missing } = answerable(measures, parts, counted);
  const shown = [...new Set(told.flatMap(partsOf))];
  checkCurrencies(told, splits, counted);
  const other = periodBefore(question, { measures: told, period, unit, now });
  // All units of a period that is compared with are over.
  const before =
    other === undefined
      ? undefined
      : await counting({ ...count, period: other, buckets: await cut(other, unit, other.end) });
  const isKept = await keptOnOtherBoards(splits, context);
  const only = where.groups.filter(({ measure }) => told.some(({ name }) => name === measure.name));
  const forNothing = letsNothing(only) || asksForLeast(question, splits);
  const shaped = await linesOf(
    { ...question, measures: told, untold, parts, splits, counted, before, buckets, isKept, only },
    await emptyGroups({ split: splits[0], parts: shown, filters, forNothing }, reading),
  );
  return {
    ...shaped,
    measures: told,
    missing,
    splits,
    period,
    comparison: other && { ...other, echo: echoPeriod(other, now, undefined) },
    isNow,
    counted,
    lacking: lackingOf(parts, counted).filter(({ part }) => shown.includes(part)),
    filters,
    only,
    parts: shown,
    allParts: parts,
    buckets,
    isFarBeside: count.farPeriod !== undefined,
    now: now.toMillis(),
    zone,
    zoneNote: await zoneNote(splits, shown, zone, reading),
  };
}

/**
 * What counts whatever its date does so beside measures of a period that nobody said, too: the whole pipeline, and what was won of late.
 * @throws {ToolInputError} where both are split by the calendar, which has no place for the one or the other
 */
function farOf(
  parts: readonly Counted[],
  { byDefault }: ReportPeriod,
  unit: ReturnType<typeof calendarIn>,
  now: DateTime<true>,
): Period | undefined {
  const open = parts.filter(({ openEnded }) => openEnded === true);
  if (byDefault === undefined || byDefault === 'all time' || open.length === 0) return undefined;
  if (unit === undefined) return farPeriod(now);
  throw new ToolInputError(
    'period',
    say`period: ${namesSaid(open)} counts what is to come as well, the others what is past. Say a period.`,
  );
}

/** A period in units of the calendar up to a moment, or as one where the report is not split by them. */
const cut = async (period: Period, unit: ReturnType<typeof calendarIn>, until: DateTime): Promise<readonly Bucket[]> =>
  unit === undefined ? [whole(period)] : bucketsOf(period, unit, until);

/**
 * The measures that can be told, and why the others cannot: no record has what they add up.
 * @throws {ToolInputError} where that leaves none
 */
function answerable(measures: readonly Measure[], parts: readonly Counted[], { totals }: CountedGroups) {
  const lackOf = (measure: Measure): Clean | undefined => {
    for (const part of partsOf(measure)) {
      const { count = 0, lacking = 0 } = totals[parts.indexOf(part)] ?? {};
      if (part.fold === 'sum' && count === 0 && lacking > 0)
        return say`${cleanLine(measure.name)}: none of these ${lacking} ${cleanLine(part.collection.noun)} has ${cleanLine(part.lacks ?? 'a value')}, so there is nothing to add up.`;
    }
    return undefined;
  };
  const lacks = measures.map(lackOf);
  const missing = lacks.filter((lack) => lack !== undefined);
  const told = measures.filter((_, index) => lacks[index] === undefined);
  if (told.length === 0) throw new ToolInputError('measures', joined(missing, ' '));
  return { told, untold: measures.filter((_, index) => lacks[index] !== undefined), missing };
}
