import { z } from 'zod';
import { readStatuses, statusWords } from '../../src/approval/approval-status.ts';
import { dateOnly, readDays, type SaidPeriod } from '../../src/clock/index.ts';
import { FIND_TICKET_OPERATIONS, findTicket, type Named, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field, pathsIn } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  billingWords,
  datesFor,
  dayOf,
  defineTool,
  filtersByArgument,
  fragments,
  listOutput,
  money,
  narrowed,
  pageAsked,
  summarize,
  type ToolContext,
  tableResult,
  totalOf,
  whatToLoosen,
} from '../../src/tool/index.ts';
import { amountsOf, briefNotes, chargesOf } from './support/entries.ts';

const input = z.strictObject({
  member: fragments.filterName('member', { description: 'Name, "me" or "all"' }).optional(),
  ticketId: z.int().optional(),
  company: fragments.filterName('company').optional(),
  period: fragments.days('past').optional(),
  type: fragments.filterName('expenseType').optional(),
  status: z.string().optional(),
  where: fragments.list.where,
  groupBy: fragments.fields,
  page: fragments.page,
  limit: fragments.rows(z.int().min(1).max(200).optional()),
});
type Input = z.output<typeof input>;

/** Conditions under which expenses are everybody's: those on people, and on what many spend for. */
const SHARED = /^(member|ticket|chargeToId|company|project|phase|agreement|invoice|expenseReport)\b/i;

/** Whose expenses are meant: mine, unless a member, a ticket, a customer or a condition on one is named. */
async function whose(given: Input, asked: Expression | undefined, { names }: ToolContext): Promise<Named | undefined> {
  // "all" is given and names nobody.
  if ('member' in given) return given.member;
  const { ticketId, company, groupBy = [] } = given;
  const isShared =
    ticketId !== undefined ||
    company !== undefined ||
    groupBy.some((key) => /\bmember\b/i.test(key)) ||
    pathsIn(asked).some((path) => SHARED.test(path));
  return isShared ? undefined : names.resolve('member', 'me', { argument: 'member', inactive: true });
}

/** The period that was said; the last 30 days where nothing at all was. */
async function periodOf(given: Input, { now }: ToolContext): Promise<SaidPeriod | undefined> {
  const { groupBy: _, page: __, limit: ___, ...filters } = given;
  if (given.period !== undefined || Object.keys(filters).length > 0) return given.period;
  return readDays('last 30 days', { now: await now(), direction: 'past', argument: 'period' });
}

/** The tool's own filters, under the names of their arguments. */
function filtersOf(
  { ticketId, company, type, status }: Input,
  member: Named | undefined,
  period: SaidPeriod | undefined,
) {
  const statuses = readStatuses(status);
  return filtersByArgument({
    member: member && field('member/id', '=', member.id),
    ticketId:
      ticketId === undefined
        ? undefined
        : all(field('chargeToId', '=', ticketId), field('chargeToType', 'in', ['ServiceTicket', 'ProjectTicket'])),
    company: company && field('company/id', '=', company.id),
    type: type && field('type/id', '=', type.id),
    status: statuses && field('status', 'in', statuses),
    // Days are kept as midnight UTC and mean the same date anywhere.
    period:
      period &&
      all(
        field('date', '>=', dateOnly(period.start)),
        field('date', '<=', dateOnly(period.end.minus({ milliseconds: 1 }))),
      ),
  });
}

export default defineTool({
  name: 'search_expenses',
  title: 'Search expenses',
  toolset: 'expense',
  effect: 'read',
  uses: ['GET /expense/entries', 'GET /expense/entries/count', ...FIND_TICKET_OPERATIONS],
  tables: ['expenseType', 'chargeCode'],
  description: 'Find expenses with their sum. Default: mine of the last 30 days.',
  input,
  aliases: {
    ticket: 'ticketId',
    customer: 'company',
    client: 'company',
    date: 'period',
    when: 'period',
    ...datesFor('period'),
    technician: 'member',
    who: 'member',
    category: 'type',
    by: 'groupBy',
  },
  output: listOutput,
  async run(given, context) {
    const { manage, names, signal } = context;
    const { groupBy } = given;
    const asking = pageAsked(given);
    const { limit, page } = asking;
    const { query: asked, understood } = await narrowed(context, {}, given, 'ExpenseEntry');
    const [member, period] = [await whose(given, asked.conditions, context), await periodOf(given, context)];
    const filters = filtersOf(given, member, period);
    const query = { ...asked, conditions: all(...filters.map(({ condition }) => condition), asked.conditions) };
    const by = member === undefined ? say`` : say` by ${cleanLine(member.label)}`;
    const isDated = pathsIn(asked.conditions).some((path) => /^date\b/i.test(path));
    const everything = isDated ? undefined : say`any time`;
    const when = period === undefined ? everything : say`period: ${cleanLine(period.echo)}`;
    const statuses = joined((readStatuses(given.status) ?? []).map(statusWords), ', ');
    const told = (what: Clean): Clean => joined([joined([say`${what}${by}`, when], ', '), statuses, understood], '; ');
    const amounts = await amountsOf(names);
    if (groupBy !== undefined)
      return summarize(context, {
        limit: given.limit,
        page: given.page,
        noun: 'expenses',
        schema: 'ExpenseEntry',
        groupBy,
        sum: ['amount'],
        apart: amounts.byUnit,
        read: (fields) => manage.stream('GET /expense/entries', { ...query, fields, signal }),
        head: told(say`Expenses`),
      });
    const on = await chargesOf(names);
    const [{ rows: read, total }, sum] = await Promise.all([
      manage.list('GET /expense/entries', {
        ...query,
        orderBy: ['date desc', 'id desc'],
        page,
        limit,
        counted: 'beside',
        signal,
      }),
      totalOf(
        context,
        'GET /expense/entries',
        { ...query, fields: ['id', 'amount', 'type', 'currency'] },
        (rows) => say`${amounts.sum(rows) || money(0)} in all`,
      ),
    ]);
    const { rows, pageSize } = asking.shown(read, total);
    if (total === 0 && given.ticketId !== undefined) await findTicket(manage, given.ticketId, signal);
    const others = asked.conditions === undefined ? [] : [{ argument: 'where', condition: asked.conditions }];
    return tableResult({
      noun: 'expenses',
      head: told(sum),
      columns: ['id', 'date', 'amount', 'type', 'member', 'on', 'company', 'billable', 'status', 'notes'],
      rows: rows.map((row) => [
        row.id,
        dayOf(row.date),
        amounts.show(row),
        nameOf(row.type),
        nameOf(row.member),
        on(row),
        nameOf(row.company),
        billingWords(row.billableOption),
        statusWords(row.status),
        briefNotes(row),
      ]),
      total,
      page,
      pageSize,
      hint:
        total === 0
          ? await whatToLoosen([...filters, ...others], (conditions) =>
              manage.count('GET /expense/entries/count', { ...query, ...conditions, signal }),
            )
          : undefined,
    });
  },
});
