import { DateTime } from 'luxon';
import type { ApiDescription } from '../api/index.ts';
import { all, any, type Expression, field, type TimeSpan } from '../query/index.ts';

/** What a ticket's SLA wants next, and by when. */
export interface SlaDeadline {
  /** `Respond`, `Plan` or `Resolve`. */
  readonly goal: string;
  readonly at: DateTime<true>;
}

type Facts = Readonly<Record<string, unknown>>;

/** The goals of a service level in their order: their words in `slaStatus`, the member with the exact moment, when they are reached. */
const GOALS = [
  { goal: 'Respond', words: /^resp/i, at: 'respondByGoalUTC', reached: 'dateResponded' },
  { goal: 'Plan', words: /plan/i, at: 'resplanGoalUTC', reached: 'dateResplan' },
  { goal: 'Resolve', words: /^res(?!p)/i, at: 'resolutionGoalUTC', reached: 'dateResolved' },
] as const;

/** Members that a deadline is read from, as far as a site's version has them. */
export const SLA_FIELDS: readonly string[] = [
  'slaStatus',
  'isInSla',
  ...GOALS.flatMap(({ at, reached }) => [at, reached]),
];

/**
 * "Resolve by Thu 11/26 4:15 PM UTC-05" in the forms in which servers write it: the day before the month, dots or dashes, with a
 * year, 24 hours, `UTC`, `UTC+5:30`, `(UTC-05:00)`.
 */
const DEADLINE =
  /^([\w .]+?) by (?:(\w{2,9})\.?,? )?(\d{1,4})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?,? (\d{1,2})[:.](\d\d)(?:[:.]\d\d)?(?: ?([ap])\.?m\.?)?(?: \(?(?:UTC|GMT) ?(?:([+-]) ?(\d{1,2})(?:[:.]?(\d\d))?)?\)?)?$/i;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The days that two numbers and a year, if there is one, can mean. */
function daysOf([first = '', second = '', third]: readonly (string | undefined)[], now: DateTime): Day[] {
  const [a, b] = [Number(first), Number(second)];
  if (first.length === 4) return [{ year: a, month: b, day: Number(third) }];
  const years = third === undefined ? [now.year - 1, now.year, now.year + 1] : [(Number(third) % 100) + 2000];
  return years.flatMap((year) => [
    { year, month: a, day: b },
    { year, month: b, day: a },
  ]);
}

/** The goal that words of `slaStatus` stand for: `Respond`, `Res Plan`, `Resolution plan`, `Plan`, `Resolve`. */
const goalOf = (words: string) => GOALS.find((one) => one.words.test(words));

/**
 * The deadline in a ticket's `slaStatus`. Mostly the text has no year: it is the one in which the weekday is right, the nearest to
 * `now`.
 * @param now in the zone that the deadline is shown in
 */
export function slaDeadline(slaStatus: unknown, now: DateTime<true>): SlaDeadline | undefined {
  const found = typeof slaStatus === 'string' ? DEADLINE.exec(slaStatus.trim().replace(/\s+/g, ' ')) : null;
  if (found === null) return undefined;
  const [, words = '', weekday, first, second, third, hours, minutes, half, sign, zoneHours, zoneMinutes = '00'] =
    found;
  const isUtc = /(UTC|GMT)/i.test(found[0]);
  const offset = sign === undefined ? 'UTC' : `UTC${sign}${zoneHours}:${zoneMinutes}`;
  const zone = isUtc ? offset : now.zone;
  const afternoon = half?.toLowerCase() === 'p' ? 12 : 0;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + afternoon;
  const isRight = (at: DateTime): boolean =>
    weekday === undefined ||
    at.setLocale('en-US').toFormat('cccc').toLowerCase().startsWith(weekday.toLowerCase().slice(0, 3));
  const [at] = daysOf([first, second, third], now)
    .map((day) => DateTime.fromObject({ ...day, hour, minute: Number(minutes) }, { zone }))
    .filter((one): one is DateTime<true> => one.isValid && isRight(one))
    .sort((one, other) => Math.abs(+one - +now) - Math.abs(+other - +now));
  return at && { goal: goalOf(words)?.goal ?? words, at: at.setZone(now.zone) as DateTime<true> };
}

function momentOf(value: unknown, now: DateTime<true>): DateTime<true> | undefined {
  const at = typeof value === 'string' ? DateTime.fromISO(value, { zone: 'utc' }) : undefined;
  return at?.isValid ? (at.setZone(now.zone) as DateTime<true>) : undefined;
}

/** The deadline that `slaStatus` names, to the second where the site keeps the goal that it is of. */
function namedDeadline(ticket: Facts, now: DateTime<true>): SlaDeadline | undefined {
  const said = slaDeadline(ticket.slaStatus, now);
  const exact = momentOf(ticket[GOALS.find(({ goal }) => goal === said?.goal)?.at ?? ''], now);
  return said === undefined || exact === undefined ? said : { goal: said.goal, at: exact };
}

/**
 * What a ticket's SLA wants next. The exact moments that 2026.4 has count where they are there; which one is next, and whether the
 * clock stands still ("Waiting", "Resolved"), only `slaStatus` says. Older sites have their deadline in its words alone.
 */
export function nextDeadline(ticket: Facts, now: DateTime<true>): SlaDeadline | undefined {
  if (ticket.closedFlag === true) return undefined;
  const said = namedDeadline(ticket, now);
  if (said !== undefined) return said;
  // Words without a date are a state without a deadline; a date in words of another language is none that we can read.
  if (typeof ticket.slaStatus === 'string' && !/\d/.test(ticket.slaStatus)) return undefined;
  for (const { goal, at, reached } of GOALS) {
    const due = momentOf(ticket[at], now);
    if (due !== undefined && momentOf(ticket[reached], now) === undefined) return { goal, at: due };
  }
  return undefined;
}

/**
 * What a ticket's SLA says, on the wall clock of `now`: its next deadline ("Resolve by Thu 26 Nov 16:15"), or the one that it had
 * when it was closed or merged, or its state in Manage's own words ("Resolved").
 * @param shown a moment as the answer writes moments
 */
export function slaText(ticket: Facts, now: DateTime<true>, shown: (at: DateTime<true>) => string): string {
  const deadline = nextDeadline(ticket, now) ?? namedDeadline(ticket, now);
  if (deadline !== undefined) return `${deadline.goal} by ${shown(deadline.at)}`;
  return typeof ticket.slaStatus === 'string' ? ticket.slaStatus : '';
}

/** Whether the SLA is broken: Manage says so, or its deadline has passed. */
export const isBreached = ({ isInSla }: Facts, deadline: SlaDeadline | undefined, now: DateTime): boolean =>
  isInSla === false || (deadline !== undefined && deadline.at < now);

/** The first moment that is not soon: what is due today or tomorrow is at risk. */
const soonEnds = (now: DateTime): DateTime => now.startOf('day').plus({ days: 2 });

/**
 * Whether a ticket's SLA is broken, or has its next deadline today or tomorrow in the zone of `now`.
 * @param span the deadlines that are asked for instead, those of broken ones among them
 */
export function isAtRisk(ticket: Facts, now: DateTime<true>, span?: TimeSpan): boolean {
  const deadline = nextDeadline(ticket, now);
  if (span !== undefined) return deadline !== undefined && deadline.at >= span.start && deadline.at < span.end;
  return isBreached(ticket, deadline, now) || (deadline !== undefined && deadline.at < soonEnds(now));
}

/**
 * A condition that every ticket for which `isAtRisk` holds fulfils, and others may. Older sites keep the deadline in words only
 * ("Resolve by Thu 11/26 4:15 PM UTC-05"), in which a server cannot compare it; where the exact goals are kept, those do it.
 * @param span as in `isAtRisk`
 */
export function mayBeAtRisk(now: DateTime, api: ApiDescription, span?: TimeSpan): Expression | undefined {
  const ticket = api.schema('Ticket');
  const goals = GOALS.filter(({ at }) => ticket?.fields.has(at));
  return any(
    field('isInSla', '=', false),
    field('slaStatus', 'contains', ' by '),
    ...goals.map(({ at, reached }) =>
      all(
        field(at, '<', span === undefined || span.end < soonEnds(now) ? soonEnds(now) : span.end),
        field(reached, '=', null),
      ),
    ),
  );
}
