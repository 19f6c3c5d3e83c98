import { dateOf } from './day-phrase.ts';
import { ClockError } from './errors.ts';
import type { PhraseOptions, SaidDay, SaidTime } from './said.ts';

/** Hours before this one end a night; from the second on they begin one. */
const SMALL_HOURS = 6;
const EVENING = 17;
const NOON = 12;

/**
 * The day of a time that is said of a night: "last night at 2am" was today, at 10pm yesterday, and "tonight at 1am" is tomorrow.
 * Nobody who is up at half past midnight means the coming evening by "last night". `undefined` where the text says its day itself.
 * @throws {ClockError} for "tonight 1:30", which is no hour of a night in the half of the day that the parser takes, and for the
 * small hours of any other night: "Friday night at 1am" is said for both ends of it
 */
export function dayOfNight(
  text: string,
  time: SaidTime | undefined,
  { now, argument }: PhraseOptions,
): SaidDay | undefined {
  const isNamed = /\b(?:last night|tonight)\b/i.test(text);
  if (isNamed && time !== undefined && time.hour >= NOON && time.hour < EVENING)
    throw new ClockError(
      argument,
      'ambiguous',
      `${argument} ${JSON.stringify(text)} names a night and an hour of the day. Send the date and the time, like "${now.toISODate()} 01:30".`,
    );
  const isSmall = time !== undefined && time.hour < SMALL_HOURS && time.endOfDay !== true && time.isMidnight !== true;
  if (/\blast night\b/i.test(text)) return dateOf(isSmall ? now : now.minus({ days: 1 }));
  if (!isSmall || !/\b(?:to)?night\b/i.test(text)) return undefined;
  if (/\btonight\b/i.test(text)) {
    const isAhead =
      now.hour < SMALL_HOURS && (time.hour > now.hour || (time.hour === now.hour && time.minute > now.minute));
    return dateOf(isAhead ? now : now.plus({ days: 1 }));
  }
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be the morning of that day or the one behind the night. Send the date, like "${now.toISODate()} 01:00".`,
  );
}
