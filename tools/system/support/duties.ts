import type { DateTime } from 'luxon';
import { Forbidden } from '../../../src/manage/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { all, any, type Expression, field } from '../../../src/query/index.ts';
import { assignedTo } from '../../../src/tickets/assigned-to.ts';
import { openCondition } from '../../../src/tickets/open-statuses.ts';
import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

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

/** Something that depends on a member. */
export interface Duty {
  /** Which it is, for who hands it over. */
  readonly key: 'tickets' | 'schedule' | 'sheets' | 'projects' | 'opportunities' | 'activities' | 'people' | 'teams';
  readonly count: number;
  /** `3 open tickets`. */
  readonly text: string;
}

/** Open tickets that a member owns or works on. */
export const openTicketsOf = async ({ names }: ToolContext, identifier: string): Promise<Expression> =>
  all(assignedTo(identifier), await openCondition(names, true, undefined)) as Expression;

/** Schedule entries of a member that are still to come. */
export const scheduleAhead = (memberId: number, now: DateTime): Expression =>
  all(
    field('member/id', '=', memberId),
    field('doneFlag', '=', false),
    field('dateEnd', '>=', now.startOf('day')),
  ) as Expression;

/** Statuses of opportunities and activities that are open; none when they cannot be read. */
async function openOf(
  { names }: ToolContext,
  kind: 'opportunityStatus' | 'activityStatus',
  member: Expression,
): Promise<Expression> {
  const rows = await names.list(kind).catch(() => []);
  const closed = rows.filter(({ record }) => record.closedFlag === true).map(({ id }) => id);
  return closed.length === 0 ? member : (all(member, field('status/id', 'not in', closed)) as Expression);
}

/** Service teams that a member leads. */
async function teamsLed({ names }: ToolContext, memberId: number): Promise<number> {
  const boards = await names.list('board');
  const teams = await Promise.all(boards.map(({ id }) => names.list('team', { boardId: id })));
  const leads = (leader: unknown): boolean => (leader as { id?: unknown } | undefined)?.id === memberId;
  return teams.flat().filter(({ record }) => leads(record.teamLeader)).length;
}

const words = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What a member holds that somebody else would have to take over; what the caller may not read is left out. */
export async function dutiesOf(
  context: ToolContext,
  { id, identifier = '' }: Pick<Named, 'id' | 'identifier'>,
): Promise<readonly Duty[]> {
  const { manage, signal } = context;
  const now = await context.now();
  const counted = (operation: string, conditions: Expression | undefined): Promise<number> =>
    manage.count(operation, { conditions, signal });
  const tickets = async (): Promise<number> => {
    const open = await openTicketsOf(context, identifier);
    const counts = await Promise.all([
      counted('GET /service/tickets/count', open),
      counted('GET /project/tickets/count', open),
    ]);
    return counts[0] + counts[1];
  };
  const is = (path: string): Expression => field(`${path}/id`, '=', id);
  const questions: readonly [Duty['key'], string, string, () => Promise<number>][] = [
    ['tickets', 'open ticket', 'open tickets', tickets],
    [
      'schedule',
      'schedule entry ahead',
      'schedule entries ahead',
      () => counted('GET /schedule/entries/count', scheduleAhead(id, now)),
    ],
    [
      'sheets',
      'open time sheet',
      'open time sheets',
      () =>
        counted(
          'GET /time/sheets/count',
          all(is('member'), any(field('status', '=', 'Open'), field('status', '=', 'Rejected'))),
        ),
    ],
    [
      'projects',
      'open project to manage',
      'open projects to manage',
      () => counted('GET /project/projects/count', all(is('manager'), field('closedFlag', '=', false))),
    ],
    [
      'opportunities',
      'open opportunity',
      'open opportunities',
      async () =>
        counted('GET /sales/opportunities/count', await openOf(context, 'opportunityStatus', is('primarySalesRep'))),
    ],
    [
      'activities',
      'open activity',
      'open activities',
      async () => counted('GET /sales/activities/count', await openOf(context, 'activityStatus', is('assignTo'))),
    ],
    [
      'people',
      'member to supervise or approve',
      'members to supervise or approve',
      () =>
        counted(
          'GET /system/members/count',
          all(field('inactiveFlag', '=', false), any(is('reportsTo'), is('timeApprover'), is('expenseApprover'))),
        ),
    ],
    ['teams', 'service team to lead', 'service teams to lead', () => teamsLed(context, id)],
  ];
  const duties = await Promise.all(
    questions.map(async ([key, one, many, ask]): Promise<Duty> => {
      const count = await ask().catch((error: unknown) => {
        if (error instanceof Forbidden) return 0;
        throw error;
      });
      return { key, count, text: words(count, one, many) };
    }),
  );
  return duties.filter(({ count }) => count > 0);
}
