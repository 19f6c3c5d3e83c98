import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import type { TicketKind } from '../../src/names/index.ts';
import {
  all,
  type Conditions,
  type Expression,
  isLeastUrgentFirst,
  orderKeys,
  parseOrderBy,
  pathsIn,
  WhereError,
  WhereSchema,
} from '../../src/query/index.ts';
import { type Clean, lines, say } from '../../src/text/index.ts';
import { isAtRisk } from '../../src/tickets/sla.ts';
import {
  datesFor,
  defineTool,
  emptyFirstNote,
  type Filter,
  fragments,
  narrowed,
  pageAsked,
  summarize,
  switchFor,
  type ToolContext,
  tableOutput,
  tableResult,
  whatToLoosen,
} from '../../src/tool/index.ts';
import { atRisk, atRiskCount } from './support/at-risk.ts';
import { byUrgency, isByUrgency, type Ordered, SLA_READ } from './support/by-deadline.ts';
import { dateOrder, filteredBy } from './support/filter-columns.ts';
import { openNote } from './support/open-note.ts';
import { readFilters, ticketFilters } from './support/ticket-filters.ts';
import { impliedKind, kindReasons, withoutProject } from './support/ticket-kind.ts';
import {
  asksForUrgency,
  columnsFor,
  mixedSaid,
  orderText,
  TICKET_SCHEMAS,
  type TicketQuestion,
  ticketPage,
} from './support/ticket-list.ts';

const input = z.strictObject({
  ...ticketFilters,
  where: WhereSchema.optional(),
  conditions: fragments.conditions,
  orderBy: z.string().optional().describe('Default lastUpdated desc; "urgency": what to do next'),
  groupBy: fragments.fields.describe('Counts by e.g. board, status, resources, dateEntered:week'),
  page: fragments.page,
  limit: fragments.limit,
});
type Input = z.output<typeof input>;

/** A filter that the caller wrote, read as of service tickets, or of project tickets where only those have its fields. */
async function saidConditions(given: Partial<Input>, context: ToolContext): Promise<Conditions> {
  const read = async (kind: TicketKind): Promise<Conditions> =>
    (await narrowed(context, {}, given, TICKET_SCHEMAS[kind])).query;
  try {
    return await read('service');
  } catch (error) {
    if (!(error instanceof WhereError)) throw error;
    return read('project').catch(() => {
      throw error;
    });
  }
}

/** The fields of `groupBy`, without their calendar units. */
const groupedFields = ({ groupBy = [] }: Input): string[] =>
  groupBy.flatMap((text) => text.split(',')).map((text) => text.split(':')[0]?.trim() ?? '');

/** What each kind of ticket is asked for, and how words of time in it were read. */
async function queriesFor(
  kinds: readonly TicketKind[],
  own: Expression | undefined,
  given: Input,
  context: ToolContext,
): Promise<{ queryOf: (kind: TicketKind) => Conditions; understood: Clean | undefined }> {
  const read = await Promise.all(
    kinds.map((kind) => narrowed(context, { conditions: own }, given, TICKET_SCHEMAS[kind])),
  );
  return { queryOf: (kind) => read[kinds.indexOf(kind)]?.query ?? {}, understood: read[0]?.understood };
}

/** Lists that know more of deadlines than Manage can order by are read whole and ordered here. */
async function orderedPage(question: TicketQuestion, given: Input, context: ToolContext): Promise<Ordered> {
  if (given.only === 'slaAtRisk') return atRisk(question, given.due, context);
  const byPriority = isByUrgency(question.orderBy);
  const ordered = byPriority ? await byUrgency(question, context) : undefined;
  if (ordered !== undefined) return ordered;
  const said = byPriority
    ? say`By priority alone: there are too many to look at the deadlines of all. Filter further for that.`
    : undefined;
  return { ...(await ticketPage(question, context)), said };
}

export default defineTool({
  name: 'search_tickets',
  title: 'Search tickets',
  toolset: 'service',
  core: true,
  effect: 'read',
  uses: ['GET /service/tickets', 'GET /service/tickets/count', 'GET /project/tickets', 'GET /project/tickets/count'],
  tables: ['status'],
  view: 'tickets',
  description:
    'Find service and project tickets: mine, unassigned, stale, of a customer. Open ones by default, with the total.',
  input,
  aliases: {
    query: 'text',
    summary: 'text',
    search: 'text',
    customer: 'company',
    ticketId: { instead: 'get_ticket reads a ticket by its number.' },
    id: { instead: 'get_ticket reads a ticket by its number.' },
    title: 'text',
    subject: 'text',
    keyword: 'text',
    client: 'company',
    assignee: 'assignedTo',
    resource: 'assignedTo',
    member: 'assignedTo',
    technician: 'assignedTo',
    owner: { instead: 'where: [{field: "owner/identifier", op: "eq", value: ...}] finds tickets by their owner.' },
    assignedToMe: 'mine',
    unassigned: switchFor('assignedTo', 'unassigned'),
    overdue: switchFor('only', 'overdue'),
    open: switchFor('state', 'open', 'closed'),
    includeClosed: switchFor('state', 'any'),
    closedDate: 'closed',
    dueDate: 'due',
    stale: 'staleDays',
    daysStale: 'staleDays',
    created: 'opened',
    entered: 'opened',
    dateEntered: 'opened',
    period: 'opened',
    modified: 'updated',
    lastUpdated: 'updated',
    ...datesFor('opened'),
    sort: 'orderBy',
    pageSize: 'limit',
    group: 'groupBy',
    by: 'groupBy',
    filterBy: 'only',
    filter: 'where',
  },
  output: tableOutput,
  looksUp: (given, context) => [
    saidConditions(given, context).then((said) => readFilters(given, pathsIn(said.conditions), context)),
  ],
  async run(asked, context) {
    const { manage, api, signal, names } = context;
    const { given, said: serviceSaid } = withoutProject(asked);
    const asking = pageAsked(given);
    const said = await saidConditions(given, context);
    const saidFields = pathsIn(said.conditions);
    const order = given.orderBy === undefined ? dateOrder(given) : orderText(given.orderBy);
    const ordered = parseOrderBy(order ?? 'lastUpdated')?.map(({ path }) => path.join('/')) ?? [];
    const grouped = groupedFields(given);
    const reasons = kindReasons(given, [...new Set([...saidFields, ...ordered, ...grouped])], api);
    const { kinds, said: kindSaid } = impliedKind(given.kind, reasons);
    const schema = TICKET_SCHEMAS[kinds[0] ?? 'service'];
    // Who groups or orders by when tickets were closed wants the closed ones.
    const closing = [...ordered, ...grouped].filter((field) => /^(closed|dateResolved)/i.test(field));
    const { filters, state, lifted } = await readFilters(given, [...saidFields, ...closing], context);
    const own = all(...filters.map(({ condition }) => condition));
    const { queryOf, understood } = await queriesFor(kinds, own, given, context);
    const noun = state === 'any' ? 'tickets' : (`${state} tickets` as const);
    const head = lines([serviceSaid, kindSaid, understood, lifted]);
    const noteOpen = async (shown?: readonly string[]): Promise<Clean | undefined> =>
      state === 'open' ? openNote(names, { boardId: given.board?.id, kinds, shown }) : undefined;
    if (given.groupBy !== undefined) {
      const present = await context.now();
      const isMeant = (row: ManageRecord): boolean => given.only !== 'slaAtRisk' || isAtRisk(row, present, given.due);
      const read = async function* (fields: readonly string[]) {
        const needed = given.only === 'slaAtRisk' ? [...new Set([...fields, ...SLA_READ])] : fields;
        for (const kind of kinds)
          for await (const row of manage.stream(`GET /${kind}/tickets`, { ...queryOf(kind), fields: needed, signal }))
            if (isMeant(row)) yield row;
      };
      const { groupBy } = given;
      const about = lines([head, await noteOpen()]);
      return summarize(context, {
        limit: given.limit,
        page: given.page,
        noun,
        schema,
        groupBy,
        sum: [],
        read,
        head: about,
        orderBy: given.orderBy,
        handles: 'tickets',
      });
    }
    const orderBy = orderKeys(order ?? 'lastUpdated desc', { api, schema });
    const columns = columnsFor(
      {
        filtered: [
          ...filteredBy(given, saidFields),
          ...(isByUrgency(orderBy) ? ['requiredDate', ...(kinds[0] === 'service' ? ['slaStatus'] : [])] : []),
        ],
        ordered: order === undefined ? [] : orderBy.map((key) => key.split(' ')[0] ?? key),
      },
      api,
    );
    const question = {
      kinds,
      queryOf,
      columns,
      orderBy,
      page: asking.page,
      limit: asking.limit,
      isForNext: asksForUrgency(given.orderBy),
    };
    const byDeadline = order === undefined && given.only === 'slaAtRisk';
    const paged = await orderedPage({ ...question, orderBy: byDeadline ? [] : orderBy }, given, context);
    const { total, ofProjects, said: orderSaid } = paged;
    const { rows, pageSize } = asking.shown(paged.rows, total);
    const showing = { api, now: await context.now() };
    const cells = rows.map((row) => columns.map((column) => column.show(row, showing)));
    const shownIn = (title: string): string[] => {
      const place = columns.findIndex((column) => column.title === title);
      return cells.map((row) => String(row[place]));
    };
    const wholeList = total === rows.length;
    const count = async (query: Conditions, left: Filter): Promise<number> => {
      // Of what Manage finds for the deadlines, some are not at risk.
      if (given.only === 'slaAtRisk' && left.argument !== 'only')
        return atRiskCount({ ...queryOf('service'), ...query }, context);
      const counts = kinds.map((kind) =>
        manage.count(`GET /${kind}/tickets/count`, { ...queryOf(kind), ...query, signal }),
      );
      return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
    };
    const saidFilters: Filter[] =
      said.conditions === undefined
        ? []
        : [{ argument: given.where === undefined ? 'conditions' : 'where', condition: said.conditions }];
    // What the deadlines leave out, Manage cannot count.
    const byDueSla = given.only === 'slaAtRisk' && given.due !== undefined;
    const isNumber = /^\s*#?\d+\s*$/.test(given.text ?? '');
    return tableResult({
      noun,
      columns: columns.map(({ title }) => title),
      rows: cells,
      total,
      page: given.page,
      pageSize,
      head: lines([
        head,
        emptyFirstNote(rows, { orderBy, done: 1 }),
        isLeastUrgentFirst(orderBy) &&
          say`priority asc: the least urgent first; priority alone starts with the most urgent.`,
        orderSaid,
        given.only === 'overdue' && say`Past their due date. Those past their service level: only: "slaAtRisk".`,
      ]),
      hint: lines([
        // Figures are of service tickets: who asks which ones those are sees what is not among them.
        mixedSaid(total, ofProjects),
        total === 0 && !byDueSla && (await whatToLoosen([...filters, ...saidFilters], count)),
        total === 0 && isNumber && say`If that is a ticket number, get_ticket reads it.`,
        // What is at risk tells its groups by itself.
        given.only !== 'slaAtRisk' && (await noteOpen(wholeList ? shownIn('status') : undefined)),
      ]),
    });
  },
});
