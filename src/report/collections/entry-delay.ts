import { turn } from '../../in-turns.ts';
import { PEOPLE_OPERATIONS, readCountedPeople, TEAM_OPERATIONS } from '../../working-time/people.ts';
import type { Collection, Wanted } from '../collection.ts';
import { isTurn } from '../groups/hits.ts';
import { WallClock } from '../period.ts';
import { HOUR, type Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { OF_MEMBERS, timeEntries, workEnd } from './time.ts';

/**
 * Time entries, each with the hours from the end of the work until it was entered, and whether that was on a later day. The day is the
 * member's own, as on their sheet: what somebody in India works and enters in one morning lies on two days of New York.
 */
async function readDelays(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const [table, people, zone] = await Promise.all([
    timeEntries.read(wanted, reading),
    readCountedPeople(undefined, context),
    context.zone(),
  ]);
  const here = new WallClock(zone);
  const clocks = new Map(people.map((person) => [person.id, new WallClock(person.zone)]));
  for (let row = 0; row < table.length; row += 1) {
    if (isTurn(row)) await turn();
    const end = workEnd(table, row);
    const entered = table.number('entered', row);
    const clock = clocks.get(table.number('member', row)) ?? here;
    const isLate = Number.isNaN(entered) ? Number.NaN : Number(clock.dayOf(entered) > clock.dayOf(end));
    table.note('late', row, isLate);
    // What is entered before the work is over is not late.
    table.note('delay', row, Math.max(0, (entered - end) / HOUR));
  }
  return table;
}

/** Time entries with how late they were entered. */
export const enteredTime: Collection = {
  ...timeEntries,
  name: 'enteredTime',
  uses: [...new Set([...timeEntries.uses, ...PEOPLE_OPERATIONS, ...TEAM_OPERATIONS])],
  ways: OF_MEMBERS,
  read: readDelays,
};
