import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

interface BoardPlan {
  readonly name: string;
  readonly project?: boolean;
  /** Status names; `!` closed, `#` no time entry. The first one is the default. */
  readonly statuses: readonly string[];
  readonly types: readonly string[];
  readonly teams: readonly string[];
}

const PLANS: readonly BoardPlan[] = [
  {
    name: 'Help Desk',
    statuses: [
      'New',
      'Assigned',
      'In Progress',
      'Waiting on Customer',
      'Scheduled',
      'Resolved',
      'Closed!',
      'Cancelled!#',
    ],
    types: ['Incident', 'Request', 'Access', 'Email'],
    teams: ['Service Team', 'Escalations'],
  },
  {
    name: 'Network Operations',
    statuses: ['New', 'Triage', 'In Progress', 'Waiting on Vendor', 'Completed!', 'Closed!#'],
    types: ['Alert', 'Maintenance', 'Outage'],
    teams: ['NOC'],
  },
  {
    name: 'Onsite Services',
    // "Completed" is not a closed status here: an administrator's choice that callers must not guess.
    statuses: ['New', 'Scheduled', 'On Site', 'Completed', 'Invoiced!#'],
    types: ['Installation', 'Repair', 'Visit'],
    teams: ['Field Team'],
  },
  {
    name: 'Internal',
    statuses: ['New', 'In Progress', 'Done!'],
    types: ['Task', 'Improvement'],
    teams: ['Back Office'],
  },
  {
    name: 'Projects',
    project: true,
    statuses: ['Planned', 'In Progress', 'On Hold#', 'Completed!', 'Cancelled!#'],
    types: ['Task', 'Milestone'],
    teams: ['Project Team'],
  },
];

const SUBTYPES = ['Hardware', 'Software', 'Network'] as const;
const ITEMS = ['Install', 'Repair', 'Change'] as const;

function seedBoard(provider: Provider, plan: BoardPlan, people: readonly SandboxRecord[]): void {
  const board = provider.put('/service/boards', {
    name: plan.name,
    location: provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters')),
    department: provider.ref(
      'SystemDepartmentReference',
      provider.named('/system/departments', 'Professional Services'),
    ),
    inactiveFlag: false,
    projectFlag: plan.project ?? false,
    timeEntryLockedFlag: false,
    billTime: 'Billable',
    dispatchMember: provider.ref('MemberReference', provider.named('/system/members', 'dlopez', 'identifier')),
  });
  const parents = [board.id];
  const boardRef = provider.ref('BoardReference', board);
  plan.statuses.forEach((text, index) => {
    const answered = text.includes('!') ? 'Resolved' : 'Responded';
    provider.put(
      '/service/boards/{parentId}/statuses',
      {
        name: text.replace(/[!#]/g, ''),
        board: boardRef,
        sortOrder: index,
        displayOnBoard: true,
        inactive: false,
        closedStatus: text.includes('!'),
        timeEntryNotAllowed: text.includes('#'),
        defaultFlag: index === 0,
        escalationStatus: index === 0 ? 'NotResponded' : answered,
      },
      { parents },
    );
  });
  const types = plan.types.map((name, index) =>
    provider.put(
      '/service/boards/{parentId}/types',
      { name, board: boardRef, category: 'Reactive', defaultFlag: index === 0, inactiveFlag: false },
      { parents },
    ),
  );
  for (const name of SUBTYPES) {
    provider.put(
      '/service/boards/{parentId}/subtypes',
      { name, board: boardRef, inactiveFlag: false, typeAssociationIds: types.map(({ id }) => id) },
      { parents },
    );
  }
  for (const name of ITEMS)
    provider.put('/service/boards/{parentId}/items', { name, board: boardRef, inactiveFlag: false }, { parents });
  plan.teams.forEach((name, index) => {
    const leader = people[(board.id + index) % 4] ?? people[0];
    if (leader === undefined) return;
    const members = people.slice(0, 7).map(({ id }) => id);
    provider.put(
      '/service/boards/{parentId}/teams',
      {
        name,
        boardId: board.id,
        teamLeader: provider.ref('MemberReference', leader),
        members,
        defaultFlag: index === 0,
      },
      { parents },
    );
  });
}

/** Boards with their own statuses, types and teams: the same names have other ids on each of them. */
export function seedBoards(provider: Provider, people: readonly SandboxRecord[]): void {
  for (const plan of PLANS) seedBoard(provider, plan, people);
}
