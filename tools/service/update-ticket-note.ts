import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket } from '../../src/names/index.ts';
import { type Clean, clean, cleanLine, cut, excerptLine, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, remove, ToolInputError, update } from '../../src/tool/index.ts';
import { NOTE_FLAGS, type NoteKind } from './support/notes.ts';
import { partMeant } from './support/part-meant.ts';

const LISTS = ['/service/tickets/{parentId}/notes', '/project/tickets/{parentId}/notes'] as const;
/** A note in a list of those to choose from is shown up to this length, one that is deleted up to the other. */
const LONGEST_LINE = 80;
const LONGEST_SHOWN = 2_000;

const KINDS = Object.keys(NOTE_FLAGS) as NoteKind[];

const kindsOf = (note: ManageRecord): NoteKind[] => KINDS.filter((kind) => note[NOTE_FLAGS[kind]] === true);

const line = (note: ManageRecord): Clean =>
  say`${Number(note.id)} (${cleanLine(kindsOf(note))}): ${excerptLine(note.text, LONGEST_LINE)}`;

const isHidden = (note: ManageRecord): boolean => kindsOf(note).every((kind) => kind === 'internal');

export default defineTool({
  name: 'update_ticket_note',
  title: 'Update ticket note',
  toolset: 'service',
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...LISTS.flatMap((list) => [`GET ${list}`, `GET ${list}/{id}`, `PATCH ${list}/{id}`, `DELETE ${list}/{id}`]),
  ],
  description: 'Correct a note of a ticket, change who sees it, or delete it.',
  input: z.strictObject({
    ticketId: z.int(),
    note: z.string().describe('Id or words of it'),
    text: fragments.prose().optional(),
    kind: fragments.noteKind.optional(),
    delete: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    noteId: 'note',
    newText: 'text',
    body: 'text',
    content: 'text',
    visibility: 'kind',
    remove: 'delete',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { ticketId, text, kind, dryRun, confirm } = input;
    const { kind: ticket, record } = await findTicket(manage, ticketId, signal);
    const list = `/${ticket}/tickets/{parentId}/notes`;
    const under = { parentId: ticketId };
    const notes = await manage.all<ManageRecord>(`GET ${list}`, { path: under, signal });
    const before = partMeant(input.note, notes, { argument: 'note', text: (note) => note.text, line });
    const path = { ...under, id: Number(before.id) };
    const where = say`ticket ${ticketId}, ${cleanLine(record.summary)}`;
    const label = say`note ${Number(before.id)} on ${where}`;
    if (input.delete) {
      if (text !== undefined || kind !== undefined)
        throw new ToolInputError('delete', say`delete removes the note; leave text and kind out.`);
      const what = say`${label} (${cleanLine(kindsOf(before))}): ${cut(clean(before.text), LONGEST_SHOWN)}`;
      return remove(context, { operation: `DELETE ${list}/{id}`, path, what, dryRun, confirm });
    }
    const flags =
      kind === undefined ? {} : Object.fromEntries(KINDS.map((one) => [NOTE_FLAGS[one], one === kind] as const));
    const shows = isHidden(before) && kind !== undefined && kind !== 'internal';
    return update(context, {
      operation: `PATCH ${list}/{id}`,
      path,
      before,
      members: { text, ...flags },
      dryRun,
      confirm,
      asks: shows,
      question: lines([
        say`Let the customer see ${label}? It is internal now.`,
        cut(clean(text ?? before.text), LONGEST_SHOWN),
      ]),
      describe: () => label,
    });
  },
});
