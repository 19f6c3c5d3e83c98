import { z } from 'zod';

const note = z.looseObject({
  at: z.string(),
  author: z.string(),
  /** `discussion`, `internal`, `resolution`, `time` */
  kind: z.string(),
  /** Written by somebody of the customer. */
  customer: z.boolean().optional(),
  text: z.string(),
});

const named = z.looseObject({ id: z.number(), name: z.string() });

/** What `get_ticket` answers, as far as the view draws it. Beside these members stand the fields of the header, each a string. */
export const storySchema = z.looseObject({
  id: z.number(),
  kind: z.string(),
  summary: z.string(),
  conversation: z.array(note).default([]),
  /** Notes that there are; the latest of them are in `conversation`. */
  notesTotal: z.number().default(0),
  time: z
    .array(
      z.looseObject({
        id: z.number(),
        start: z.string().optional(),
        hours: z.number().optional(),
        member: z.string(),
        billable: z.string().optional(),
      }),
    )
    .default([]),
  schedule: z
    .array(z.looseObject({ id: z.number(), member: z.string(), start: z.string().optional(), done: z.boolean() }))
    .default([]),
  tasks: z.array(z.looseObject({ id: z.number(), notes: z.string(), done: z.boolean() })).default([]),
  configurations: z.array(named).default([]),
  attachments: z.array(named).default([]),
  children: z.array(z.looseObject({ id: z.number(), summary: z.string(), status: z.string() })).default([]),
});

export type Story = z.output<typeof storySchema>;
export type Note = z.output<typeof note>;
