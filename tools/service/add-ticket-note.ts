import type { DateTime } from 'luxon';
import { z } from 'zod';
import { fromManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  switchFor,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { author } from './support/author.ts';

const FLAGS = {
  internal: 'internalAnalysisFlag',
  discussion: 'detailDescriptionFlag',
  resolution: 'resolutionFlag',
} as const;
const LIST = {
  service: 'GET /service/tickets/{parentId}/notes',
  project: 'GET /project/tickets/{parentId}/notes',
} as const;

export default defineTool({
  name: 'add_ticket_note',
  title: 'Add ticket note',
  toolset: 'service',
  core: true,
  effect: 'create',
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    'GET /service/tickets/{parentId}/notes',
    'GET /project/tickets/{parentId}/notes',
    'POST /service/tickets/{parentId}/notes',
    'POST /project/tickets/{parentId}/notes',
  ],
  description:
    'Add a note to a service or project ticket: internal by default, or discussion (the customer can see it), or resolution.',
  input: z.strictObject({
    ticketId: z.int(),
    text: z.string(),
    kind: fragments.noteKind.default('internal'),
    notify: z.boolean().optional().describe('E-mail it'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    note: 'text',
    body: 'text',
    content: 'text',
    type: 'kind',
    visibility: 'kind',
    notes: 'text',
    status: { instead: 'update_ticket changes the status; it takes internalNote and resolution, too.' },
    hours: { instead: 'log_time logs time, with notes.' },
    comment: 'text',
    message: 'text',
    ticketNumber: 'ticketId',
    internal: switchFor('kind', 'internal', 'discussion'),
    internalFlag: switchFor('kind', 'internal', 'discussion'),
    internalAnalysisFlag: switchFor('kind', 'internal'),
    detailDescriptionFlag: switchFor('kind', 'discussion'),
    resolutionFlag: switchFor('kind', 'resolution'),
    public: switchFor('kind', 'discussion', 'internal'),
    emailContact: 'notify',
    email: 'notify',
    processNotifications: 'notify',
  },
  output: z.looseObject({ id: z.int().optional(), ticketId: z.int().optional() }),
  async run({ ticketId, text, kind, notify, dryRun, confirm }, context) {
    const { manage, signal, plain } = context;
    if (text.trim() === '') throw new ToolInputError('text', 'text is empty.');
    if (notify && kind === 'internal')
      throw new ToolInputError(
        'notify',
        'An internal note is not mailed. Send kind: discussion or resolution, or leave notify out.',
      );
    const ticket = await findTicket(manage, ticketId, signal);
    const create = `POST /${ticket.kind}/tickets/{parentId}/notes`;
    const body = { text, [FLAGS[kind]]: true, ...(await author(context)), processNotifications: notify === true };
    if (dryRun) return legacyPreview([manage.preview(create, { path: { parentId: ticketId }, body })]);
    if (notify)
      await context.confirm({
        question: `Add this ${kind} note to ticket ${ticketId} (${plain(ticket.record.summary)}) and let Manage e-mail it?`,
        given: confirm,
      });
    const newest = await lastNote(context, ticket.kind, ticketId);
    const before = Number(newest?.id ?? 0);
    if (newest !== undefined && repeats(newest, text, FLAGS[kind], await context.now()))
      throw new ToolInputError('text', `Note ${newest.id} on ticket ${ticketId} says the same already.`, {
        next: 'If another one is meant, say in it what is new.',
      });
    const settle = async (): Promise<Record<string, unknown> | undefined> => {
      const { rows } = await manage.page(LIST[ticket.kind], {
        path: { parentId: ticketId },
        conditions: field('id', '>', before),
        pageSize: 100,
      });
      return rows.find((note) => note.text === text);
    };
    const note = await manage.write(create, { path: { parentId: ticketId }, body, settle, signal });
    const seen = kind === 'internal' ? 'technicians only' : 'the customer can see it';
    return {
      structured: { id: Number(note.id), ticketId, kind, mailed: notify === true },
      text: `Added ${kind} note ${note.id} to ticket ${ticketId} (${seen}; ${notify ? 'mailed' : 'nobody was mailed'}).`,
    };
  },
});

/** A note that repeats the newest one within this time was sent twice. */
const REPEAT_MINUTES = 60;

function repeats(note: ManageRecord, text: string, flag: string, now: DateTime): boolean {
  const at = fromManage(note.dateCreated ?? (note._info as { dateEntered?: unknown } | undefined)?.dateEntered, 'utc');
  const recent = at === undefined || now.diff(at, 'minutes').minutes <= REPEAT_MINUTES;
  return recent && note[flag] === true && String(note.text).trim() === text.trim();
}

/** The newest note: what comes after it is new. */
const lastNote = (
  { manage, signal }: ToolContext,
  kind: 'service' | 'project',
  ticketId: number,
): Promise<ManageRecord | undefined> =>
  manage.first(LIST[kind], { path: { parentId: ticketId }, orderBy: ['id desc'], signal });
