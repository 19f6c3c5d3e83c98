import { z } from 'zod';
import { readPeriod, type SaidPeriod } from '../../src/clock/index.ts';
import { FIND_TICKET_OPERATIONS, type Named, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field, pathsIn } from '../../src/query/index.ts';
import { type Clean, type CleanValue, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  datesFor,
  defineTool,
  fragments,
  listOutput,
  listRecords,
  narrowed,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { clashesAmong, dispatchDay, tellClashes } from './support/dispatch-day.ts';
import { SCHEDULED_FIELDS, touching } from './support/scheduled.ts';
import { showSlot, slotOf } from './support/slot.ts';

const input = z.strictObject({
  member: fragments.filterName('member', { description: 'Name, "me" or "all"' }).optional(),
  team: z.string().optional(),
  ticketId: z.int().optional(),
  period: fragments.period('ahead', 'Default today').optional(),
  includeDone: z.boolean().optional(),
  ...fragments.list,
});
type Input = z.output<typeof input>;

/** Whose entries are listed, and how that is said. */
interface Whose {
  readonly says: Clean;
  readonly condition: Expression | undefined;
  /** The same for a call of its own. */
  readonly asked: { readonly member?: string; readonly team?: string };
}

const one = (member: Named): Whose => ({
  says: cleanLine(member.label),
  condition: field('member/id', '=', member.id),
  asked: { member: String(member.id) },
});

/** Whose entries are meant: mine, unless somebody, a ticket or a condition on either is named. */
async function whose(given: Input, asked: readonly string[], context: ToolContext): Promise<Whose> {
  const { member, team, ticketId } = given;
  if (team !== undefined) {
    if (member !== undefined) throw new ToolInputError('team', say`Send member or team, not both.`);
    const people = await readPeople([team], context, 'team');
    return {
      says: say`${cleanLine(team)} (${joined(
        people.map(({ name }) => name),
        ', ',
      )})`,
      condition: field(
        'member/id',
        'in',
        people.map(({ id }) => id),
      ),
      asked: { team },
    };
  }
  if (member !== undefined) return one(member);
  // "all" is given and names nobody.
  const isShared =
    'member' in given || ticketId !== undefined || asked.some((path) => /^(member|objectId)\b/i.test(path));
  if (isShared) return { says: say`everybody`, condition: undefined, asked: { member: 'all' } };
  return one(await context.names.resolve('member', 'me', { argument: 'member' }));
}

/** The period that was said: today where neither it, a ticket nor a condition on the dates is. */
async function periodOf(given: Input, asked: readonly string[], context: ToolContext): Promise<SaidPeriod | undefined> {
  const isAnyTime = given.ticketId !== undefined || asked.some((path) => /^date(start|end)$/i.test(path));
  if (given.period !== undefined || isAnyTime) return given.period;
  return readPeriod('today', { now: await context.now(), argument: 'period', direction: 'ahead' });
}

/** Whose free time belongs beside the entries: nobody's where only some entries were asked for. */
function whoIsFree(
  { ticketId, where, conditions }: Input,
  { asked }: Whose,
): readonly string[] | 'everybody' | undefined {
  if (ticketId !== undefined || where !== undefined || conditions !== undefined) return undefined;
  const one = asked.team ?? asked.member;
  return one === undefined || one === 'all' ? 'everybody' : [one];
}

export default defineTool({
  name: 'search_schedule',
  title: 'Search schedule',
  toolset: 'schedule',
  core: true,
  effect: 'read',
  uses: ['GET /schedule/entries', 'GET /schedule/entries/count', ...PEOPLE_OPERATIONS, ...FIND_TICKET_OPERATIONS],
  view: 'dispatch',
  description: 'Who is scheduled for what and when: my calendar by default, or of a member, team, ticket, period.',
  input,
  aliases: {
    date: 'period',
    when: 'period',
    day: 'period',
    ...datesFor('period'),
    ticket: 'ticketId',
    technician: 'member',
    members: 'member',
    who: 'member',
    department: 'team',
  },
  output: listOutput,
  looksUp: ({ team }, context) => [team === undefined ? undefined : readPeople([team], context, 'team')],
  async run(given, context) {
    const { api } = context;
    const zone = await context.zone();
    const { query } = await narrowed(context, {}, given, 'ScheduleEntry');
    const asked = query.conditions === undefined ? [] : pathsIn(query.conditions);
    const people = await whose(given, asked, context);
    const { says, condition } = people;
    const period = await periodOf(given, asked, context);
    // Who says no to them means it, also of a ticket.
    const isDoneShown =
      asked.some((path) => /^doneFlag$/i.test(path)) || (given.includeDone ?? given.ticketId !== undefined);
    const when = period === undefined ? say`any time (${cleanLine(zone)})` : say`period: ${cleanLine(period.echo)}`;
    const forView: { aside?: CleanValue } = {};
    const result = await listRecords(context, given, {
      list: 'GET /schedule/entries',
      noun: 'schedule entries',
      columns: [
        { title: 'id', field: 'id' },
        {
          title: 'when',
          field: 'dateStart',
          also: ['dateEnd', 'hours'],
          show: (row) => showSlot(slotOf(row, { api, zone })),
        },
        { title: 'member', field: 'member', also: SCHEDULED_FIELDS, show: (row) => nameOf(row.member) },
        { title: 'what', field: 'name' },
        { title: 'status', field: 'status/name' },
        { title: 'done', field: 'doneFlag', show: (row) => (row.doneFlag === true ? 'done' : '') },
      ],
      own: {
        conditions: all(
          condition,
          given.ticketId === undefined ? undefined : field('objectId', '=', given.ticketId),
          period && touching(period),
          isDoneShown ? undefined : field('doneFlag', '=', false),
        ),
      },
      ticketId: given.ticketId,
      orderBy: ['dateStart asc'],
      filteredBy: { dateEnd: 'period', dateStart: 'period', objectId: 'ticketId', doneFlag: 'includeDone' },
      head: joined([says, when, !isDoneShown && say`not done`], ', '),
      async beside({ rows, total }) {
        const clashes = await clashesAmong(rows, context);
        const { ticketId, includeDone, where, conditions, limit } = given;
        const same = { ...people.asked, ticketId, includeDone, where, conditions, limit };
        const listed = { whose: says, same, who: whoIsFree(given, people), period };
        forView.aside = await dispatchDay(rows, clashes, listed, context);
        return tellClashes(clashes, rows.length === 0 || total === rows.length);
      },
    });
    return { ...result, ...forView };
  },
});
