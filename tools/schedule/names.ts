import { type Kind, table } from '../../src/names/kind.ts';

/** What people name in the schedule module. */
export const schedule = {
  scheduleType: table('/schedule/types', { fields: ['id', 'name', 'identifier'], names: ['name', 'identifier'] }),
  calendar: table('/schedule/calendars', { fields: ['id', 'name'] }),
  scheduleStatus: table('/schedule/statuses', { fields: ['id', 'name', 'defaultFlag'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof schedule, Kind> {}
}
