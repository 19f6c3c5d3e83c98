import * as z from 'zod/mini';
import { list } from '../shared/schema.ts';

const entry = z.looseObject({
  id: z.number(),
  /** Wall clock of the sheet's zone, `08:30`. */
  start: z.string(),
  end: z.string(),
  hours: z.number(),
  /** What it is charged to: `ticket 4711 VPN is down`. */
  on: z.string(),
  company: z.string(),
  notes: z.string(),
  billable: z.string(),
});

const day = z.looseObject({
  /** Calendar day, `2026-11-24`. */
  date: z.string(),
  hours: z.number(),
  /** Hours that the day should have; none on days off and days to come. */
  due: z._default(z.number(), 0),
  entries: z.array(entry),
  /** `10:45-12:00` */
  gaps: z.array(z.string()),
});

/** What `get_timesheet` answers, as far as the view draws it. */
export const sheetSchema = z.looseObject({
  member: z.string(),
  timeZone: z.string(),
  /** The present day there. */
  today: z.optional(z.string()),
  sheet: z.optional(z.looseObject({ id: z.number(), period: z.string(), status: z.string() })),
  hours: z.number(),
  due: z.number(),
  days: z.array(day).check(z.minLength(1)),
  proposals: list(z.looseObject({ date: z.string(), ticketId: z.number(), what: z.string(), trace: z.string() })),
  /** What did not fit into the result, by list. */
  cut: z.optional(z.unknown()),
});

export type Sheet = z.output<typeof sheetSchema>;
export type SheetDay = z.output<typeof day>;
export type SheetEntry = z.output<typeof entry>;

/** The ticket that an entry is charged to; `undefined` for one on anything else. */
export function ticketOf({ on }: SheetEntry): { id: string; summary: string } | undefined {
  const [, id, summary = ''] = /^ticket (\d+)\s*(.*)$/s.exec(on) ?? [];
  return id === undefined ? undefined : { id, summary };
}
