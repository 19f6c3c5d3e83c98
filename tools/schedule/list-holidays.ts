import { DateTime } from 'luxon';
import { z } from 'zod';
import { daysOf, readDays, showDay } from '../../src/clock/index.ts';
import { idOf } from '../../src/names/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, ToolInputError, tableResult } from '../../src/tool/index.ts';
import {
  CALENDAR_OPERATIONS,
  type Holiday,
  readCalendars,
  unreadSaid,
  type WorkCalendar,
} from '../../src/working-time/work-calendar.ts';

/** First, because this is what the tool stands for. */
const HOLIDAYS = 'GET /schedule/holidayLists/{parentId}/holidays';

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const shownPart = ({ part }: Holiday): string =>
  part === undefined ? 'all day' : `${clock(part.from)}-${clock(part.to)}`;

/** A holiday with the names of the calendars that have it. */
interface Row {
  readonly holiday: Holiday;
  readonly calendars: readonly string[];
}

/** The holidays from one day to another, in order, each once. */
function holidaysOf(calendars: readonly WorkCalendar[], first: string, last: string): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, holidays } of calendars) {
    for (const holiday of holidays.filter(({ date }) => date >= first && date <= last)) {
      const key = `${holiday.date} ${holiday.name} ${shownPart(holiday)}`;
      rows.set(key, { holiday, calendars: [...(rows.get(key)?.calendars ?? []), name] });
    }
  }
  return [...rows].sort(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);
}

export default defineTool({
  name: 'list_holidays',
  title: 'List holidays',
  toolset: 'schedule',
  effect: 'read',
  uses: [HOLIDAYS, ...CALENDAR_OPERATIONS],
  description: 'Holidays by calendar, for the next year unless a period is sent.',
  input: z.strictObject({
    period: fragments.days('ahead').optional(),
    calendar: fragments.name('calendar').optional(),
    member: fragments.name('member').optional(),
    location: fragments.name('location').optional(),
  }),
  aliases: { year: 'period', date: 'period', who: 'member', office: 'location' },
  output: listOutput,
  async run({ period: said, calendar, member, location }, { manage, signal, now }) {
    const given = [calendar && say`calendar`, member && say`member`, location && say`location`].filter(
      (name) => name !== undefined,
    );
    if (given.length > 1)
      throw new ToolInputError(
        'calendar',
        say`Send one of calendar, member and location, not ${joined(given, ' and ')}.`,
      );
    const period = said ?? readDays('next 365 days', { now: await now(), argument: 'period', direction: 'ahead' });
    const read = await readCalendars(manage, period, signal);
    const asked = [
      ...(member ? [read.of(member.record)] : []),
      ...(location ? [read.of(location.record)] : []),
      ...(calendar ? [read.of({ calendar: { id: calendar.id } })] : []),
    ];
    const calendars = asked.length > 0 ? [...new Set(asked)] : read.all;
    const [first, last] = daysOf(period);
    const rows = holidaysOf(calendars, first, last);
    const without = calendars.filter(
      ({ name, isUnread }) => !isUnread && !rows.some((row) => row.calendars.includes(name)),
    );
    return tableResult({
      noun: 'holidays',
      hint: calendars.length === 0 ? say`No calendar is set up, or this role may not read them.` : undefined,
      head: joined(
        [
          say`period: ${cleanLine(period.echo)}`,
          location !== undefined &&
            idOf(location.record.calendar) === undefined &&
            say`${cleanLine(location.label)} has no calendar of its own; the company's is shown`,
          ...calendars.map(unreadSaid),
          without.length > 0 &&
            say`none in ${joined(
              without.map(({ name }) => cleanLine(name)),
              ', ',
            )}`,
        ],
        '; ',
      ),
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
