import { z } from 'zod';
import { readStatuses, STATUS_WORDS, statusWords } from '../../src/approval/approval-status.ts';
import { sheetPeriod } from '../../src/approval/time-sheet.ts';
import { daysOf, showHours } from '../../src/clock/index.ts';
import { ExactSum, type ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import {
  dayOf,
  defineTool,
  type Filter,
  filtersByArgument,
  fragments,
  listOutput,
  loosened,
  pageAsked,
  tableResult,
  type Without,
} from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';

/** A period of a sheet is a month at the most. */
const LONGEST_SHEET_DAYS = 32;

export default defineTool({
  name: 'search_timesheets',
  title: 'Search time sheets',
  toolset: 'time',
  effect: 'read',
  uses: ['GET /time/sheets', 'GET /time/sheets/count', ...PEOPLE_OPERATIONS],
  description: 'Find time sheets with hours, status and deadline. Default: those waiting for approval.',
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or a department; default everyone'),
    period: fragments.days('past').optional(),
    status: z.string().optional().describe(STATUS_WORDS),
    page: fragments.page,
    limit: fragments.rows(z.int().min(1).max(200).optional()),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', department: 'who', date: 'period', week: 'period' },
  output: listOutput,
  looksUp: ({ who }, context) => [who && readPeople(who, context)],
  async run(input, context) {
    const { manage, signal } = context;
    const { period } = input;
    const now = await context.now();
    const nothing = input.who === undefined && input.period === undefined;
    const statuses = readStatuses(input.status ?? (nothing ? 'pending' : undefined));
    const people = input.who === undefined ? undefined : await readPeople(input.who, context);
    const [first, last] = period === undefined ? ['', '9999'] : daysOf(period);
    const oldest = period?.start.minus({ days: LONGEST_SHEET_DAYS }).toISODate() ?? '';
    const filters = filtersByArgument({
      who:
        people &&
        field(
          'member/id',
          'in',
          people.map(({ id }) => id),
        ),
      status: statuses && field('status', 'in', statuses),
    });
    const conditionsOf = (kept: readonly Filter[]) => all(...kept.map(({ condition }) => condition));
    // Manage keeps a sheet's days as text, which cannot be compared in conditions; so they are read from the newest back.
    const read = async (kept: readonly Filter[]): Promise<ManageRecord[]> => {
      const found: ManageRecord[] = [];
      const sheets = manage.stream<ManageRecord>('GET /time/sheets', {
        conditions: conditionsOf(kept),
        fields: ['id', 'member', 'dateStart', 'dateEnd', 'deadline', 'hours', 'status'],
        orderBy: ['dateStart desc', 'id asc'],
        signal,
      });
      for await (const sheet of sheets) {
        if (dayOf(sheet.dateStart) < oldest) break;
        if (dayOf(sheet.dateStart) <= last && dayOf(sheet.dateEnd) >= first) found.push(sheet);
      }
      return found;
    };
    const rows = await read(filters);
    const hours = new ExactSum();
    for (const sheet of rows) hours.add(sheet.hours);
    const without = async (): Promise<Without[]> => [
      ...(await Promise.all(
        filters.map(async (left) => {
          const { length: total } = await read(filters.filter((filter) => filter !== left));
          return { argument: left.argument, total };
        }),
      )),
      ...(period === undefined
        ? []
        : [
            {
              argument: 'period',
              total: await manage.count('GET /time/sheets/count', { conditions: conditionsOf(filters), signal }),
            },
          ]),
    ];
    const asking = pageAsked(input);
    const { page, limit } = asking;
    const { rows: shown, pageSize } = asking.shown(rows.slice((page - 1) * limit, page * limit), rows.length);
    const when = period && say`period: ${cleanLine(period.echo)}`;
    const said = joined([when, joined((statuses ?? []).map(statusWords), ', ')], '; ');
    const today = now.toISODate();
    return tableResult({
      noun: 'time sheets',
      head: say`${said === '' ? 'all' : said}: ${cleanLine(showHours(hours.value))} in all`,
      columns: ['id', 'member', 'days', 'hours', 'status', 'deadline'],
      rows: shown.map((sheet) => {
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
      pageSize,
      hint: rows.length === 0 ? loosened(await without()) : undefined,
    });
  },
});
