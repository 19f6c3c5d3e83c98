import { DateTime } from 'luxon';
import { z } from 'zod';
import { echoDay, readDays, type SaidDays, type SaidPeriod, showHours, withoutZone } from '../../src/clock/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, ToolInputError, tableResult } from '../../src/tool/index.ts';
import { holidaysSaid } from '../../src/working-time/holidays.ts';
import { owesTime, PEOPLE_OPERATIONS, readCountedPeople, readPeople } from '../../src/working-time/people.ts';
import { assumedSaid, CALENDAR_OPERATIONS, readCalendars } from '../../src/working-time/work-calendar.ts';
import { enteredTime, type Left, readHoursByDay, readWhoLeft } from './support/missing-time.ts';

/** Days that are named for a member; a whole month of them says no more than their number. */
const MOST_DAYS = 7;

const listed = (days: readonly Clean[]): Clean => {
  const more = days.length > MOST_DAYS ? say` and ${days.length - MOST_DAYS} more` : say``;
  return say`${joined(days.slice(0, MOST_DAYS), ', ')}${more}`;
};

/** `Mon 23 Nov to Sun 29 Nov`: everybody's days, so in no zone. */
const daysSaid = ({ echo }: SaidPeriod): Clean => cleanLine(withoutZone(echo));

/**
 * The days that are looked at of members in a zone: the same dates for all, so that they can be compared. One day, "today", is the one
 * that is running there: the date of who asks may be over, or not have begun.
 */
const daysIn = (period: SaidDays, zone: string): SaidDays =>
  period.end <= period.start.plus({ days: 1 }) ? period.inZone(zone) : period;

/** The zones in which the day is another date: `; Mon 30 Nov in America/New_York`. */
function othersSaid(period: SaidDays, zones: Iterable<string>): Clean {
  const others = [...new Set(zones)].flatMap((zone) => {
    const own = daysIn(period, zone);
    return withoutZone(own.echo) === withoutZone(period.echo) ? [] : [say`; ${daysSaid(own)} in ${cleanLine(zone)}`];
  });
  return joined(others, '');
}

/** `Not counted: Robin Gone (inactive since Thu 12 Nov).` */
function leftSaid(left: readonly Left[], now: DateTime, isNamed: boolean): Clean | undefined {
  if (left.length === 0) return undefined;
  const each = left.map(({ name, since }) => {
    const day = DateTime.fromISO(since, { zone: now.zoneName ?? 'utc' });
    return say`${name} (inactive since ${cleanLine(echoDay(day, now))})`;
  });
  return isNamed
    ? say`Not counted, as they left before: ${joined(each, ', ')}.`
    : say`Not counted: ${joined(each, ', ')}; who names them.`;
}

const sum = (numbers: readonly number[]): Clean => cleanLine(showHours(numbers.reduce((a, b) => a + b, 0)));

export default defineTool({
  name: 'find_missing_time',
  title: 'Find missing time',
  toolset: 'time',
  core: true,
  effect: 'read',
  uses: ['GET /time/entries', 'GET /system/members', ...PEOPLE_OPERATIONS, ...CALENDAR_OPERATIONS],
  description:
    'Who has not entered their time: hours entered and due (working days without holidays) by member, and the days that lack some.',
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or a department; default everyone'),
    period: fragments.days('past', 'Default the last 7 days, without today').optional(),
    includeComplete: z.boolean().optional(),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', department: 'who', date: 'period', week: 'period' },
  output: listOutput,
  looksUp: ({ who }, context) => [who && readPeople(who, context)],
  async run(given, context) {
    const { manage, signal } = context;
    const now = await context.now();
    const period = given.period ?? readDays('last 7 days', { now, direction: 'past', argument: 'period' });
    if (period.start > now) throw new ToolInputError('period', say`period: ${cleanLine(period.echo)} has not begun.`);
    const everyone = await readCountedPeople(given.who, context);
    const isNamed = given.who !== undefined;
    // Who does not have to enter time is asked for by name only.
    const people = isNamed ? everyone : everyone.filter(owesTime);
    const [calendars, hours, left] = await Promise.all([
      readCalendars(manage, period, signal),
      readHoursByDay({ people, period, only: isNamed }, context),
      isNamed ? [] : readWhoLeft(period, context),
    ]);
    const asked = people.map((person) =>
      enteredTime(person, {
        calendar: calendars.of(person.record),
        period: daysIn(period, person.zone),
        hours: hours.get(person.id),
        now: now.setZone(person.zone),
      }),
    );
    // Who had left before owes nothing. What they entered nonetheless is told.
    const all = asked.filter(({ leftOn, entered }) => leftOn === undefined || entered > 0);
    const gone = asked.flatMap(({ person, leftOn }) =>
      leftOn === undefined ? [] : [{ name: person.name, since: leftOn }],
    );
    const lacking = all
      .filter(({ missing, short }) => missing > 0 || short.some(({ entered }) => entered === 0))
      .sort((a, b) => b.missing - a.missing);
    const shown = given.includeComplete ? [...lacking, ...all.filter((one) => !lacking.includes(one))] : lacking;
    const on = (day: DateTime): Clean => cleanLine(echoDay(day, now));
    const isCut = !period.start.hasSame(now, 'day') && period.end > now.startOf('day');
    const exempt = everyone.filter((person) => !people.includes(person)).map(({ name }) => name);
    const guesses = new Map<Clean, Clean[]>();
    for (const { name, record } of people) {
      const guess = assumedSaid(calendars.of(record));
      if (guess !== undefined) guesses.set(guess, [...(guesses.get(guess) ?? []), name]);
    }
    const off = holidaysSaid(
      people.map(({ record }) => calendars.of(record)),
      isCut ? { start: period.start, end: now.startOf('day') } : period,
      now,
    );
    const because = off === undefined ? say`` : say` (${off})`;
    const totals = say`Due: ${sum(all.map(({ due }) => due))} of ${all.length} ${all.length === 1 ? 'member' : 'members'}${because}. Entered: ${sum(all.map(({ entered }) => entered))}.`;
    const lack = say`Missing: ${sum(lacking.map(({ missing }) => missing))}, of ${lacking.length} ${lacking.length === 1 ? 'member' : 'members'}.`;
    const isMadeUp = shown.some(({ missing, shortBy }) => shortBy > missing);
    return tableResult({
      noun: 'members',
      head: lines([
        say`period: ${daysSaid(period)}${othersSaid(
          period,
          people.map(({ zone }) => zone),
        )}${isCut ? ', without today' : ''}, each member's days in their own zone. ${totals} ${lack}`,
        isMadeUp
          ? say`missing: of the whole period, so extra hours make up for short days; "short by": the short days alone.`
          : undefined,
        ...[...guesses].map(([guess, of]) => say`Of ${listed(of)}: ${guess}.`),
        leftSaid(isNamed ? gone : left, now, isNamed),
        exempt.length > 0 && say`Not counted, as they do not have to enter time: ${listed(exempt)}; who names them.`,
      ]),
      columns: [
        'member',
        'entered',
        'due',
        'missing',
        ...(isMadeUp ? ['short by'] : []),
        'days without time',
        'short days',
      ],
      rows: shown.map(({ person, entered, due, missing, short, shortBy }) => [
        person.name,
        entered,
        due,
        missing,
        ...(isMadeUp ? [shortBy] : []),
        listed(short.filter((one) => one.entered === 0).map(({ day }) => on(day))),
        listed(short.filter((one) => one.entered > 0).map((one) => say`${on(one.day)} ${one.entered} of ${one.due}`)),
      ]),
      total: shown.length,
      pageSize: Math.max(1, shown.length),
      hint:
        shown.length > 0
          ? undefined
          : joined(
              [
                all.length > 0
                  ? say`Nobody lacks time; includeComplete: true lists all ${all.length}.`
                  : say`Nobody here has to enter time; who names members to look at.`,
                say`A longer period may show some.`,
              ],
              ' ',
            ),
    });
  },
});
