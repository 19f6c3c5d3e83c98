import { DateTime } from 'luxon';
import { z } from 'zod';
import { readPeriod, showRange } from '../../src/clock/index.ts';
import { defineLegacyTool as defineTool, listOutput, tableResult } from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { clashes } from '../../src/working-time/stretches.ts';
import { readScheduled, SCHEDULED_OPERATIONS, type Scheduled } from './support/scheduled.ts';

const MOST_ROWS = 100;

export default defineTool({
  name: 'find_conflicts',
  title: 'Find conflicts',
  toolset: 'schedule',
  effect: 'read',
  uses: [...SCHEDULED_OPERATIONS, ...PEOPLE_OPERATIONS],
  description: 'Double-booked members: entries that overlap.',
  input: z.strictObject({
    who: z.array(z.string()).optional(),
    period: z.string().optional(),
  }),
  aliases: { member: 'who', members: 'who', team: 'who', technician: 'who', date: 'period', day: 'period' },
  output: listOutput,
  async run(input, context) {
    const { manage, signal, plain } = context;
    const now = await context.now();
    const said = input.period ?? 'next 7 days';
    const period = readPeriod(said, { now, argument: 'period', direction: 'ahead' });
    const people = await readPeople(input.who, context);
    const ids = input.who === undefined ? undefined : people.map(({ id }) => id);
    const entries = await readScheduled(manage, ids, period, signal);
    const at = (moment: number): DateTime => DateTime.fromMillis(moment, { zone: now.zoneName });
    const pairs = people
      .flatMap(({ id }) => clashes(entries.filter(({ memberId }) => memberId === id)))
      .map(([one, other]) => ({
        one,
        other,
        start: Math.max(one.start, other.start),
        end: Math.min(one.end, other.end),
      }))
      .sort((a, b) => a.start - b.start);
    const told = ({ id, what }: Scheduled): string => `${id}: ${plain(what)}`;
    const cut = pairs.length > MOST_ROWS ? `; the first ${MOST_ROWS}` : '';
    return tableResult({
      noun: 'conflicts',
      head: `${said} (${now.zoneName}), ${people.length} members${cut}`,
      columns: ['both at', 'member', 'entry', 'other entry'],
      rows: pairs
        .slice(0, MOST_ROWS)
        .map(({ one, other, start, end }) => [
          showRange(at(start), at(end)),
          plain(one.member),
          told(one),
          told(other),
        ]),
      total: pairs.length,
      pageSize: Math.max(1, pairs.length),
    });
  },
});
