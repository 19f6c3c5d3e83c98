import type { DateTime } from 'luxon';
import type { Period } from '../clock/index.ts';
import { type Counted, isAheadOf } from './measure.ts';

/** Whether a period is one to come: no part of it was before today. */
export const isToCome = ({ start }: Period, now: DateTime): boolean => start >= now.startOf('day');

/** Whether a period that may be either, such as "December", is the coming one: of what is to end, and of what is expected. */
export const meansAhead = (parts: readonly Counted[]): boolean =>
  parts.some(({ ahead }) => ahead === true) || parts.every(({ isExpected }) => isExpected === true);

/**
 * Up to when the units of a period are told: to its end where something in it can be known ahead, else up to now.
 * @param isOpen everything counts, whatever its date
 */
export function toldUntil(parts: readonly Counted[], period: Period, isOpen: boolean, now: DateTime): DateTime {
  const isKnownAhead =
    isOpen ||
    parts.some(({ ahead }) => ahead === true) ||
    parts.every(({ isPlanned }) => isPlanned === true) ||
    // "The next three months" begin today.
    (isToCome(period, now) && (period.start > now || parts.some(({ isForeseen }) => isForeseen === true)));
  return isKnownAhead ? period.end : now;
}

/** Whether a period is asked of what is known only once it has happened. */
export const isTooEarly = (parts: readonly Counted[], { start }: Period, now: DateTime): boolean =>
  start > now && parts.some((part) => !isAheadOf(part));
