import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';
import { Random } from './random.ts';
import { HOSTILE_NOTES, NOTES, SUBJECTS } from './subjects.ts';
import { MINUTE } from './work-calendar.ts';

const NOTES_OF_A_TICKET = '/service/tickets/{parentId}/notes';

/** A ticket of the seed, with what was decided about its notes. */
export interface Told {
  readonly ticket: SandboxRecord;
  /** In milliseconds. */
  readonly entered: number;
  /** Who notes what is done; the dispatcher where nobody is assigned. */
  readonly author: SandboxRecord | undefined;
  /** Where the choices for its notes begin. */
  readonly state: number;
}

/** How many notes a ticket has, and what they say, is chosen with the ticket: what is chosen after them must not depend on when they are made. */
export function skipNotes(random: Random): void {
  const count = random.int(1, 3);
  for (let index = 1; index < count; index += 1) random.pick(NOTES);
}

/** Notes of tickets, which are made when somebody asks for some: a large seed has more of them than of anything else. */
export function seedNotes(provider: Provider, told: readonly Told[]): void {
  const dispatcher = provider.named('/system/members', 'dlopez', 'identifier');
  // As it is now: who looks later must not see what was changed meanwhile.
  provider.ref('MemberReference', dispatcher);
  const random = new Random(0);
  provider.store.defer(NOTES_OF_A_TICKET, () => {
    for (const one of told) notesOf(provider, one, one.author ?? dispatcher, random);
  });
}

/** The first word of a ticket and what was noted since; now and then a text from outside that wants more than to be read. */
function notesOf(provider: Provider, { ticket, entered, state }: Told, author: SandboxRecord, random: Random): void {
  const { calendar } = provider;
  random.state = state;
  const hostile = ticket.id % 97 === 5 ? HOSTILE_NOTES[ticket.id % HOSTILE_NOTES.length] : undefined;
  const identifier = String(author.identifier);
  const notes = provider.store.collection(NOTES_OF_A_TICKET);
  const parents = [ticket.id];
  const count = random.int(1, 3);
  const now = provider.now.toMillis();
  for (let index = 0; index < count; index += 1) {
    const fromCustomer = index === 0;
    const at = calendar.stamp(Math.min(entered + index * 40 * MINUTE, now));
    const isContact = fromCustomer && ticket.contact !== undefined;
    notes.plant(
      {
        id: 0,
        ticketId: ticket.id,
        text: fromCustomer ? (hostile ?? firstText(String(ticket.summary))) : random.pick(NOTES),
        detailDescriptionFlag: fromCustomer,
        internalAnalysisFlag: !fromCustomer,
        resolutionFlag: false,
        contact: isContact ? ticket.contact : undefined,
        member: isContact ? undefined : provider.ref('MemberReference', author),
        dateCreated: at,
        createdBy: fromCustomer ? (ticket.contactName ?? 'dlopez') : identifier,
        internalFlag: !fromCustomer,
        externalFlag: fromCustomer,
        _info: { lastUpdated: at, updatedBy: identifier, dateEntered: at, enteredBy: identifier },
      },
      parents,
    );
  }
}

/** What is left to do on a ticket. */
export function seedTask(provider: Provider, ticket: SandboxRecord, entered: number): void {
  const at = provider.calendar.stamp(entered);
  provider.store.collection('/service/tickets/{parentId}/tasks').plant(
    {
      id: 0,
      ticketId: ticket.id,
      notes: 'Tell the user when it is done',
      closedFlag: ticket.closedFlag === true,
      priority: 1,
      _info: { lastUpdated: at, updatedBy: 'dlopez', dateEntered: at, enteredBy: 'dlopez' },
    },
    [ticket.id],
  );
}

const FIRST_TEXTS = new Map(SUBJECTS.map((subject) => [subject, `${subject}. Please have a look when you can.`]));
const firstText = (summary: string): string => FIRST_TEXTS.get(summary) ?? summary;
