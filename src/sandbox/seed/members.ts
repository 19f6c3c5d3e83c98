import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider } from './provider.ts';

interface Person {
  readonly identifier: string;
  readonly first: string;
  readonly last: string;
  readonly title: string;
  readonly role: string;
  readonly zone?: string;
  readonly more?: Record<string, unknown>;
}

const PEOPLE: readonly Person[] = [
  { identifier: 'jdoe', first: 'Jordan', last: 'Doe', title: 'Technician', role: 'Technician' },
  { identifier: 'achen', first: 'Alex', last: 'Chen', title: 'Senior Engineer', role: 'Engineer' },
  { identifier: 'arivera', first: 'Alex', last: 'Rivera', title: 'Technician', role: 'Technician' },
  { identifier: 'mobrien', first: 'Maura', last: "O'Brien", title: 'Service Manager', role: 'Project Manager' },
  { identifier: 'dlopez', first: 'Daniela', last: 'Lopez', title: 'Dispatcher', role: 'Technician' },
  { identifier: 'pnair', first: 'Priya', last: 'Nair', title: 'Remote Engineer', role: 'Engineer', zone: 'India' },
  {
    identifier: 'swright',
    first: 'Sam',
    last: 'Wright',
    title: 'Field Technician',
    role: 'Technician',
    more: { requireStartAndEndTimeOnTimeEntryFlag: true },
  },
  { identifier: 'klind', first: 'Kaja', last: 'Lind', title: 'Project Manager', role: 'Project Manager' },
  { identifier: 'tmoreau', first: 'Théo', last: 'Moreau', title: 'Architect', role: 'Architect' },
  { identifier: 'bwest', first: 'Blake', last: 'West', title: 'Account Manager', role: 'Technician', zone: 'Pacific' },
  {
    identifier: 'rgone',
    first: 'Robin',
    last: 'Gone',
    title: 'Technician',
    role: 'Technician',
    more: { inactiveFlag: true },
  },
  {
    identifier: 'ebefore',
    first: 'Erin',
    last: 'Before',
    title: 'Dispatcher',
    role: 'Technician',
    more: { inactiveFlag: true },
  },
];

/** What an hour of people costs the provider, by their title. */
const HOURLY_COST: Readonly<Record<string, number>> = {
  Technician: 38,
  'Field Technician': 40,
  'Senior Engineer': 58,
  'Remote Engineer': 44,
  'Service Manager': 54,
  Dispatcher: 31,
  'Project Manager': 52,
  Architect: 72,
  'Account Manager': 47,
};

const FIRST = ['Ada', 'Bruno', 'Chloe', 'Deniz', 'Emil', 'Fatima', 'Gael', 'Hanna', 'Ivo', 'Jana'];
const LAST = ['Arnold', 'Becker', 'Cruz', 'Dahl', 'Ekberg', 'Foster', 'Gruber', 'Holm'];
/** What the people above cope with; whoever has more tickets has more technicians. */
const TICKETS_OF_THE_TEAM = 1_500;
const TICKETS_OF_A_TECHNICIAN = 900;

function technicians(tickets: number): Person[] {
  const count = Math.ceil(Math.max(0, tickets - TICKETS_OF_THE_TEAM) / TICKETS_OF_A_TECHNICIAN);
  return Array.from({ length: count }, (_, index) => ({
    identifier: `tech${index + 1}`,
    first: FIRST[index % FIRST.length] ?? 'Ada',
    last: LAST[(index + Math.floor(index / FIRST.length)) % LAST.length] ?? 'Arnold',
    title: 'Technician',
    role: 'Technician',
  }));
}

/** Who takes tickets: everybody but those who manage, plan or sell. */
export const assignees = (people: readonly SandboxRecord[]): SandboxRecord[] =>
  people.filter(
    ({ licenseClass, inactiveFlag, title }) =>
      licenseClass === 'F' &&
      inactiveFlag !== true &&
      !['Project Manager', 'Architect', 'Account Manager'].includes(String(title)),
  );

/** The people of the provider, and the API members that its integrations sign in as. */
export function seedMembers(provider: Provider): SandboxRecord[] {
  const location = provider.named('/system/locations', 'Headquarters');
  const department = provider.named('/system/departments', 'Professional Services');
  const roleRef = (name: string): Record<string, unknown> =>
    provider.ref('SecurityRoleReference', provider.named('/system/securityroles', name));
  const shared = {
    licenseClass: 'F',
    defaultEmail: 'Office',
    defaultPhone: 'Office',
    hireDate: dateOnly(provider.now.minus({ years: 3 }).startOf('year')),
    defaultLocation: provider.ref('SystemLocationReference', location),
    defaultDepartment: provider.ref('SystemDepartmentReference', department),
    workType: provider.ref('WorkTypeReference', provider.named('/time/workTypes', 'Regular')),
    dailyCapacity: 8,
    minimumHours: 0,
    daysTolerance: 0,
    inactiveFlag: false,
    adminFlag: false,
    requireTimeSheetEntryFlag: true,
    requireStartAndEndTimeOnTimeEntryFlag: false,
  };
  const people = [...PEOPLE, ...technicians(provider.tickets)].map(
    ({ identifier, first, last, title, role, zone = 'Eastern', more }) =>
      provider.put('/system/members', {
        ...shared,
        identifier,
        firstName: first,
        lastName: last,
        title,
        hourlyCost: HOURLY_COST[title] ?? 0,
        securityRole: roleRef(title === 'Service Manager' ? 'Admin' : 'Technician'),
        officeEmail: `${identifier}@northwind-it.example`,
        primaryEmail: `${identifier}@northwind-it.example`,
        timeZone: provider.ref('TimeZoneSetupReference', provider.named('/system/timeZoneSetups', zone)),
        workRole: provider.ref('WorkRoleReference', provider.named('/time/workRoles', role)),
        ...more,
        ...(more?.inactiveFlag === true && { inactiveDate: dateOnly(provider.now.minus({ months: 7 })) }),
      }),
  );
  // Class A is an API-only licence: it signs in, but owns no time and is not shown among the people.
  const integrations = (
    [
      ['apimcp', 'Integration', 'Admin'],
      ['apireader', 'Read Only', 'Read Only'],
      ['apitech', 'Technician', 'Technician'],
    ] as const
  ).map(([identifier, lastName, role]) =>
    provider.put('/system/members', {
      ...shared,
      identifier,
      firstName: 'API',
      lastName,
      title: 'API Member',
      licenseClass: 'A',
      securityRole: roleRef(role),
      adminFlag: role === 'Admin',
      timeZone: provider.ref('TimeZoneSetupReference', provider.named('/system/timeZoneSetups', 'Eastern')),
    }),
  );
  return [...people, ...integrations];
}
