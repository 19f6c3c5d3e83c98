import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { fromManage } from '../../clock/index.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { ToolInputError } from '../errors.ts';

/** One thing that records are told apart by: a field, or a stretch of the calendar that a time falls into. */
export interface GroupKey {
  readonly title: string;
  /** The field to fetch. */
  readonly field: string;
  /** The groups that a record is in: one, except for a ticket with several people on it. */
  of(row: ManageRecord): readonly GroupName[];
}

/** What tells a group from others, and what it is called. */
export interface GroupName {
  readonly id: string;
  readonly label: string;
}

const CALENDAR = {
  day: 'yyyy-MM-dd',
  week: "kkkk-'W'WW",
  month: 'yyyy-MM',
  quarter: "yyyy-'Q'q",
  year: 'yyyy',
} as const;
type Stretch = keyof typeof CALENDAR;
const STRETCHES = Object.keys(CALENDAR) as Stretch[];

const STRETCH_WORDS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const stretchesOf = (field: string): Record<string, string> => ({
  date: `${field}:day`,
  ...Object.fromEntries(STRETCH_WORDS.map((unit) => [unit, `${field}:${unit}`])),
});
const people = (field: string): Record<string, string> =>
  Object.fromEntries(
    'technician tech engineer person user employee assignee assigned assignedto member resource staff who'
      .split(' ')
      .map((word) => [word, field]),
  );
const CUSTOMERS = { customer: 'company', client: 'company', account: 'company', prio: 'priority' };
const TICKET_WORDS = { ...people('resources'), ...stretchesOf('dateEntered'), ...CUSTOMERS, opened: 'dateEntered:day' };

/** What people call the fields of the records that they group most. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TimeEntry: {
    ...people('member'),
    ...stretchesOf('timeStart'),
    ...CUSTOMERS,
    billable: 'billableOption',
    type: 'workType',
    role: 'workRole',
  },
  Ticket: TICKET_WORDS,
  ProjectTicket: TICKET_WORDS,
};

const NONE: GroupName = { id: '', label: '(none)' };

function at(row: ManageRecord, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, segment) => (value as ManageRecord | null | undefined)?.[segment],
    path.length === 1 && row[path[0] ?? ''] === undefined ? { ...(row._info as ManageRecord), ...row } : row,
  );
}

/**
 * Companies and members have an identifier of their own, so two of one name stay two. Statuses, types and teams have another id on
 * each board; under one name they are one group.
 */
function named(value: unknown): GroupName {
  if (value === undefined || value === null || value === '') return NONE;
  if (typeof value !== 'object') return { id: String(value).toLowerCase(), label: String(value) };
  const { id, name, identifier, summary } = value as ManageRecord;
  // Tickets are told apart by their numbers.
  if (summary !== undefined && name === undefined) return { id: String(id), label: `${id} ${summary}` };
  const label = String(name ?? identifier ?? id);
  return { id: identifier === undefined ? label.toLowerCase() : String(id), label };
}

/** A ticket's `resources` is a text of identifiers with ", " between them; the ticket counts for each of these people. */
const namesIn = (value: unknown): readonly GroupName[] =>
  typeof value === 'string' && value !== '' ? value.split(/,\s*/).map(named) : [NONE];

/**
 * Reads one entry of `groupBy`: a field such as `company` or `status/name`, or a time with a stretch, `timeStart:month`.
 * Times without a stretch are grouped by day. Stretches are those of the wall clock in `zone`.
 * @throws {ToolInputError} for a field that the records do not have, with the closest ones, and for lists inside records
 */
export function readGroupKey(
  text: string,
  { api, schema, zone, argument }: { api: Schemas; schema: string; zone: string; argument: string },
): GroupKey {
  const known = resolvePath(api, schema, text.split(':')[0]?.trim().split('/') ?? []).kind !== 'unknown';
  const spelt = known ? text : (WORDS[schema]?.[text.toLowerCase().replace(/[\s_-]/g, '')] ?? text);
  const [name = '', said] = spelt.split(':').map((part) => part.trim());
  const found = resolvePath(api, schema, name.split('/'));
  if (found.kind === 'unknown') {
    const near = found.closest.length > 0 ? ` Did you mean ${found.closest.join(' or ')}?` : '';
    const references = [...(api.schema(schema)?.fields ?? [])].filter(([, field]) => field.type === 'reference');
    throw new ToolInputError(argument, `${argument}: ${schema} has no field ${JSON.stringify(name)}.${near}`, {
      allowed: near === '' ? references.map(([field]) => field) : [],
    });
  }
  if (found.kind === 'array' || found.kind === 'customField' || found.kind === 'object')
    throw new ToolInputError(argument, `${argument}: ${name} is a list inside the record; groups need a single value.`);
  const { path } = found;
  const time = found.field.type === 'datetime';
  if (said !== undefined && !time)
    throw new ToolInputError(argument, `${argument}: ${name} is no time; leave ":${said}" out.`);
  // Where a record's times of change are kept.
  const field = ['lastUpdated', 'dateEntered', 'updatedBy', 'enteredBy'].includes(path[0] ?? '')
    ? `_info/${path[0]}`
    : path.join('/');
  if (path.length === 1 && path[0] === 'resources')
    return { title: 'resources', field, of: (row) => namesIn(row.resources) };
  if (!time) return { title: path.join('/'), field, of: (row) => [named(at(row, path))] };
  const stretch = STRETCHES.find((unit) => unit === (said ?? 'day').toLowerCase());
  if (stretch === undefined)
    throw new ToolInputError(argument, `${argument}: a time is grouped by ${STRETCHES.join(', ')}.`, {
      allowed: STRETCHES.map((unit) => `${name}:${unit}`),
    });
  return {
    title: `${path.join('/')} (${stretch})`,
    field,
    of(row) {
      const label = fromManage(at(row, path), zone)?.toFormat(CALENDAR[stretch]);
      return [label === undefined ? NONE : { id: label, label }];
    },
  };
}
