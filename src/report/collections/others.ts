import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import {
  BY_COMPANY,
  BY_MEMBER,
  BY_PLACE,
  type Collection,
  listed,
  ofEither,
  ofTicket,
  type Wanted,
} from '../collection.ts';
import { kept } from '../several-lists.ts';
import { type Columns, day, flag, itsName, number, reference, Table, text, time } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

/** Projects as they stand now. */
export const projects = listed({
  name: 'projects',
  noun: 'projects',
  one: 'project',
  list: 'GET /project/projects',
  // Time that is entered changes the actual hours.
  follows: ['GET /time/entries', 'GET /project/tickets'],
  schema: 'Project',
  columns: {
    project: itsName,
    company: reference('company'),
    member: reference('manager'),
    board: reference('board'),
    type: reference('type'),
    status: reference('status'),
    location: reference('location'),
    department: reference('department'),
    isClosed: flag('closedFlag'),
    ends: day('estimatedEnd'),
    budget: number('budgetHours'),
    actual: number('actualHours'),
    complete: number('percentComplete'),
  },
  ways: {
    ...BY_COMPANY,
    project: { column: 'project' },
    member: { column: 'member' },
    board: { column: 'board' },
    type: { column: 'type' },
    status: { column: 'status' },
    location: { column: 'location' },
    department: { column: 'department' },
  },
  paths: { company: 'company/id', project: 'id', member: 'manager/id', board: 'board/id' },
});

/** Days up to which each group of devices reaches: years. */
const DEVICE_AGES = [365, 1095, 1825] as const;

/** Configurations that are in use now. */
export const configurations = listed({
  name: 'configurations',
  noun: 'active configurations',
  one: 'active configuration',
  list: 'GET /company/configurations',
  schema: 'Company.Configuration',
  only: field('activeFlag', '=', true),
  age: DEVICE_AGES,
  columns: {
    company: reference('company'),
    type: reference('type'),
    status: reference('status'),
    location: number('locationId'),
    department: number('businessUnitId'),
    warranty: day('warrantyExpirationDate'),
    configuration: itsName,
    contact: reference('contact', 'company'),
    manufacturer: reference('manufacturer'),
    model: text('modelNumber'),
    os: text('osType'),
    bought: day('purchaseDate'),
    installed: day('installationDate'),
  },
  ways: {
    ...BY_COMPANY,
    type: { column: 'type' },
    status: { column: 'status' },
    ...BY_PLACE,
    configuration: { column: 'configuration' },
    contact: { column: 'contact' },
    manufacturer: { column: 'manufacturer' },
    model: { column: 'model' },
    os: { column: 'os' },
  },
  paths: {
    company: 'company/id',
    configuration: 'id',
    contact: 'contact/id',
    location: 'locationId',
    department: 'businessUnitId',
  },
});

/** Appointments by when they begin. */
export const schedule = listed({
  name: 'schedule',
  noun: 'schedule entries',
  one: 'schedule entry',
  list: 'GET /schedule/entries',
  schema: 'ScheduleEntry',
  columns: {
    member: reference('member'),
    type: number('type/id'),
    ticket: {
      kind: 'number',
      fields: ['objectId', 'type/identifier'],
      of: ({ objectId, type }) => (isRecord(type) && type.identifier === 'S' ? objectId : undefined),
    },
    status: reference('status'),
    start: time('dateStart'),
    hours: number('hours'),
  },
  within: (start, end) => all(field('dateStart', '>=', start), field('dateStart', '<', end)),
  ways: {
    member: BY_MEMBER.member,
    team: BY_MEMBER.team,
    ticket: ofEither('itself'),
    company: ofEither('company'),
    project: ofEither('project'),
    board: ofEither('board'),
    priority: ofEither('priority'),
    type: { column: 'type', called: 'scheduleType' },
    status: { column: 'status' },
  },
  paths: { member: 'member/id' },
});

const SURVEYS = 'GET /service/surveys';
const QUESTIONS = 'GET /service/surveys/{parentId}/questions';
const RESULTS = 'GET /service/surveys/{parentId}/results';

const ANSWERS: Columns = {
  company: reference('company'),
  ticket: number('ticketId'),
  entered: time('_info/dateEntered'),
  points: number('totalPoints'),
  best: number('best'),
};

const pointsIn = ({ options }: ManageRecord): number =>
  Math.max(0, ...((options ?? []) as ManageRecord[]).map(({ points }) => Number(points ?? 0)));

/** What customers answered in the period, to all surveys, with the most points that there were to give. */
async function readAnswers(wanted: Wanted, reading: Reading): Promise<Table> {
  const { start, end, narrowed } = wanted;
  const { manage, signal } = reading.context;
  return kept('surveys', wanted, reading, async () => {
    const table = new Table(ANSWERS);
    const conditions = all(field('dateEntered', '>=', start), field('dateEntered', '<', end), narrowed.conditions);
    for (const { id } of await manage.all<ManageRecord>(SURVEYS, { fields: ['id'], signal })) {
      const path = { parentId: Number(id) };
      const [questions, results] = await Promise.all([
        manage.all<ManageRecord>(QUESTIONS, { path, signal }),
        manage.all<ManageRecord>(RESULTS, { path, conditions, signal }),
      ]);
      const best = questions.reduce((sum, question) => sum + pointsIn(question), 0);
      for (const result of results) table.add({ ...result, best });
    }
    return table;
  });
}

/** Answers to surveys, by when they came. */
export const surveyAnswers: Collection = {
  name: 'surveys',
  noun: 'survey answers',
  one: 'survey answer',
  schema: 'SurveyResult',
  columns: ANSWERS,
  hasCustomFields: false,
  uses: [SURVEYS, QUESTIONS, RESULTS],
  ways: {
    ...BY_COMPANY,
    member: ofTicket('owner'),
    board: ofTicket('board'),
    type: { ...ofTicket('type'), byName: true },
    subtype: { ...ofTicket('subtype'), byName: true },
    team: { ...ofTicket('team'), byName: true },
    priority: ofTicket('priority'),
    source: ofTicket('source'),
    ticket: ofTicket('itself'),
    contact: ofTicket('contact'),
  },
  paths: { company: 'company/id' },
  read: readAnswers,
};
