import { inWords } from '../../api/enum-words.ts';
import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { isSecretPath, meaningOfPath, readsAsDay } from '../../api/meanings.ts';
import { fromManage } from '../../clock/index.ts';
import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { cleanLine, joined, say } from '../../text/index.ts';
import { bareName } from '../arguments/lenient.ts';
import { ToolInputError } from '../errors.ts';
import { type CalendarUnit, UNITS, unitOf } from './calendar-groups.ts';

/** One thing that records are told apart by: a field, or a unit of the calendar that a time falls into. */
export interface GroupKey {
  readonly title: string;
  /** The fields to fetch. */
  readonly fields: readonly string[];
  /** Its groups are units of the calendar, whose labels sort by time. */
  readonly isCalendar: boolean;
  /** Which unit of the calendar. */
  readonly unit?: CalendarUnit;
  /** The groups that a record is in: one, except for a ticket with several people on it. */
  of(row: ManageRecord): readonly GroupName[];
}

/** What tells a group from others, and what it is called. */
export interface GroupName {
  readonly id: string;
  readonly label: string;
  /** What tells it from another of the same label: the customer of a contact or agreement. */
  readonly apart?: string | undefined;
}

const unitsOf = (field: string): Record<string, string> => ({
  date: `${field}:day`,
  ...Object.fromEntries(UNITS.map((unit) => [unit, `${field}:${unit}`])),
});
const people = (field: string): Record<string, string> =>
  Object.fromEntries(
    'technician tech engineer person user employee assignee assigned assignedto member resource staff who'
      .split(' ')
      .map((word) => [word, field]),
  );
const CUSTOMERS = { customer: 'company', client: 'company', account: 'company', prio: 'priority' };
const TICKET_WORDS = { ...people('resources'), ...unitsOf('dateEntered'), ...CUSTOMERS, opened: 'dateEntered:day' };

/** What people call the fields of the records that they group most. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TimeEntry: {
    ...people('member'),
    ...unitsOf('timeStart'),
    ...CUSTOMERS,
    billable: 'billableOption',
    type: 'workType',
    role: 'workRole',
  },
  Ticket: TICKET_WORDS,
  ProjectTicket: TICKET_WORDS,
  Activity: { ...people('assignTo'), ...unitsOf('dateStart'), ...CUSTOMERS },
  ExpenseEntry: { ...people('member'), ...unitsOf('date'), ...CUSTOMERS, billable: 'billableOption' },
  Invoice: { ...unitsOf('date'), ...CUSTOMERS },
  Opportunity: {
    ...unitsOf('expectedCloseDate'),
    ...CUSTOMERS,
    rep: 'primarySalesRep',
    salesrep: 'primarySalesRep',
  },
  Order: { ...unitsOf('orderDate'), ...CUSTOMERS, rep: 'salesRep' },
};

const NONE: GroupName = { id: '', label: '(none)' };

function at(row: ManageRecord, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, segment) => (value as ManageRecord | null | undefined)?.[segment],
    path.length === 1 && row[path[0] ?? ''] === undefined ? { ...(row._info as ManageRecord), ...row } : row,
  );
}

/** Statuses, types and teams have another id on each board: under one name they are one group. */
const SAME_NAME_IS_ONE = new Set([
  'ServiceStatusReference',
  'ServiceTypeReference',
  'ServiceSubTypeReference',
  'ServiceItemReference',
  'ServiceTeamReference',
]);

/** What belongs to a record of its own, and the member that holds it: two of one name are told apart by it. */
const OWNERS: Readonly<Record<string, string>> = {
  AgreementReference: 'company',
  ConfigurationReference: 'company',
  ContactReference: 'company',
  OpportunityReference: 'company',
  ProjectReference: 'company',
  SiteReference: 'company',
  ProjectPhaseReference: 'project',
};

/**
 * The group of a value. References are told apart by id, so that two people or agreements of one name stay two.
 * @param byName two records of one name are one group
 */
function named(value: unknown, byName: boolean): GroupName {
  if (value === undefined || value === null || value === '') return NONE;
  if (!isRecord(value)) return { id: String(value).toLowerCase(), label: String(value) };
  const { id, name, identifier, summary } = value;
  // Tickets are told apart by their numbers.
  if (summary !== undefined && name === undefined) return { id: String(id), label: `${id} ${summary}` };
  const label = String(name ?? identifier ?? id);
  return { id: byName || id === undefined ? label.toLowerCase() : String(id), label };
}

/** A ticket's `resources` is a text of identifiers with ", " between them; the ticket counts for each of these people. */
const namesIn = (value: unknown): readonly GroupName[] =>
  typeof value === 'string' && value !== '' ? value.split(/,\s*/).map((name) => named(name, true)) : [NONE];

/** Groups of references; those that belong to a customer or project carry its name. */
function byReference(path: readonly string[], reference: string, { api, schema }: GroupOptions): GroupKey {
  const field = path.join('/');
  const owner = OWNERS[reference] ?? '';
  const isOwned = path.length === 1 && api.schema(schema)?.fields.get(owner)?.type === 'reference';
  const byName = SAME_NAME_IS_ONE.has(reference);
  return {
    title: field,
    fields: isOwned ? [field, owner] : [field],
    isCalendar: false,
    of(row) {
      const group = named(at(row, path), byName);
      const apart = isOwned ? named(row[owner], true) : NONE;
      return [apart === NONE ? group : { ...group, apart: apart.label }];
    },
  };
}

export interface GroupOptions {
  /** Anything that knows the schema of the records. */
  readonly api: Schemas;
  readonly schema: string;
  /** IANA zone in which moments fall into days, weeks and months. Dates are the same in every zone. */
  readonly zone: string;
  readonly argument: string;
}

/** The field that an entry of `groupBy` names. @throws {ToolInputError} as `readGroupKey` */
function fieldOf(name: string, { api, schema, argument }: GroupOptions) {
  const found = resolvePath(api, schema, name.split('/'));
  const said = say`${cleanLine(argument)}: ${cleanLine(schema)} has no field ${cleanLine(JSON.stringify(name))}.`;
  if (found.kind === 'unknown') {
    if (found.lacking !== undefined)
      throw new ToolInputError(argument, say`${cleanLine(argument)}: ${cleanLine(name)} ${cleanLine(found.lacking)}.`);
    const near = joined(found.closest.map(cleanLine), ' or ');
    const references = [...(api.schema(schema)?.fields ?? [])].filter(([, field]) => field.type === 'reference');
    throw new ToolInputError(argument, near === '' ? said : say`${said} Did you mean ${near}?`, {
      allowed: near === '' ? references.map(([field]) => cleanLine(field)) : [],
    });
  }
  if (found.kind === 'array' || found.kind === 'customField' || found.kind === 'object')
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: ${cleanLine(name)} is a list inside the record; groups need a single value.`,
    );
  return found;
}

/** A field in another spelling, "work type" for `workType`. */
const fieldSpelt = (text: string, { api, schema }: GroupOptions): string | undefined =>
  [...(api.schema(schema)?.fields.keys() ?? [])].find((field) => bareName(field) === bareName(text));

/** Groups of the units of the calendar that a time falls into. A date is the same in every zone. */
function byCalendar(path: readonly string[], unit: CalendarUnit, { api, schema, zone }: GroupOptions): GroupKey {
  const field = sentField(path);
  return {
    title: `${path.join('/')} (${unit})`,
    // Whole days on the schedule are told by their ends and hours.
    fields: schema === 'ScheduleEntry' ? [field, 'dateStart', 'dateEnd', 'hours'] : [field],
    isCalendar: true,
    unit,
    of(row) {
      const isDay = readsAsDay(api, schema, path.join('/'), row);
      const moment = fromManage(at(row, path), isDay ? 'utc' : zone);
      const label = moment && unitOf(unit, moment);
      return [label === undefined ? NONE : { id: label, label }];
    },
  };
}

/** A field as it is fetched: a record's times of change are kept in `_info`. */
const sentField = (path: readonly string[]): string =>
  ['lastUpdated', 'dateEntered', 'updatedBy', 'enteredBy'].includes(path[0] ?? '')
    ? `_info/${path[0]}`
    : path.join('/');

/**
 * Reads one entry of `groupBy`: a field such as `company` or `status/name`, or a time with a unit, `timeStart:month`.
 * Times without a unit are grouped by day. Units are those of the wall clock in `zone`.
 * @throws {ToolInputError} for a field that the records do not have, with the closest ones, and for lists inside records
 */
export function readGroupKey(text: string, options: GroupOptions): GroupKey {
  const { api, schema, argument } = options;
  const known = resolvePath(api, schema, text.split(':')[0]?.trim().split('/') ?? []).kind !== 'unknown';
  const spelt = known ? text : (WORDS[schema]?.[bareName(text)] ?? fieldSpelt(text, options) ?? text);
  const [name = '', said] = spelt.split(':').map((part) => part.trim());
  const { path, field } = fieldOf(name, options);
  if (isSecretPath(schema, path.join('/')))
    throw new ToolInputError(argument, say`${cleanLine(argument)}: ${cleanLine(name)} holds a secret.`);
  const isTime = field.type === 'datetime' || meaningOfPath(api, schema, path)?.time !== undefined;
  if (isTime) {
    const unit = UNITS.find((known) => known === (said ?? 'day').toLowerCase());
    if (unit !== undefined) return byCalendar(path, unit, options);
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: a time is grouped by ${joined(UNITS.map(cleanLine), ', ')}.`,
      {
        allowed: UNITS.map((unit) => say`${cleanLine(name)}:${unit}`),
      },
    );
  }
  if (said !== undefined)
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)}: ${cleanLine(name)} is not a time; leave ":${cleanLine(said)}" out.`,
    );
  if (path.length === 1 && path[0] === 'resources')
    return { title: 'resources', fields: ['resources'], isCalendar: false, of: (row) => namesIn(row.resources) };
  if (field.type === 'reference') return byReference(path, field.schema ?? '', options);
  return {
    title: path.join('/'),
    fields: [sentField(path)],
    isCalendar: false,
    of(row) {
      const group = named(at(row, path), true);
      return [group === NONE ? NONE : { ...group, label: String(inWords(group.label, field)) }];
    },
  };
}

/**
 * Labels of the groups of one key: where two have the same, what tells them apart is added, the customer or else the id.
 * @param groups each with what tells it apart, key by key
 * @param place the key
 */
export function labelsOf(
  groups: readonly { readonly names: readonly GroupName[] }[],
  place: number,
): (name: GroupName) => string {
  const ids = new Map<string, Set<string>>();
  const noted = (label: string, id: string): void => {
    ids.set(label, (ids.get(label) ?? new Set()).add(id));
  };
  const apartly = ({ label, apart }: GroupName): string => (apart === undefined ? label : `${label} (${apart})`);
  for (const { names } of groups) {
    const name = names[place];
    if (name === undefined) continue;
    noted(name.label, name.id);
    if (name.apart !== undefined) noted(apartly(name), name.id);
  }
  const isOne = (label: string): boolean => (ids.get(label)?.size ?? 0) <= 1;
  return (name) => {
    if (isOne(name.label)) return name.label;
    if (name.apart !== undefined && isOne(apartly(name))) return apartly(name);
    return name.apart === undefined ? `${name.label} (id ${name.id})` : `${name.label} (${name.apart}, id ${name.id})`;
  };
}
