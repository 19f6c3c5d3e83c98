import { DateTime } from 'luxon';
import { dateOnly, type Period } from '../../../src/clock/index.ts';
import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { all, any, type Expression, field } from '../../../src/query/index.ts';
import type { Stretch } from '../../../src/working-time/stretches.ts';
import { slotOf } from './slot.ts';

/** An entry in a member's calendar; without a time its stretch is empty. */
export interface Scheduled extends Stretch {
  readonly id: number;
  readonly memberId: number;
  readonly member: string;
  readonly what: string;
  /** `2026-11-24`, for an entry that is for a day without a time. */
  readonly day?: string;
  /** Work: on a ticket or a sales activity. What is none takes a person away. */
  readonly isWork: boolean;
}

/** Operations that reading calendars' entries needs. */
export const SCHEDULED_OPERATIONS = ['GET /schedule/entries'] as const;

/** Identifiers of the types of work: service (projects' tickets as well), project, sales activity. */
const WORK: ReadonlySet<string> = new Set(['S', 'P', 'C']);

/** Manage's id of the type of work on tickets, for entries whose type comes without its identifier. */
const SERVICE = 4;

function toScheduled(row: ManageRecord): Scheduled {
  const { start, end, wholeDay } = slotOf(row, 'utc');
  const type = row.type as { id?: number; identifier?: string } | undefined;
  return {
    id: Number(row.id),
    memberId: idOf(row.member) ?? 0,
    member: nameOf(row.member) ?? '',
    what: String(row.name ?? ''),
    start: start.toMillis(),
    end: end.toMillis(),
    ...(wholeDay && { day: start.toISODate() ?? '' }),
    isWork: type?.identifier === undefined ? type?.id === SERVICE : WORK.has(type.identifier),
  };
}

/**
 * What touches a period, also when it began before it. Days without a time are kept as midnight UTC and mean the same date
 * anywhere: west of Greenwich the first day's midnight lies before the period, and the midnight of the day after lies in it.
 */
export function touching({ start, end }: Period): Expression | undefined {
  const first = dateOnly(start);
  // A period can end within a day.
  const after = dateOnly(end.minus({ milliseconds: 1 }).plus({ days: 1 }));
  return any(
    all(
      field('dateEnd', '>', start),
      field('dateStart', '<', end),
      any(field('dateStart', '!=', after), field('dateEnd', '!=', after)),
    ),
    all(field('dateStart', '=', first), field('dateEnd', '=', first)),
  );
}

/** Entries in a period that are not done, of some members or of everybody, in order of their start. */
export async function readScheduled(
  manage: ManageClient,
  memberIds: readonly number[] | undefined,
  period: Period,
  signal: AbortSignal,
): Promise<Scheduled[]> {
  const conditions = all(
    memberIds && field('member/id', 'in', memberIds),
    field('doneFlag', '=', false),
    touching(period),
  );
  const found: Scheduled[] = [];
  const rows = manage.stream<ManageRecord>('GET /schedule/entries', {
    conditions,
    fields: ['id', 'name', 'member', 'type', 'dateStart', 'dateEnd'],
    signal,
  });
  for await (const row of rows) found.push(toScheduled(row));
  return found.sort((a, b) => a.start - b.start || a.id - b.id);
}

/** The day of an entry without a time, as a stretch on somebody's wall clock. */
export function dayStretch(date: string, zone: string): Stretch {
  const start = DateTime.fromISO(date, { zone });
  return { start: start.toMillis(), end: start.plus({ days: 1 }).toMillis() };
}
