import { DateTime } from 'luxon';
import { type Period, readHours, showHours, showRange } from '../../../src/clock/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, stretchOf } from '../../../src/working-time/entries.ts';
import { firstFree } from './free-slot.ts';
import { type When, type WhenInput, withBreak } from './when.ts';

/**
 * Work of which only the part of the day is known ("an hour this morning"): it goes to the first free time there, among what is
 * logged already. `entries` are those of that day; nothing is put after `until`.
 * @throws {ToolInputError} without a length, and when the part has no such gap, with what is logged in it
 */
export function whenInDayPart(
  said: WhenInput,
  period: Period,
  entries: readonly Entry[],
  now: DateTime<true>,
  until: DateTime<true> | undefined,
): When {
  const input = withBreak(said);
  if (input.hours === undefined)
    throw new ToolInputError(
      'hours',
      'Say how long it took: hours, like "45 minutes"; or send the exact start and end.',
    );
  const hours = readHours(input.hours, { argument: 'hours' });
  const deduct = input.breakTime === undefined ? 0 : readHours(input.breakTime, { argument: 'break' });
  const length = (hours + deduct) * 3_600_000;
  const start = firstFree(entries.map(stretchOf), period, length, until?.toMillis());
  if (start === undefined) {
    const logged = entries
      .filter((entry) => entry.start < period.end && entry.end > period.start)
      .map((entry) => `${entry.start.toFormat('HH:mm')}-${entry.end.toFormat('HH:mm')} ${entry.charge}`);
    const why = logged.length > 0 ? ` Logged there: ${logged.join('; ')}.` : '';
    throw new ToolInputError(
      'start',
      `There is no free ${showHours(hours + deduct)} in ${showRange(period.start, period.end)}${until !== undefined && until < period.end ? ` before ${until.toFormat('HH:mm')}` : ''}.${why} Send the exact start.`,
    );
  }
  const begin = DateTime.fromMillis(start, { zone: now.zone }) as DateTime<true>;
  return { start: begin, end: begin.plus({ hours: hours + deduct }), deduct, hours };
}
