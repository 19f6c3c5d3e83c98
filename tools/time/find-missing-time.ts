import { z } from 'zod';
import { readPeriod, showHours } from '../../src/clock/index.ts';
import { defineLegacyTool as defineTool, listOutput, tableResult } from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { CALENDAR_OPERATIONS, readCalendars } from '../../src/working-time/work-calendar.ts';
import { enteredTime, readHoursByDay } from './support/missing-time.ts';

/** Days that are named for a member; a whole month of them says no more than their number. */
const MOST_DAYS = 7;

const listed = (days: readonly string[]): string =>
  days.length <= MOST_DAYS
    ? days.join(', ')
    : `${days.slice(0, MOST_DAYS).join(', ')} and ${days.length - MOST_DAYS} more`;

const sum = (numbers: readonly number[]): number => Math.round(numbers.reduce((a, b) => a + b, 0) * 100) / 100;

export default defineTool({
  name: 'find_missing_time',
  title: 'Find missing time',
  toolset: 'time',
  effect: 'read',
  uses: ['GET /time/entries', ...PEOPLE_OPERATIONS, ...CALENDAR_OPERATIONS],
  description:
    'Who has not entered their time: hours entered against hours due (working days of their calendar, holidays off) for each member, and the days that lack time.',
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or a department; default everyone'),
    period: z.string().optional().describe('Default the last 7 days, without today'),
    includeComplete: z.boolean().optional(),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', department: 'who', date: 'period', week: 'period' },
  output: listOutput,
  async run(input, context) {
    const { manage, signal, now, plain } = context;
    const present = await now();
    const said = input.period ?? 'last 7 days';
    const period = readPeriod(said, { now: present, direction: 'past', argument: 'period' });
    const everyone = await readPeople(input.who, context);
    // Who does not have to enter time is asked for by name only.
    const people =
      input.who === undefined ? everyone.filter(({ record }) => record.requireTimeSheetEntryFlag !== false) : everyone;
    const [calendars, hours] = await Promise.all([
      readCalendars(manage, period, signal),
      readHoursByDay(manage, people, period, input.who !== undefined, signal),
    ]);
    const all = people.map((person) => enteredTime(person, calendars.of(person.record), period, hours, present));
    const lacking = all
      .filter(({ missing, short }) => missing > 0 || short.some(({ entered }) => entered === 0))
      .sort((a, b) => b.missing - a.missing);
    const shown = input.includeComplete ? [...lacking, ...all.filter((one) => !lacking.includes(one))] : lacking;
    const last = period.end.minus({ milliseconds: 1 });
    const isCut = !period.start.hasSame(present, 'day') && last >= present.startOf('day');
    const days = `${period.start.toFormat('ccc d LLL')} - ${last.toFormat('ccc d LLL yyyy')}${isCut ? ' without today' : ''}`;
    return tableResult({
      noun: 'members',
      head: `${said} (${days}, each in their own zone): ${showHours(sum(all.map(({ entered }) => entered)))} of ${showHours(sum(all.map(({ due }) => due)))} due entered by ${all.length} members; ${lacking.length} lack ${showHours(sum(lacking.map(({ missing }) => missing)))}.`,
      columns: ['member', 'entered', 'due', 'missing', 'days without time', 'short days'],
      rows: shown.map(({ person, entered, due, missing, short }) => [
        plain(person.name),
        entered,
        due,
        missing,
        listed(short.filter((one) => one.entered === 0).map(({ day }) => day.toFormat('ccc d LLL'))),
        listed(
          short
            .filter((one) => one.entered > 0)
            .map((one) => `${one.day.toFormat('ccc d LLL')} ${one.entered} of ${one.due}`),
        ),
      ]),
      total: shown.length,
      pageSize: Math.max(1, shown.length),
    });
  },
});
