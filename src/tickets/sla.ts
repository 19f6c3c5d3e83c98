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

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Whether a date has the weekday that is written beside it, in English, in two letters or more. */
const hasWeekday = ({ year, month, day }: Day, said: string): boolean =>
  WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]?.startsWith(said.toLowerCase().slice(0, 3)) === true;

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
  const [at] = daysOf([first, second, third], now)
    .filter((day) => weekday === undefined || hasWeekday(day, weekday))
    .map((day) => DateTime.fromObject({ ...day, hour, minute: Number(minutes) }, { zone }))
    .filter((one): one is DateTime<true> => one.isValid)
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
 * The goals of a ticket's SLA that are not met yet, the earliest first; of those that were missed only the last. Whether the clock stands still
 * ("Waiting", "Resolved") only `slaStatus` says, and older sites have their deadline in its words alone. The exact moments that
 * 2026.4 has count beside it: a new ticket that nobody responded to may read "Resolve by" all the same (recorded).
 */
export function openGoals(ticket: Facts, now: DateTime<true>): readonly SlaDeadline[] {
  const known = lastGoals.get(ticket);
  if (known?.now === now) return known.goals;
  const goals = goalsAt(ticket, now);
  lastGoals.set(ticket, { now, goals });
  return goals;
}

/** What was found for a row the last time: whether it is shown, its place and its words all ask for its goals at the same moment. */
const lastGoals = new WeakMap<Facts, { readonly now: DateTime; readonly goals: readonly SlaDeadline[] }>();

function goalsAt(ticket: Facts, now: DateTime<true>): SlaDeadline[] {
  if (ticket.closedFlag === true) return [];
  const said = namedDeadline(ticket, now);
  // Words without a date are a state without a deadline; a date in words of another language is none that we can read.
  if (said === undefined && typeof ticket.slaStatus === 'string' && !/\d/.test(ticket.slaStatus)) return [];
  const exact = GOALS.flatMap(({ goal, at, reached }): SlaDeadline[] => {
    const due = momentOf(ticket[at], now);
    const isOpen = goal !== said?.goal && momentOf(ticket[reached], now) === undefined;
    return due !== undefined && isOpen ? [{ goal, at: due }] : [];
  });
  const open = [...(said ? [said] : []), ...exact].sort((one, other) => +one.at - +other.at);
  return open.slice(Math.max(0, open.filter(({ at }) => at < now).length - 1));
}

/** The goal of a ticket's SLA that was missed, or is next, and by when it was or is to be. */
export const nextDeadline = (ticket: Facts, now: DateTime<true>): SlaDeadline | undefined => openGoals(ticket, now)[0];

const isIn = ({ start, end }: TimeSpan, { at }: SlaDeadline): boolean => at >= start && at < end;

/**
 * The next goal that can still be met, or the one that cannot where none can.
 * @param span deadlines that are asked for, and come first
 */
export function deadlineAhead(ticket: Facts, now: DateTime<true>, span?: TimeSpan): SlaDeadline | undefined {
  const goals = openGoals(ticket, now);
  const asked = span && goals.find((goal) => isIn(span, goal));
  return asked ?? goals.find(({ at }) => at >= now) ?? goals[0];
}

/**
 * What a ticket's SLA says, on the wall clock of `now`: the goals that are not met yet ("Respond by Wed 25 Nov 9:00, Resolve by Thu
 * 26 Nov 16:15"), or the one that it had when it was closed or merged, or its state in Manage's own words ("Resolved").
 * @param shown a moment as the answer writes moments
 */
export function slaText(ticket: Facts, now: DateTime<true>, shown: (at: DateTime<true>) => string): string {
  const open = openGoals(ticket, now);
  const had = open.length === 0 ? namedDeadline(ticket, now) : undefined;
  const goals = had === undefined ? open : [had];
  if (goals.length > 0) return goals.map(({ goal, at }) => `${goal} by ${shown(at)}`).join(', ');
  return typeof ticket.slaStatus === 'string' ? ticket.slaStatus : '';
}

/** Whether the SLA is broken: Manage says so, or its deadline has passed. */
export const isBreached = ({ isInSla }: Facts, deadline: SlaDeadline | undefined, now: DateTime): boolean =>
  isInSla === false || (deadline !== undefined && deadline.at < now);

/** The first moment that is not soon: what is due today or tomorrow is at risk. */
const soonEnds = (now: DateTime): DateTime => now.startOf('day').plus({ days: 2 });

/**
 * Whether a ticket's SLA is broken, or has its next deadline today or tomorrow in the zone of `now`.
 * @param span the deadlines that are asked for instead, of any goal that is not met, those of broken ones among them
 */
export function isAtRisk(ticket: Facts, now: DateTime<true>, span?: TimeSpan): boolean {
  if (span !== undefined) return openGoals(ticket, now).some((goal) => isIn(span, goal));
  const deadline = nextDeadline(ticket, now);
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
