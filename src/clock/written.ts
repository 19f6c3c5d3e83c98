import { DateTime, IANAZone } from 'luxon';
import { ClockError } from './errors.ts';
import type { PhraseOptions, Said, SaidDay } from './said.ts';

/** No phrase about time is longer; what is would only keep the parser busy. */
const LONGEST = 200;

/**
 * The text without what models carry over from the conditions language (`[2026-03-04T15:00:00Z]`, quotes) and extra blanks.
 * @throws {ClockError} for a text longer than any phrase
 */
export function bare(said: string, argument: string): string {
  // Bounded before anything looks at it.
  const text = said.length > LONGEST * 10 ? said : said.trim();
  if (text.length > LONGEST)
    throw new ClockError(
      argument,
      'tooWordy',
      `${argument} is ${text.length} characters long; a time takes at most ${LONGEST}. Send the time alone, like "yesterday 2pm".`,
    );
  return text
    .replace(/^[["'\s]+|["'\]\s]+$/g, '')
    .replace(/\]?(\.\.)\[?/g, '$1')
    .replace(/\s+/g, ' ');
}

/** An ISO date, with or without a time and an offset. */
export const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** How a moment may be sent; for errors. */
export const EXAMPLES = '"2pm", "yesterday 14:00", "2026-03-04 14:00" or "2026-03-04T19:00:00Z"';

/** Two times on a date, with a dash between them that looks like an offset: `2026-12-04 14:00-16:00`. */
const DATE_AND_TIMES = /^(\d{4}-\d{2}-\d{2}) (\d{1,2}:\d{2})-(\d{2}:\d{2})$/;

/**
 * The halves of `2026-12-04 10:00-11:00`, which is from ten to eleven, and of nothing else. Behind a `T`, and where the second time is
 * not the later one, it is an offset.
 * @throws {ClockError} where it is the offset of the person's own zone as well
 */
export function timesOfDate(text: string, { now, argument }: PhraseOptions): readonly [string, string] | undefined {
  const [, date = '', start = '', end = ''] = DATE_AND_TIMES.exec(text) ?? [];
  if (date === '' || end <= start.padStart(5, '0')) return undefined;
  const own = DateTime.fromISO(date, { zone: now.zone });
  if (own.isValid && own.toFormat('ZZ') === `-${end}`)
    throw new ClockError(
      argument,
      'ambiguous',
      `${argument} ${JSON.stringify(text)} can be read as a range or as a time with its offset. Send "${date} ${start} to ${end}" or "${date}T${start.padStart(5, '0')}-${end}".`,
    );
  return [`${date} ${start}`, end];
}

/** An ISO date or moment; `undefined` for other texts. @throws {ClockError} for a date that does not exist */
export function iso(text: string, options: PhraseOptions): Said | undefined {
  const { argument } = options;
  const found = ISO.exec(text);
  if (found === null || timesOfDate(text, options) !== undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour, minute = 0] = found
    .slice(1, 6)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const offset = found[7];
  const endOfDay = hour === 24 && minute === 0;
  if (!DateTime.utc(year, month, day, endOfDay ? 0 : (hour ?? 0), minute).isValid)
    throw new ClockError(
      argument,
      'notInCalendar',
      `${argument} ${JSON.stringify(text)} is not a date that exists. Send ${EXAMPLES}.`,
    );
  const date: SaidDay = { kind: 'date', year, month, day };
  if (hour === undefined) return { text, day: date };
  const minutes = offset === undefined ? undefined : offsetMinutes(offset);
  return { text, day: date, time: { hour: endOfDay ? 0 : hour, minute, endOfDay, certain: true, offset: minutes } };
}

function offsetMinutes(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)));
}

/** Two or three numbers of a date; "1.5 days" is a length. */
const NUMERIC =
  /\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?\b(?! ?(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?|years?)\b)/;

/** 03/04 is April or March as one likes; 13/04 is not. */
export function refuseAmbiguous(text: string, { argument, now }: PhraseOptions): void {
  const numeric = NUMERIC.exec(text);
  if (numeric === null) return;
  const [a, b] = [Number(numeric[1]), Number(numeric[2])];
  if (a > 12 || b > 12 || a === b || a === 0 || b === 0) return;
  const year = numeric[3] === undefined ? String(now.year) : numeric[3].padStart(4, '20');
  const date = (month: number, day: number): string =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be read as ${date(a, b)} or ${date(b, a)}. Send the one you mean.`,
  );
}

/** A zone after the time, `2026-03-04 14:00 America/Chicago` or in brackets as answers show it, with a remark. */
const NAMED_ZONE = /^(.*?)\s*\(?([A-Za-z]+(?:\/[A-Za-z0-9_+-]+)*)(?:,[^()]*)?\)?$/;
const UTC_ZONE = /^(.*?)\s*\b(?:utc|gmt|zulu)([+-]\d{1,2}(?::?\d{2})?)?$/i;
/** Words that may end a phrase and are not zones. */
const hasZoneForm = (name: string): boolean => name.includes('/') && IANAZone.isValidZone(name);

/** A text without its zone. */
export interface Zoned {
  readonly rest: string;
  readonly zone?: string;
  readonly offset?: number;
}

/** A zone or offset that the text itself names, and the rest of the text. */
export function ownZone(text: string): Zoned {
  const named = NAMED_ZONE.exec(text);
  const bracketed = /\(([A-Za-z0-9_/+-]+)(?:,[^()]*)?\)$/.exec(text)?.[1];
  const zone = bracketed ?? named?.[2];
  const isZone = zone !== undefined && (hasZoneForm(zone) || (bracketed !== undefined && IANAZone.isValidZone(zone)));
  const rest = isZone ? text.slice(0, text.lastIndexOf(bracketed === undefined ? zone : '(')).trim() : text;
  const utc = UTC_ZONE.exec(rest);
  if (utc === null || utc[1] === '') return { rest, zone: isZone ? zone : undefined };
  const hours = utc[2];
  if (hours === undefined) return { rest: utc[1] ?? '', zone: isZone ? zone : 'utc' };
  const [, sign, hour, minute = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(hours) ?? [];
  return {
    rest: utc[1] ?? '',
    zone: isZone ? zone : undefined,
    offset: (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute)),
  };
}
