import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { all, any, type Expression, field } from '../../query/index.ts';
import { BY_AGREEMENT, BY_COMPANY, type Collection, type Listed, listed, type Ways } from '../collection.ts';
import { type Column, type Columns, flag, number, reference, time } from '../table.ts';

/** Days up to which each group of ages reaches, for tickets that are open. */
export const TICKET_AGES = [1, 7, 30, 90] as const;

/** Everybody on a ticket: its owner, and who is scheduled on it. Identifiers with commas between them. */
const people: Column = {
  kind: 'text',
  fields: ['owner/id', 'owner/identifier', 'resources'],
  of({ owner, resources }: ManageRecord) {
    const own = isRecord(owner) ? owner.identifier : undefined;
    const others = typeof resources === 'string' ? resources.split(/,\s*/) : [];
    return [...new Set([own, ...others].filter((one) => typeof one === 'string' && one !== ''))].join(',');
  },
};

const COLUMNS: Columns = {
  entered: time('_info/dateEntered'),
  closed: time('closedDate'),
  isClosed: flag('closedFlag'),
  company: reference('company'),
  board: reference('board'),
  type: reference('type'),
  subtype: reference('subType'),
  item: reference('item'),
  priority: reference('priority'),
  source: reference('source'),
  status: reference('status'),
  agreement: reference('agreement', 'company'),
  location: reference('location'),
  department: reference('department'),
  people,
  hours: number('actualHours'),
};

const WAYS: Ways = {
  ...BY_COMPANY,
  member: { column: 'people' },
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
  board: 'board/id',
  priority: 'priority/id',
  source: 'source/id',
  agreement: 'agreement/id',
  location: 'location/id',
  department: 'department/id',
};

const shared = {
  age: TICKET_AGES,
  // Whatever was open at any moment of the period: opened before its end, and not closed before its start.
  within: (start, end): Expression | undefined =>
    all(field('dateEntered', '<', end), any(field('closedFlag', '=', false), field('closedDate', '>=', start))),
} as const satisfies Partial<Listed>;

/** Service tickets. */
export const tickets = listed({
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
    inSla: flag('isInSla'),
  },
  ways: { ...WAYS, team: { column: 'team', byName: true }, sla: { column: 'sla' } },
  paths: { ...PATHS, sla: 'sla/id' },
});

/** Tickets of projects, which Manage keeps apart. */
export const projectTickets = listed({
  ...shared,
  name: 'projectTickets',
  noun: 'project tickets',
  one: 'project ticket',
  list: 'GET /project/tickets',
  schema: 'ProjectTicket',
  columns: {
    ...COLUMNS,
    project: reference('project', 'company'),
    phase: reference('phase', 'project'),
    budget: number('budgetHours'),
  },
  ways: { ...WAYS, project: { column: 'project' }, phase: { column: 'phase' } },
  paths: { ...PATHS, project: 'project/id' },
});
