import { hintOf, inactive, type Kind, type Named, table } from '../../src/names/kind.ts';
import { nameOf } from '../../src/names/reference.ts';
import { ianaZone, zoneSaid } from '../../src/names/zones.ts';

/** The zone that a time zone set-up stands for: America/Chicago. */
const zoneOf = ({ label, record }: Named): string | undefined =>
  ianaZone(nameOf(record.timeZone) ?? '') ?? ianaZone(label);

/** What people name in the system module. */
export const system = {
  member: {
    list: 'GET /system/members',
    info: 'GET /system/info/members',
    fields: [
      'id',
      'identifier',
      'firstName',
      'lastName',
      'title',
      'officeEmail',
      'inactiveFlag',
      'inactiveDate',
      'licenseClass',
      'workRole',
      'workType',
      'defaultLocation',
      'timeZone',
      'dailyCapacity',
      'defaultDepartment',
      'calendar',
      'hireDate',
      'requireTimeSheetEntryFlag',
    ],
    names: ['identifier'],
    hidden: inactive,
    person: true,
    hint: (row) => hintOf(row.identifier, row.title),
  },
  location: table('/system/locations', { fields: ['id', 'name', 'calendar'], mixedUp: 'members' }),
  securityRole: table('/system/securityroles', { fields: ['id', 'name', 'adminFlag', 'inactiveFlag'] }),
  timeZone: table('/system/timeZoneSetups', {
    fields: ['id', 'name', 'timeZone', 'defaultFlag'],
    meantBy: (word, setups) => {
      const zone = zoneSaid(word)?.toLowerCase();
      return zone === undefined ? [] : setups.filter((setup) => zoneOf(setup)?.toLowerCase() === zone);
    },
  }),
  department: table('/system/departments', {
    fields: ['id', 'name', 'identifier'],
    names: ['name', 'identifier'],
    mixedUp: 'members',
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof system, Kind> {}
}
