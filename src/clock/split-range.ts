import { ClockError } from './errors.ts';
import type { PhraseOptions } from './said.ts';
import { MONTH, MONTHS, WEEKDAY, WHICH, withDigits } from './spelling.ts';
import { ISO, timesOfDate } from './written.ts';

const BETWEEN = /^(?:(.{1,40}) )?between (.+?) and (.+)$/i;
/** "now - 2h" is a moment, "now - 5pm" a range. */
const RANGE =
  /^(?!now ?[-–—] ?\d+(?:[.,]\d+)? ?(?![ap]\.?m)[a-z]{1,8}$)(?:from )?(.+?)(?: ?(?:\.\.+|–|—) ?| (?:to|until|till?|'til|through|thru|-) )(.+)$/i;
/** Two ISO dates or moments, as ISO writes intervals. */
const INTERVAL = /^(\d{4}-\d{2}-\d{2}\S*) ?\/ ?(\d{4}-\d{2}-\d{2}\S*)$/;
const CLOCK_TIME = '(?:noon|midday|midnight)|\\d{1,2}(?:[:.]\\d{2})?(?: ?[ap]\\.?m\\.?)?';
/** "14:00-14:45", "9-10:30am", "0900-1030"; not the dashes of a date or of "9-13 November". */
const DASHED = new RegExp(
  `(?<![\\d-])(${CLOCK_TIME}|\\d{4}) ?- ?(${CLOCK_TIME}|\\d{4})(?![\\d-]| ?(?:of )?${MONTH}\\b)`,
  'i',
);

const ORDINAL = '(?:st|nd|rd|th)?';
const AND = ' ?(?:-|–|\\bto\\b|\\band\\b|\\buntil\\b|\\btill?\\b|\\bthrough\\b|\\bthru\\b) ?';
const DAYS_THEN_MONTH = new RegExp(
  `^(?:from |between )?(?:the )?(\\d{1,2})${ORDINAL}${AND}(?:the )?(\\d{1,2})${ORDINAL} (?:of )?(${MONTH})(?:,? (\\d{4}))?$`,
  'i',
);
const MONTH_THEN_DAYS = new RegExp(
  `^(?:from |between )?(${MONTH}) (\\d{1,2})${ORDINAL}${AND}(\\d{1,2})${ORDINAL}(?:,? (\\d{4}))?$`,
  'i',
);

const isMonth = (word = ''): boolean => MONTHS.includes(word.slice(0, 3).toLowerCase());

/** Days of one month with a dash: "1 to 15 November" and "between Nov 1 and 15" give `1-15 November`. Other texts as they are. */
export function joinedDays(text: string): string {
  const [, first, last, month, year] = DAYS_THEN_MONTH.exec(text) ?? [];
  if (isMonth(month)) return [`${first}-${last}`, month, year].filter((part) => part !== undefined).join(' ');
  const [, begun, from, to, of] = MONTH_THEN_DAYS.exec(text) ?? [];
  return isMonth(begun) ? [`${from}-${to}`, begun, of].filter((part) => part !== undefined).join(' ') : text;
}

const SOME_WEEK = `${WHICH} week`;
const WEEKDAYS_OF = new RegExp(
  `^(?:from |between )?(?:(${SOME_WEEK}),? )?(${WEEKDAY})${AND}(${WEEKDAY})(?:,? (?:of )?(${SOME_WEEK}))?$`,
  'i',
);

/** Two weekdays of one week, which belongs to both: "Monday to Wednesday last week". Other texts as they are. */
export function sharedWeek(text: string): string {
  const [, before, first, last, behind] = WEEKDAYS_OF.exec(text) ?? [];
  const week = before ?? behind;
  return week === undefined || (before !== undefined && behind !== undefined)
    ? text
    : `${first} ${week} to ${last} ${week}`;
}

/** "Twenty to four" is a time of day, and "ten to three" may be one or two. */
const MINUTES_TO = /\b(?:quarter|twenty[- ]five|twenty|\d{1,2} (?:minutes|mins)) to (?!now\b)(?=[\da-z])/i;
const EITHER =
  /\b(?<![:.])(five|ten|20|25) to (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])(?![\w:.]| ?[ap]\.?m)/i;

function refuseEither(text: string, argument: string): void {
  const [said, minutes = '', hour = ''] = EITHER.exec(text) ?? [];
  if (said === undefined) return;
  const [from, to] = [Number(withDigits(minutes)), Number(withDigits(hour))];
  const clock = `${to === 1 ? 12 : to - 1}:${60 - from}`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be read as ${clock} or as from ${from}:00 to ${to}:00. Send the one you mean.`,
  );
}

/** A day that is said in full, so that a number behind it is an hour. */
const FULL_DAY = `today|tomorrow|yesterday|\\d{4}-\\d{2}-\\d{2}|(?:${WEEKDAY},? )?(?:\\d{1,2}${ORDINAL}(?: of)? ${MONTH}|${MONTH} \\d{1,2}${ORDINAL})(?:,? \\d{4})?|(?:${WEEKDAY},? )?(?:the )?\\d{1,2}(?:st|nd|rd|th)`;
const AFTER_FULL_DAY = new RegExp(`(?:^|\\b)(?:${FULL_DAY}|morning|afternoon|evening|tonight),? (?:from )?$`, 'i');
const DAY_AND_NUMBER = new RegExp(`^((?:on )?(?:(?:last|this|next) )?(?:(${FULL_DAY})|${WEEKDAY})),? (\\d{1,2})$`, 'i');
/** Words and a number, which is no day of a month. */
const WORDS_AND_NUMBER = new RegExp(
  `^(.*[a-z])(?<!\\b(?:${MONTH}|the|past|to|from|at|and|between)),? (\\d{1,2})$`,
  'i',
);
const ENDS_AT = /^\d{1,2}(?<minutes>[:.]\d{2})?(?<half> ?[ap]\.?m\.?)?(?: [a-z/_ ]+)?$/i;

/**
 * The start of a range with its number told as an hour, where it can be nothing else: "Friday 2" before "4pm", "4 Dec 9" before "12".
 * "Monday 9" before "12" stays as it is, because dates are written like that as well.
 */
function withHour(start: string, end: string): string {
  const until = ENDS_AT.exec(end)?.groups;
  if (until === undefined) return start;
  const said = DAY_AND_NUMBER.exec(start);
  if (said === null) return until.half === undefined ? start : start.replace(WORDS_AND_NUMBER, '$1 at $2');
  const isHour = said[2] !== undefined || until.minutes !== undefined || until.half !== undefined;
  return isHour ? `${said[1]} at ${said[3]}` : start;
}

const FOUR_DIGITS = /^(?:[01]\d|2[0-3])[0-5]\d$/;

/** Two bare numbers with a dash are times only where nothing else is said, or a whole day before them. */
function isClock([whole, first = '', second = '']: RegExpExecArray, before: string, text: string): boolean {
  if (/[:apmn]/i.test(first + second)) return true;
  if ((first.length === 4) !== (second.length === 4)) return false;
  if (first.length === 4 && !(FOUR_DIGITS.test(first) && FOUR_DIGITS.test(second))) return false;
  // "2025-2026" are years.
  if (whole === text) return !(/^20[12]\d$/.test(first) && Number(second) - Number(first) === 1);
  return AFTER_FULL_DAY.test(before) || (first.length === 4 && new RegExp(`${WEEKDAY},? $`, 'i').test(before));
}

function halves(text: string): readonly [string, string] | undefined {
  const between = BETWEEN.exec(text);
  if (between !== null) return [`${between[1] ?? ''} ${between[2]}`, between[3] ?? ''];
  const found = INTERVAL.exec(text) ?? RANGE.exec(text);
  if (found !== null) return [found[1] ?? '', found[2] ?? ''];
  const dashed = DASHED.exec(text);
  if (dashed === null || !isClock(dashed, text.slice(0, dashed.index), text)) return undefined;
  const [whole, first = '', second = ''] = dashed;
  const colon = (time: string): string => (FOUR_DIGITS.test(time) ? `${time.slice(0, 2)}:${time.slice(2)}` : time);
  const before = text.slice(0, dashed.index).replace(/^from /i, '');
  return [`${before}${colon(first)}`, `${colon(second)}${text.slice(dashed.index + whole.length)}`];
}

/**
 * Two phrases with "to", "until", a dash or "between ... and" in between; `undefined` for a single one.
 * @throws {ClockError} for what can be a single time and a range
 */
export function splitRange(text: string, options: PhraseOptions): readonly [string, string] | undefined {
  const times = timesOfDate(text, options);
  if (times !== undefined) return times;
  if (ISO.test(text)) return undefined;
  refuseEither(text, options.argument);
  const found = halves(text.replace(MINUTES_TO, (said) => said.replace(' to ', '_to_')));
  if (found === undefined) return undefined;
  const [start = '', end = ''] = found.map((part) => part.replace('_to_', ' to ').trim());
  return [withHour(withDigits(start), withDigits(end)), end];
}
