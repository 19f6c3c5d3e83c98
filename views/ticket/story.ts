import * as z from 'zod/mini';
import { list } from '../shared/schema.ts';

const note = z.looseObject({
  at: z.string(),
  author: z.string(),
  /** `discussion`, `internal`, `resolution`, `time` */
  kind: z.string(),
  /** Written by somebody of the customer. */
  customer: z.optional(z.boolean()),
  text: z.string(),
});

const named = z.looseObject({ id: z.number(), name: z.string() });

/** What `get_ticket` answers, as far as the view draws it. Beside these members stand the fields of the header, each a string. */
export const storySchema = z.looseObject({
  id: z.number(),
  kind: z.string(),
  summary: z.string(),
  conversation: list(note),
  /** Notes that there are; the latest of them are in `conversation`. */
  notesTotal: z._default(z.number(), 0),
  time: list(
    z.looseObject({
      id: z.number(),
      start: z.optional(z.string()),
      hours: z.optional(z.number()),
      member: z.string(),
      billable: z.optional(z.string()),
    }),
  ),
  schedule: list(
    z.looseObject({ id: z.number(), member: z.string(), start: z.optional(z.string()), done: z.boolean() }),
  ),
  tasks: list(z.looseObject({ id: z.number(), notes: z.string(), done: z.boolean() })),
  configurations: list(named),
  attachments: list(named),
  children: list(z.looseObject({ id: z.number(), summary: z.string(), status: z.string() })),
});

export type Story = z.output<typeof storySchema>;
export type Note = z.output<typeof note>;
