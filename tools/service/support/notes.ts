import { enteredAt, fromManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import type { TicketKind } from '../../../src/names/index.ts';
import { type Clean, say } from '../../../src/text/index.ts';
import { type Step, saysSame, type ToolContext } from '../../../src/tool/index.ts';

/** Who sees a note: technicians only, the customer too, or the customer as what solved it. */
export type NoteKind = 'internal' | 'discussion' | 'resolution';

/** The member of a note that says who sees it. */
export const NOTE_FLAGS = {
  internal: 'internalAnalysisFlag',
  discussion: 'detailDescriptionFlag',
  resolution: 'resolutionFlag',
} as const satisfies Readonly<Record<NoteKind, string>>;

/** Operations that notes need; tools that write them declare them. */
export const NOTE_OPERATIONS = [
  'GET /service/tickets/{parentId}/notes',
  'GET /project/tickets/{parentId}/notes',
  'POST /service/tickets/{parentId}/notes',
  'POST /project/tickets/{parentId}/notes',
] as const;

/** A note that is to be written. */
export interface NewNote {
  readonly ticket: TicketKind;
  readonly ticketId: number;
  readonly kind: NoteKind;
  readonly text: string;
  /** Whether Manage mails it. */
  readonly notify?: boolean;
}

/** A note that says the same as one of this age was sent twice. */
const REPEAT_MINUTES = 60;
/** Notes of the last hour are among the newest. */
const NEWEST = 50;

/**
 * The note of the same kind and text that the ticket got within the last hour: the one that this would double, or that an
 * interrupted call left.
 * @param after only notes with a higher id
 */
export async function sameNote(
  { ticket, ticketId, kind, text }: NewNote,
  { manage, now }: Pick<ToolContext, 'manage' | 'now'>,
  { signal, after = 0 }: { signal: AbortSignal; after?: number },
): Promise<ManageRecord | undefined> {
  const { rows } = await manage.list(`GET /${ticket}/tickets/{parentId}/notes`, {
    path: { parentId: ticketId },
    orderBy: ['id desc'],
    limit: NEWEST,
    signal,
  });
  const since = (await now()).minus({ minutes: REPEAT_MINUTES });
  return rows.find((note) => {
    const at = fromManage(enteredAt(note), 'utc');
    const isRecent = at === undefined || at >= since;
    return isRecent && Number(note.id) > after && note[NOTE_FLAGS[kind]] === true && saysSame(note.text, text);
  });
}

/**
 * The member that a note is written for, as the note's own member: everything else would show the API account as its author.
 * Nothing where the server works for nobody in particular.
 */
const author = ({ me }: Pick<ToolContext, 'me'>): Promise<{ id: number } | undefined> =>
  me().then(
    ({ memberId }) => ({ id: memberId }),
    () => undefined,
  );

/** The step that writes a note. Notes mail nobody unless they are told to. */
export async function noteStep(note: NewNote, context: ToolContext): Promise<Step> {
  const { ticket, ticketId, kind, text, notify = false } = note;
  const member = await author(context);
  return {
    operation: `POST /${ticket}/tickets/{parentId}/notes`,
    request: {
      path: { parentId: ticketId },
      body: { text, [NOTE_FLAGS[kind]]: true, ...(member && { member }), processNotifications: notify },
    },
    does: say`${kind} note added`,
    settle: (signal) => sameNote(note, context, { signal }),
  };
}

/** What a change of a ticket says beside it. */
interface Said {
  readonly ticketId: number;
  readonly resolution?: string | undefined;
  readonly internalNote?: string | undefined;
}

interface Notes {
  readonly steps: readonly Step[];
  /** Notes that are on the ticket already, a line each. */
  readonly there: readonly Clean[];
}

/**
 * Notes that are added with the change. The resolution goes before it: some boards refuse to close without one. One that an
 * interrupted call left is not written again.
 */
export async function notesOf(said: Said, ticket: TicketKind, context: ToolContext): Promise<Notes> {
  const { ticketId, resolution, internalNote } = said;
  const steps: Step[] = [];
  const there: Clean[] = [];
  for (const [kind, text] of [
    ['resolution', resolution],
    ['internal', internalNote],
  ] as const) {
    if (text === undefined) continue;
    const note = { ticket, ticketId, kind, text };
    const same = await sameNote(note, context, { signal: context.signal });
    if (same === undefined) steps.push(await noteStep(note, context));
    else there.push(say`${kind} note ${Number(same.id)} already says this; no second one was written`);
  }
  return { steps, there };
}
