import { type Kind, table } from '../../src/names/kind.ts';

/** What people name in the time module. */
export const time = {
  workType: table('/time/workTypes', {
    fields: ['id', 'name', 'billTime', 'accrualType', 'inactiveFlag'],
    mixedUp: 'time',
  }),
  workRole: table('/time/workRoles', { fields: ['id', 'name', 'locationIds', 'inactiveFlag'], mixedUp: 'time' }),
  chargeCode: table('/time/chargeCodes', {
    fields: ['id', 'name', 'company', 'billTime', 'timeEntryFlag', 'expenseEntryFlag', 'workType'],
    mixedUp: 'time',
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof time, Kind> {}
}
