import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import {
  BY_AGREEMENT,
  BY_COMPANY,
  BY_MEMBER,
  BY_PLACE,
  COMPANY_CURRENCY,
  listed,
  ofTicket,
  type Ways,
} from '../collection.ts';
import { type Column, choice, HOUR, number, reference, type Table, time } from '../tables/table.ts';

/** The ticket that time or an expense is charged to; a project ticket's number below zero, because it is looked up elsewhere. */
export const ticket: Column = {
  kind: 'number',
  fields: ['chargeToId', 'chargeToType'],
  of({ chargeToId, chargeToType }: ManageRecord) {
    if (chargeToType === 'ServiceTicket') return chargeToId;
    return chargeToType === 'ProjectTicket' ? -Number(chargeToId) : undefined;
  },
};

/** Time entries, by when the work began. */
export const timeEntries = listed({
  name: 'time',
  noun: 'time entries',
  one: 'time entry',
  list: 'GET /time/entries',
  schema: 'TimeEntry',
  columns: {
    start: time('timeStart'),
    end: time('timeEnd'),
    entered: time('dateEntered'),
    company: reference('company'),
    member: reference('member'),
    ticket,
    agreement: reference('agreement', 'company'),
    project: reference('project', 'company'),
    phase: reference('phase', 'project'),
    chargeCode: {
      kind: 'number',
      fields: ['chargeToId', 'chargeToType'],
      of: ({ chargeToId, chargeToType }) => (chargeToType === 'ChargeCode' ? chargeToId : undefined),
    },
    workType: reference('workType'),
    workRole: reference('workRole'),
    location: number('locationId'),
    department: number('businessUnitId'),
    billable: choice('billableOption'),
    chargedTo: choice('chargeToType'),
    status: choice('status'),
    hours: number('actualHours'),
    billed: number('hoursBilled'),
    rate: number('hourlyRate'),
    cost: number('hourlyCost'),
  },
  within: (start, end) => all(field('timeStart', '>=', start), field('timeStart', '<', end)),
  ways: {
    ...BY_COMPANY,
    member: { column: 'member' },
    board: ofTicket('board'),
    type: { ...ofTicket('type'), byName: true },
    subtype: { ...ofTicket('subtype'), byName: true },
    item: { ...ofTicket('item'), byName: true },
    team: { ...ofTicket('team'), byName: true },
    priority: ofTicket('priority'),
    source: ofTicket('source'),
    ticket: ofTicket('itself'),
    contact: ofTicket('contact'),
    site: ofTicket('site'),
    serviceLocation: ofTicket('serviceLocation'),
    ...BY_AGREEMENT,
    project: { column: 'project' },
    phase: { column: 'phase' },
    ...BY_PLACE,
    workType: { column: 'workType' },
    workRole: { column: 'workRole' },
    chargeCode: { column: 'chargeCode', called: 'chargeCode' },
    billable: { column: 'billable' },
    chargedTo: { column: 'chargedTo' },
    status: { column: 'status' },
    currency: COMPANY_CURRENCY,
  },
  paths: {
    company: 'company/id',
    member: 'member/id',
    agreement: 'agreement/id',
    project: 'project/id',
    location: 'locationId',
    department: 'businessUnitId',
    workType: 'workType/id',
    workRole: 'workRole/id',
  },
});

/** The same for habits of members, such as how late they enter their time: the teams are those that they are in. */
export const OF_MEMBERS: Ways = { ...timeEntries.ways, team: BY_MEMBER.team };

/** When the work of a time entry ended; of one that has no end, its hours after its start. */
export const workEnd = (entries: Table, row: number): number =>
  entries.number('end', row) || entries.number('start', row) + entries.number('hours', row) * HOUR;
