import type { ToolDefinition } from '../src/tool/index.ts';
import callReadOperation from './catalog/call-read-operation.ts';
import callWriteOperation from './catalog/call-write-operation.ts';
import describeOperation from './catalog/describe-operation.ts';
import searchOperations from './catalog/search-operations.ts';
import createContact from './company/create-contact.ts';
import getCompany from './company/get-company.ts';
import searchCompanies from './company/search-companies.ts';
import searchConfigurations from './company/search-configurations.ts';
import searchContacts from './company/search-contacts.ts';
import scheduleWork from './schedule/schedule-work.ts';
import searchSchedule from './schedule/search-schedule.ts';
import addTicketNote from './service/add-ticket-note.ts';
import createTicket from './service/create-ticket.ts';
import getTicket from './service/get-ticket.ts';
import searchTickets from './service/search-tickets.ts';
import updateTicket from './service/update-ticket.ts';
import lookupValues from './system/lookup-values.ts';
import searchMembers from './system/search-members.ts';
import whoami from './system/whoami.ts';
import deleteTimeEntry from './time/delete-time-entry.ts';
import getTimesheet from './time/get-timesheet.ts';
import logTime from './time/log-time.ts';
import searchTimeEntries from './time/search-time-entries.ts';
import submitTimesheet from './time/submit-timesheet.ts';
import updateTimeEntry from './time/update-time-entry.ts';

/** Every tool, in the order in which clients see them. */
export const tools: readonly ToolDefinition[] = [
  whoami,
  lookupValues,
  searchTickets,
  getTicket,
  createTicket,
  updateTicket,
  addTicketNote,
  logTime,
  searchTimeEntries,
  updateTimeEntry,
  deleteTimeEntry,
  getTimesheet,
  submitTimesheet,
  searchCompanies,
  getCompany,
  searchContacts,
  createContact,
  searchConfigurations,
  searchMembers,
  searchSchedule,
  scheduleWork,
  searchOperations,
  describeOperation,
  callReadOperation,
  callWriteOperation,
];
