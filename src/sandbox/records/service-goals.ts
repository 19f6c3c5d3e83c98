import { idOf } from '../references.ts';
import { stamp } from '../store/memory-collection.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { enteredOf } from './information.ts';

const HOUR = 3_600_000;

/** The moment in "Resolve by Thu 11/26 4:15 PM UTC-05", the first such day from when the ticket was entered. */
function saidDeadline(text: unknown, entered: number): number | undefined {
  const [, month, day, hour, minute, half, offset] =
    /by \w{3} (\d\d)\/(\d\d) (\d{1,2}):(\d\d) ([AP])M UTC([+-]\d\d)$/.exec(String(text)) ?? [];
  if (month === undefined) return undefined;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0) - Number(offset);
  const year = new Date(entered).getUTCFullYear();
  const at = (ofYear: number): number => Date.UTC(ofYear, Number(month) - 1, Number(day), hours, Number(minute));
  return [at(year), at(year + 1)].find((moment) => moment >= entered);
}

interface KnownHours {
  readonly versions: string;
  readonly hours: Map<string, number | undefined>;
}

/** Asked for with every ticket that is shown, and the same for most. */
const knownHours = new WeakMap<Store, KnownHours>();

/** Hours of the clock that the ticket's service level gives for a goal. */
function hoursFor(store: Store, record: SandboxRecord, member: string): number | undefined {
  const levels = store.collection('/service/SLAs');
  const priorities = store.collection('/service/SLAs/{parentId}/priorities');
  const versions = `${levels.version} ${priorities.version}`;
  let known = knownHours.get(store);
  if (known?.versions !== versions) {
    known = { versions, hours: new Map() };
    knownHours.set(store, known);
  }
  const key = `${idOf(record.sla)} ${idOf(record.priority)} ${member}`;
  if (!known.hours.has(key)) known.hours.set(key, hoursIn(store, record, member));
  return known.hours.get(key);
}

function hoursIn(store: Store, { sla, priority }: SandboxRecord, member: string): number | undefined {
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
  const said = enteredOf(record);
  const entered = said === undefined ? Number.NaN : Date.parse(said);
  const inWords = member === 'resolutionHours' ? saidDeadline(record.slaStatus, entered) : undefined;
  const hours = inWords === undefined ? hoursFor(store, record, member) : undefined;
  const at = inWords ?? entered + (hours ?? Number.NaN) * HOUR;
  return Number.isFinite(at) ? stamp(new Date(at)) : undefined;
}
