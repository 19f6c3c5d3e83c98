import { Forbidden, NotFound } from '../manage/index.ts';
import { type Me, memberZones, type Named } from '../names/index.ts';
import type { ToolContext } from '../tool/index.ts';

/** Operations that finding out a member's zone needs. */
export const ZONE_OPERATIONS = ['GET /system/timeZoneSetups'] as const;

/**
 * The zone in which a member's days are counted: Manage keeps each sheet by its own member's calendar. For the person of the
 * conversation that is the zone of the conversation.
 */
export async function zoneOfMember(
  member: Named,
  { names, me, zone, signal }: Pick<ToolContext, 'names' | 'me' | 'zone' | 'signal'>,
): Promise<string> {
  const own = await me().catch((): Me | undefined => undefined);
  if (own?.memberId === member.id) return zone();
  return zoneInManage(member, { names, zone, signal });
}

/**
 * The zone that Manage keeps for a member, by which it puts entries on a sheet, wherever the conversation is; that of the
 * conversation where it is not known.
 */
export async function zoneInManage(
  member: Named,
  { names, zone, signal }: Pick<ToolContext, 'names' | 'zone' | 'signal'>,
): Promise<string> {
  // A role that may not read the zones counts in its own.
  const zones = await memberZones(names, [member.record], signal).catch((error: unknown) => {
    if (error instanceof Forbidden || error instanceof NotFound) return undefined;
    throw error;
  });
  return zones?.(member.record) ?? zone();
}

/** People whose days are counted: those of the person of the conversation in its zone, as their own sheet shows them. */
export async function inCountingZones<T extends { readonly id: number; readonly zone: string }>(
  people: readonly T[],
  { me, zone }: Pick<ToolContext, 'me' | 'zone'>,
): Promise<readonly T[]> {
  const own = await me().catch((): Me | undefined => undefined);
  const local = await zone();
  return people.map((person) => (person.id === own?.memberId ? { ...person, zone: local } : person));
}
