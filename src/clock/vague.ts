import type { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import type { PhraseOptions } from './said.ts';

const UNIT = '(?:minute|min|hour|hr|day|week|fortnight|month|quarter|year)s?';
/** "2 weeks later", "an hour earlier", "the next day", "the day after": of a start or of what is stored, hardly of now. */
const FROM_ELSEWHERE = new RegExp(
  `\\b${UNIT} (?:later|earlier|(?:after|before)(?:wards?|hand)?$)|\\b(?:next|following|previous|preceding|same) day\\b`,
  'i',
);

/** What people say that has no exact reading, and what is to be sent instead. */
const VAGUE: readonly (readonly [RegExp, (now: DateTime, takesRange: boolean) => string])[] = [
  [
    // In a change this is "a day later than it is", elsewhere "in a day".
    new RegExp(`^\\s*[+-]\\s*\\d+(?:[.,]\\d+)? ?(?:${UNIT}|[hdwmy])\\s*$`, 'i'),
    (now) =>
      `does not say from when it counts. Send "in 2 days" or "2 days ago" for what counts from now, or the date, like ${now.plus({ days: 14 }).toISODate()}`,
  ],
  [
    FROM_ELSEWHERE,
    (now) =>
      `counts from something else than now. Send the date, like ${now.plus({ days: 14 }).toISODate()}, or the time`,
  ],
  [
    /\b(?:business|working) days?\b/i,
    (now) => `depends on working days and holidays. Send the date, like ${now.plus({ days: 1 }).toISODate()}`,
  ],
  [
    /\b(?:mid|middle|early|late|later|sometime|some time)\b[ -](?!(?:than|on)\b)(?!tonight|today)/i,
    (now, takesRange) =>
      takesRange
        ? `has no exact bounds. Send a date, or a range like ${now.toISODate()}..${now.plus({ days: 6 }).toISODate()}`
        : `is no exact day. Send the date, like ${now.plus({ days: 14 }).toISODate()}`,
  ],
  [
    /\b(?:few|several|some|many) (?:minutes?|hours?|days?|weeks?|months?)\b/i,
    () => 'does not say how many. Send a number',
  ],
  [
    /\b(?:fy ?'?\d*|financial|fiscal)\b/i,
    (now) => `begins on another date in each company. Send its dates, like ${now.year}-07-01..${now.year + 1}-06-30`,
  ],
];

/** @throws {ClockError} for what people say that has no exact reading, with what to send in its place */
export function refuseVague(text: string, { now, argument, takesRange = false }: PhraseOptions): void {
  const found = VAGUE.find(([pattern]) => pattern.test(text));
  if (found !== undefined)
    throw new ClockError(argument, 'ambiguous', `${argument} ${JSON.stringify(text)} ${found[1](now, takesRange)}.`);
}

/** So many years ahead are planned for. */
const YEARS_AHEAD = 10;

/** "2027" as when something is due can be the year as well as 20:27. @throws {ClockError} for a number that can be both */
export function refuseYear(text: string, { now, argument }: PhraseOptions): void {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year < now.year || year > now.year + YEARS_AHEAD) return;
  const clock = `${text.slice(0, 2)}:${text.slice(2)}`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be read as the year or as ${clock}. Send "today ${clock}", or a date like ${year}-01-31.`,
  );
}
