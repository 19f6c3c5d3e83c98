import * as z from 'zod/mini';
import { textOf } from '../shared/act.ts';
import { asideOf } from '../shared/aside.ts';
import { list } from '../shared/schema.ts';
import type { Asking } from '../shared/start-view.ts';
import { dateIn, oneDay, type Schedule } from './day.ts';

const slot = z.looseObject({ day: z.string(), start: z.string(), end: z.string() });

const freeSchema = z.looseObject({
  /** Whether logged time is taken out. */
  seesLogged: z.boolean(),
  people: z.array(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      /** Nobody said when this person works: office hours are assumed. */
      isAssumed: z.boolean(),
      /** Whether there is any working time on the day, free or taken. */
      works: z._default(z.boolean(), true),
      holidays: list(z.looseObject({ date: z.string(), name: z.string() })),
      free: list(slot),
    }),
  ),
});

export type Free = z.output<typeof freeSchema>;
export type Slot = z.output<typeof slot>;

/** What `find_free_time` is asked for; `undefined` where free time is not drawn: of several days, of a part of one, of some entries, of days gone by. */
function question(schedule: Schedule): Record<string, unknown> | undefined {
  const day = oneDay(schedule);
  const { who, now, part } = schedule;
  if (day === undefined || who === undefined || part !== undefined || day < dateIn(now)) return undefined;
  return { period: day, length: '15 minutes', ...(who !== 'everybody' && { who }) };
}

/** What was read last, and for what: while a day is read again its people stay. */
let last: { readonly asked: string; readonly free: Free } | undefined;

/** The people of the day as they were read before, with nothing of their time. */
export function peopleBefore(schedule: Schedule): Free | undefined {
  if (last === undefined || last.asked !== JSON.stringify(question(schedule))) return undefined;
  return { ...last.free, people: last.free.people.map((person) => ({ ...person, free: [] })) };
}

/**
 * Reads who is free when, by a call of the view's own: the tool that is shown reads nothing for it.
 * @returns `undefined` where there is none to draw; the words of the server or the host where it could not be read
 */
export async function readFree(schedule: Schedule, asking: Asking): Promise<Free | string | undefined> {
  const asked = question(schedule);
  if (asked === undefined || !asking.canRead || !asking.offers('find_free_time')) return undefined;
  try {
    const result = await asking.read('find_free_time', asked);
    if (result.isError === true) return textOf(result);
    const read = freeSchema.safeParse(asideOf(result).own);
    if (!read.success) return textOf(result);
    last = { asked: JSON.stringify(asked), free: read.data };
    return read.data;
  } catch {
    return 'The host did not allow it.';
  }
}
