import { DateTime } from 'luxon';
import { z } from 'zod';
import { type Period, readLength, readPeriod, showDay, showMoment } from '../../src/clock/index.ts';
import { defineLegacyTool as defineTool, listOutput, ToolInputError, tableResult } from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import type { Stretch } from '../../src/working-time/stretches.ts';
import { CALENDAR_OPERATIONS } from '../../src/working-time/work-calendar.ts';
import { byDay, type FreeTime, freeTogether, LOGGED_OPERATIONS, readFreeTime } from './support/free-time.ts';
import { SCHEDULED_OPERATIONS } from './support/scheduled.ts';

const MOST_ROWS = 100;
/** Slots that begin at 14:03 are nobody's. */
const ROUND_TO = 5 * 60_000;

/** The period that was said, from now on. "Friday 2pm to 5pm" and "tomorrow morning" are periods, too. */
function readAhead(said: string, now: DateTime<true>): Period {
  const read = { now, argument: 'period', direction: 'ahead' as const };
  const { start, end } = readPeriod(said, read);
  const from = Math.max(start.toMillis(), Math.ceil(now.toMillis() / ROUND_TO) * ROUND_TO);
  if (from >= end.toMillis())
    throw new ToolInputError('period', `period ${JSON.stringify(said)} is over (it ended ${showMoment(end)}).`);
  return { start: DateTime.fromMillis(from, { zone: now.zoneName }) as DateTime<true>, end };
}

interface Row {
  readonly day: string;
  readonly who: string;
  readonly slots: readonly Stretch[];
  readonly remark: string;
}

const remarkOf = ({ untimed }: FreeTime, day: string): string => {
  const count = untimed.get(day) ?? 0;
  return count === 0 ? '' : `${count} on this day without a time`;
};

export default defineTool({
  name: 'find_free_time',
  title: 'Find free time',
  toolset: 'schedule',
  effect: 'read',
  uses: [...CALENDAR_OPERATIONS, ...SCHEDULED_OPERATIONS, ...LOGGED_OPERATIONS, ...PEOPLE_OPERATIONS],
  description: 'Who is free when: working time without holidays and what is scheduled or logged.',
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or work role; default everyone'),
    period: z.string().optional().describe('Default the next 7 days'),
    length: z.string().optional().describe('Default 30 minutes'),
    together: z.boolean().optional().describe('When all of them are free'),
  }),
  aliases: {
    member: 'who',
    members: 'who',
    team: 'who',
    workRole: 'who',
    technician: 'who',
    date: 'period',
    day: 'period',
    when: 'period',
    duration: 'length',
    hours: 'length',
  },
  output: listOutput,
  async run(input, context) {
    const { manage, signal, plain } = context;
    const now = await context.now();
    const zone = now.zoneName;
    const said = input.period ?? 'next 7 days';
    const period = readAhead(said, now);
    const length = 60_000 * (input.length === undefined ? 30 : readLength(input.length, { argument: 'length' }));
    const people = await readPeople(input.who, context);
    const all = await readFreeTime(manage, people, period, input.who !== undefined, signal);
    const isTogether = input.together === true && all.length > 1;
    const rows: Row[] = isTogether
      ? [...byDay(freeTogether(all), length, zone)].map(([day, slots]) => ({
          day,
          slots,
          who: `all ${all.length}`,
          remark: '',
        }))
      : all.flatMap((one) =>
          [...byDay(one.free, length, zone)].map(([day, slots]) => ({
            day,
            slots,
            who: plain(one.person.name),
            remark: remarkOf(one, day),
          })),
        );
    const begin = ({ slots }: Row): number => slots[0]?.start ?? 0;
    rows.sort((a, b) => a.day.localeCompare(b.day) || begin(a) - begin(b) || a.who.localeCompare(b.who));
    const clock = (at: number, end = false): string => {
      const moment = DateTime.fromMillis(at, { zone });
      return end && moment.hour === 0 && moment.minute === 0 ? '24:00' : moment.toFormat('HH:mm');
    };
    const first = [...rows].sort((a, b) => begin(a) - begin(b))[0];
    const busy = isTogether ? [] : all.filter(({ person }) => !rows.some(({ who }) => who === plain(person.name)));
    const away = all.filter((one) => one.away.length > 0);
    const head = [
      `${said} (${zone}), at least ${length / 60_000} minutes${isTogether ? `, all of ${all.map(({ person }) => plain(person.name)).join(', ')}` : ''}`,
      isTogether && rows.length === 0 && 'never all of them at once',
      first && `earliest: ${first.who}, ${showMoment(DateTime.fromMillis(begin(first), { zone }))}`,
      busy.length > 0 && `nothing free: ${busy.map(({ person }) => plain(person.name)).join(', ')}`,
      away.length > 0 &&
        `away: ${away.map(({ person, away: days }) => `${plain(person.name)}, ${days.map(plain).join(', ')}`).join('; ')}`,
      rows.length > MOST_ROWS && `the first ${MOST_ROWS} of ${rows.length} rows; narrow who or period for the rest`,
    ].filter((part) => typeof part === 'string');
    return tableResult({
      noun: isTogether ? 'days' : 'free days of members',
      head: head.join('. '),
      columns: ['day', 'member', 'free', 'hours', 'remark'],
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ day, who, slots, remark }) => [
          showDay(DateTime.fromISO(day, { zone })),
          who,
          slots.map(({ start, end }) => `${clock(start)}-${clock(end, true)}`).join(', '),
          Math.round(slots.reduce((sum, { start, end }) => sum + end - start, 0) / 36_000) / 100,
          remark,
        ]),
      total: rows.length,
      pageSize: Math.max(1, rows.length),
    });
  },
});
