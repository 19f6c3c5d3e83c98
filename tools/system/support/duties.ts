import type { DateTime } from 'luxon';
import { readStatuses } from '../../../src/approval/approval-status.ts';
import { Forbidden, type ManageRecord } from '../../../src/manage/index.ts';
import { closedIds, idOf } from '../../../src/names/index.ts';
import { all, any, type Expression, field, onDay } from '../../../src/query/index.ts';
import { type Clean, say } from '../../../src/text/index.ts';
import { assignedTo } from '../../../src/tickets/assign.ts';
import { openCondition } from '../../../src/tickets/open-tickets.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** Operations that counting a member's duties needs. */
export const DUTY_OPERATIONS = [
  'GET /service/tickets/count',
  'GET /project/tickets/count',
  'GET /schedule/entries/count',
  'GET /time/sheets/count',
  'GET /project/projects/count',
  'GET /sales/opportunities/count',
  'GET /sales/activities/count',
  'GET /system/members/count',
] as const;

/** Kinds of things that depend on a member, one and several of them. */
const KINDS = {
  tickets: ['open ticket', 'open tickets'],
  schedule: ['schedule entry of today or later', 'schedule entries of today or later'],
  sheets: ['open time sheet', 'open time sheets'],
  projects: ['open project to manage', 'open projects to manage'],
  opportunities: ['open opportunity', 'open opportunities'],
  activities: ['open activity', 'open activities'],
  people: ['member to supervise or approve', 'members to supervise or approve'],
  teams: ['service team to lead', 'service teams to lead'],
} as const;

/** Something that depends on a member. */
export interface Duty {
  /** Which it is, for who hands it over. */
  readonly key: keyof typeof KINDS;
  readonly count: number;
  /** `3 open tickets`. */
  readonly text: Clean;
}

export interface Duties {
  /** What the member holds; kinds of which there is nothing are left out. */
  readonly held: readonly Duty[];
  /** Kinds that the security role may not read: nobody knows here whether there are any. */
  readonly unread: readonly Clean[];
}

/** Open tickets that a member owns or works on. */
export const openTicketsOf = async ({ names }: ToolContext, identifier: string): Promise<Expression> =>
  all(assignedTo(identifier), await openCondition(names, true, undefined)) as Expression;

/** Schedule entries of a member that are still to come, today's included. */
export const scheduleAhead = (memberId: number, now: DateTime): Expression => {
  // An entry for whole days has no hours and ends at midnight UTC of its last day.
  const untilToday = all(onDay('dateEnd', '=', now), any(field('hours', '=', 0), field('hours', '=', null)));
  return all(
    field('member/id', '=', memberId),
    field('doneFlag', '=', false),
    any(field('dateEnd', '>=', now.startOf('day')), untilToday),
  ) as Expression;
};

/** Narrows to statuses that are not closed. @throws {Forbidden} where the statuses may not be read: nobody knows then which are open */
async function openOnly(
  { names }: ToolContext,
  kind: 'opportunityStatus' | 'activityStatus',
  member: Expression,
): Promise<Expression> {
  const closed = closedIds(await names.list(kind));
  return closed.length === 0 ? member : (all(member, field('status/id', 'not in', closed)) as Expression);
}

/** Service teams that a member leads, over all boards. */
async function teamsLed({ names }: ToolContext, memberId: number): Promise<number> {
  const boards = await names.list('board');
  const teams = await Promise.all(boards.map(({ id }) => names.list('team', { boardId: id })));
  return teams.flat().filter(({ record }) => idOf(record.teamLeader) === memberId).length;
}

/** How many there are of each kind. Manage counts, so that no list can be cut. */
function countsOf(context: ToolContext, { id, identifier }: ManageRecord) {
  const { manage, signal } = context;
  const memberId = Number(id);
  const is = (path: string): Expression => field(`${path}/id`, '=', memberId);
  const count = (collection: string, conditions: Expression | undefined): Promise<number> =>
    manage.count(`GET ${collection}/count`, { conditions, signal });
  const unsubmitted = field('status', 'in', readStatuses('open') ?? []);
  return {
    async tickets() {
      const open = await openTicketsOf(context, String(identifier));
      const counts = await Promise.all([count('/service/tickets', open), count('/project/tickets', open)]);
      return counts[0] + counts[1];
    },
    schedule: async () => count('/schedule/entries', scheduleAhead(memberId, await context.now())),
    sheets: () => count('/time/sheets', all(is('member'), unsubmitted)),
    projects: () => count('/project/projects', all(is('manager'), field('closedFlag', '=', false))),
    opportunities: async () =>
      count('/sales/opportunities', await openOnly(context, 'opportunityStatus', is('primarySalesRep'))),
    activities: async () => count('/sales/activities', await openOnly(context, 'activityStatus', is('assignTo'))),
    people: () =>
      count(
        '/system/members',
        all(field('inactiveFlag', '=', false), any(is('reportsTo'), is('timeApprover'), is('expenseApprover'))),
      ),
    teams: () => teamsLed(context, memberId),
  } satisfies Record<keyof typeof KINDS, () => Promise<number>>;
}

/** What a member holds that somebody else would have to take over. */
export async function dutiesOf(context: ToolContext, member: ManageRecord): Promise<Duties> {
  const counts = countsOf(context, member);
  const keys = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const counted = await Promise.all(
    keys.map((key) =>
      counts[key]().catch((error: unknown) => {
        if (error instanceof Forbidden) return undefined;
        throw error;
      }),
    ),
  );
  const held = keys.flatMap((key, index): Duty[] => {
    const count = counted[index] ?? 0;
    const [one, many] = KINDS[key];
    return count === 0 ? [] : [{ key, count, text: say`${count} ${count === 1 ? one : many}` }];
  });
  const unread = keys.filter((_, index) => counted[index] === undefined).map((key) => say`${KINDS[key][1]}`);
  return { held, unread };
}
