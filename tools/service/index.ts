import type { ToolDefinition } from '../../src/tool/index.ts';
import addAttachment from './add-attachment.ts';
import addTicketNote from './add-ticket-note.ts';
import convertTicket from './convert-ticket.ts';
import createTicket from './create-ticket.ts';
import getAttachments from './get-attachments.ts';
import getBoard from './get-board.ts';
import getChangeHistory from './get-change-history.ts';
import getSurveyResults from './get-survey-results.ts';
import getTicket from './get-ticket.ts';
import mergeTickets from './merge-tickets.ts';
import saveTicketTask from './save-ticket-task.ts';
import searchKnowledgeBase from './search-knowledge-base.ts';
import searchTickets from './search-tickets.ts';
import setTicketConfigurations from './set-ticket-configurations.ts';
import updateTicket from './update-ticket.ts';
import updateTicketNote from './update-ticket-note.ts';

/** The service desk: tickets with their notes, tasks and files, boards and their set-up, service levels, knowledge base. */
export const service: readonly ToolDefinition[] = [
  searchTickets,
  getTicket,
  createTicket,
  updateTicket,
  addTicketNote,
  updateTicketNote,
  saveTicketTask,
  setTicketConfigurations,
  mergeTickets,
  convertTicket,
  getAttachments,
  addAttachment,
  getChangeHistory,
  searchKnowledgeBase,
  getBoard,
  getSurveyResults,
];
