import type { SandboxRecord, Store } from '../store/store.ts';

/** Zones of the sandbox's own time zone setups, as IANA names. */
const ZONES: Readonly<Record<string, string>> = {
  Eastern: 'America/New_York',
  Central: 'America/Chicago',
  Pacific: 'America/Los_Angeles',
  London: 'Europe/London',
  Sydney: 'Australia/Sydney',
  India: 'Asia/Kolkata',
};

/** The zone in which a member's calendar days are counted; the provider's own when the member has none. */
export function memberZone(store: Store, member: SandboxRecord | undefined, fallback: string): string {
  const setup = store
    .collection('/system/timeZoneSetups')
    .get(Number((member?.timeZone as { id?: number } | undefined)?.id));
  // The first setup stands for the provider's own zone, whatever the sandbox was started with.
  if (setup === undefined || setup.defaultFlag === true) return fallback;
  return ZONES[String(setup.name)] ?? fallback;
}
