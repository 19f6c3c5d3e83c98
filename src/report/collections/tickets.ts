import type { DateTime } from 'luxon';
import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { all, any, type Expression, field } from '../../query/index.ts';
import { BY_AGREEMENT, BY_COMPANY, type Collection, type Listed, listed, type Ways } from '../collection.ts';
import { itself, OF_TICKETS } from '../tables/look-ups.ts';
import { type Column, type Columns, flag, number, reference, text, time } from '../tables/table.ts';

/** Days up to which each group of ages reaches, for tickets that are open. */
export const TICKET_AGES = [1, 7, 30, 90] as const;

const joined = (people: readonly unknown[]): string =>
  [...new Set(people.filter((one) => typeof one === 'string' && one !== ''))].join(',');
const ownerIn = ({ owner }: ManageRecord): unknown => (isRecord(owner) ? owner.identifier : undefined);
const assignedIn = ({ resources }: ManageRecord): readonly string[] =>
  typeof resources === 'string' ? resources.split(/,\s*/) : [];

/** Who answers for a ticket, by identifier. */
const owner: Column = {
  kind: 'text',
  fields: ['owner/id', 'owner/identifier'],
  of: (record: ManageRecord) => joined([ownerIn(record)]),
};

/** Who works on a ticket. Identifiers with commas between them. */
const assigned: Column = {
  kind: 'text',
  fields: ['resources'],
  of: (record: ManageRecord) => joined(assignedIn(record)),
};

/** Everybody on a ticket: its owner, and who is scheduled on it. Identifiers with commas between them. */
const people: Column = {
  kind: 'text',
  fields: [...owner.fields, ...assigned.fields],
  of: (record: ManageRecord) => joined([ownerIn(record), ...assignedIn(record)]),
};

const COLUMNS: Columns = {
  ticket: itself,
  entered: time('_info/dateEntered'),
  closed: time('closedDate'),
  isClosed: flag('closedFlag'),
  ...OF_TICKETS,
  agreement: reference('agreement', 'company'),
  location: reference('location'),
  department: reference('department'),
  people,
  owner,
  assigned,
  closedBy: text('closedBy'),
  enteredBy: text('_info/enteredBy'),
  due: time('requiredDate'),
  budget: number('budgetHours'),
  hours: number('actualHours'),
};

const WAYS: Ways = {
  ...BY_COMPANY,
  member: { column: 'people', people: true },
  owner: { column: 'owner', people: true },
  assignee: { column: 'assigned', people: true },
  ticket: { column: 'ticket' },
  contact: { column: 'contact' },
  site: { column: 'site' },
  serviceLocation: { column: 'serviceLocation' },
  closedBy: { column: 'closedBy', people: true },
  enteredBy: { column: 'enteredBy', people: true },
  board: { column: 'board' },
  type: { column: 'type', byName: true },
  subtype: { column: 'subtype', byName: true },
  item: { column: 'item', byName: true },
  priority: { column: 'priority' },
  source: { column: 'source' },
  status: { column: 'status', byName: true },
  ...BY_AGREEMENT,
  location: { column: 'location' },
  department: { column: 'department' },
};

const PATHS: Collection['paths'] = {
  company: 'company/id',
  contact: 'contact/id',
  owner: 'owner/id',
  board: 'board/id',
  priority: 'priority/id',
  source: 'source/id',
  serviceLocation: 'serviceLocation/id',
  agreement: 'agreement/id',
  location: 'location/id',
  department: 'department/id',
};

/** Whatever was open at any moment of a period: opened before its end, and not closed before its start. */
export const openBetween = (start: DateTime<true>, end: DateTime<true>): Expression | undefined =>
  all(field('dateEntered', '<', end), any(field('closedFlag', '=', false), field('closedDate', '>=', start)));

const shared = {
  age: TICKET_AGES,
  within: openBetween,
} as const satisfies Partial<Listed>;

const service = {
  ...shared,
  name: 'tickets',
  noun: 'service tickets',
  one: 'service ticket',
  list: 'GET /service/tickets',
  schema: 'Ticket',
  columns: {
    ...COLUMNS,
    team: reference('team'),
    responded: time('dateResponded'),
    resolved: time('dateResolved'),
    sla: reference('sla'),
    severity: text('severity'),
    impact: text('impact'),
    inSla: flag('isInSla'),
    respondBy: time('respondByGoalUTC'),
    resolveBy: time('resolutionGoalUTC'),
  },
  ways: {
    ...WAYS,
    team: { column: 'team', byName: true },
    sla: { column: 'sla' },
    severity: { column: 'severity' },
    impact: { column: 'impact' },
  },
  paths: { ...PATHS, sla: 'sla/id' },
} as const satisfies Listed;

/** Service tickets. */
export const tickets = listed(service);

/** Service tickets with the hours on them, which time entries change: the ticket itself does not say that it was changed. */
export const ticketsWithHours: Collection = {
  ...listed({ ...service, name: 'ticketsWithHours', follows: ['GET /time/entries'] }),
  like: 'tickets',
};

/** Tickets of projects, which Manage keeps apart. */
export const projectTickets = listed({
  ...shared,
  name: 'projectTickets',
  noun: 'project tickets',
  one: 'project ticket',
  list: 'GET /project/tickets',
  // Time that is entered changes the hours on them.
  follows: ['GET /time/entries'],
  schema: 'ProjectTicket',
  columns: {
    ...COLUMNS,
    project: reference('project', 'company'),
    phase: reference('phase', 'project'),
  },
  ways: { ...WAYS, project: { column: 'project' }, phase: { column: 'phase' } },
  paths: { ...PATHS, project: 'project/id' },
});
