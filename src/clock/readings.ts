import type { DateTime } from 'luxon';
import { echoDay, echoMoment, echoPeriod } from './echo.ts';
import { ClockError } from './errors.ts';
import { readHours } from './hours.ts';
import { dayAt, momentAt } from './moment.ts';
import { type Period, periodOf } from './period.ts';
import type { ReadOptions } from './recognise.ts';

export interface MomentOptions extends ReadOptions {
  /** The time of day, `HH:mm`, that a day without one stands for; without it such a day is refused. */
  readonly dayMeans?: string;
}

export interface Moment {
  /** In the zone of `now`, whole minutes where a clock was read. */
  readonly at: DateTime<true>;
  /** False where only a day was said. */
  readonly precise: boolean;
  /** How it was understood, for the answer; reads back to the same moment. */
  readonly echo: string;
}

/**
 * A moment that somebody said, on the wall clock of `now`'s zone unless the text has a zone or offset of its own.
 * @throws {ClockError}
 */
export function readMoment(text: string, { dayMeans, ...options }: MomentOptions): Moment {
  try {
    const at = momentAt(text, options);
    return { at, precise: true, echo: echoMoment(at, options.now) };
  } catch (error) {
    if (dayMeans === undefined || !(error instanceof ClockError) || error.code !== 'noTime') throw error;
  }
  const [hour, minute] = dayMeans.split(':').map(Number);
  const at = dayAt(text, options).set({ hour, minute });
  return { at, precise: false, echo: `${echoMoment(at, options.now)}, as no time was given` };
}

export interface Day {
  /** The calendar date, `2026-03-04`, which no zone shifts. */
  readonly day: string;
  /** Its local midnight in the zone of `now`. */
  readonly at: DateTime<true>;
  readonly echo: string;
}

/** A calendar day that somebody said. @throws {ClockError} */
export function readDay(text: string, options: ReadOptions): Day {
  const at = dayAt(text, options);
  return { day: at.toISODate(), at, echo: echoDay(at, options.now) };
}

export interface SaidPeriod extends Period {
  /** Its dates and zone, for the answer: "Mon 23 Nov to Sun 29 Nov (America/New_York)". */
  readonly echo: string;
}

/** A period that somebody said, half-open, times of day counted. @throws {ClockError} */
export function readPeriod(text: string, options: ReadOptions): SaidPeriod {
  const period = periodOf(text, options);
  return { ...period, echo: echoPeriod(period, options.now) };
}

export interface LengthOptions {
  readonly argument: string;
  /** What a bare number counts; `unsaid` refuses one that could be either. */
  readonly unit?: 'hours' | 'minutes' | 'unsaid';
  /** The longest that is taken, in minutes; a day when left out. */
  readonly most?: number;
}

const DAY_MINUTES = 24 * 60;

/** A length of time in whole minutes. @throws {ClockError} */
export function readLength(
  given: string | number,
  { argument, unit = 'hours', most = DAY_MINUTES }: LengthOptions,
): number {
  const bare = typeof given === 'number' ? given : Number(given.trim() || Number.NaN);
  const isBare = Number.isFinite(bare);
  const minutes = Math.round(isBare && unit === 'minutes' ? bare : readHours(given, { argument }) * 60);
  if (minutes <= most) return minutes;
  const meant = isBare ? ` Do you mean "${bare} minutes"?` : '';
  throw new ClockError(
    argument,
    'tooLong',
    `${argument} ${JSON.stringify(given)} is ${minutes / 60} hours, more than the ${most / 60} allowed.${meant}`,
  );
}
