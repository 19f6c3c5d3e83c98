import { DateTime } from 'luxon';
import { echoPeriod, type Period } from '../clock/index.ts';
import type { WhereEntry } from '../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { readablePart, type ToolContext, ToolInputError } from '../tool/index.ts';
import { leaveTypes } from './collections/capacity.ts';
import { type Count, type CountedGroups, countGroups } from './compute.ts';
import { affordable, ManyRequests } from './costly.ts';
import { dimensionNamed } from './dimensions.ts';
import { emptyGroups } from './empty-groups.ts';
import { type Filters, readFilters, recordsNamed } from './filters.ts';
import type { GroupName } from './key.ts';
import { dimensionOf, type Split } from './keys.ts';
import { hasHistory, linesOf } from './lines.ts';
import { readMembers } from './look-ups.ts';
import { type Counted, isByDays, isDerived, isState, type Measure, partsOf } from './measure.ts';
import { measureNamed, measuresFor, namesOf } from './measures/index.ts';
import {
  type Bucket,
  bucketsOf,
  comparedWith,
  MOST_BUCKETS,
  periodOf,
  type ReportPeriod,
  WallClock,
  whole,
} from './period.ts';
import { calendarIn, checkRanking, onDevices, onPhases, onProjects, splitsOf, withWholeCapacity } from './question.ts';
import type { Table } from './table.ts';
import { type Reading, TableCache } from './table-cache.ts';
import { type Line, lackingOf } from './values.ts';
import { zoneNote } from './zones.ts';

/** What is asked. */
export interface ReportQuestion {
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly period?: string | undefined;
  readonly compare?: 'previous' | 'lastYear' | undefined;
  readonly where: readonly WhereEntry[];
  readonly top?: number | undefined;
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
  readonly comparison: string | undefined;
  /** No measure asks for a period. */
  readonly isNow: boolean;
  readonly lines: readonly Line[];
  readonly labels: readonly ((name: GroupName) => string)[];
  readonly totals: Line;
  /** What the top leaves out, told together. */
  readonly rest: { readonly count: number; readonly line: Line } | undefined;
  readonly counted: CountedGroups;
  readonly lacking: ReturnType<typeof lackingOf>;
  readonly filters: Filters;
  readonly parts: readonly Counted[];
  readonly buckets: readonly Bucket[];
  /** Groups of the first split. */
  readonly groups: number;
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

const isDevice = (name: string): boolean => dimensionNamed(name) === 'configuration';

const isPhase = (name: string): boolean => /^phases?$/i.test(name);

/** Service tickets, or those of projects where the question is about a project, a phase or a board of projects. */
async function aboutProjects(dimensions: readonly string[], filters: Filters, reading: Reading): Promise<boolean> {
  if (dimensions.some((name) => isPhase(name) || /^projects?$/i.test(name))) return true;
  const boards = filters.dimensions.filter(({ dimension, negated }) => dimension === 'board' && !negated);
  const records = await Promise.all(
    boards.flatMap(({ values }) => values.map((value) => recordsNamed('board', value, reading))),
  );
  const found = records.flat();
  return found.length > 0 && found.every(({ record }) => record.projectFlag === true);
}

/**
 * Whether a part says something of a group: service tickets say nothing of a board of projects, whose tickets Manage keeps apart, and
 * 0 would be wrong.
 */
async function keptOnOtherBoards(splits: readonly Split[], { names }: ToolContext) {
  const place = splits.findIndex((split) => dimensionOf(split) === 'board');
  const boards = place < 0 ? [] : await readablePart(names.list('board'));
  const ofProjects = new Set(boards.filter(({ record }) => record.projectFlag === true).map(({ id }) => String(id)));
  return (part: Counted, group: readonly GroupName[]): boolean =>
    place < 0 || part.collection.schema !== 'Ticket' || !ofProjects.has(group[place]?.id ?? '');
}

/** @throws {ToolInputError} for no measure, too many, or one that does not exist */
function measuresSaid(texts: readonly string[], known: readonly Measure[]): readonly Measure[] {
  const said = texts.flatMap((text) => text.split(/\s*,\s*|\s+(?:and|vs\.?|versus)\s+/)).filter((text) => text !== '');
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
  const names = joined(
    measures.map(({ name }) => cleanLine(name)),
    ', ',
  );
  throw new ToolInputError(
    'compare',
    say`compare: ${names}: Manage keeps no history of it, so there is nothing to compare with.`,
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
  const filters = readFilters(question.where);
  // Filled where a measure needs it, which is known once the measures are.
  const leave = new Set<number>();
  const span = { days: Number.NaN };
  const known = measuresFor({
    dayOf: (moment) => clock.dayOf(moment),
    leave,
    costOf: (member) => costOf(member, members),
    days: () => span.days,
  });
  const named = measuresSaid(question.measures, known);
  const needs = new Set(named.flatMap(partsOf).map((part) => part.needs));
  const members = await readMembers(reading, needs.has('cost'));
  if (needs.has('leave')) for (const id of await leaveTypes(reading)) leave.add(id);
  const dimensions = [...question.by, ...filters.dimensions.map(({ dimension }) => dimension)];
  const isOnProjects = await aboutProjects(dimensions, filters, reading);
  const isPlanned = named.some(({ name }) => name === 'scheduled');
  const planned = isPlanned ? named.map(withWholeCapacity) : named;
  const areas = isOnProjects ? planned.map(onProjects) : planned;
  const phased = dimensions.some(isPhase) ? areas.map(onPhases) : areas;
  const measures = dimensions.some(isDevice) ? phased.map(onDevices) : phased;
  const parts = [...new Set(measures.flatMap(partsOf))];
  const splits = splitsOf(question.by, measures);
  checkRanking(question, splits);
  const unit = calendarIn(splits);
  const hasPeriod = (part: Counted): boolean => part.when !== 'now';
  const isAhead = parts.some(({ ahead }) => ahead === true);
  const isOpen = parts.filter(hasPeriod).every(({ openEnded }) => openEnded === true);
  const isNow = parts.every((part) => !hasPeriod(part) || (isState(part) && unit === undefined));
  const byDays = parts.some(isByDays);
  const period = periodOf({ said: question.period, unit, ahead: isAhead, open: isOpen && !isNow, byDays, now });
  const until = isAhead || isOpen ? period.end : now;
  span.days = DateTime.min(period.end, now).diff(period.start, 'days').days;
  const buckets = cut(period, unit, until);
  const isComing = period.start > now && parts.some((part) => !isAheadOf(part));
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
    now,
    clock,
    members,
    confirmed: question.confirmed,
  };
  const counting = (one: Count) => countGroups(one, reading).catch((error) => setApart(error, named, measures));
  const counted = await counting(count);
  const { told, untold, missing } = answerable(measures, parts, counted);
  const shown = [...new Set(told.flatMap(partsOf))];
  checkCurrencies(shown, splits, counted);
  const other = periodBefore(question, { measures: told, period, unit, now });
  // All units of a period that is compared with are over.
  const before =
    other === undefined ? undefined : await counting({ ...count, period: other, buckets: cut(other, unit, other.end) });
  const isKept = await keptOnOtherBoards(splits, context);
  const shaped = linesOf(
    { ...question, measures: told, untold, parts, splits, counted, before, buckets, isKept },
    await emptyGroups(splits[0], shown, filters, reading),
  );
  return {
    ...shaped,
    measures: told,
    missing,
    splits,
    period,
    comparison: other && echoPeriod(other, now, undefined),
    isNow,
    counted,
    lacking: lackingOf(parts, counted).filter(({ part }) => shown.includes(part)),
    filters,
    parts: shown,
    buckets,
    now: now.toMillis(),
    zone,
    zoneNote: await zoneNote(splits, shown, zone, reading),
  };
}

/** A period in units of the calendar up to a moment, or as one where the report is not split by them. */
const cut = (period: Period, unit: ReturnType<typeof calendarIn>, until: DateTime): readonly Bucket[] =>
  unit === undefined ? [whole(period)] : bucketsOf(period, unit, until);

/** Whether a part knows something of days to come. */
const isAheadOf = ({ ahead, openEnded, when, collection }: Counted): boolean =>
  ahead === true || openEnded === true || when === 'now' || collection.name.startsWith('capacity');

/** @throws {ToolInputError} where amounts of several currencies would be added up */
function checkCurrencies(parts: readonly Counted[], splits: readonly Split[], { currencies }: CountedGroups): void {
  const isApart = splits.some((split) => dimensionOf(split) === 'currency');
  if (currencies.length < 2 || isApart || !parts.some(({ unit }) => unit === 'money')) return;
  throw new ToolInputError(
    'by',
    say`These amounts are in ${joined(currencies.map(cleanLine), ' and ')}, which are not added up. Send by: currency, or where with the field currency.`,
  );
}

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

/** What measures mean, a sentence each: all of them, or those whose name alone does not tell. */
export const definitionsOf = (measures: readonly Measure[], all: boolean): readonly Clean[] =>
  measures
    .filter((measure) => all || isDerived(measure) || measure.unit === 'percent' || measure.isExplained === true)
    .map(({ name, says }) => say`${cleanLine(name)}: ${cleanLine(says)}.`);
