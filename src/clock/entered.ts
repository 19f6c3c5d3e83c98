import { isRecord } from '../json.ts';

/**
 * When a record was made, as Manage stores it: a UTC time, or `undefined` where the record does not tell. Not every kind of record
 * carries `dateEntered`: agreements call it `createdDate`, and contacts, notes, callbacks and time entries have only the time of
 * the last change, which then stands for it.
 */
export function enteredAt(record: Readonly<Record<string, unknown>>): unknown {
  const info = isRecord(record._info) ? record._info : {};
  return record.dateCreated ?? info.dateEntered ?? info.createdDate ?? record.dateEntered ?? info.lastUpdated;
}
