import { DateTime } from 'luxon';
import { idOf } from '../references.ts';
import { stamp } from '../store/memory-collection.ts';
import type { SandboxRecord, Store } from '../store/store.ts';

const HOUR = 3_600_000;

/** Reading a moment takes long, and lists are read again and again. */
const deadlines = new Map<string, number | undefined>();
const MOST_SAID = 20_000;

/** The moment in "Resolve by Thu 11/26 4:15 PM UTC-05", the first such day from when the ticket was entered. */
function saidDeadline(text: unknown, entered: number): number | undefined {
  const key = `${String(text)} ${entered}`;
  if (deadlines.has(key)) return deadlines.get(key);
  const found = readDeadline(text, entered);
  if (deadlines.size >= MOST_SAID) deadlines.clear();
  deadlines.set(key, found);
  return found;
}

function readDeadline(text: unknown, entered: number): number | undefined {
  const [, day, time, offset] = /by \w{3} (\d\d\/\d\d) (\d{1,2}:\d\d [AP]M) UTC([+-]\d\d)$/.exec(String(text)) ?? [];
  if (day === undefined) return undefined;
  const year = new Date(entered).getUTCFullYear();
  return [year, year + 1]
    .map((one) =>
      DateTime.fromFormat(`${one} ${day} ${time}`, 'yyyy MM/dd h:mm a', {
        zone: `UTC${offset}`,
        locale: 'en-US',
      }).toMillis(),
    )
    .find((at) => at >= entered);
}

/** Hours of the clock that the ticket's service level gives for a goal. */
function hoursFor(store: Store, { sla, priority }: SandboxRecord, member: string): number | undefined {
  const level = store.collection('/service/SLAs').get(idOf(sla) ?? 0);
  if (level === undefined) return undefined;
  const rows = [...store.collection('/service/SLAs/{parentId}/priorities').all([level.id])];
  const own = rows.find((row) => idOf(row.priority) === idOf(priority));
  const hours = Number(own?.[member] ?? level[member]);
  return Number.isFinite(hours) ? hours : undefined;
}

/**
 * When a ticket's service level wants something to be reached, to the second and in UTC, as 2026.4 tells it; the resolution is due
 * when `slaStatus` says so.
 */
export function goalOf(store: Store, record: SandboxRecord, member: 'respondHours' | 'planWithin' | 'resolutionHours') {
  const said = (record._info as { dateEntered?: string } | undefined)?.dateEntered;
  const entered = said === undefined ? Number.NaN : Date.parse(said);
  const inWords = member === 'resolutionHours' ? saidDeadline(record.slaStatus, entered) : undefined;
  const hours = inWords === undefined ? hoursFor(store, record, member) : undefined;
  const at = inWords ?? entered + (hours ?? Number.NaN) * HOUR;
  return Number.isFinite(at) ? stamp(new Date(at)) : undefined;
}
