import type { ToolDefinition } from '../../src/tool/index.ts';
import addTicketNote from './add-ticket-note.ts';
import createTicket from './create-ticket.ts';
import getTicket from './get-ticket.ts';
import searchTickets from './search-tickets.ts';
import updateTicket from './update-ticket.ts';

/** The service desk: tickets with their notes, tasks and files, boards and their set-up, service levels, knowledge base. */
export const service: readonly ToolDefinition[] = [searchTickets, getTicket, createTicket, updateTicket, addTicketNote];
