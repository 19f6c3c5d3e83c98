import { z } from 'zod';
import { readStatuses, STATUS_WORDS, statusWords } from '../../src/approval/approval-status.ts';
import { sheetPeriod } from '../../src/approval/time-sheet.ts';
import { showHours } from '../../src/clock/index.ts';
import { ExactSum, type ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import { dayOf, defineTool, fragments, listOutput, tableResult } from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';

/** A period of a sheet is a month at the most. */
const LONGEST_SHEET_DAYS = 32;

export default defineTool({
  name: 'search_timesheets',
  title: 'Search time sheets',
  toolset: 'time',
  effect: 'read',
  uses: ['GET /time/sheets', ...PEOPLE_OPERATIONS],
  description: "Find members' time sheets with hours, status and deadline. Default: those waiting for approval.",
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or a department; default everyone'),
    period: fragments.days('past', '"last week"').optional(),
    status: z.string().optional().describe(STATUS_WORDS),
    page: fragments.page,
    limit: fragments.rows(z.int().min(1).max(200).optional()),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', department: 'who', date: 'period', week: 'period' },
  output: listOutput,
  async run(input, context) {
    const { manage, signal } = context;
    const { period } = input;
    const now = await context.now();
    const nothing = input.who === undefined && input.period === undefined;
    const statuses = readStatuses(input.status ?? (nothing ? 'pending' : undefined));
    const people = input.who === undefined ? undefined : await readPeople(input.who, context);
    const first = period?.start.toISODate() ?? '';
    const last = period?.end.minus({ milliseconds: 1 }).toISODate() ?? '9999';
    const oldest = period?.start.minus({ days: LONGEST_SHEET_DAYS }).toISODate() ?? '';
    const conditions = all(
      people &&
        field(
          'member/id',
          'in',
          people.map(({ id }) => id),
        ),
      statuses && field('status', 'in', statuses),
    );
    // Manage keeps a sheet's days as text, which cannot be compared in conditions; so they are read from the newest back.
    const rows: ManageRecord[] = [];
    const hours = new ExactSum();
    const sheets = manage.stream<ManageRecord>('GET /time/sheets', {
      conditions,
      fields: ['id', 'member', 'dateStart', 'dateEnd', 'deadline', 'hours', 'status'],
      orderBy: ['dateStart desc', 'id asc'],
      signal,
    });
    for await (const sheet of sheets) {
      if (dayOf(sheet.dateStart) < oldest) break;
      if (dayOf(sheet.dateStart) > last || dayOf(sheet.dateEnd) < first) continue;
      rows.push(sheet);
      hours.add(sheet.hours);
    }
    const limit = input.limit ?? 25;
    const page = input.page ?? 1;
    const when = period && say`period: ${cleanLine(period.echo)}`;
    const said = joined([when, joined((statuses ?? []).map(statusWords), ', ')], '; ');
    const today = now.toISODate();
    return tableResult({
      noun: 'time sheets',
      head: say`${said === '' ? 'all' : said}: ${cleanLine(showHours(hours.value))} in all`,
      columns: ['id', 'member', 'days', 'hours', 'status', 'deadline'],
      rows: rows.slice((page - 1) * limit, page * limit).map((sheet) => {
        const deadline = dayOf(sheet.deadline);
        const isLate = deadline !== '' && deadline < today && readStatuses('open')?.includes(String(sheet.status));
        return [
          sheet.id,
          nameOf(sheet.member),
          sheetPeriod(sheet),
          sheet.hours,
          statusWords(sheet.status),
          `${deadline}${isLate ? ' (over)' : ''}`,
        ];
      }),
      total: rows.length,
      page,
      pageSize: limit,
    });
  },
});
