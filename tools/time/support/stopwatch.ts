import { DateTime } from 'luxon';
import { fromManage, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { readable, type ToolContext } from '../../../src/tool/index.ts';

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
  readonly on: Clean;
  readonly ticketId?: number | undefined;
  readonly member: Clean;
  readonly memberId: number;
  readonly status: Clean;
  readonly start: DateTime<true>;
  /** Of a paused one: since when. */
  readonly end?: DateTime<true> | undefined;
  /** Seconds of all pauses that are over. The schema says no unit; this is the project's choice. */
  readonly paused: number;
  readonly record: ManageRecord;
}

function onWhat(kind: StopwatchKind, record: ManageRecord): Clean {
  if (kind === 'activity') return say`activity ${Number(record.activityId)}`;
  if (kind === 'schedule') return say`schedule entry ${Number(record.scheduleId)}`;
  const ticket = record.ticket as { id?: number; summary?: string } | undefined;
  return joined([say`ticket ${cleanLine(ticket?.id)}`, cleanLine(ticket?.summary)], ' ');
}

function toStopwatch(kind: StopwatchKind, record: ManageRecord, zone: string): Stopwatch | undefined {
  const start = fromManage(record.startTime ?? record.dateEntered, zone);
  if (start === undefined) return undefined;
  return {
    id: Number(record.id),
    kind,
    on: onWhat(kind, record),
    ticketId: idOf(record.ticket),
    member: cleanLine(nameOf(record.member)),
    memberId: idOf(record.member) ?? 0,
    status: cleanLine(record.status),
    start,
    end: fromManage(record.endTime, zone),
    paused: Number(record.totalPauseTime ?? 0),
    record,
  };
}

/** Stopwatches of all kinds that run or are paused, oldest first; kinds that the role may not read are left out, which is said. */
export async function readStopwatches(context: ToolContext, more?: Expression): Promise<Stopwatch[]> {
  const { manage, signal } = context;
  const zone = await context.zone();
  const conditions = all(field('status', 'in', ['Running', 'Paused']), more);
  const lists = await Promise.all(
    KINDS.map(async (kind) => {
      const rows: readonly ManageRecord[] | undefined = await readable(
        manage.all<ManageRecord>(`GET ${COLLECTIONS[kind]}`, { conditions, signal }),
      );
      if (rows === undefined) context.remark(say`Stopwatches of the kind ${kind} cannot be read here.`);
      return (rows ?? []).flatMap((record) => toStopwatch(kind, record, zone) ?? []);
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

/** Members of a stopwatch after an action; `null` empties one. How the server counts pauses is not known, so all of it is sent. */
export function stopwatchChange(action: 'pause' | 'resume' | 'stop', watch: Stopwatch, now: DateTime) {
  if (action === 'pause') return { status: 'Paused', endTime: toManage(now) } as const;
  // Work on a paused one ended with the pause.
  if (action === 'stop')
    return { status: 'Stopped', endTime: watch.end === undefined ? toManage(now) : undefined } as const;
  const since = watch.end === undefined ? 0 : Math.round(now.diff(watch.end, 'seconds').seconds);
  const endTime = watch.end === undefined ? undefined : null;
  return { status: 'Running', totalPauseTime: watch.paused + since, endTime } as const;
}

/** What an entry says beside its times. */
interface Said {
  readonly notes: Clean;
  readonly workType: Clean;
  /** Whose work it was, where it is not that of "me", for whom `log_time` logs by default. */
  readonly member: Clean | undefined;
}

/**
 * What `log_time` takes for a stopped one: whole minutes, at least one, in UTC, because an hour comes twice when the clocks go
 * back.
 */
export function entryFor(watch: Stopwatch, now: DateTime, { notes, workType, member }: Said) {
  const pause = Math.round(watch.paused / 60);
  const start = watch.start.startOf('minute');
  const whole = (watch.end ?? now).plus({ seconds: 59 }).startOf('minute');
  const least = start.plus({ minutes: pause + 1 });
  return {
    ticketId: watch.ticketId,
    member,
    start: cleanLine(toManage(start)),
    end: cleanLine(toManage(DateTime.max(whole, least))),
    break: pause > 0 ? say`${pause} minutes` : undefined,
    notes: notes === '' ? undefined : notes,
    workType: workType === '' ? undefined : workType,
  };
}
