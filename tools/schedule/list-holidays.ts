import { DateTime } from 'luxon';
import { z } from 'zod';
import { readPeriod, showDay } from '../../src/clock/index.ts';
import { idOf, resolveGiven } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, listOutput, tableResult } from '../../src/tool/index.ts';
import { CALENDAR_OPERATIONS, type Holiday, readCalendars } from '../../src/working-time/work-calendar.ts';

/** First, because this is what the tool stands for. */
const HOLIDAYS = 'GET /schedule/holidayLists/{parentId}/holidays';

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const shownPart = ({ part }: Holiday): string =>
  part === undefined ? 'all day' : `${clock(part.from)}-${clock(part.to)}`;

export default defineTool({
  name: 'list_holidays',
  title: 'List holidays',
  toolset: 'schedule',
  effect: 'read',
  uses: [HOLIDAYS, ...CALENDAR_OPERATIONS],
  description: 'Holidays by calendar, for the next year unless a period is sent.',
  input: z.strictObject({
    period: z.string().optional(),
    calendar: z.string().optional(),
    member: z.string().optional(),
    location: z.string().optional(),
  }),
  aliases: { year: 'period', date: 'period', who: 'member', office: 'location' },
  output: listOutput,
  async run(input, { manage, names, signal, now }) {
    const present = await now();
    const said = input.period ?? 'next 365 days';
    const year = /^\d{4}$/.test(said.trim()) ? `${said.trim()}-01-01..${said.trim()}-12-31` : said;
    const period = readPeriod(year, { now: present, argument: 'period', direction: 'ahead' });
    const [member, location, named] = await Promise.all([
      resolveGiven(names, 'member', input.member, { argument: 'member' }),
      resolveGiven(names, 'location', input.location, { argument: 'location' }),
      resolveGiven(names, 'calendar', input.calendar, { argument: 'calendar' }),
    ]);
    const read = await readCalendars(manage, period, signal);
    const asked = [
      ...(member ? [read.of(member.record)] : []),
      ...(location ? [read.of(location.record)] : []),
      ...(named ? [read.of({ calendar: { id: named.id } })] : []),
    ];
    const calendars = asked.length > 0 ? [...new Set(asked)] : read.all;
    const days = new Map<string, { holiday: Holiday; calendars: string[] }>();
    const [first, last] = [period.start.toISODate() ?? '', period.end.minus({ milliseconds: 1 }).toISODate() ?? ''];
    for (const { name, holidays } of calendars) {
      for (const holiday of holidays.filter(({ date }) => date >= first && date <= last)) {
        const key = `${holiday.date} ${holiday.name} ${shownPart(holiday)}`;
        const known = days.get(key) ?? { holiday, calendars: [] };
        days.set(key, { holiday, calendars: [...known.calendars, name] });
      }
    }
    const rows = [...days].sort(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);
    const without = calendars.filter(({ holidays }) => holidays.length === 0).map(({ name }) => name);
    const own = location !== undefined && idOf(location.record.calendar) === undefined;
    const head = [
      said,
      own ? `${location.label} has no calendar of its own; the company's is shown` : '',
      without.length > 0 ? `none in ${without.join(', ')}` : '',
    ];
    return tableResult({
      noun: 'holidays',
      head: head.filter((part) => part !== '').join('; '),
      columns: ['day', 'holiday', 'off', 'calendars'],
      rows: rows.map(({ holiday, calendars: of }) => [
        showDay(DateTime.fromISO(holiday.date)),
        holiday.name,
        shownPart(holiday),
        of.join(', '),
      ]),
      total: rows.length,
      pageSize: Math.max(1, rows.length),
    });
  },
});
