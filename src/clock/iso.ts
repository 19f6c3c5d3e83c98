import { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import { type ReadOptions, wallClock } from './recognise.ts';

export const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** How a moment may be sent; for errors. */
export const EXAMPLES = '"2pm", "yesterday 14:00", "2026-03-04 14:00" or "2026-03-04T19:00:00Z"';

/** An ISO date with a time, with or without an offset. @throws {ClockError} without a time, and for a date that does not exist */
export function readIso(text: string, { now, argument }: ReadOptions): DateTime<true> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new ClockError(
      argument,
      'noTime',
      `${argument} ${JSON.stringify(text)} names no time of day. Send ${text} with one, like ${text} 14:00.`,
    );
  }
  const iso = text
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/\s+/g, '')
    .replace(/T(\d):/, 'T0$1:');
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(iso);
  const moment = DateTime.fromISO(iso, { zone: hasOffset ? 'utc' : (now.zoneName ?? 'utc') });
  if (!moment.isValid)
    throw new ClockError(
      argument,
      'notInCalendar',
      `${argument} ${JSON.stringify(text)} is not a date that exists. Send ${EXAMPLES}.`,
    );
  if (hasOffset) return moment.startOf('second').setZone(now.zone) as DateTime<true>;
  const [, hour = '0', minute = '0', second = '0'] = /T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(iso) ?? [];
  const day = DateTime.fromISO(iso.slice(0, 10));
  return wallClock(
    {
      year: day.year,
      month: day.month,
      day: day.day,
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    },
    now.zoneName ?? 'utc',
    argument,
  );
}

/**
 * The day of an ISO date, on the wall clock of `now`'s zone. Midnight UTC is how dates without a time are written elsewhere, so it
 * stands for its own date and not for the evening before.
 */
export function isoDay(text: string, options: ReadOptions): DateTime<true> {
  const date = text.slice(0, 10);
  const isDate = text.length === 10 || /T00:00(:00([.,]0+)?)?Z$/i.test(text);
  if (!isDate) return readIso(text, options).startOf('day') as DateTime<true>;
  const day = DateTime.fromISO(date, { zone: options.now.zone });
  if (day.isValid) return day.startOf('day') as DateTime<true>;
  throw new ClockError(
    options.argument,
    'notInCalendar',
    `${options.argument} ${JSON.stringify(text)} is not a date that exists. Send one like 2026-03-04.`,
  );
}
