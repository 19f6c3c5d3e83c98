import { type DateTime, IANAZone } from 'luxon';
import { ClockError } from './errors.ts';
import { EXAMPLES, ISO, isoDay, readIso } from './iso.ts';
import { componentsToMoment, leftOver, type ReadOptions, recognise } from './recognise.ts';
import { spelledClock, spelledOut } from './spoken.ts';

const NUMERIC = /\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?\b/;

/** Takes off what models carry over from the conditions language: `[2026-03-04T15:00:00Z]`, or quotes. */
export const bare = (text: string): string =>
  text
    .trim()
    .replace(/^[["']+|["'\]]+$/g, '')
    .trim();

/** 03/04 is April or March as one likes; 13/04 is not. */
function refuseAmbiguous(text: string, argument: string): void {
  const numeric = NUMERIC.exec(text);
  if (numeric === null || ISO.test(text)) return;
  const [a, b] = [Number(numeric[1]), Number(numeric[2])];
  if (a > 12 || b > 12 || a === b) return;
  const year = numeric[3] === undefined ? '2026' : numeric[3].padStart(4, '20');
  const iso = (month: number, day: number): string =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be read as ${iso(a, b)} or ${iso(b, a)}. Send the one you mean.`,
  );
}

/** A zone of its own after the time, `2026-03-04 14:00 America/Chicago`. */
const NAMED_ZONE = /\s+\(?([A-Z][A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)\)?$/;

/** A zone that the text itself names, and the rest of the text. */
function ownZone(text: string): { readonly zone: string; readonly rest: string } | undefined {
  const utc = /\s*\b(utc|gmt|zulu)$/i.exec(text);
  if (utc !== null) return { zone: 'utc', rest: text.slice(0, utc.index) };
  const named = NAMED_ZONE.exec(text);
  const zone = named?.[1];
  return named !== null && zone !== undefined && IANAZone.isValidZone(zone)
    ? { zone, rest: text.slice(0, named.index) }
    : undefined;
}

/**
 * A moment that somebody said: ISO with or without offset (also in brackets), "2pm", "yesterday 14:00", "this morning at 9", "half past
 * two". Without an offset it is the wall clock of `now`'s zone.
 * @throws {ClockError} when there is no time of day in it or more than was understood, when it can be read in two ways, or when
 * daylight saving skips it.
 */
export function momentAt(said: string, options: ReadOptions): DateTime<true> {
  const { argument, now, direction } = options;
  const text = bare(said);
  refuseAmbiguous(text, argument);
  if (ISO.test(text)) return readIso(text, options);
  const own = ownZone(text);
  if (own !== undefined)
    return momentAt(own.rest, { ...options, now: now.setZone(own.zone) }).setZone(now.zone) as DateTime<true>;
  if (/^now$/i.test(text)) return now.startOf('minute') as DateTime<true>;
  const spelt = spelledClock(spelledOut(text, now, direction));
  const [result, ...more] = recognise(spelt, options);
  const rest = result === undefined ? '' : leftOver(spelt, result.text);
  if (result === undefined || more.length > 0 || !result.start.isCertain('hour') || rest !== '') {
    const why =
      result === undefined
        ? 'is no time'
        : more.length > 0
          ? 'names more than one time'
          : rest === ''
            ? 'names no time of day'
            : `says more than a time (${JSON.stringify(rest)})`;
    throw new ClockError(
      argument,
      why === 'names no time of day' ? 'noTime' : 'unreadable',
      `${argument} ${JSON.stringify(said)} ${why}. Send ${EXAMPLES}; a time without a zone is read in ${now.zoneName}.`,
    );
  }
  return componentsToMoment(result.start, options, true, result.text);
}

/** "Last week" is no day, although the parser takes it for the one a week ago. */
const isPeriod = (text: string, namesWeekday: boolean): boolean =>
  !namesWeekday &&
  /\b(weeks?|weekend|months?|quarter|years?)\b/i.test(text) &&
  !/\b(ago|from now|from today)\b/i.test(text);

/** Whether a text names a time of day. */
export const namesTime = (said: string, options: ReadOptions): boolean =>
  /T\d{2}:\d{2}/.test(said)
    ? !/T00:00(:00)?([.,]0+)?Z?\]?$/i.test(said)
    : recognise(spelledOut(bare(said), options.now, options.direction), options)[0]?.start.isCertain('hour') === true;

/** Whether a text names a day, or only a time of day. */
export function namesDay(said: string, options: ReadOptions): boolean {
  const text = bare(said);
  if (ISO.test(text)) return true;
  const start = recognise(text, options)[0]?.start;
  return start !== undefined && (start.isCertain('day') || start.isCertain('weekday'));
}

/**
 * A calendar day that somebody said ("today", "Monday", "2026-03-04", "3 March"), as its local midnight in `now`'s zone.
 * @throws {ClockError} when it is no day or can be read in two ways.
 */
export function dayAt(said: string, options: ReadOptions): DateTime<true> {
  const { now, argument } = options;
  const text = bare(said);
  refuseAmbiguous(text, argument);
  if (ISO.test(text)) return isoDay(text, options);
  const spelt = spelledOut(text, now, options.direction);
  const [result] = recognise(spelt, options);
  if (
    result === undefined ||
    !(result.start.isCertain('day') || result.start.isCertain('weekday')) ||
    leftOver(spelt, result.text) !== '' ||
    isPeriod(spelt, result.start.isCertain('weekday'))
  ) {
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${JSON.stringify(said)} is no day. Send "today", "yesterday", "Monday" or a date like 2026-03-04.`,
    );
  }
  return componentsToMoment(result.start, options, false).startOf('day');
}
