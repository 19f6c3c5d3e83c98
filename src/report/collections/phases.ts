import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { BY_COMPANY, type Collection, eachOf, type Wanted } from '../collection.ts';
import { kept } from '../several-lists.ts';
import { type Columns, day, flag, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const PROJECTS = 'GET /project/projects';
const PHASES = 'GET /project/projects/{parentId}/phases';

const COLUMNS: Columns = {
  phase: { ...reference('phase'), owner: ({ project }) => project },
  project: { ...reference('project'), owner: ({ company }) => company },
  company: reference('company'),
  member: reference('manager'),
  board: reference('board'),
  status: reference('status'),
  isClosed: flag('closedFlag'),
  isDone: flag('isDone'),
  deadline: day('deadlineDate'),
  budget: number('budgetHours'),
  actual: number('actualHours'),
};

/** The phases of open projects, which Manage gives for one project at a time. */
async function readPhases(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, signal } = context;
  const { narrowed } = wanted;
  return kept('phases', wanted, reading, async () => {
    const conditions = all(field('closedFlag', '=', false), narrowed.conditions);
    const fields = ['id', 'name', 'company', 'manager'];
    const open = await manage.all<ManageRecord>(PROJECTS, { ...narrowed, conditions, fields, signal });
    const phases = await eachOf(open, { what: 'projects, for their phases', wanted, reading }, ({ id }) =>
      manage.all<ManageRecord>(PHASES, { path: { parentId: Number(id) }, signal }),
    );
    const table = new Table(COLUMNS);
    for (const [index, project] of open.entries())
      for (const { id, description, actualEnd, ...phase } of phases[index] ?? [])
        table.add({
          ...phase,
          phase: { id, name: description },
          project,
          company: project.company,
          manager: project.manager,
          closedFlag: false,
          isDone: actualEnd !== undefined && actualEnd !== null,
        });
    return table;
  });
}

/** Phases of open projects as they stand now, each with its own hours. */
export const phases: Collection = {
  name: 'phases',
  noun: 'phases of open projects',
  one: 'phase of an open project',
  schema: 'Project',
  columns: COLUMNS,
  hasCustomFields: false,
  follows: ['GET /time/entries', 'GET /project/tickets'],
  uses: [PROJECTS, PHASES],
  ways: {
    ...BY_COMPANY,
    project: { column: 'project' },
    phase: { column: 'phase' },
    member: { column: 'member' },
    board: { column: 'board' },
    status: { column: 'status' },
  },
  paths: { company: 'company/id', project: 'id', member: 'manager/id' },
  read: readPhases,
};
