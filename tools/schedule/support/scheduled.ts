import { DateTime } from 'luxon';
import { dateOnly, type Period } from '../../../src/clock/index.ts';
import type { ManageRecord, Whole } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { all, any, type Expression, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import type { Interval } from '../../../src/working-time/intervals.ts';
import { type Slot, slotOf } from './slot.ts';

/** An entry in a member's calendar; without a time its interval is empty. */
export interface Scheduled extends Interval {
  readonly id: number;
  readonly memberId: number;
  readonly member: Clean;
  readonly what: Clean;
  /** The ticket or activity that it is for. */
  readonly objectId: number | undefined;
  /** `2026-11-24`, for an entry that is for a day without a time. */
  readonly day: string | undefined;
  /** Work: on a ticket or a sales activity. Anything else takes a person away. */
  readonly isWork: boolean;
}

/** Operations that reading calendars' entries needs. */
export const SCHEDULED_OPERATIONS = ['GET /schedule/entries'] as const;

/** Identifiers of the types of work: service (projects' tickets as well), project, sales activity. */
const WORK: ReadonlySet<string> = new Set(['S', 'P', 'C']);

/** Manage's id of the type of work on tickets, for entries whose type comes without its identifier. */
const SERVICE = 4;

/** Members of an entry that `toScheduled` reads. */
export const SCHEDULED_FIELDS = ['id', 'name', 'member', 'type', 'objectId', 'dateStart', 'dateEnd', 'hours'] as const;

/** An entry as a stretch of its member's time. */
export function toScheduled(row: ManageRecord, { api }: Pick<ToolContext, 'api'>): Scheduled {
  const { start, end, wholeDay } = slotOf(row, { api, zone: 'utc' });
  const type = row.type as { id?: number; identifier?: string } | undefined;
  return {
    id: Number(row.id),
    memberId: idOf(row.member) ?? 0,
    member: cleanLine(nameOf(row.member)),
    what: cleanLine(row.name),
    objectId: row.objectId === undefined ? undefined : Number(row.objectId),
    start: start.toMillis(),
    end: wholeDay ? start.toMillis() : end.toMillis(),
    day: wholeDay ? (start.toISODate() ?? '') : undefined,
    isWork: type?.identifier === undefined ? type?.id === SERVICE : WORK.has(type.identifier),
  };
}

/**
 * What touches a period, also when it began before it. Days without a time are kept as midnight UTC and mean the same date
 * anywhere: west of Greenwich the first day's midnight is before the period, and the midnight of the day after is in it.
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

/** All entries in a period that are not done, of some members or of everybody, in order of their start. @throws {TooMany} */
export async function readScheduled(
  memberIds: readonly number[] | undefined,
  period: Period,
  { manage, api, signal }: Pick<ToolContext, 'manage' | 'api' | 'signal'>,
): Promise<Whole<Scheduled>> {
  const conditions = all(
    memberIds && field('member/id', 'in', memberIds),
    field('doneFlag', '=', false),
    touching(period),
  );
  const rows = await manage.all<ManageRecord>('GET /schedule/entries', {
    conditions,
    fields: SCHEDULED_FIELDS,
    orderBy: ['dateStart asc', 'id asc'],
    signal,
  });
  return rows.map((row) => toScheduled(row, { api }));
}

/** The day of an entry without a time, as an interval on somebody's wall clock. */
function dayInterval(date: string, zone: string): Interval {
  const start = DateTime.fromISO(date, { zone });
  return { start: start.toMillis(), end: start.plus({ days: 1 }).toMillis() };
}

/** A slot as an interval on somebody's wall clock: of a day without a time, the whole day. */
export const slotInterval = ({ start, end, wholeDay }: Slot, zone: string): Interval =>
  wholeDay ? dayInterval(start.toISODate() ?? '', zone) : { start: start.toMillis(), end: end.toMillis() };

/** Whether an entry takes a person away for a day: vacation, training. */
export const isAway = ({ day, isWork }: Scheduled): boolean => day !== undefined && !isWork;

/** The time that an entry takes: the whole day of who is away, none for work on a day without a time. */
export const taken = <T extends Scheduled>(entry: T, zone: string): T =>
  entry.day !== undefined && isAway(entry) ? { ...entry, ...dayInterval(entry.day, zone) } : entry;
