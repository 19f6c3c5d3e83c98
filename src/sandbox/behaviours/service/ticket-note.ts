import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';

type Side = 'service' | 'project';

const FLAGS = ['detailDescriptionFlag', 'internalAnalysisFlag', 'resolutionFlag'] as const;

const notesOf = (side: Side): string => `/${side}/tickets/{parentId}/notes`;

/** Adds a note as the system does it: first texts of a ticket, notes copied from time. */
export function addNote(
  context: HookContext,
  side: Side,
  ticketId: number,
  note: Record<string, unknown>,
): SandboxRecord {
  const record = { ...note, ticketId } as unknown as SandboxRecord;
  complete(record, context);
  return context.store
    .collection(notesOf(side))
    .put(record, { parentIds: [ticketId], by: context.caller.identifier, at: context.now });
}

function complete(record: SandboxRecord, context: HookContext): void {
  for (const flag of FLAGS) record[flag] ??= false;
  record.issueFlag ??= false;
  record.internalFlag = record.internalAnalysisFlag === true;
  // Recorded as true for an internal note as well.
  record.externalFlag = true;
  record.dateCreated ??= stamp(context.now);
  record.createdBy ??= context.caller.identifier;
  // A one-time instruction, not part of the note.
  delete record.processNotifications;
}

function noteBehaviour(side: Side): Behaviour {
  return {
    collection: notesOf(side),
    resource: 'serviceNote',
    validate(record) {
      if (FLAGS.some((flag) => record[flag] === true)) return [];
      const message = 'Please choose where to display the notes in order to save this record.';
      return [{ code: 'ServiceNote', message, field: FLAGS.join(', ') }];
    },
    beforeSave(record, context) {
      record.ticketId = context.parentIds[0];
      const { store, api, caller, previous } = context;
      const author = store.collection('/system/members').get(caller.memberId);
      if (previous === undefined && record.contact === undefined && author !== undefined)
        record.member ??= expand(author, 'MemberReference', '/system/members', api);
      complete(record, context);
    },
    afterSave(record, context) {
      // A note is activity on the ticket.
      const tickets = context.store.collection(`/${side}/tickets`);
      const ticket = tickets.get(Number(record.ticketId));
      if (ticket !== undefined) tickets.put(ticket, { by: context.caller.identifier, at: context.now });
    },
    actions: { [`GET /${side}/tickets/{parentId}/allNotes`]: allNotes(side) },
  };
}

/** Notes of a ticket and of the time logged on it, in one list. */
function allNotes(side: Side) {
  return ({ operation, list }: ActionRequest, context: HookContext): ActionAnswer => {
    const ticketId = context.parentIds[0] ?? 0;
    const { store } = context;
    const ticket = store.collection(`/${side}/tickets`).get(ticketId);
    const reference = { id: ticketId, summary: ticket?.summary };
    const own = [...store.collection(notesOf(side)).all([ticketId])].map((note) => ({
      id: note.id,
      noteType: 'TicketNote',
      ticket: reference,
      text: note.text,
      isMarkdownFlag: false,
      detailDescriptionFlag: note.detailDescriptionFlag,
      internalAnalysisFlag: note.internalAnalysisFlag,
      resolutionFlag: note.resolutionFlag,
      issueFlag: note.issueFlag ?? false,
      bundledFlag: false,
      mergedFlag: false,
      createdByParentFlag: false,
      originalAuthor: note.createdBy,
      ...(note.member !== undefined && { member: note.member }),
      ...(note.contact !== undefined && { contact: note.contact }),
      _info: note._info,
    }));
    const timed = [...store.collection('/time/entries').where('chargeToId', ticketId)]
      .filter((entry) => String(entry.chargeToType).endsWith('Ticket') && typeof entry.notes === 'string')
      .map((entry) => ({
        id: entry.id,
        noteType: 'TimeEntryNote',
        ticket: reference,
        text: entry.notes,
        isMarkdownFlag: false,
        detailDescriptionFlag: entry.addToDetailDescriptionFlag,
        internalAnalysisFlag: entry.addToInternalAnalysisFlag,
        resolutionFlag: entry.addToResolutionFlag,
        timeStart: entry.timeStart,
        timeEnd: entry.timeEnd,
        bundledFlag: false,
        mergedFlag: false,
        createdByParentFlag: false,
        issueFlag: false,
        originalAuthor: entry.enteredBy,
        member: entry.member,
        _info: entry._info,
      }));
    const known = context.api.schema(operation.response.schema ?? '')?.fields;
    const rows = [...own, ...timed].map(
      (row) => Object.fromEntries(Object.entries(row).filter(([name]) => known?.has(name) ?? true)) as SandboxRecord,
    );
    return list(rows);
  };
}

export const serviceNote = noteBehaviour('service');
export const projectNote = noteBehaviour('project');
