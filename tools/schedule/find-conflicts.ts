import { DateTime } from 'luxon';
import { z } from 'zod';
import { readPeriod, showRange } from '../../src/clock/index.ts';
import { type Clean, cleanLine, counted, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, tableResult } from '../../src/tool/index.ts';
import { clashes } from '../../src/working-time/intervals.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { readScheduled, SCHEDULED_OPERATIONS, type Scheduled, taken } from './support/scheduled.ts';

const MOST_ROWS = 100;

const told = ({ id, what }: Scheduled): Clean => say`${id}: ${what}`;

export default defineTool({
  name: 'find_conflicts',
  title: 'Find conflicts',
  toolset: 'schedule',
  effect: 'read',
  uses: [...SCHEDULED_OPERATIONS, ...PEOPLE_OPERATIONS],
  description: 'Double-booked members: entries that overlap, or lie on a day off.',
  input: z.strictObject({
    who: z.array(z.string()).optional(),
    period: fragments.period('ahead').optional(),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', technician: 'who', date: 'period', day: 'period' },
  output: listOutput,
  looksUp: ({ who }, context) => [who && readPeople(who, context)],
  async run({ who, period: said }, context) {
    const now = await context.now();
    const period = said ?? readPeriod('next 7 days', { now, argument: 'period', direction: 'ahead' });
    const people = await readPeople(who, context);
    const ids = who === undefined ? undefined : people.map(({ id }) => id);
    const entries = await readScheduled(ids, period, context);
    const at = (moment: number): DateTime => DateTime.fromMillis(moment, { zone: now.zoneName });
    const pairs = people
      .flatMap(({ id, zone }) =>
        clashes(entries.filter(({ memberId }) => memberId === id).map((entry) => taken(entry, zone))),
      )
      .map(([one, other]) => ({
        one,
        other,
        start: Math.max(one.start, other.start),
        end: Math.min(one.end, other.end),
      }))
      .sort((a, b) => a.start - b.start);
    const first = pairs.slice(0, MOST_ROWS);
    return tableResult({
      noun: 'conflicts',
      head: joined(
        [
          say`period: ${cleanLine(period.echo)}, ${counted(people.length, 'member')}`,
          // What is done is in nobody's way; last week most of it is.
          say`of entries that are not done`,
          first.length < pairs.length && say`the first ${MOST_ROWS}; narrow who or period for the rest`,
        ],
        '; ',
      ),
      columns: ['both at', 'member', 'entry', 'other entry'],
      rows: first.map(({ one, other, start, end }) => [
        showRange(at(start), at(end)),
        one.member,
        told(one),
        told(other),
      ]),
      total: pairs.length,
      pageSize: Math.max(1, pairs.length),
    });
  },
});
