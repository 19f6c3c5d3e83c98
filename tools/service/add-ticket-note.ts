import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, type TicketKind } from '../../src/names/index.ts';
import { type Clean, clean, cleanLine, cut, joined, lines, say } from '../../src/text/index.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import { defineTool, fragments, type Step, switchFor, ToolInputError } from '../../src/tool/index.ts';
import { NOTE_OPERATIONS, type NoteKind, noteStep, sameNote } from './support/notes.ts';
import {
  MAIL_FLAGS,
  mailingOf,
  nobodyToMail,
  RECIPIENTS,
  type Recipient,
  usualRecipients,
} from './support/recipients.ts';

/** A mailed text is shown in the question up to this length. */
const LONGEST_SHOWN = 2_000;

/** Whom the note is mailed to; nobody when it is not. @throws {ToolInputError} for an internal note to somebody outside */
function chosenRecipients(
  { kind, notify, recipients }: { kind: NoteKind; notify?: boolean; recipients?: readonly Recipient[] },
  ticket: ManageRecord,
): readonly Recipient[] {
  if (notify === false && recipients !== undefined)
    throw new ToolInputError(
      'recipients',
      say`notify: false mails nobody; leave recipients out, or send notify: true.`,
    );
  const chosen = recipients ?? (notify ? usualRecipients(ticket) : []);
  if (kind === 'internal' && chosen.some((who) => who !== 'resources'))
    throw new ToolInputError(
      'notify',
      say`An internal note is not mailed to customers. Send kind: discussion or resolution, or recipients: ["resources"] for the assigned members, or leave notify out.`,
    );
  return chosen;
}

/**
 * Sets the ticket's own switches to the recipients: a note is mailed by them, so that without its switch nobody is certain to hear of
 * it. Nothing where they are already set, and where nobody is to be mailed.
 */
function switchSteps(
  kind: TicketKind,
  ticketId: number,
  ticket: ManageRecord,
  recipients: readonly Recipient[],
): readonly Step[] {
  if (recipients.length === 0) return [];
  const body = RECIPIENTS.filter((who) => (ticket[MAIL_FLAGS[who]] === true) !== recipients.includes(who)).map(
    (who) => ({
      op: 'replace',
      path: MAIL_FLAGS[who],
      value: recipients.includes(who),
    }),
  );
  if (body.length === 0) return [];
  const to = joined(recipients.map(cleanLine), ', ');
  const were = RECIPIENTS.filter((who) => ticket[MAIL_FLAGS[who]] === true).map(cleanLine);
  return [
    {
      operation: `PATCH /${kind}/tickets/{id}`,
      request: { path: { id: ticketId }, body },
      does: say`the ticket's e-mail switches set to ${to} (were ${were.length === 0 ? 'off' : joined(were, ', ')}), and stay so for later mails`,
    },
  ];
}

export default defineTool({
  name: 'add_ticket_note',
  title: 'Add ticket note',
  toolset: 'service',
  core: true,
  effect: 'create',
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...NOTE_OPERATIONS,
    'PATCH /service/tickets/{id}',
    'PATCH /project/tickets/{id}',
  ],
  description:
    'Add a note to a service or project ticket: internal by default, or discussion (the customer can see it), or resolution.',
  input: z.strictObject({
    ticketId: z.int(),
    text: fragments.prose(),
    kind: fragments.noteKind.default('internal'),
    notify: z.boolean().optional().describe('E-mail it'),
    recipients: z.array(z.enum(RECIPIENTS)).optional().describe("Default: the ticket's"),
    allowDuplicate: z.boolean().optional(),
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
  async run(input, context) {
    const { manage, signal } = context;
    const { ticketId, text, kind } = input;
    // Most tickets are service tickets: their notes are read beside the ticket.
    const notes = sameNote({ ticket: 'service', ticketId, kind, text }, context, { signal });
    notes.catch(() => undefined);
    const ticket = await findTicket(manage, ticketId, signal);
    refuseMerged(ticket.record);
    const chosen = chosenRecipients(input, ticket.record);
    const mailing = await mailingOf(ticket.record, chosen, context);
    const notify = chosen.length > 0;
    if (notify && mailing.to.length === 0)
      throw new ToolInputError('notify', nobodyToMail(mailing), {
        next: whatNext(chosen),
      });
    const note = { ticket: ticket.kind, ticketId, kind, text, notify };
    const find = (within: AbortSignal): Promise<ManageRecord | undefined> =>
      ticket.kind === 'service' ? notes : sameNote(note, context, { signal: within });
    const newest = input.allowDuplicate ? await find(signal) : undefined;
    const step = await noteStep(note, context);
    const late = (within: AbortSignal) => sameNote(note, context, { signal: within, after: Number(newest?.id ?? 0) });
    const closed = ticket.record.closedFlag === true ? say`The ticket is closed.` : undefined;
    const to = joined(mailing.to, ', ');
    const silent = mailing.without.length > 0 ? say` Not mailed: ${joined(mailing.without, ', ')}.` : say``;
    const switches = switchSteps(ticket.kind, ticketId, ticket.record, chosen);
    return context.send({
      steps: [...switches, { ...step, settle: late }],
      dryRun: input.dryRun,
      confirm: input.confirm,
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'text',
            says: ({ id }) =>
              say`Note ${Number(id)} on ticket ${ticketId} already says the same. If another one is meant, say in it what is new, or send allowDuplicate: true.`,
          },
      question: notify
        ? question({ kind, ticketId, summary: ticket.record.summary, text, to, silent, switches })
        : undefined,
      notes: [say`On ticket ${ticketId}, ${cleanLine(ticket.record.summary)}`, closed],
      answer({ made }) {
        const id = Number(made.at(-1)?.id);
        const seen = kind === 'internal' ? say`technicians only` : say`the customer can see it`;
        const who = notify ? say`mailed to ${to}` : say`nobody was mailed`;
        return {
          structured: { id, ticketId, kind: cleanLine(kind), mailed: notify, recipients: [...mailing.to] },
          text: joined(
            [
              say`Added ${kind} note ${id} to ticket ${ticketId} (${seen}; ${who}).${silent}`,
              closed,
              ...switches.map(({ does }) => does),
            ],
            '\n',
          ),
        };
      },
    });
  },
});

/** What to do where nobody would be mailed. */
const whatNext = (chosen: readonly string[]): Clean =>
  chosen.includes('contact')
    ? say`Leave notify out, or give the contact an e-mail address with update_contact.`
    : say`Leave notify and recipients out, or choose others: contact, resources, cc.`;

interface Asked {
  readonly kind: NoteKind;
  readonly ticketId: number;
  readonly summary: unknown;
  readonly text: string;
  readonly to: Clean;
  readonly silent: Clean;
  readonly switches: readonly Step[];
}

const question = ({ kind, ticketId, summary, text, to, silent, switches }: Asked): Clean =>
  lines([
    say`Add this ${kind} note to ticket ${ticketId} (${cleanLine(summary)}) and let Manage e-mail it to ${to}?${silent}`,
    ...switches.map(({ does }) => say`Before that: ${does}.`),
    cut(clean(text), LONGEST_SHOWN),
  ]);
