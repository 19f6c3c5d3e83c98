import type { Behaviour } from '../../contract/behaviour.ts';
import { expand, idOf } from '../../references.ts';
import { boardDefaults, boardErrors } from '../service/board.ts';
import { closeCopies, fillContact } from '../service/ticket.ts';
import { byConfiguration } from '../service/ticket-configuration.ts';
import { convertTicket } from '../service/ticket-conversion.ts';
import { ticketLinks, ticketReferences } from '../service/ticket-lists.ts';
import { addNote } from '../service/ticket-note.ts';
import { followStatus } from '../service/ticket-status.ts';

const WRITE_ONLY = [
  'initialDescription',
  'initialInternalAnalysis',
  'initialResolution',
  'contactEmailLookup',
  'processNotifications',
  'skipCallback',
];

/** Project tickets live in a collection of their own, with ids from the same sequence. */
export const projectTicket: Behaviour<{ firstText: string | undefined }> = {
  collection: '/project/tickets',
  resource: 'projectTicket',
  label: 'Project Ticket',
  derived: ['resources', 'closedDate', 'closedBy'],

  defaults(record, context) {
    const phase = context.store.collection('/project/projects/{parentId}/phases').get(idOf(record.phase) ?? 0);
    const project = context.store
      .collection('/project/projects')
      .get(idOf(record.project) ?? Number(phase?.projectId ?? 0));
    if (project !== undefined) {
      record.project = expand(project, 'ProjectReference', '/project/projects', context.api);
      record.company ??= project.company;
      record.board ??= project.board;
    }
    record.isIssueFlag ??= false;
    record.approved ??= true;
    boardDefaults(record, context, false);
    for (const name of ['billTime', 'billExpenses', 'billProducts']) record[name] ??= 'NoDefault';
  },

  validate: (record, context) => boardErrors(record, context),

  beforeSave(record, context) {
    const { previous } = context;
    context.scratch.firstText =
      typeof record.initialDescription === 'string' && previous === undefined ? record.initialDescription : undefined;
    for (const member of WRITE_ONLY) delete record[member];
    followStatus(record, previous, context);
    if (idOf(record.contact) !== idOf(previous?.contact)) fillContact(record, context);
    closeCopies(record);
  },

  afterSave(record, context) {
    const text = context.scratch.firstText;
    if (text !== undefined) addNote(context, 'project', record.id, { text, detailDescriptionFlag: true });
  },

  rewrite: byConfiguration('project'),
  links: ticketLinks('project'),
  actions: {
    ...ticketReferences('project'),
    'POST /project/tickets/{parentId}/convert': convertTicket('project'),
  },
};
