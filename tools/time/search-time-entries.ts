import { z } from 'zod';
import { statusWords } from '../../src/approval/approval-status.ts';
import { echoDay, readPeriod, type SaidPeriod, showHours } from '../../src/clock/index.ts';
import { sumOf } from '../../src/manage/index.ts';
import { FIND_TICKET_OPERATIONS, findTicket, type Named } from '../../src/names/index.ts';
import { all, type Expression, field, pathsIn, WhereSchema, wordsIn } from '../../src/query/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import {
  billingWords,
  datesFor,
  defineTool,
  filtersByArgument,
  fragments,
  narrowed,
  pageAsked,
  summarize,
  type ToolContext,
  tableOutput,
  tableResult,
  totalOf,
  whatToLoosen,
} from '../../src/tool/index.ts';
import { briefNotes, ENTRY_OPERATIONS, toEntries } from '../../src/working-time/entries.ts';

const input = z.strictObject({
  member: fragments.filterName('member', { description: 'Name, "me" or "all"' }).optional(),
  ticketId: z.int().optional(),
  company: fragments.filterName('company').optional(),
  project: fragments.filterName('project', { of: 'company' }).optional(),
  period: fragments.period('past', '"today", "last week", 2026-11-01..2026-11-15').optional(),
  text: z.string().optional().describe('In the notes'),
  billable: fragments.billable.optional(),
  where: WhereSchema.optional(),
  conditions: fragments.conditions,
  groupBy: fragments.fields.describe('Hours by e.g. member, company, timeStart:month, workType'),
  page: fragments.page,
  limit: fragments.limit,
});
type Input = z.output<typeof input>;

/** Groups that tell people apart. */
const PEOPLE = /\b(member|technician|tech|engineer|person|people|user|employee|resource|staff|who)/i;

/** Conditions under which time is everybody's: those on people, and on what many work for. */
const SHARED = /^(member|enteredBy|ticket|chargeToId|company|project|phase|agreement|invoice|timeSheet)\b/i;

/** Conditions that say when. */
const DATES = /^(time(Start|End)|dateEntered)\b/i;

/** Whose time is meant. A ticket's, a customer's or a project's is everybody's, and so is time by member, unless a member is named. */
async function whose(given: Input, asked: Expression | undefined, { names }: ToolContext): Promise<Named | undefined> {
  // "all" is given and names nobody.
  if ('member' in given) return given.member;
  const { ticketId, company, project, groupBy = [] } = given;
  const isShared =
    [ticketId, company, project].some((one) => one !== undefined) ||
    groupBy.some((key) => PEOPLE.test(key)) ||
    pathsIn(asked).some((path) => SHARED.test(path));
  return isShared ? undefined : names.resolve('member', 'me', { argument: 'member', inactive: true });
}

/** The period that was said; the last seven days where nothing at all was. */
async function periodOf(given: Input, context: ToolContext): Promise<SaidPeriod | undefined> {
  const { groupBy: _, page: __, limit: ___, ...filters } = given;
  if (given.period !== undefined || Object.keys(filters).length > 0) return given.period;
  return readPeriod('last 7 days', { now: await context.now(), direction: 'past', argument: 'period' });
}

/** The tool's own filters, under the names of their arguments. */
function filtersOf(
  { ticketId, company, project, text, billable }: Input,
  member: Named | undefined,
  period: SaidPeriod | undefined,
) {
  const within = period && all(field('timeStart', '>=', period.start), field('timeStart', '<', period.end));
  const onTicket =
    ticketId === undefined
      ? undefined
      : all(field('chargeToId', '=', ticketId), field('chargeToType', 'in', ['ServiceTicket', 'ProjectTicket']));
  return filtersByArgument({
    member: member && field('member/id', '=', member.id),
    ticketId: onTicket,
    company: company && field('company/id', '=', company.id),
    project: project && field('project/id', '=', project.id),
    period: within,
    text: text === undefined ? undefined : wordsIn('notes', text),
    billable: billable && field('billableOption', '=', billable),
  });
}

export default defineTool({
  name: 'search_time_entries',
  title: 'Search time entries',
  toolset: 'time',
  core: true,
  effect: 'read',
  uses: [...ENTRY_OPERATIONS, 'GET /time/entries/count', ...FIND_TICKET_OPERATIONS],
  description:
    'Find time entries of a member, ticket, company or period, with the sum of hours. Default: mine of the last 7 days.',
  input,
  aliases: {
    ticket: 'ticketId',
    id: 'ticketId',
    when: 'period',
    date: 'period',
    dateRange: 'period',
    query: 'text',
    search: 'text',
    customer: 'company',
    technician: 'member',
    who: 'member',
    billableOption: 'billable',
    user: 'member',
    notes: 'text',
    client: 'company',
    ticketNumber: 'ticketId',
    ...datesFor('period'),
    group: 'groupBy',
    by: 'groupBy',
    status: { instead: 'Use where with the field status, like {field: "status", op: "eq", value: "Open"}.' },
  },
  output: tableOutput,
  async run(given, context) {
    const { manage, names, signal } = context;
    const now = await context.now();
    const { query: asked, understood } = await narrowed(context, {}, given, 'TimeEntry');
    const [member, period] = [await whose(given, asked.conditions, context), await periodOf(given, context)];
    const filters = filtersOf(given, member, period);
    const query = { ...asked, conditions: all(...filters.map(({ condition }) => condition), asked.conditions) };
    const by = member === undefined ? say`` : say` by ${cleanLine(member.label)}`;
    const isDated = pathsIn(asked.conditions).some((path) => DATES.test(path));
    const everything = isDated ? say` (${cleanLine(now.zoneName)})` : say`, any time (${cleanLine(now.zoneName)})`;
    const when = period === undefined ? everything : say`, period: ${cleanLine(period.echo)}`;
    const told = joined([say`${by}${when}`, understood], '; ');
    if (given.groupBy !== undefined)
      return summarize(context, {
        limit: given.limit,
        page: given.page,
        noun: 'entries',
        schema: 'TimeEntry',
        groupBy: given.groupBy,
        sum: ['actualHours'],
        titles: { actualHours: 'hours' },
        read: (fields) => manage.stream('GET /time/entries', { ...query, fields, signal }),
        head: say`Time${told}`,
      });
    const asking = pageAsked(given);
    const { limit, page } = asking;
    const [{ rows: read, total }, hours] = await Promise.all([
      manage.list('GET /time/entries', {
        ...query,
        orderBy: ['timeStart desc'],
        page,
        limit,
        counted: 'beside',
        signal,
      }),
      totalOf(context, 'GET /time/entries', { ...query, fields: ['id', 'actualHours'] }, (rows) =>
        cleanLine(showHours(sumOf(rows, 'actualHours'))),
      ),
    ]);
    const { rows, pageSize } = asking.shown(read, total);
    const entries = await toEntries(rows, now.zoneName, names);
    if (total === 0 && given.ticketId !== undefined) await findTicket(manage, given.ticketId, signal);
    const others =
      asked.conditions === undefined
        ? []
        : [{ argument: given.where === undefined ? 'conditions' : 'where', condition: asked.conditions }];
    return tableResult({
      noun: 'entries',
      head: say`${hours}${told}`,
      columns: ['id', 'start', 'hours', 'member', 'on', 'company', 'billable', 'status', 'notes'],
      rows: entries.map((entry) => [
        entry.id,
        `${echoDay(entry.start, now)} ${entry.start.toFormat('HH:mm')}`,
        entry.hours,
        entry.member,
        entry.charge,
        entry.company,
        billingWords(entry.billable),
        statusWords(entry.status),
        briefNotes(entry),
      ]),
      total,
      page,
      pageSize,
      hint:
        total === 0
          ? await whatToLoosen([...filters, ...others], (conditions) =>
              manage.count('GET /time/entries/count', { ...query, ...conditions, signal }),
            )
          : undefined,
    });
  },
});
