import type { ApiDescription } from '../../../src/api/index.ts';
import { readsAsDay } from '../../../src/api/meanings.ts';
import { fromManage, type Moment, showDay, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/**
 * When a ticket is to be due. "3pm" for one that is due on another day than today can be today at three, or that day at three.
 * @param stored `requiredDate` as Manage holds it
 * @throws {ToolInputError} with both days
 */
export function dueAt(due: Moment, stored: unknown): Moment['at'] {
  const was = due.dayless ? fromManage(stored, due.at.zoneName) : undefined;
  if (was === undefined || was.hasSame(due.at, 'day')) return due.at;
  const time = due.at.toFormat('HH:mm');
  throw new ToolInputError(
    'dueDate',
    say`dueDate names no day: ${cleanLine(time)} can be on ${cleanLine(showDay(due.at))}, which is today, or on ${cleanLine(showDay(was))}, when the ticket is due now. Send the day as well, like "${cleanLine(was.toISODate())} ${cleanLine(time)}".`,
  );
}

/**
 * A due moment as it is sent. Midnight UTC means a day without a time: 17:00 in Denver, or 16:00 in Los Angeles, would be read as
 * the day after, so the second behind it is sent.
 */
export const dueToManage = (at: Moment['at']): string => toManage(at).replace(/T00:00:00Z$/, 'T00:00:01Z');

/** Some servers keep the date of a due date alone, which is the same in every zone: then midnight UTC comes back, which is never sent. */
export const isDueDay = (ticket: ManageRecord, api: ApiDescription): boolean =>
  readsAsDay(api, 'Ticket', 'requiredDate', ticket);

/** Says which time was taken for a day without one. */
export const timeTaken = (due: Moment | undefined): Clean | undefined =>
  due?.precise === false ? say`No time was given for dueDate, so 17:00 was taken.` : undefined;
