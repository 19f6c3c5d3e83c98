import { DateTime } from 'luxon';
import { fromManage, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';
import { cleanLine } from '../../../src/text/index.ts';
import { readablePart, type LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/** Collections of stopwatches, by what is timed. */
const COLLECTIONS = {
  ticket: '/time/ticketstopwatches',
  activity: '/time/activitystopwatches',
  schedule: '/time/schedulestopwatches',
} as const;

type StopwatchKind = keyof typeof COLLECTIONS;
const KINDS = Object.keys(COLLECTIONS) as StopwatchKind[];

/** Operations that reading stopwatches needs. */
export const STOPWATCH_OPERATIONS = KINDS.map((kind) => `GET ${COLLECTIONS[kind]}`);

/** Operations that changing them needs. */
export const STOPWATCH_CHANGES = KINDS.map((kind) => `PATCH ${COLLECTIONS[kind]}/{id}`);

/** A stopwatch that runs or is paused. */
export interface Stopwatch {
  readonly id: number;
  readonly kind: StopwatchKind;
  /** `ticket 359 Outlook keeps asking`. */
  readonly on: string;
  readonly ticketId?: number;
  readonly member: string;
  readonly memberId: number;
  readonly status: string;
  readonly start: DateTime<true>;
  /** Of a paused one: since when. */
  readonly end?: DateTime<true>;
  /** Seconds of all pauses that are over. The schema says no unit; this is the project's choice. */
  readonly paused: number;
  readonly record: ManageRecord;
}

function onWhat(kind: StopwatchKind, record: ManageRecord): string {
  if (kind === 'activity') return `activity ${record.activityId}`;
  if (kind === 'schedule') return `schedule entry ${record.scheduleId}`;
  const ticket = record.ticket as { id?: number; summary?: string } | undefined;
  return cleanLine(`ticket ${ticket?.id} ${ticket?.summary ?? ''}`);
}

function toStopwatch(kind: StopwatchKind, record: ManageRecord, zone: string): Stopwatch | undefined {
  const start = fromManage(record.startTime ?? record.dateEntered, zone);
  if (start === undefined) return undefined;
  const end = fromManage(record.endTime, zone);
  const ticketId = idOf(record.ticket);
  return {
    id: Number(record.id),
    kind,
    on: onWhat(kind, record),
    ...(ticketId !== undefined && { ticketId }),
    member: nameOf(record.member) ?? '',
    memberId: idOf(record.member) ?? 0,
    status: String(record.status),
    start,
    ...(end && { end }),
    paused: Number(record.totalPauseTime ?? 0),
    record,
  };
}

/** Stopwatches of all kinds that run or are paused, oldest first; kinds that the role may not read are left out. */
export async function readStopwatches(context: ToolContext, more?: Expression): Promise<Stopwatch[]> {
  const { manage, signal } = context;
  const zone = await context.zone();
  const conditions = all(field('status', 'in', ['Running', 'Paused']), more);
  const lists = await Promise.all(
    KINDS.map(async (kind) => {
      const rows = await readablePart(
        manage.page<ManageRecord>(`GET ${COLLECTIONS[kind]}`, {
          conditions,
          pageSize: 200,
          signal,
        }),
      );
      return rows.flatMap((record) => toStopwatch(kind, record, zone) ?? []);
    }),
  );
  return lists.flat().sort((a, b) => a.start.toMillis() - b.start.toMillis());
}

/** Seconds of work on a stopwatch, its pauses left out. */
export function workedSeconds({ start, end, paused }: Stopwatch, now: DateTime): number {
  return Math.max(0, Math.round((end ?? now).diff(start, 'seconds').seconds) - paused);
}

/** The operation that changes a stopwatch. */
export const changeOf = ({ kind }: Stopwatch): string => `PATCH ${COLLECTIONS[kind]}/{id}`;

/** Members of a stopwatch after an action. How the server counts pauses is not known, so all of it is sent. */
export function stopwatchChange(action: 'pause' | 'resume' | 'stop', watch: Stopwatch, now: DateTime): ManageRecord {
  if (action === 'pause') return { status: 'Paused', endTime: toManage(now) };
  if (action === 'resume') {
    const since = watch.end === undefined ? 0 : Math.round(now.diff(watch.end, 'seconds').seconds);
    return { status: 'Running', totalPauseTime: watch.paused + since, ...(watch.end && { endTime: null }) };
  }
  // Work on a paused one ended with the pause.
  return { status: 'Stopped', ...(watch.end === undefined && { endTime: toManage(now) }) };
}

/**
 * What `log_time` takes for a stopped one: whole minutes, at least one, in UTC, because an hour comes twice when the clocks go
 * back.
 */
export function entryFor(watch: Stopwatch, now: DateTime): Record<string, unknown> {
  const pause = Math.round(watch.paused / 60);
  const start = watch.start.startOf('minute');
  const whole = (watch.end ?? now).plus({ seconds: 59 }).startOf('minute');
  const least = start.plus({ minutes: pause + 1 });
  return {
    ticketId: watch.ticketId,
    start: toManage(start),
    end: toManage(DateTime.max(whole, least)),
    ...(pause > 0 && { break: `${pause} minutes` }),
  };
}
