import type { DateTime } from 'luxon';
import type { Period } from '../clock/index.ts';
import { cleanLine, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';
import type { CalendarUnit } from '../tool/results/calendar-groups.ts';
import type { GroupName } from './groups/key.ts';
import { dimensionOf, type Split } from './groups/keys.ts';
import {
  type Counted,
  directionOf,
  hasHistory,
  isAheadOf,
  isByDays,
  isState,
  type Measure,
  namesSaid,
  partsOf,
  seesAhead,
} from './measure.ts';
import {
  type Bucket,
  bucketsOf,
  comparedWith,
  farPeriod,
  MOST_BUCKETS,
  periodOf,
  type ReportPeriod,
  whole,
} from './period.ts';

/** How far a report looks. */
export interface Reach {
  readonly period: ReportPeriod;
  /** The units of the calendar that are counted, or the period as one. */
  readonly buckets: readonly Bucket[];
  /** No measure asks for a period. */
  readonly isNow: boolean;
  /** Of a report for which no period was said and one is assumed: the one in which what is open-ended counts, whatever its date. */
  readonly farPeriod: Period | undefined;
}

interface Asked {
  /** The period as it was said. */
  readonly said: string | undefined;
  readonly parts: readonly Counted[];
  /** Of the calendar, where the report is split by one. */
  readonly unit: CalendarUnit | undefined;
  readonly now: DateTime<true>;
}

const hasPeriod = (part: Counted): boolean => part.when !== 'now';

/** A period in units of the calendar up to a moment, or as one where the report is not split by them. */
export const cut = async (
  period: Period,
  unit: CalendarUnit | undefined,
  until: DateTime,
  now?: DateTime,
): Promise<readonly Bucket[]> => (unit === undefined ? [whole(period)] : bucketsOf(period, unit, until, now));

/**
 * What counts whatever its date does so beside measures of a period that nobody said, too: the whole pipeline, and what was won of late.
 * @throws {ToolInputError} where both are split by the calendar, which has no place for the one or the other
 */
function farOf({ parts, unit, now }: Asked, { byDefault }: ReportPeriod): Period | undefined {
  const open = parts.filter(({ openEnded }) => openEnded === true);
  if (byDefault === undefined || byDefault === 'all time' || open.length === 0) return undefined;
  if (unit === undefined) return farPeriod(now);
  throw new ToolInputError(
    'period',
    say`period: ${namesSaid(open)} counts what is to come as well, the others what is past. Say a period.`,
  );
}

/**
 * The period as all measures of a report mean it.
 * @throws {ToolInputError} for "December", which has been for some of them and is to come for others
 */
function periodFor(asked: Asked, isNow: boolean): ReportPeriod {
  const { said, parts, unit, now } = asked;
  const timed = parts.filter(hasPeriod);
  const ahead = timed.filter((part) => directionOf(part) === 'ahead');
  const past = timed.filter((part) => directionOf(part) === 'past');
  const open = timed.every(({ openEnded }) => openEnded === true) && !isNow;
  const isAhead = parts.some((part) => part.ahead === true);
  const question = { said, unit, ahead: isAhead, open, byDays: parts.some(isByDays), now };
  if (said === undefined || ahead.length === 0) return periodOf(question);
  const coming = periodOf({ ...question, ahead: true });
  if (past.length === 0) return coming;
  const been = periodOf({ ...question, ahead: false });
  if (+been.start === +coming.start && +been.end === +coming.end) return coming;
  throw new ToolInputError(
    'period',
    say`period: "${cleanLine(said)}" is ${cleanLine(been.echo)} for ${namesSaid(past)}, and ${cleanLine(coming.echo)} for ${namesSaid(ahead)}. Say the year, or send one report for each.`,
  );
}

/** The period of a report, and how much of it is counted. @throws {ToolInputError} for one that has not begun, or has too many units */
export async function reachOf(asked: Asked): Promise<Reach> {
  const { parts, unit, now } = asked;
  const isNow = parts.every((part) => !hasPeriod(part) || (isState(part) && unit === undefined));
  const period = periodFor(asked, isNow);
  const isComing = period.start > now;
  if (isComing && parts.some((part) => !isAheadOf(part))) throw hasNotBegun(period);
  const sees = parts.map((part) => seesAhead(part, period, now));
  const until = isComing || sees.includes(true) ? period.end : now;
  const buckets = await cut(period, unit, until, sees.includes(false) ? now : undefined);
  if (buckets.length === 0) throw hasNotBegun(period);
  if (buckets.length > MOST_BUCKETS)
    throw new ToolInputError(
      'period',
      say`period: ${cleanLine(period.byDefault ?? period.echo)} has too many of by: ${cleanLine(unit)}. Send a shorter period or a longer unit.`,
    );
  return { period, buckets, isNow, farPeriod: farOf(asked, period) };
}

const hasNotBegun = ({ echo }: ReportPeriod): ToolInputError =>
  new ToolInputError('period', say`period: ${cleanLine(echo)} has not begun.`);

/** What a comparison follows from. */
interface Compared {
  readonly how: 'previous' | 'lastYear' | undefined;
  readonly measures: readonly Measure[];
  readonly period: ReportPeriod;
  readonly unit: CalendarUnit | undefined;
  readonly now: DateTime<true>;
}

/**
 * The period that is compared with, if one is.
 * @throws {ToolInputError} where Manage keeps no history of what is compared, or where some measures count all of a period that runs and
 *   others what has passed of it
 */
export function periodBefore({ how, measures, period, unit, now }: Compared): Period | undefined {
  if (how === undefined) return undefined;
  const parts = measures.flatMap(partsOf).filter(hasHistory);
  if (parts.length === 0)
    throw new ToolInputError(
      'compare',
      say`compare: ${namesSaid(measures)}: Manage keeps no history of it, so there is nothing to compare with.`,
    );
  const coming = parts.filter((part) => seesAhead(part, period, now));
  const isRunning = period.start < now && now < period.end;
  if (isRunning && coming.length > 0 && coming.length < parts.length)
    throw new ToolInputError(
      'compare',
      say`compare: ${namesSaid(coming)} counts all of ${cleanLine(period.echo)}, the others what has passed of it. Send one report for each.`,
    );
  return comparedWith(period, { how, split: unit, until: coming.length > 0 ? period.end : now, now });
}

/** Whether a part says something of a group: what has happened says nothing of a month to come, and 0 would be wrong. */
export function keptInTime(
  splits: readonly Split[],
  { period, buckets }: Reach,
  unit: CalendarUnit | undefined,
  now: DateTime<true>,
) {
  const place = splits.findIndex((split) => dimensionOf(split) === unit);
  return (part: Counted, group: readonly GroupName[]): boolean => {
    const bucket = unit === undefined ? undefined : buckets[group[place]?.rank ?? -1];
    return bucket === undefined || bucket.start <= now.toMillis() || seesAhead(part, period, now);
  };
}
