import type { ManageClient, ManageRecord } from '../manage/index.ts';
import { field } from '../query/index.ts';
import { ianaZone } from './time-zone.ts';

interface SetupReference {
  readonly id?: number;
  readonly name?: string;
}

const setupOf = (member: Readonly<Record<string, unknown>>): SetupReference =>
  (member.timeZone ?? {}) as SetupReference;

/**
 * The IANA zones of members, whose records name a time zone setup that says its zone in words. All setups are read in one request.
 * @returns a function that gives a member's zone, or `undefined` where none is set or its words say nothing
 */
export async function memberZones(
  manage: ManageClient,
  members: readonly Readonly<Record<string, unknown>>[],
  signal?: AbortSignal,
): Promise<(member: Readonly<Record<string, unknown>>) => string | undefined> {
  const ids = [...new Set(members.flatMap((member) => setupOf(member).id ?? []))];
  if (ids.length === 0) return () => undefined;
  const { rows } = await manage.page<ManageRecord>('GET /system/timeZoneSetups', {
    conditions: field('id', 'in', ids),
    pageSize: ids.length,
    ...(signal && { signal }),
  });
  const words = new Map(rows.map(({ id, timeZone }) => [id, (timeZone as { name?: string } | undefined)?.name]));
  return (member) => {
    const { id, name } = setupOf(member);
    return id === undefined ? undefined : (ianaZone(words.get(id) ?? '') ?? ianaZone(name ?? ''));
  };
}
