import { DateTime } from 'luxon';
import { isRecord } from '../json.ts';

/** The form in which Manage takes and gives times: UTC, whole seconds, no offset. `2026-03-04T15:00:00Z` */
export const toManage = (moment: DateTime | Date): string =>
  (DateTime.isDateTime(moment) ? moment : DateTime.fromJSDate(moment)).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");

/** A time of Manage on the wall clock of a zone; `undefined` for anything else. */
export function fromManage(text: unknown, zone: string): DateTime<true> | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const moment = DateTime.fromISO(text, { zone: 'utc' }).setZone(zone);
  return moment.isValid ? (moment as DateTime<true>) : undefined;
}

/** `Tue 24 Nov 2026 14:00`. */
export const showMoment = (moment: DateTime): string => moment.setLocale('en-GB').toFormat('ccc d LLL yyyy HH:mm');

/** `Tue 24 Nov 2026`. */
export const showDay = (moment: DateTime): string => moment.setLocale('en-GB').toFormat('ccc d LLL yyyy');

/** `Tue 24 Nov 2026 14:00-14:45`; with both days when they differ. */
export const showRange = (start: DateTime, end: DateTime): string =>
  start.hasSame(end, 'day')
    ? `${showMoment(start)}-${end.toFormat('HH:mm')}`
    : `${showMoment(start)} - ${showMoment(end)}`;

/** A calendar date in the form in which Manage takes it: midnight UTC, whatever the zone. `2026-03-04T00:00:00Z` */
export const dayToManage = (day: DateTime | { readonly day: string }): string =>
  `${DateTime.isDateTime(day) ? day.toISODate() : day.day}T00:00:00Z`;

/** A calendar day as Manage keeps dates without a time: midnight UTC, whatever the zone. */
export const dateOnly = (day: DateTime): DateTime => day.startOf('day').setZone('utc', { keepLocalTime: true });

/**
 * When a record was made, as Manage stores it: a UTC time, or `undefined` where the record does not tell. Not every kind of record
 * carries `dateEntered`: agreements call it `createdDate`, and contacts, notes, callbacks and time entries have only the time of
 * the last change, which then stands for it.
 */
export function enteredAt(record: Readonly<Record<string, unknown>>): unknown {
  const info = isRecord(record._info) ? record._info : {};
  return record.dateCreated ?? info.dateEntered ?? info.createdDate ?? record.dateEntered ?? info.lastUpdated;
}
