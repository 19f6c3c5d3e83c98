import type { Behaviour } from '../contract/behaviour.ts';
import { company } from './company/company.ts';
import { configuration } from './company/configuration.ts';
import { contact } from './company/contact.ts';
import { contactCommunication } from './company/contact-communication.ts';
import { contactTypeAssociation } from './company/contact-type.ts';
import { managementLog } from './company/management.ts';
import { companyTypeAssociation } from './company/type-association.ts';
import { derivedLists } from './derived-lists.ts';
import { expenseEntry } from './expense/expense-entry.ts';
import { expenseReport } from './expense/expense-report.ts';
import { addition, agreement, agreementConfiguration } from './finance/agreement.ts';
import { agreementRecap } from './finance/agreement-recap.ts';
import { invoice, payment } from './finance/invoice.ts';
import { campaign } from './marketing/campaign.ts';
import { marketingGroups } from './marketing/group.ts';
import { component, product } from './procurement/product.ts';
import { purchaseOrder, purchaseOrderLine } from './procurement/purchase-order.ts';
import { project, projectPhase, projectTeamMember } from './project/project.ts';
import { projectRecap } from './project/project-recap.ts';
import { projectTicket } from './project/project-ticket.ts';
import { forecast } from './sales/forecast.ts';
import { opportunity } from './sales/opportunity.ts';
import { order } from './sales/order.ts';
import { scheduleEntry } from './schedule/schedule-entry.ts';
import { boardCopy, boardStatus } from './service/board.ts';
import { ticket } from './service/ticket.ts';
import { ticketConfigurations } from './service/ticket-configuration.ts';
import { projectNote, serviceNote } from './service/ticket-note.ts';
import { ticketTasks } from './service/ticket-task.ts';
import { setupTables } from './setup-table.ts';
import { auditTrail } from './system/audit-trail.ts';
import { bundle } from './system/bundle.ts';
import { callback } from './system/callback.ts';
import { departmentLocation } from './system/department-location.ts';
import { documents } from './system/document.ts';
import { system } from './system/info.ts';
import { apiMember, member } from './system/member.ts';
import { mySecurity } from './system/my-security.ts';
import { pictures } from './system/picture.ts';
import { report } from './system/report.ts';
import { userDefinedField } from './system/user-defined-field.ts';
import { workflowField } from './system/workflow-field.ts';
import { timeEntry } from './time/time-entry.ts';
import { timeSheet } from './time/time-sheet.ts';

/** Every entity that behaves in a way its schema does not tell. */
export const behaviours: readonly Behaviour[] = [
  addition,
  agreement,
  agreementConfiguration,
  agreementRecap,
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
  projectRecap,
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
  ...derivedLists,
  ...setupTables,
  ...ticketConfigurations,
  ...ticketTasks,
];
