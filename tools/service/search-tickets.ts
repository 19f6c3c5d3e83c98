import { z } from 'zod';
import { fromManage, readPeriod } from '../../src/clock/index.ts';
import { nameOf, resolveGiven, TICKET_KINDS, type TicketKind, unlessEvery } from '../../src/names/index.ts';
import {
  all,
  type Expression,
  field,
  inOrder,
  narrow,
  orderKeys,
  parseOrderBy,
  WhereSchema,
  wordsIn,
} from '../../src/query/index.ts';
import { assignedTo } from '../../src/tickets/assigned-to.ts';
import { onAnyBoard } from '../../src/tickets/on-any-board.ts';
import { openCondition, slaAtRisk, waitingCondition } from '../../src/tickets/open-statuses.ts';
import {
  datesFor,
  defineLegacyTool as defineTool,
  fragments,
  summarize,
  switchFor,
  type LegacyToolContext as ToolContext,
  tableOutput,
  tableResult,
  withSynonyms,
} from '../../src/tool/index.ts';
import { ONLY_WORDS, STATE_WORDS } from './support/filter-words.ts';
import { saysNobody } from './support/nobody.ts';

const input = z.strictObject({
  text: z.string().optional().describe('In the summary'),
  mine: z.boolean().optional(),
  assignedTo: z.string().optional().describe('Member, or "unassigned"'),
  board: z.string().optional(),
  status: z.string().optional(),
  company: z.string().optional(),
  contact: z.string().optional(),
  priority: z.string().optional(),
  type: z.string().optional(),
  state: withSynonyms(z.enum(['open', 'closed', 'any']), STATE_WORDS).default('open'),
  only: withSynonyms(z.enum(['waitingOnCustomer', 'overdue', 'dueToday', 'slaAtRisk']), ONLY_WORDS).optional(),
  staleDays: z.int().min(1).optional().describe('Not updated for days'),
  opened: z.string().optional().describe('Period: "last week", 2026-11-01..2026-11-15'),
  updated: z.string().optional().describe('Period'),
  kind: z.enum(['service', 'project', 'both']).default('both'),
  where: WhereSchema.optional(),
  conditions: fragments.conditions,
  orderBy: z.string().optional().describe('Default lastUpdated desc'),
  groupBy: fragments.groupBy.describe('Counts by e.g. board, status, resources, dateEntered:week'),
  page: fragments.page,
  limit: fragments.limit,
});
type Input = z.output<typeof input>;

const FIELDS = [
  'id',
  'summary',
  'company/name',
  'board/name',
  'status/name',
  'priority/name',
  'resources',
  '_info/lastUpdated',
];
const SCHEMAS: Readonly<Record<TicketKind, string>> = { service: 'Ticket', project: 'ProjectTicket' };

/** Filters that a name is given for. */
const NAMED = ['board', 'company', 'contact', 'status', 'priority', 'type', 'assignedTo'] as const;

async function who(input: Input, { names, me }: ToolContext): Promise<Expression | undefined> {
  if (saysNobody(input.assignedTo)) return field('resources', '=', null);
  const identifier = input.mine ? (await me()).identifier : undefined;
  const named = await resolveGiven(names, 'member', input.assignedTo, { argument: 'assignedTo', inactive: true });
  const parts = [identifier, named?.identifier].filter((part) => part !== undefined);
  return all(...parts.map(assignedTo));
}

/** Both collections are merged here, so what they are ordered by has to be at hand. */
const orderFields = (keys: readonly string[]): string[] =>
  keys.flatMap((key) => {
    const [path = key] = key.split(/\s/);
    // Bare names of metadata can be ordered by, but are kept in `_info`.
    return [path, `_info/${path}`];
  });

/** The same name has another id on each board: all of them are meant. */
const idsOf = (path: string, found: readonly { id: number }[]): Expression | undefined =>
  field(
    path,
    'in',
    found.map(({ id }) => id),
  );

/** What people say for every status that is not a closed one. */
const OPEN = /^(open|active|unresolved|still open|(!|not[ -]?|non-?)closed)$/i;

async function statusCondition(
  input: Input,
  boardId: number | undefined,
  { names }: ToolContext,
): Promise<Expression | undefined> {
  if (input.status === undefined)
    return input.state === 'any' ? undefined : openCondition(names, input.state === 'open', boardId);
  if (OPEN.test(input.status.trim())) return openCondition(names, true, boardId);
  if (boardId !== undefined)
    return field('status/id', '=', (await names.resolve('status', input.status, { argument: 'status', boardId })).id);
  return idsOf('status/id', await onAnyBoard(names, 'status', input.status));
}

async function period(
  text: string | undefined,
  name: string,
  argument: string,
  context: ToolContext,
): Promise<Expression | undefined> {
  if (text === undefined) return undefined;
  const { start, end } = readPeriod(text, { now: await context.now(), direction: 'past', argument });
  return all(field(name, '>=', start), field(name, '<', end));
}

async function special(
  only: Input['only'],
  boardId: number | undefined,
  context: ToolContext,
): Promise<Expression | undefined> {
  if (only === undefined) return undefined;
  if (only === 'waitingOnCustomer') return waitingCondition(context.names, boardId);
  const now = await context.now();
  if (only === 'slaAtRisk') return slaAtRisk(now);
  if (only === 'overdue') return field('requiredDate', '<', now);
  const today = now.startOf('day');
  return all(field('requiredDate', '>=', today), field('requiredDate', '<', today.plus({ days: 1 })));
}

async function filters(input: Input, context: ToolContext): Promise<Expression | undefined> {
  const { names } = context;
  const board = await resolveGiven(names, 'board', input.board, { argument: 'board' });
  const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
  const contact = await resolveGiven(names, 'contact', input.contact, {
    argument: 'contact',
    ...(company && { companyId: company.id }),
  });
  const priority = await resolveGiven(names, 'priority', input.priority, { argument: 'priority' });
  const types =
    input.type === undefined
      ? undefined
      : board === undefined
        ? await onAnyBoard(names, 'type', input.type)
        : [await names.resolve('type', input.type, { argument: 'type', boardId: board.id })];
  const stale =
    input.staleDays === undefined
      ? undefined
      : field('lastUpdated', '<', (await context.now()).minus({ days: input.staleDays }));
  const is = (path: string, found: { id: number } | undefined): Expression | undefined =>
    found && field(path, '=', found.id);
  return all(
    input.text === undefined ? undefined : wordsIn('summary', input.text),
    is('board/id', board),
    is('company/id', company),
    is('contact/id', contact),
    is('priority/id', priority),
    types && idsOf('type/id', types),
    await statusCondition(input, board?.id, context),
    await who(input, context),
    stale,
    await special(input.only, board?.id, context),
    await period(input.opened, 'dateEntered', 'opened', context),
    await period(input.updated, 'lastUpdated', 'updated', context),
  );
}

export default defineTool({
  name: 'search_tickets',
  title: 'Search tickets',
  toolset: 'service',
  core: true,
  effect: 'read',
  uses: ['GET /service/tickets', 'GET /service/tickets/count', 'GET /project/tickets', 'GET /project/tickets/count'],
  description:
    'Find service and project tickets, e.g. my open ones, unassigned, stale, of a customer. Open ones by default, newest activity first, with the total.',
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
    owner: 'assignedTo',
    resource: 'assignedTo',
    member: 'assignedTo',
    technician: 'assignedTo',
    assignedToMe: 'mine',
    unassigned: switchFor('assignedTo', 'unassigned'),
    overdue: switchFor('only', 'overdue'),
    closed: switchFor('state', 'closed', 'open'),
    open: switchFor('state', 'open', 'any'),
    includeClosed: switchFor('state', 'any'),
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
  async run(given, context) {
    const input = { ...given, ...unlessEvery(given, NAMED) };
    const { manage, api, signal } = context;
    const limit = input.limit ?? 25;
    const page = input.page ?? 1;
    const own = await filters(input, context);
    // Project tickets have no SLA.
    const wanted = input.only === 'slaAtRisk' && input.kind === 'both' ? 'service' : input.kind;
    const kinds = wanted === 'both' ? TICKET_KINDS : [wanted];
    const orderBy = orderKeys(input.orderBy ?? 'lastUpdated desc', { api, schema: SCHEMAS[kinds[0] ?? 'service'] });
    const noun = `${input.state === 'any' || input.status !== undefined ? '' : `${input.state} `}tickets`;
    const queryOf = (kind: TicketKind) => ({
      ...narrow({ ...(own && { conditions: own }) }, input, { api, schema: SCHEMAS[kind] }),
      signal,
    });
    if (input.groupBy !== undefined)
      return summarize(context, {
        limit: input.limit,
        page: input.page,
        noun,
        schema: SCHEMAS[kinds[0] ?? 'service'],
        groupBy: input.groupBy,
        sum: [],
        async *read(fields) {
          for (const kind of kinds) yield* manage.stream(`GET /${kind}/tickets`, { ...queryOf(kind), fields });
        },
      });
    const found = await Promise.all(
      kinds.map(async (kind) => {
        const query = queryOf(kind);
        const [{ rows }, total] = await Promise.all([
          // Both collections are merged here, so each has to give all rows up to the page's end.
          manage.page(`GET /${kind}/tickets`, {
            ...query,
            fields: [...FIELDS, ...(input.orderBy === undefined ? [] : orderFields(orderBy))],
            orderBy,
            pageSize: Math.min(1000, page * limit),
          }),
          manage.count(`GET /${kind}/tickets/count`, query),
        ]);
        return { rows, total };
      }),
    );
    const both = found.flatMap(({ rows }) => rows);
    const merged = kinds.length > 1 ? inOrder(both, parseOrderBy(orderBy.join(',')) ?? []) : both;
    const updatedOf = (row: Record<string, unknown>): string =>
      String((row._info as { lastUpdated?: string } | undefined)?.lastUpdated ?? '');
    const zone = await context.zone();
    const rows = merged
      .slice((page - 1) * limit, page * limit)
      .map((row) => [
        row.id,
        row.summary,
        nameOf(row.company),
        nameOf(row.board),
        nameOf(row.status),
        nameOf(row.priority)?.replace(/^Priority (\d+).*/, 'P$1'),
        row.resources ?? '-',
        fromManage(updatedOf(row), zone)?.toFormat('d LLL HH:mm'),
      ]);
    const total = found.reduce((sum, part) => sum + part.total, 0);
    return tableResult({
      noun,
      columns: ['id', 'summary', 'company', 'board', 'status', 'prio', 'assigned', 'updated'],
      rows,
      total,
      page,
      pageSize: limit,
    });
  },
});
