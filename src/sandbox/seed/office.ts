import { DEPARTMENT_LOCATIONS, mirrorDepartmentLocation } from '../behaviours/system/department-location.ts';
import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider } from './provider.ts';

/** Which departments are where, and who leads them. */
const PLACES = [
  ['Professional Services', 'Headquarters', 'mobrien', 'dlopez'],
  ['Administration', 'Headquarters', 'klind', undefined],
  ['Sales', 'Headquarters', 'bwest', undefined],
  ['Professional Services', 'West Office', 'achen', 'dlopez'],
] as const;

const SKILLS = [
  ['Networking', ['Firewalls', 'Switching']],
  ['Microsoft', ['Microsoft 365', 'Windows Server']],
  ['Cloud', ['Azure', 'Backup']],
] as const;

/** Who can do what, in years. */
const KNOW_HOW = [
  ['jdoe', 'Microsoft 365', 'Intermediate', 3, false],
  ['jdoe', 'Firewalls', 'Beginner', 1, false],
  ['achen', 'Firewalls', 'Expert', 9, true],
  ['achen', 'Switching', 'Advanced', 8, false],
  ['pnair', 'Azure', 'Expert', 6, true],
  ['pnair', 'Windows Server', 'Advanced', 7, false],
  ['swright', 'Switching', 'Intermediate', 4, false],
  ['tmoreau', 'Azure', 'Advanced', 5, true],
] as const;

/** Subscriptions of this provider's own programs; none of the addresses exists. */
const CALLBACKS = [
  ['Tickets of the help desk', 'Ticket', 'Board', 'https://hooks.northwind-it.example/tickets?recordId=', false],
  ['Time to payroll', 'Time', 'Owner', 'https://payroll.northwind-it.example/manage/time?recordId=', false],
  ['Old dashboard', 'Company', 'Owner', 'https://dashboard.northwind-it.example/companies?recordId=', true],
] as const;

function seedPlaces(provider: Provider, person: (identifier: string) => Record<string, unknown>): void {
  for (const [departmentName, locationName, manager, dispatcher] of PLACES) {
    const department = provider.named('/system/departments', departmentName);
    const location = provider.named('/system/locations', locationName);
    const pair = provider.put(
      DEPARTMENT_LOCATIONS,
      {
        location: provider.ref('SystemLocationReference', location),
        department: provider.ref('SystemDepartmentReference', department),
        departmentManager: person(manager),
        ...(dispatcher !== undefined && { dispatch: person(dispatcher) }),
      },
      { parents: [department.id] },
    );
    mirrorDepartmentLocation(pair, provider.store);
  }
}

/** The service manager is everybody's supervisor and approves; what members cannot say of themselves. */
function seedSupervisors(provider: Provider, manager: Record<string, unknown>): void {
  const members = provider.store.collection('/system/members');
  for (const member of [...members.all()]) {
    if (member.licenseClass !== 'F' || member.inactiveFlag === true || member.id === manager.id) continue;
    members.put({
      ...member,
      reportsTo: manager,
      timeApprover: manager,
      expenseApprover: manager,
      officePhone: `518555${String(100 + member.id).padStart(4, '0')}`,
    });
  }
}

function seedSkills(provider: Provider): void {
  for (const [category, names] of SKILLS) {
    const { id } = provider.put('/system/skillCategories', { name: category });
    provider.table(
      '/system/skills',
      names.map((name) => ({ name, category: { id, name: category } })),
    );
  }
  for (const [identifier, skill, skillLevel, yearsExperience, certifiedFlag] of KNOW_HOW) {
    const member = provider.named('/system/members', identifier, 'identifier');
    const { id, name } = provider.named('/system/skills', skill);
    provider.put(
      '/system/members/{parentId}/skills',
      {
        skill: { id, name },
        skillLevel,
        yearsExperience,
        certifiedFlag,
        member: provider.ref('MemberReference', member),
      },
      { parents: [member.id] },
    );
  }
  const [vendor] = provider.all('/company/companies');
  if (vendor === undefined) return;
  const certification = provider.put('/system/certifications', {
    name: 'Azure Administrator',
    company: provider.ref('CompanyReference', vendor),
  });
  const holder = provider.named('/system/members', 'pnair', 'identifier');
  provider.put(
    '/system/members/{parentId}/certifications',
    {
      certification: { id: certification.id, name: certification.name },
      percentComplete: 100,
      dateReceived: dateOnly(provider.now.minus({ months: 14 })),
      dateExpires: dateOnly(provider.now.plus({ months: 10 })),
      certificationNumber: 'AZ-104-7731',
      member: provider.ref('MemberReference', holder),
    },
    { parents: [holder.id] },
  );
}

function seedCallbacks(provider: Provider): void {
  const board: SandboxRecord = provider.named('/service/boards', 'Help Desk');
  const owner = provider.named('/system/members', 'apimcp', 'identifier');
  for (const [description, type, level, url, inactiveFlag] of CALLBACKS) {
    provider.put('/system/callbacks', {
      description,
      url,
      type,
      level,
      objectId: level === 'Board' ? board.id : 1,
      memberId: owner.id,
      payloadVersion: '3.0.0',
      inactiveFlag,
      isSoapCallbackFlag: false,
      isSelfSuppressedFlag: false,
    });
  }
}

/** The provider's own house: departments and their places, supervisors, skills, and programs that listen. */
export function seedOffice(provider: Provider): void {
  const person = (identifier: string): Record<string, unknown> =>
    provider.ref('MemberReference', provider.named('/system/members', identifier, 'identifier'));
  seedPlaces(provider, person);
  seedSupervisors(provider, person('mobrien'));
  seedSkills(provider);
  seedCallbacks(provider);
}
