import { DateTime } from 'luxon';
import { daysOf, isMidnight, type SaidPeriod } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { memberZones, nameOf } from '../../../src/names/index.ts';
import { type Clean, type CleanValue, cleanLine, cleanValue, counted, joined, say } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { clashes } from '../../../src/working-time/intervals.ts';
import { isAway, type Scheduled, taken, toScheduled } from './scheduled.ts';

/** Pairs that are told one by one. */
const MOST_TOLD = 5;

/** Two entries of one member that share time. */
export type Clash = readonly [Scheduled, Scheduled];

/** The zones in which members are away for a day. Read only where somebody is: all else is the same in every zone. */
async function zonesOf(
  entries: readonly Scheduled[],
  { names, signal, zone }: Pick<ToolContext, 'names' | 'signal' | 'zone'>,
): Promise<(memberId: number) => string> {
  const away = new Set(entries.filter(isAway).map(({ memberId }) => memberId));
  if (away.size === 0) return () => 'utc';
  const [members, local] = await Promise.all([names.list('member', { signal }), zone()]);
  const records = new Map(members.filter(({ id }) => away.has(id)).map(({ id, record }) => [id, record]));
  const zoneOf = await memberZones(names, [...records.values()], signal);
  return (memberId) => {
    const record = records.get(memberId);
    return (record && zoneOf(record)) ?? local;
  };
}

/** Which of some entries share time with another one of their member, or lie on a day that takes the member away. What is done is over. */
export async function clashesAmong(
  rows: readonly ManageRecord[],
  context: Pick<ToolContext, 'api' | 'names' | 'signal' | 'zone'>,
): Promise<readonly Clash[]> {
  const entries = rows.filter(({ doneFlag }) => doneFlag !== true).map((row) => toScheduled(row, context));
  const zoneOf = await zonesOf(entries, context);
  const members = new Set(entries.map(({ memberId }) => memberId));
  return [...members].flatMap((id) =>
    clashes(entries.filter(({ memberId }) => memberId === id).map((entry) => taken(entry, zoneOf(id)))),
  );
}

/**
 * `Overlapping: 534 and 545 (Priya Nair)`; `undefined` where nothing does.
 * @param isWhole whether all entries of the list were looked at, not a page of them
 */
export function tellClashes(found: readonly Clash[], isWhole: boolean): Clean | undefined {
  if (found.length === 0) return undefined;
  const told = found.slice(0, MOST_TOLD).map(([one, other]) => say`${one.id} and ${other.id} (${one.member})`);
  const rest = found.length - told.length;
  return say`Overlapping${isWhole ? say`` : say` on this page`}: ${joined([...told, rest > 0 && say`${counted(rest, 'more pair')}`], ', ')}`;
}

/** What a list of entries is of. */
export interface Listed {
  /** Whose entries were asked for, in words. */
  readonly whose: Clean;
  /** Arguments that ask for the same in another period. */
  readonly same: Readonly<Record<string, unknown>>;
  /** Whose free time belongs beside the entries, as `find_free_time` takes it: nobody's where the list is of some entries only. */
  readonly who: readonly string[] | 'everybody' | undefined;
  readonly period: SaidPeriod | undefined;
}

const clockOf = (moment: number, zone: string): string =>
  DateTime.fromMillis(moment, { zone }).toFormat("yyyy-LL-dd'T'HH:mm");

/** From when to when a period is that begins or ends within a day, as `09:00` and `12:00`: what lies outside of it is not in the list. */
function partOfDay({ start, end }: SaidPeriod): { readonly from: string; readonly to: string } | undefined {
  return isMidnight(start) && isMidnight(end)
    ? undefined
    : { from: start.toFormat('HH:mm'), to: end.toFormat('HH:mm') };
}

/** What the dispatch view draws: the entries with their members and tickets by id, and their times on the wall clock of the conversation. */
export async function dispatchDay(
  rows: readonly ManageRecord[],
  found: readonly Clash[],
  { whose, same, who, period }: Listed,
  context: Pick<ToolContext, 'api' | 'now'>,
): Promise<CleanValue> {
  const now = await context.now();
  const zone = now.zoneName;
  const [first, last] = period === undefined ? [] : daysOf(period);
  const partners = (id: number): number[] =>
    found.flatMap(([one, other]) => {
      if (one.id === id) return [other.id];
      return other.id === id ? [one.id] : [];
    });
  return cleanValue({
    timeZone: zone,
    now: clockOf(now.toMillis(), zone),
    whose,
    same,
    who,
    first,
    last,
    part: period && partOfDay(period),
    entries: rows.map((row) => {
      const entry = toScheduled(row, context);
      const { id, memberId, member, what, objectId, day, start, end, isWork } = entry;
      return {
        id,
        memberId,
        member,
        what,
        objectId,
        day,
        ...(day === undefined && { start: clockOf(start, zone), end: clockOf(end, zone) }),
        isWork,
        status: cleanLine(nameOf(row.status)),
        done: row.doneFlag === true,
        clashes: partners(id),
      };
    }),
  });
}
