import { z } from 'zod';
import { readPeriod, showHours } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field, narrow, WhereSchema } from '../../src/query/index.ts';
import {
  datesFor,
  defineLegacyTool as defineTool,
  fragments,
  readListPage,
  summarize,
  tableOutput,
  tableResult,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, sumHours, toEntry, withChargeCodes } from '../../src/working-time/entries.ts';

/** Groups that tell people apart. */
const PEOPLE = /\b(member|technician|tech|engineer|person|people|user|employee|resource|staff|who)/i;

/** Entries that are added up beside a page of them; for more there is `groupBy`. */
const MOST_SUMMED = 5_000;

export default defineTool({
  name: 'search_time_entries',
  title: 'Search time entries',
  toolset: 'time',
  core: true,
  effect: 'read',
  uses: [...ENTRY_OPERATIONS, 'GET /time/entries/count'],
  description:
    'Find time entries of a member, ticket, company or period, in local time with the sum of hours. Default: mine of the last 7 days.',
  input: z.strictObject({
    member: z.string().optional().describe('Name, "me" or "all"'),
    ticketId: z.int().optional(),
    company: z.string().optional(),
    period: z.string().optional().describe('"today", "last week", 2026-11-01..2026-11-15'),
    text: z.string().optional().describe('In the notes'),
    billable: fragments.billable.optional(),
    where: WhereSchema.optional(),
    conditions: fragments.conditions,
    groupBy: fragments.groupBy.describe('Hours by e.g. member, company, timeStart:month, workType'),
    page: fragments.page,
    limit: fragments.limit,
  }),
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
    billableOption: 'billable',
    user: 'member',
    notes: 'text',
    client: 'company',
    ticketNumber: 'ticketId',
    ...datesFor('period'),
    group: 'groupBy',
    by: 'groupBy',
  },
  output: tableOutput,
  async run(input, context) {
    const { manage, names, api, signal, now, plain } = context;
    const present = await now();
    const limit = input.limit ?? 25;
    const anything = [
      input.member,
      input.ticketId,
      input.company,
      input.period,
      input.where,
      input.conditions,
      input.text,
    ].some((given) => given !== undefined);
    // A ticket's or a customer's time is everybody's, unless a member is named.
    // So is time by member.
    const byMember = input.groupBy?.some((key) => PEOPLE.test(key)) ?? false;
    const mine = input.ticketId === undefined && input.company === undefined && !byMember;
    const who = input.member ?? (mine ? 'me' : 'all');
    const member = /^(all|everyone|everybody|any)$/i.test(who)
      ? undefined
      : await names.resolve('member', who, { argument: 'member', inactive: true });
    const company = await resolveGiven(
      names,
      'company',
      /^(all|any|every)\b/i.test(input.company ?? '') ? undefined : input.company,
      { argument: 'company' },
    );
    const said = input.period ?? (anything ? undefined : 'last 7 days');
    const period =
      said === undefined ? undefined : readPeriod(said, { now: present, direction: 'past', argument: 'period' });
    const conditions = all(
      member && field('member/id', '=', member.id),
      input.ticketId === undefined ? undefined : field('chargeToId', '=', input.ticketId),
      input.ticketId === undefined ? undefined : field('chargeToType', 'in', ['ServiceTicket', 'ProjectTicket']),
      company && field('company/id', '=', company.id),
      period && field('timeStart', '>=', period.start),
      period && field('timeStart', '<', period.end),
      input.text === undefined ? undefined : field('notes', 'contains', input.text),
      input.billable === undefined ? undefined : field('billableOption', '=', input.billable),
    );
    const query = narrow({ conditions }, input, { api, schema: 'TimeEntry' });
    const whose = `${member ? ` by ${plain(member.label)}` : ''}${period === undefined ? ` (${present.zoneName})` : `, ${said}: ${period.echo}`}`;
    if (input.groupBy !== undefined)
      return summarize(context, {
        limit: input.limit,
        page: input.page,
        noun: 'entries',
        schema: 'TimeEntry',
        groupBy: input.groupBy,
        sum: ['actualHours'],
        titles: { actualHours: 'hours' },
        read: (fields) => manage.stream('GET /time/entries', { ...query, fields, signal }),
        head: `Time${whose}`,
      });
    const { rows, total } = await readListPage(manage, 'GET /time/entries', query, {
      orderBy: ['timeStart desc'],
      page: input.page,
      limit,
      signal,
    });
    const entries = await withChargeCodes(
      rows.flatMap((row) => toEntry(row, present.zoneName) ?? []),
      names,
    );
    const cells = entries.map((entry) => [
      entry.id,
      entry.start.toFormat('ccc d LLL HH:mm'),
      entry.hours,
      entry.member,
      entry.charge,
      entry.company,
      entry.billable,
      entry.status,
      entry.notes.slice(0, 80),
    ]);
    const read = { hours: 0 };
    // The sum of all that was found, not of the page: that is what people ask for.
    if (total > rows.length && total <= MOST_SUMMED)
      for await (const row of manage.stream('GET /time/entries', { ...query, fields: ['id', 'actualHours'], signal }))
        read.hours += Number(row.actualHours ?? 0);
    const sum = total > rows.length ? Math.round(read.hours * 100) / 100 : sumHours(entries);
    const head = total > MOST_SUMMED ? `Too many to add up here; use groupBy${whose}` : `${showHours(sum)}${whose}`;
    return tableResult({
      noun: 'entries',
      head,
      columns: ['id', 'start', 'hours', 'member', 'on', 'company', 'billable', 'status', 'notes'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
