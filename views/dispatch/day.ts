import * as z from 'zod/mini';
import { dayAfter } from '../calendar/clock.ts';
import { list } from '../shared/schema.ts';

const entry = z.looseObject({
  id: z.number(),
  memberId: z.number(),
  member: z.string(),
  /** As Manage calls it: `Acme / Ticket# 4711 - VPN is down`. */
  what: z.string(),
  /** The ticket or activity. */
  objectId: z.optional(z.number()),
  /** The day of an entry without a time. */
  day: z.optional(z.string()),
  /** Wall clock, `2026-11-24T09:00`, of an entry with one. */
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  /** On a ticket or a sales activity; anything else takes a person away. */
  isWork: z.boolean(),
  status: z.string(),
  done: z.boolean(),
  /** Entries of the same member that share time with it. */
  clashes: list(z.number()),
});

/** What `search_schedule` has for the view beside its table. */
export const scheduleSchema = z.looseObject({
  timeZone: z.string(),
  /** `2026-11-24T16:20` there. */
  now: z.string(),
  whose: z.string(),
  /** Arguments that ask for the same in another period. */
  same: z.record(z.string(), z.unknown()),
  /** Whose free time belongs beside the entries; nobody's where these are only some of them. */
  who: z.optional(z.union([z.literal('everybody'), z.array(z.string())])),
  /** The days that were asked for; none where it was any time. */
  first: z.optional(z.string()),
  last: z.optional(z.string()),
  /** What of the days was asked for, where that is not all of them: other entries are not here. */
  part: z.optional(z.looseObject({ from: z.string(), to: z.string() })),
  entries: z.array(entry),
});

export type Schedule = z.output<typeof scheduleSchema>;
export type Entry = z.output<typeof entry>;

/** What was asked for, if it is one day. */
export const oneDay = ({ first, last }: Schedule): string | undefined => (first === last ? first : undefined);

/** Days as the tools take them. */
export const periodOf = (first: string, last: string): string => (first === last ? first : `${first} to ${last}`);

/** Arguments that ask for what is shown, all of it from its beginning. */
export function asShown({ same, first, last }: Schedule): Record<string, unknown> {
  if (first === undefined || last === undefined) return same;
  return { ...same, period: periodOf(first, last) };
}

/** The day of a wall clock, `2026-11-24` of `2026-11-24T09:00`. */
export const dateIn = (clock: string): string => clock.slice(0, 10);

/** The time of a wall clock, `09:00` of `2026-11-24T09:00`. */
export const timeIn = (clock: string): string => clock.slice(11, 16);

/** From when to when an entry is; `undefined` for one without a time. */
export function timesOf({ start, end }: Entry): { readonly start: string; readonly end: string } | undefined {
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** The days of an entry; one that ends at midnight is not on the day after. */
function daysOf(each: Entry): string[] {
  const times = timesOf(each);
  if (times === undefined) return each.day === undefined ? [] : [each.day];
  const [first, last] = [dateIn(times.start), dateIn(times.end)];
  const days = [first];
  for (
    let day = dayAfter(first, 1);
    day < last || (day === last && timeIn(times.end) !== '00:00');
    day = dayAfter(day, 1)
  )
    days.push(day);
  return days;
}

/** The days to draw: the one that was asked for, or those with anything on them. */
export function daysWithEntries(schedule: Schedule): readonly string[] {
  const one = oneDay(schedule);
  if (one !== undefined) return [one];
  const { first = '', last = '9999' } = schedule;
  const days = new Set(schedule.entries.flatMap(daysOf));
  return [...days].filter((day) => first <= day && day <= last).sort();
}

/** What an entry is for, in parts as far as Manage's name has them. */
export function labelOf({ what }: Entry): {
  readonly title: string;
  readonly company: string;
  readonly ticket?: number;
} {
  const [, company = '', number, title = ''] = /^(.*?) \/ Ticket# ?(\d+)(?: - (.*))?$/s.exec(what) ?? [];
  if (number === undefined) return { title: what, company: '' };
  return { title: `#${number} ${title}`.trim(), company, ticket: Number(number) };
}
