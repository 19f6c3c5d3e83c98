import { type Clean, cleanLine, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';
import { type CalendarUnit, UNITS } from '../tool/results/calendar-groups.ts';
import { BY_MEMBER, type Collection, kindOf } from './collection.ts';
import { capacityAhead, capacityDays } from './collections/capacity.ts';
import { projects } from './collections/others.ts';
import { phases } from './collections/phases.ts';
import { deviceTickets } from './collections/ticket-links.ts';
import { projectTickets, tickets } from './collections/tickets.ts';
import { type DimensionName, dimensionNamed, isCalendar, OF_TIME, OTHERWISE } from './dimensions.ts';
import { dimensionOf, type Split } from './groups/keys.ts';
import {
  type Counted,
  dateColumnOf,
  isByDays,
  isDerived,
  isState,
  type Measure,
  namesSaid,
  partsOf,
} from './measure.ts';
import { isOf, ownedDimension } from './owned.ts';

/** What a measure can be split by. */
function dimensionsOf(measure: Counted): readonly DimensionName[] {
  const { collection, when, age, without = [] } = measure;
  const own = (Object.keys(collection.ways) as DimensionName[]).filter((name) => !without.includes(name));
  const timed: DimensionName[] = when === 'now' ? [] : [...UNITS];
  if (dateColumnOf(measure) !== undefined) {
    timed.push('weekday');
    if (!isByDays(measure)) timed.push('hour');
  }
  if (age !== undefined && collection.age !== undefined) timed.push('age');
  return [...own, ...timed];
}

/** Words that mean one thing for tickets and another for invoices, deals or projects: types, statuses, whose it is. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['type', 'subtype', 'item', 'status', 'member', 'team']);

/** What an ambiguous dimension is of, for a measure. */
function ownerOf({ collection }: Counted, name: DimensionName): string {
  const { schema, ways } = collection;
  const isWork = name === 'member' && !['Project', 'Opportunity'].includes(schema);
  if (isWork) return 'work';
  if (ways[name]?.teams === true) return 'members';
  if (/Ticket$/.test(schema) || ways[name]?.through?.lookUp === 'ticket') return 'tickets';
  // Open and closed opportunities are of the same statuses and people.
  return schema || collection.noun;
}

/** Whether a dimension means the same for all of some parts. */
const isOneThing = (parts: readonly Counted[], name: DimensionName): boolean =>
  !AMBIGUOUS.has(name) || new Set(parts.map((part) => ownerOf(part, name))).size <= 1;

/** What all parts of a measure can be split by. */
export function allowedFor(measure: Measure): readonly DimensionName[] {
  const parts = partsOf(measure);
  const [first = [], ...others] = parts.map(dimensionsOf);
  return first.filter((name) => others.every((list) => list.includes(name)) && isOneThing(parts, name));
}

/** "week" and "month" in one text, `customFields/Root cause`, a dimension in any of its names, else a custom field's caption. */
function splitNamed(said: string): Split {
  const custom = /^custom ?fields?\s*[/:.]\s*(.+)$/i.exec(said.trim())?.[1];
  if (custom !== undefined) return { caption: custom };
  const timed = /:(day|week|month|quarter|year)$/i.exec(said.trim())?.[1]?.toLowerCase();
  const name = timed === undefined ? dimensionNamed(said) : (timed as CalendarUnit);
  return name === undefined ? { caption: said.trim() } : { name };
}

/** A split as the records have it. */
function heldBy(split: Split, measures: readonly Measure[]): Split {
  const other = 'name' in split ? OTHERWISE[split.name] : undefined;
  const isHeld = 'name' in split && measures.every((measure) => allowedFor(measure).includes(split.name));
  return other === undefined || isHeld ? split : { name: other };
}

/** `invoiceType`, where all that is counted are invoices: the type of tickets is no answer to it. */
function ownedBy(said: string, measures: readonly Measure[]): Split | undefined {
  const owned = ownedDimension(said);
  const isTheirs = owned !== undefined && measures.flatMap(partsOf).every(({ collection }) => isOf(owned, collection));
  return isTheirs ? { name: owned.dimension } : undefined;
}

/** Whether records have custom fields, or their customers have. */
const hasCustomFields = (measure: Measure): boolean =>
  partsOf(measure).every(({ collection }) => collection.hasCustomFields || collection.ways.company !== undefined);

/** How groups are ranked. */
interface Ranking {
  readonly top?: number | undefined;
  readonly orderBy?: string | undefined;
}

/**
 * What ranks groups needs groups: one total in the place of "the top five customers" would answer another question.
 * @throws {ToolInputError} for a number of groups, or an order of them, that means nothing
 */
export function checkRanking({ top, orderBy }: Ranking, splits: readonly Split[]): void {
  if (top !== undefined && top < 1) throw new ToolInputError('top', say`top has to be 1 or more.`);
  const name = (top !== undefined && 'top') || (orderBy !== undefined && 'orderBy');
  if (name === false || splits.length > 0) return;
  throw new ToolInputError(
    name,
    say`${cleanLine(name)}: without by there is one total and nothing to rank. Say by what.`,
  );
}

/** Measures that another is part of the name of and that can be split so: tickets that are overdue, where money is not split by member. */
function otherwise({ name }: Measure, split: Split, known: readonly Measure[]): Clean {
  const others = known.filter(
    (other) =>
      other.name !== name && other.name.startsWith(name) && 'name' in split && allowedFor(other).includes(split.name),
  );
  return others.length === 0 ? say`` : say` ${namesSaid(others)} can.`;
}

/** The measure that says nearly the same and can be split so. */
function widerSaid(measure: Measure, split: Split): Clean | undefined {
  const wider = isDerived(measure) ? measure.wider : undefined;
  if (wider === undefined || !('name' in split) || !allowedFor(wider).includes(split.name)) return undefined;
  return say`${cleanLine(wider.name)} can be split by ${split.name}: ${cleanLine(wider.says)}.`;
}

/**
 * @param known all measures, for what else can be split so
 * @throws {ToolInputError} with what a measure can be split by, for what it cannot
 */
export function splitsOf(
  said: readonly string[],
  measures: readonly Measure[],
  known: readonly Measure[],
): readonly Split[] {
  const words = said.flatMap((text) => text.split(/\s*[,;]\s*|\s+and\s+/)).filter((text) => text !== '');
  if (words.length > 2) throw new ToolInputError('by', say`by takes at most two dimensions.`);
  const splits = words.map((word) => ownedBy(word, measures) ?? heldBy(splitNamed(word), measures));
  for (const split of splits)
    for (const measure of measures) {
      const allowed = allowedFor(measure);
      const isPossible = 'name' in split ? allowed.includes(split.name) : hasCustomFields(measure);
      if (isPossible) continue;
      const what = 'name' in split ? split.name : split.caption;
      throw new ToolInputError(
        'by',
        say`by: ${cleanLine(measure.name)} cannot be split by ${cleanLine(what)}${why(measure, split)}${otherwise(measure, split, known)}`,
        { allowed: allowed.map(cleanLine), next: widerSaid(measure, split) },
      );
    }
  for (const split of splits) {
    if (!('name' in split) || isOneThing(measures.flatMap(partsOf), split.name)) continue;
    throw new ToolInputError(
      'by',
      say`by: ${cleanLine(split.name)} means different things for ${namesSaid(measures)}. Send one report for each.`,
    );
  }
  const calendars = splits.map(dimensionOf).filter(isCalendar);
  const stands = measures.find((measure) => isDerived(measure) && measure.isShare && partsOf(measure).some(isState));
  if (calendars.length > 0 && stands !== undefined)
    throw new ToolInputError(
      'by',
      say`by: ${cleanLine(stands.name)} stands anew in each ${cleanLine(calendars[0])}, so there is no total of all of them to have a share of.`,
    );
  if (calendars.length > 1) throw new ToolInputError('by', say`by: send one unit of the calendar only.`);
  return splits;
}

function why(measure: Measure, split: Split): Clean {
  const isNow = partsOf(measure).some(({ when }) => when === 'now');
  return isCalendar(dimensionOf(split)) && isNow
    ? say`: Manage keeps no history of it, so it is known as of now only.`
    : say`.`;
}

/** The unit of the calendar among splits; there is one at most. */
export const calendarIn = (splits: readonly Split[]): CalendarUnit | undefined =>
  splits.map(dimensionOf).find(isCalendar);

/** Whether the groups of a split come from a date of the record. */
export const isOfTime = (split: Split | undefined): boolean => OF_TIME.has(dimensionOf(split) ?? '');

/** What a measure counts in place of what. */
interface Move {
  readonly from: Collection;
  readonly to: Collection;
  /** How its sentence calls both, where it tells them apart. */
  readonly words?: readonly [from: string, to: string];
  /** The measures that there are of the other; all of them where it is left out. */
  readonly only?: readonly string[];
}

/** The same measure over another collection, as far as it counts what is moved. */
function moved(measure: Measure, move: Move): Measure {
  const { from, to, words, only } = move;
  const says = words === undefined ? measure.says : measure.says.replaceAll(...words);
  if (isDerived(measure)) return { ...measure, says, of: measure.of.map((part) => moved(part, move)) };
  const isMoved = kindOf(measure.collection) === from.name && (only?.includes(measure.name) ?? true);
  return isMoved ? { ...measure, says, collection: to } : measure;
}

/** The same measure with all the capacity of its period, not only what has passed: for plans. */
export const withWholeCapacity = (measure: Measure): Measure =>
  moved(measure, { from: capacityDays, to: capacityAhead, words: [', up to today', ''] });

/** The same measure of hours over the phases of projects. */
export const onPhases = (measure: Measure): Measure =>
  moved(measure, {
    from: projects,
    to: phases,
    words: ['open projects', 'phases of open projects'],
    only: ['budget', 'actual'],
  });

/** The same measure over project tickets, which Manage keeps apart from service tickets. */
export const onProjects = (measure: Measure): Measure =>
  moved(measure, { from: tickets, to: projectTickets, words: ['service tickets', 'project tickets'] });

/** The same measure over service tickets with the configurations on them, which are read for one ticket at a time. */
export const onDevices = (measure: Measure): Measure => moved(measure, { from: tickets, to: deviceTickets });

/** Whether the teams of a measure are those that members are in. */
export const isOfMembers = ({ collection }: Counted): boolean => collection.ways.team?.teams === true;

/**
 * The same measure with the hours of members told apart by the teams that they are in, as their capacity is, not by the one that a
 * ticket is given to.
 */
export function onTeamsOfMembers(measure: Measure): Measure {
  if (isDerived(measure)) return { ...measure, of: measure.of.map((part) => onTeamsOfMembers(part) as Counted) };
  const { collection } = measure;
  if (collection.schema !== 'TimeEntry' || isOfMembers(measure)) return measure;
  return { ...measure, collection: { ...collection, ways: { ...collection.ways, team: BY_MEMBER.team } } };
}
