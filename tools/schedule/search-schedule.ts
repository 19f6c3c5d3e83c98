import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field, narrow } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  listOutput,
  readListPage,
  tableResult,
} from '../../src/tool/index.ts';
import { touching } from './support/scheduled.ts';
import { showSlot, slotOf } from './support/slot.ts';

export default defineTool({
  name: 'search_schedule',
  title: 'Search schedule',
  toolset: 'schedule',
  core: true,
  effect: 'read',
  uses: ['GET /schedule/entries', 'GET /schedule/entries/count'],
  description: 'Who is scheduled for what and when: my calendar today by default, or of a member, ticket, period.',
  input: z.strictObject({
    member: z.string().optional().describe('Name, "me" or "all"'),
    ticketId: z.int().optional(),
    period: z.string().optional().describe('Default today; "this week", 2026-11-24'),
    includeDone: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: {
    date: 'period',
    when: 'period',
    day: 'period',
    ticket: 'ticketId',
    technician: 'member',
    members: 'member',
    who: 'member',
  },
  output: listOutput,
  async run(input, { manage, names, api, signal, now }) {
    const present = await now();
    const limit = input.limit ?? 25;
    const who = input.member ?? (input.ticketId === undefined ? 'me' : 'all');
    const member = /^(all|everyone|everybody|any)$/i.test(who)
      ? undefined
      : await names.resolve('member', who, { argument: 'member' });
    const said = input.period ?? (input.ticketId === undefined ? 'today' : undefined);
    const period =
      said === undefined ? undefined : readPeriod(said, { now: present, argument: 'period', direction: 'ahead' });
    const conditions = all(
      member && field('member/id', '=', member.id),
      input.ticketId === undefined ? undefined : field('objectId', '=', input.ticketId),
      period && touching(period),
      input.includeDone || input.ticketId !== undefined ? undefined : field('doneFlag', '=', false),
    );
    const query = narrow({ conditions }, input, { api, schema: 'ScheduleEntry' });
    const { rows, total } = await readListPage(manage, 'GET /schedule/entries', query, {
      orderBy: ['dateStart asc'],
      page: input.page,
      limit,
      signal,
    });
    const cells = rows.map((row) => [
      row.id,
      showSlot(slotOf(row, present.zoneName)),
      nameOf(row.member),
      row.name,
      nameOf(row.status),
      row.doneFlag === true ? 'done' : '',
    ]);
    const head = `${said ?? 'any time'} (${present.zoneName})`;
    return tableResult({
      noun: 'schedule entries',
      head,
      columns: ['id', 'when', 'member', 'what', 'status', 'done'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
