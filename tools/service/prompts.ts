import type { Prompt } from '../../src/tool/prompt.ts';

/** How a dispatcher goes through a board. */
export const triageBoard: Prompt = {
  name: 'triage_board',
  title: 'Triage a board',
  description: 'New, unassigned and stale tickets of a board, with a proposal for each.',
  arguments: [{ name: 'board', description: 'Service board', required: true, completes: 'board' }],
  needs: ['search_tickets', 'get_ticket', 'update_ticket', 'lookup_values'],
  text: ({ board = '' }) =>
    [
      `Help me triage the service board ${JSON.stringify(board)}.`,
      `1. search_tickets with board ${JSON.stringify(board)} and groupBy ["status", "priority"]: the state of the board in one look.`,
      '2. search_tickets on that board with assignedTo "unassigned"; then with staleDays 5; then with only: "overdue"; then with only: "slaAtRisk".',
      '3. get_ticket for those whose summary does not say enough, at most eight.',
      '4. lookup_values for the types, teams and members that you need.',
      'Give me one table: ticket, customer, what it is about, and what you propose (priority, type, who, next status), with your reason in a few words. Mark what looks like the same problem as another ticket.',
      'Change nothing until I have agreed; then use update_ticket, several changes in one call.',
    ].join('\n'),
};

export const prepareCustomerMeeting: Prompt = {
  name: 'prepare_customer_meeting',
  title: 'Prepare a customer meeting',
  description: "A customer's last three months on one page: tickets, time, assets, agreements, what to raise.",
  arguments: [{ name: 'company', description: 'The customer', required: true, completes: 'company' }],
  needs: ['get_company', 'search_tickets', 'search_time_entries', 'search_configurations'],
  text: ({ company = '' }) =>
    [
      `Prepare me for a meeting with the customer ${JSON.stringify(company)}.`,
      `1. get_company ${JSON.stringify(company)}: people, sites, agreements.`,
      '2. search_tickets of the company: open ones; then state "any", opened "last 90 days", groupBy ["type", "priority"]; then only: "waitingOnCustomer".',
      '3. search_time_entries of the company, period "last 90 days", groupBy ["timeStart:month", "billableOption"].',
      '4. search_configurations of the company whose warranty ends in the next 90 days.',
      'Write one page: who will probably attend; what went well; what recurs (with ticket numbers); what is waiting for them; hours a month, billable and not; what expires; three things to raise and one to offer. Numbers only from these answers.',
    ].join('\n'),
};
