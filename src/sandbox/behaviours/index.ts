import type { Behaviour } from '../behaviour.ts';
import { company } from './company.ts';
import { contact } from './contact.ts';
import { projectTicket } from './project-ticket.ts';
import { scheduleEntry } from './schedule-entry.ts';
import { auditTrail, boardStatus, member, system } from './system.ts';
import { ticket } from './ticket.ts';
import { projectNote, serviceNote } from './ticket-note.ts';
import { timeEntry } from './time-entry.ts';
import { timeSheet } from './time-sheet.ts';

/** Every entity that behaves in a way its schema does not tell. */
export const behaviours: readonly Behaviour[] = [
  auditTrail,
  boardStatus,
  company,
  contact,
  member,
  projectNote,
  projectTicket,
  scheduleEntry,
  serviceNote,
  system,
  ticket,
  timeEntry,
  timeSheet,
];
