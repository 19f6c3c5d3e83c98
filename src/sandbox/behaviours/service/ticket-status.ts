import { IANAZone, type Zone } from 'luxon';
import type { HookContext } from '../../contract/behaviour.ts';
import { enteredOf } from '../../records/information.ts';
import { idOf } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The server's own words for when a ticket is due: `Resolve by Thu 11/26 4:15 PM UTC-05`. */
export function resolveText(due: number, zone: Zone): string {
  const offset = zone.offset(due);
  // The wall clock of the zone, read as if it were UTC.
  const wall = new Date(due + offset * MINUTE);
  const hour = wall.getUTCHours();
  const day = `${WEEKDAYS[wall.getUTCDay()]} ${twoDigits(wall.getUTCMonth() + 1)}/${twoDigits(wall.getUTCDate())}`;
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${twoDigits(wall.getUTCMinutes())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `Resolve by ${day} ${time} UTC${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(Math.abs(offset) / 60))}`;
}

/** What the SLA of a ticket says of it: by when it is to be resolved, in hours of the clock from when it was entered. */
export function slaStatus(record: SandboxRecord, { store, now, timeZone }: HookContext): string {
  if (record.closedFlag === true) return 'Resolved';
  const sla = store.collection('/service/SLAs').get(idOf(record.sla) ?? 0);
  const priorities = [...store.collection('/service/SLAs/{parentId}/priorities').all([sla?.id ?? 0])];
  const own = priorities.find(({ priority }) => idOf(priority) === idOf(record.priority));
  const hours = Number(own?.resolutionHours ?? sla?.resolutionHours ?? Number.NaN);
  if (Number.isNaN(hours)) return 'Waiting';
  const entered = enteredOf(record);
  return resolveText(
    (entered === undefined ? now.getTime() : Date.parse(entered)) + hours * HOUR,
    IANAZone.create(timeZone),
  );
}

/**
 * `closedFlag` follows the status; when and by whom is recorded, and cleared when the ticket is reopened. The first status that
 * counts as a response records when it came.
 */
export function followStatus(record: SandboxRecord, previous: SandboxRecord | undefined, context: HookContext): void {
  const status = statusOf(record, context);
  const closed = status?.closedStatus === true;
  if (!['NotResponded', 'NoEscalation', undefined].includes(status?.escalationStatus as string | undefined))
    record.dateResponded ??= stamp(context.now);
  record.closedFlag = closed;
  if (!closed) {
    delete record.closedDate;
    delete record.closedBy;
  } else if (previous?.closedFlag !== true) {
    record.closedDate = stamp(context.now);
    record.closedBy = context.caller.identifier;
  }
}

export const statusOf = (record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined =>
  store.collection('/service/boards/{parentId}/statuses').get(idOf(record.status) ?? 0);
