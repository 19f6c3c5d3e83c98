import { DateTime } from 'luxon';
import { all, any, type Expression, field } from '../query/index.ts';

/**
 * The condition for tickets whose SLA is broken, or has its next deadline today or tomorrow. Manage keeps that deadline in words
 * ("Resolve by Thu 11/26 4:15 PM UTC-05"), with the day before the month in some countries; the weekday tells the two apart.
 */
export function slaAtRisk(now: DateTime): Expression | undefined {
  const days = [now, now.plus({ days: 1 })].map((day) => day.setLocale('en-US'));
  const texts = days.flatMap((day) => [`${day.toFormat('ccc MM/dd')} `, `${day.toFormat('ccc dd/MM')} `]);
  return any(
    field('isInSla', '=', false),
    all(field('slaStatus', 'contains', ' by '), any(...texts.map((text) => field('slaStatus', 'contains', text)))),
  );
}

/** What a ticket's SLA wants next, and by when. */
export interface SlaDeadline {
  /** `Respond`, `Plan` or `Resolve`. */
  readonly goal: string;
  readonly at: DateTime<true>;
}

const DEADLINE = /^(\w+) by (\w{3}) (\d\d)\/(\d\d) (\d{1,2}):(\d\d) ([AP]M)(?: UTC([+-]\d{1,2})(?::?(\d\d))?)?$/i;

/**
 * The deadline in a ticket's `slaStatus`. The text has no year: it is the one in which the weekday is right, the nearest to `now`.
 * @param now in the zone that the deadline is shown in
 */
export function slaDeadline(slaStatus: unknown, now: DateTime<true>): SlaDeadline | undefined {
  const found = typeof slaStatus === 'string' ? DEADLINE.exec(slaStatus.trim()) : null;
  if (found === null) return undefined;
  const [, goal = '', weekday = '', first, second, hours, minutes, half, offset, more = '00'] = found;
  const zone = offset === undefined ? now.zone : `UTC${offset}:${more}`;
  const hour = (Number(hours) % 12) + (half?.toUpperCase() === 'PM' ? 12 : 0);
  const [a, b] = [Number(first), Number(second)];
  const fitting = [now.year - 1, now.year, now.year + 1]
    .flatMap((year) => [
      { year, month: a, day: b },
      { year, month: b, day: a },
    ])
    .map((date) => DateTime.fromObject({ ...date, hour, minute: Number(minutes) }, { zone }))
    .filter((at): at is DateTime<true> => at.isValid && at.setLocale('en-US').toFormat('ccc') === weekday)
    .sort((one, other) => Math.abs(+one - +now) - Math.abs(+other - +now));
  const [at] = fitting;
  return at && { goal, at: at.setZone(now.zone) as DateTime<true> };
}
