import { DateTime } from 'luxon';
import { echoPeriod, type Period } from '../clock/index.ts';
import type { WhereEntry } from '../query/index.ts';
import { homeCurrency } from '../revenue/currency.ts';
import { distancesOf } from '../revenue/distances.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import { inArea, keptOnOtherBoards } from './areas.ts';
import { leaveTypes } from './collections/capacity.ts';
import { type Count, type CountedGroups, countGroups } from './compute.ts';
import { affordable, ManyRequests } from './costly.ts';
import { withCustomers } from './filters/customer-filters.ts';
import { type Filters, readFilters } from './filters/filters.ts';
import { type GroupFilter, letsNothing, readGroupFilters } from './filters/group-filters.ts';
import { emptyGroups } from './groups/empty-groups.ts';
import type { GroupName } from './groups/key.ts';
import { dimensionOf, type Split } from './groups/keys.ts';
import { type ByCurrency, type Line, lackingOf, type Together } from './groups/values.ts';
import { type Counted, type Measure, namesSaid, partsOf } from './measure.ts';
import { measureNamed, measuresFor } from './measures/index.ts';
import { namesOf } from './measures/named.ts';
import { type Bucket, type ReportPeriod, WallClock } from './period.ts';
import { calendarIn, checkRanking, splitsOf } from './question.ts';
import { cut, keptInTime, periodBefore, reachOf } from './reach.ts';
import { asksForLeast, linesOf } from './shown/lines.ts';
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
  /** What all groups come to in each currency, where amounts of several stand side by side: then `totals` has no amounts. */
  readonly byCurrency: ByCurrency;
  /** What the top leaves out, told together. */
  readonly rest: (Together & { readonly count: number }) | undefined;
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
  const reading: Reading = { context, cache, own: new TableCache(), resolved: new Map() };
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
  const reach = await reachOf({ said: question.period, parts, unit, now });
  const { period, buckets, isNow } = reach;
  span.days = DateTime.min(period.end, now).diff(period.start, 'days').days;
  const count: Count = {
    parts,
    by: splits,
    filters,
    period,
    buckets,
    isSplit: unit !== undefined,
    isAllTime: period.byDefault === 'all time',
    farPeriod: reach.farPeriod,
    now,
    clock,
    members,
    confirmed: question.confirmed,
  };
  const counting = (one: Count) => countGroups(one, reading).catch((error) => setApart(error, named, measures));
  const present = await counting(count);
  const { told, untold, missing } = answerable(measures, parts, present);
  const shown = [...new Set(told.flatMap(partsOf))];
  const other = periodBefore({ how: question.compare, measures: told, period, unit, now });
  // All units of a period that is compared with are over.
  const before =
    other === undefined
      ? undefined
      : await counting({ ...count, period: other, buckets: await cut(other, unit, other.end) });
  const both = before === undefined ? [present] : [present, before];
  const currencies = await currenciesOf(shown, both, reading);
  const counted = { ...present, currencies };
  const several = severalOf(shown, splits, both, currencies);
  const isKeptOnBoard = await keptOnOtherBoards(splits, context);
  const isKeptInTime = keptInTime(splits, reach, unit, now);
  const isKept: typeof isKeptInTime = (part, group) => isKeptOnBoard(part, group) && isKeptInTime(part, group);
  const only = where.groups.filter(({ measure }) => told.some(({ name }) => name === measure.name));
  const forNothing = letsNothing(only) || asksForLeast(question, splits);
  const shaped = await linesOf(
    { ...question, measures: told, untold, parts, splits, counted, before, buckets, currencies: several, isKept, only },
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
    isFarBeside: reach.farPeriod !== undefined,
    now: now.toMillis(),
    zone,
    zoneNote: await zoneNote(splits, shown, zone, reading),
  };
}

/** The currencies of all amounts that are told, those of the period that is compared with among them. */
async function currenciesOf(
  parts: readonly Counted[],
  counted: readonly CountedGroups[],
  { context }: Reading,
): Promise<readonly string[]> {
  const isHome = parts.some(({ inHomeCurrency }) => inHomeCurrency === true);
  const home = isHome ? await homeCurrency(context) : '';
  return [...new Set([...counted.flatMap(({ currencies }) => currencies), ...(home === '' ? [] : [home])])];
}

/** Currencies, those of the most records first. */
function byUse(counted: readonly CountedGroups[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const [currency, folded] of counted.flatMap(({ totals }) => [...totals.byCurrency]))
    uses.set(
      currency,
      folded.reduce((sum, { count }) => sum + count, uses.get(currency) ?? 0),
    );
  return [...uses].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
}

/**
 * The currencies that amounts are told apart by, where they are of several.
 * @throws {ToolInputError} where amounts of several currencies would be added up
 */
function severalOf(
  parts: readonly Counted[],
  splits: readonly Split[],
  counted: readonly CountedGroups[],
  currencies: readonly string[],
): readonly string[] {
  if (currencies.length < 2 || !parts.some(({ unit }) => unit === 'money')) return [];
  if (splits.some((split) => dimensionOf(split) === 'currency')) return byUse(counted);
  const own = parts.filter(({ inHomeCurrency }) => inHomeCurrency === true);
  const next =
    own.length === 0
      ? say`Send by: currency, or where with the field currency.`
      : say`${namesSaid(own)} is in your own. Send where with the field currency.`;
  throw new ToolInputError(
    'by',
    say`These amounts are in ${joined(currencies.map(cleanLine), ' and ')}, which are not added up. ${next}`,
  );
}

/**
 * The measures that can be told, and why the others cannot: no record has what they add up.
 * @throws {ToolInputError} where that leaves none
 */
function answerable(measures: readonly Measure[], parts: readonly Counted[], { totals }: CountedGroups) {
  const lackOf = (measure: Measure): Clean | undefined => {
    for (const part of partsOf(measure)) {
      const { count = 0, lacking = 0 } = totals.all[parts.indexOf(part)] ?? {};
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
