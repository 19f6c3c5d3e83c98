import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';
import { HOSTILE_NOTES, NOTES, SUBJECTS } from './subjects.ts';
import { MINUTE } from './work-calendar.ts';

/** The first word of a ticket and what was noted since; now and then a text from outside that wants more than to be read. */
export function seedNotes(
  provider: Provider,
  ticket: SandboxRecord,
  entered: number,
  assignee: SandboxRecord | undefined,
): void {
  const { random, calendar } = provider;
  const hostile = ticket.id % 97 === 5 ? HOSTILE_NOTES[ticket.id % HOSTILE_NOTES.length] : undefined;
  const author = assignee ?? provider.named('/system/members', 'dlopez', 'identifier');
  const identifier = String(author.identifier);
  const notes = provider.store.collection('/service/tickets/{parentId}/notes');
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

const FIRST_TEXTS = new Map(SUBJECTS.map((subject) => [subject, `${subject}. Please have a look when you can.`]));
const firstText = (summary: string): string => FIRST_TEXTS.get(summary) ?? summary;
