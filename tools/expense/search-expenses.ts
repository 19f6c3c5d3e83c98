import { z } from 'zod';
import { readStatuses } from '../../src/approval/approval-status.ts';
import { dateOnly, readPeriod } from '../../src/clock/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field, narrow } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  listOutput,
  money,
  readListPage,
  summarize,
  tableResult,
} from '../../src/tool/index.ts';
import { amountsOf, chargesOf } from './support/entries.ts';

export default defineTool({
  name: 'search_expenses',
  title: 'Search expenses',
  toolset: 'expense',
  effect: 'read',
  uses: ['GET /expense/entries', 'GET /expense/entries/count'],
  description: 'Find expenses with their sum. Default: mine of the last 30 days.',
  input: z.strictObject({
    member: z.string().optional().describe('Name, "me" or "all"'),
    ticketId: z.int().optional(),
    company: z.string().optional(),
    period: z.string().optional(),
    type: z.string().optional(),
    status: z.string().optional(),
    where: fragments.list.where,
    groupBy: fragments.groupBy,
    page: fragments.page,
    limit: z.int().min(1).max(200).optional(),
  }),
  aliases: {
    ticket: 'ticketId',
    customer: 'company',
    date: 'period',
    when: 'period',
    technician: 'member',
    who: 'member',
    category: 'type',
    by: 'groupBy',
  },
  output: listOutput,
  async run(input, context) {
    const { manage, names, api, signal, plain } = context;
    const { ticketId, where } = input;
    const now = await context.now();
    const byMember = input.groupBy?.some((key) => /^member\b/i.test(key)) ?? false;
    const ofAll = ticketId !== undefined || input.company !== undefined || byMember;
    const who = input.member ?? (ofAll ? 'all' : 'me');
    const member = /^(all|everyone|everybody|any)$/i.test(who)
      ? undefined
      : await names.resolve('member', who, { argument: 'member' });
    const [company, type] = await Promise.all([
      resolveGiven(names, 'company', input.company, { argument: 'company' }),
      resolveGiven(names, 'expenseType', input.type, { argument: 'type' }),
    ]);
    const statuses = readStatuses(input.status);
    const anything = [input.member, ticketId, input.company, input.type, input.status, where].some(
      (given) => given !== undefined,
    );
    const said = input.period ?? (anything ? undefined : 'last 30 days');
    const period = said === undefined ? undefined : readPeriod(said, { now, direction: 'past', argument: 'period' });
    const own = all(
      member && field('member/id', '=', member.id),
      ticketId === undefined ? undefined : field('chargeToId', '=', ticketId),
      ticketId === undefined ? undefined : field('chargeToType', 'in', ['ServiceTicket', 'ProjectTicket']),
      company && field('company/id', '=', company.id),
      type && field('type/id', '=', type.id),
      statuses && field('status', 'in', statuses),
      // Days are kept as midnight UTC and mean the same date anywhere.
      period && field('date', '>=', dateOnly(period.start)),
      period && field('date', '<=', dateOnly(period.end.minus({ milliseconds: 1 }))),
    );
    const query = narrow({ ...(own && { conditions: own }) }, input, { api, schema: 'ExpenseEntry' });
    const whose = `${member ? ` by ${plain(member.label)}` : ''}${said === undefined ? '' : `, ${said}`}`;
    if (input.groupBy !== undefined)
      return summarize(context, {
        limit: input.limit,
        page: input.page,
        noun: 'expenses',
        schema: 'ExpenseEntry',
        groupBy: input.groupBy,
        sum: ['amount'],
        titles: { amount: 'amount (miles for mileage)' },
        read: (fields) => manage.stream('GET /expense/entries', { ...query, fields, signal }),
        head: `Expenses${whose}`,
      });
    const limit = input.limit ?? 25;
    const [{ rows, total }, amounts, on] = await Promise.all([
      readListPage(manage, 'GET /expense/entries', query, {
        orderBy: ['date desc', 'id desc'],
        page: input.page,
        limit,
        signal,
      }),
      amountsOf(names),
      chargesOf(names),
    ]);
    return tableResult({
      noun: 'expenses',
      head: `${amounts.sum(rows) || money(0)} ${rows.length < total ? 'on this page' : 'in all'}${whose}`,
      columns: ['id', 'date', 'amount', 'type', 'member', 'on', 'company', 'billable', 'status', 'notes'],
      rows: rows.map((row) => [
        row.id,
        dayOf(row.date),
        amounts.show(row),
        nameOf(row.type),
        nameOf(row.member),
        on(row),
        nameOf(row.company),
        row.billableOption,
        row.status,
        String(row.notes ?? '').slice(0, 80),
      ]),
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
