import type { ToolDefinition } from '../../src/tool/index.ts';
import addAttachment from './add-attachment.ts';
import addTicketNote from './add-ticket-note.ts';
import attachChildTickets from './attach-child-tickets.ts';
import convertTicket from './convert-ticket.ts';
import createTicket from './create-ticket.ts';
import getAttachment from './get-attachment.ts';
import getTicket from './get-ticket.ts';
import listAttachments from './list-attachments.ts';
import mergeTickets from './merge-tickets.ts';
import saveTicketTask from './save-ticket-task.ts';
import searchTickets from './search-tickets.ts';
import setTicketConfigurations from './set-ticket-configurations.ts';
import updateTicket from './update-ticket.ts';

/** The service desk: tickets with their notes, tasks and files, boards and their set-up, service levels, knowledge base. */
export const service: readonly ToolDefinition[] = [
  searchTickets,
  getTicket,
  createTicket,
  updateTicket,
  addTicketNote,
  saveTicketTask,
  setTicketConfigurations,
  mergeTickets,
  attachChildTickets,
  convertTicket,
  listAttachments,
  getAttachment,
  addAttachment,
];
