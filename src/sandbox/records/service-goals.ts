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

/** By service level and priority, as long as neither table is written to. */
interface KnownHours {
  readonly levels: number;
  readonly priorities: number;
  readonly hours: Readonly<Record<Goal, Map<number, number | undefined>>>;
}

type Goal = 'respondHours' | 'planWithin' | 'resolutionHours';

/** More priorities than an installation has, so that a level and a priority make one number. */
const PRIORITIES = 100_000;

/** Asked for with every ticket that is shown, and the same for most. */
const knownHours = new WeakMap<Store, KnownHours>();

/** Hours of the clock that the ticket's service level gives for a goal. */
function hoursFor(store: Store, record: SandboxRecord, member: Goal): number | undefined {
  const levels = store.collection('/service/SLAs').version;
  const priorities = store.collection('/service/SLAs/{parentId}/priorities').version;
  let known = knownHours.get(store);
  if (known?.levels !== levels || known.priorities !== priorities) {
    const hours = { respondHours: new Map(), planWithin: new Map(), resolutionHours: new Map() };
    known = { levels, priorities, hours };
    knownHours.set(store, known);
  }
  const key = (idOf(record.sla) ?? 0) * PRIORITIES + (idOf(record.priority) ?? 0);
  const hours = known.hours[member];
  if (!hours.has(key)) hours.set(key, hoursIn(store, record, member));
  return hours.get(key);
}

/** The moment that was read last: each record is asked for three goals in a row. */
let last = { text: '', at: Number.NaN };

function momentOf(text: string): number {
  if (last.text !== text) last = { text, at: Date.parse(text) };
  return last.at;
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
export function goalOf(store: Store, record: SandboxRecord, member: Goal) {
  const said = enteredOf(record);
  const entered = said === undefined ? Number.NaN : momentOf(said);
  const inWords = member === 'resolutionHours' ? saidDeadline(record.slaStatus, entered) : undefined;
  const hours = inWords === undefined ? hoursFor(store, record, member) : undefined;
  const at = inWords ?? entered + (hours ?? Number.NaN) * HOUR;
  return Number.isFinite(at) ? stamp(new Date(at)) : undefined;
}
