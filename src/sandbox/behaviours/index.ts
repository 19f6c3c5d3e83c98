import type { Behaviour } from '../behaviour.ts';
import { addition, agreement } from './agreement.ts';
import { agreementConfiguration } from './agreement-configuration.ts';
import { boardCopy } from './board-copy.ts';
import { bundle } from './bundle.ts';
import { callback } from './callback.ts';
import { campaign } from './campaign.ts';
import { company } from './company.ts';
import { companyTypeAssociation } from './company-type.ts';
import { configuration } from './configuration.ts';
import { contact } from './contact.ts';
import { contactCommunication } from './contact-communication.ts';
import { contactTypeAssociation } from './contact-type.ts';
import { userDefinedField } from './custom-fields.ts';
import { departmentLocation } from './department-location.ts';
import { documents } from './document.ts';
import { expenseEntry, expenseReport } from './expense.ts';
import { forecast } from './forecast.ts';
import { invoice, payment } from './invoice.ts';
import { managementLog } from './management-log.ts';
import { marketingGroups } from './marketing-group.ts';
import { mySecurity } from './my-security.ts';
import { opportunity } from './opportunity.ts';
import { order } from './order.ts';
import { pictures } from './picture.ts';
import { component, product } from './product.ts';
import { project, projectPhase, projectTeamMember } from './project.ts';
import { projectTicket } from './project-ticket.ts';
import { purchaseOrder, purchaseOrderLine } from './purchase-order.ts';
import { report } from './report.ts';
import { scheduleEntry } from './schedule-entry.ts';
import { setupTables } from './setup-table.ts';
import { apiMember, auditTrail, boardStatus, member, system } from './system.ts';
import { ticket } from './ticket.ts';
import { ticketConfigurations } from './ticket-configuration.ts';
import { projectNote, serviceNote } from './ticket-note.ts';
import { ticketTasks } from './ticket-task.ts';
import { timeEntry } from './time-entry.ts';
import { timeSheet } from './time-sheet.ts';
import { workflowField } from './workflow-field.ts';

/** Every entity that behaves in a way its schema does not tell. */
export const behaviours: readonly Behaviour[] = [
  addition,
  agreement,
  agreementConfiguration,
  boardCopy,
  bundle,
  callback,
  campaign,
  configuration,
  companyTypeAssociation,
  contactCommunication,
  contactTypeAssociation,
  departmentLocation,
  documents,
  pictures,
  expenseEntry,
  expenseReport,
  forecast,
  managementLog,
  mySecurity,
  invoice,
  payment,
  component,
  product,
  opportunity,
  order,
  project,
  projectPhase,
  projectTeamMember,
  purchaseOrder,
  purchaseOrderLine,
  apiMember,
  auditTrail,
  boardStatus,
  company,
  contact,
  member,
  projectNote,
  projectTicket,
  report,
  scheduleEntry,
  serviceNote,
  system,
  ticket,
  timeEntry,
  timeSheet,
  userDefinedField,
  ...marketingGroups,
  workflowField,
  ...setupTables,
  ...ticketConfigurations,
  ...ticketTasks,
];
