import type { Named, NameKind, NameScope } from './names.ts';

type Row = Readonly<Record<string, unknown>>;

/** How the records of a kind are found and named. */
export interface Kind {
  /** The list operation. */
  readonly list: string;
  /** The list that needs fewer rights, for callers who may not see the table itself. */
  readonly info?: string;
  /** Members to fetch. */
  readonly fields: readonly string[];
  /** Members that a person may name the record by, the label first. */
  readonly names: readonly string[];
  /** Looked up by query instead of being read whole: there can be thousands. */
  readonly large?: boolean;
  /** The scope that the path of the list needs, or that narrows it by a condition. */
  readonly parent?: {
    readonly scope: keyof NameScope;
    readonly path?: string;
    readonly field?: string;
    readonly required?: boolean;
  };
  /** Rows that are never meant: inactive ones. */
  readonly hidden?: (row: Row) => boolean;
  /** What tells it from others of the same name. */
  readonly hint?: (row: Row) => string | undefined;
}

const name = (value: unknown): string | undefined => {
  const record = value as { name?: unknown; identifier?: unknown } | undefined;
  const text = record?.name ?? record?.identifier;
  return typeof text === 'string' ? text : undefined;
};

const inactive = (row: Row): boolean => row.inactiveFlag === true || row.inactive === true;
const named = ['id', 'name', 'defaultFlag', 'inactiveFlag'] as const;

function table(list: string, more: Partial<Kind> = {}): Kind {
  return { list: `GET ${list}`, fields: named, names: ['name'], hidden: inactive, ...more };
}

const ofBoard = (list: string, fields: readonly string[] = named, names: readonly string[] = ['name']): Kind => ({
  list: `GET /service/boards/{parentId}/${list}`,
  fields,
  names,
  hidden: inactive,
  parent: { scope: 'boardId', path: 'parentId', required: true },
});

/** Every kind of record that can be named. */
export const KINDS: Readonly<Record<NameKind, Kind>> = {
  board: table('/service/boards', { info: 'GET /service/info/boards', fields: [...named, 'projectFlag'] }),
  status: ofBoard('statuses', [
    'id',
    'name',
    'closedStatus',
    'timeEntryNotAllowed',
    'defaultFlag',
    'inactive',
    'sortOrder',
  ]),
  type: ofBoard('types'),
  subtype: ofBoard('subtypes'),
  item: ofBoard('items'),
  team: ofBoard('teams'),
  priority: table('/service/priorities', { fields: ['id', 'name', 'sortOrder', 'defaultFlag'] }),
  severity: table('/service/severities', { fields: ['id', 'name', 'description'] }),
  impact: table('/service/impacts', { fields: ['id', 'name', 'description'] }),
  source: table('/service/sources'),
  serviceLocation: table('/service/locations', { fields: ['id', 'name', 'where', 'defaultFlag'] }),
  company: {
    list: 'GET /company/companies',
    fields: ['id', 'name', 'identifier', 'status/name', 'city', 'deletedFlag', 'site', 'defaultContact'],
    names: ['name', 'identifier'],
    large: true,
    hidden: (row) => row.deletedFlag === true,
    hint: (row) => [row.identifier, row.city].filter((part) => typeof part === 'string').join(', '),
  },
  contact: {
    list: 'GET /company/contacts',
    fields: ['id', 'firstName', 'lastName', 'company', 'site', 'title', 'inactiveFlag', 'communicationItems'],
    names: ['firstName', 'lastName'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hidden: inactive,
    hint: (row) => {
      const items = (row.communicationItems ?? []) as { communicationType?: string; value?: string }[];
      const email = items.find(({ communicationType }) => communicationType === 'Email')?.value;
      return [name(row.company), row.title, email].filter((part) => typeof part === 'string').join(', ');
    },
  },
  site: {
    ...table('/company/companies/{parentId}/sites', { fields: ['id', 'name', 'city', 'inactiveFlag'] }),
    parent: { scope: 'companyId', path: 'parentId', required: true },
  },
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
      'licenseClass',
      'workRole',
      'workType',
      'defaultLocation',
      'timeZone',
    ],
    names: ['identifier'],
    hidden: inactive,
    hint: (row) => [row.identifier, row.title].filter((part) => typeof part === 'string').join(', '),
  },
  workType: table('/time/workTypes', { fields: ['id', 'name', 'billTime', 'inactiveFlag'] }),
  workRole: table('/time/workRoles', { fields: ['id', 'name', 'locationIds', 'inactiveFlag'] }),
  chargeCode: table('/time/chargeCodes', { fields: ['id', 'name', 'company', 'billTime', 'timeEntryFlag'] }),
  agreement: {
    list: 'GET /finance/agreements',
    fields: ['id', 'name', 'company', 'endDate', 'cancelledFlag'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hidden: (row) => row.cancelledFlag === true,
    hint: (row) => name(row.company),
  },
  project: {
    list: 'GET /project/projects',
    fields: ['id', 'name', 'company', 'closedFlag'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => name(row.company),
  },
  phase: {
    list: 'GET /project/projects/{parentId}/phases',
    fields: ['id', 'description', 'wbsCode'],
    names: ['description', 'wbsCode'],
    parent: { scope: 'projectId', path: 'parentId', required: true },
  },
  location: table('/system/locations', { fields: ['id', 'name'] }),
  department: table('/system/departments', { fields: ['id', 'name', 'identifier'], names: ['name', 'identifier'] }),
  configurationType: table('/company/configurations/types', { fields: ['id', 'name', 'inactiveFlag'] }),
  configurationStatus: table('/company/configurations/statuses', {
    fields: ['id', 'description', 'closedFlag'],
    names: ['description'],
  }),
  companyType: table('/company/companies/types', { fields: ['id', 'name'] }),
  companyStatus: table('/company/companies/statuses', { fields: ['id', 'name', 'inactiveFlag'] }),
  contactType: table('/company/contacts/types', { fields: ['id', 'description'], names: ['description'] }),
  communicationType: table('/company/communicationTypes', {
    fields: ['id', 'description', 'emailFlag', 'phoneFlag', 'faxFlag', 'defaultFlag'],
    names: ['description'],
  }),
  scheduleType: table('/schedule/types', { fields: ['id', 'name', 'identifier'], names: ['name', 'identifier'] }),
  scheduleStatus: table('/schedule/statuses', { fields: ['id', 'name', 'defaultFlag'] }),
};

/** What a person calls a record. */
export function labelOf(row: Row, names: readonly string[]): string {
  const person = [row.firstName, row.lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  if (person !== '') return person;
  const own = names.map((member) => row[member]).find((value) => typeof value === 'string');
  return String(own ?? row.description ?? row.id);
}

/** A row of a list as a named record. */
export function toNamed(row: Row, kind: Kind): Named {
  const hint = kind.hint?.(row);
  return {
    id: Number(row.id),
    label: labelOf(row, kind.names),
    ...(typeof row.identifier === 'string' && { identifier: row.identifier }),
    ...(hint !== undefined && hint !== '' && { hint }),
    record: row,
  };
}
