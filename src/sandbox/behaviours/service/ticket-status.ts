import { DateTime, type Zone } from 'luxon';
import type { HookContext } from '../../contract/behaviour.ts';
import { idOf } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';

const HOUR = 3_600_000;

/** The server's own words for when a ticket is due. */
export function resolveText(due: number, zone: string | Zone): string {
  const moment = DateTime.fromMillis(due, { zone, locale: 'en-US' });
  return `Resolve by ${moment.toFormat('ccc MM/dd h:mm a')} UTC${moment.toFormat('ZZZ').slice(0, 3)}`;
}

/** What the SLA of a ticket says of it: by when it is to be resolved, in hours of the clock from when it was entered. */
export function slaStatus(record: SandboxRecord, { store, now, timeZone }: HookContext): string {
  if (record.closedFlag === true) return 'Resolved';
  const sla = store.collection('/service/SLAs').get(idOf(record.sla) ?? 0);
  const priorities = [...store.collection('/service/SLAs/{parentId}/priorities').all([sla?.id ?? 0])];
  const own = priorities.find(({ priority }) => idOf(priority) === idOf(record.priority));
  const hours = Number(own?.resolutionHours ?? sla?.resolutionHours ?? Number.NaN);
  if (Number.isNaN(hours)) return 'Waiting';
  const entered = (record._info as { dateEntered?: string } | undefined)?.dateEntered;
  return resolveText((entered === undefined ? now.getTime() : Date.parse(entered)) + hours * HOUR, timeZone);
}

/** `closedFlag` follows the status; when and by whom is recorded, and cleared when the ticket is reopened. */
export function followStatus(record: SandboxRecord, previous: SandboxRecord | undefined, context: HookContext): void {
  const closed = statusOf(record, context)?.closedStatus === true;
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
