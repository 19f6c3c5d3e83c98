import type { Toolset } from '../src/tool/index.ts';

/** What each toolset is for, in a sentence; shown in the documents and by `cwm-mcp tools`. */
export const TOOLSET_WORDS: Readonly<Record<Exclude<Toolset, 'core'>, string>> = {
  service:
    'The service desk: tickets with their notes, tasks and files, boards and their set-up, service levels, knowledge base.',
  company:
    'Customers and vendors: companies, sites, contacts, configurations (assets) and the teams that look after them.',
  time: 'Time entries, time sheets and their approval, stopwatches, accruals, who has not entered time.',
  schedule: 'The calendar: who is booked when, free time, conflicts, holidays.',
  system: 'The installation itself: members, names of what fields can hold, webhooks, reports, custom fields, rights.',
  project: 'Projects with phases, tickets, team, notes, and budget against actual.',
  sales: 'Opportunities with their forecast and conversions, activities, orders.',
  finance: 'Agreements with additions and adjustments, invoices with lines and payments, what is not billed yet.',
  procurement: 'The product catalog, products on tickets and projects, purchase orders, inventory, returns.',
  marketing: 'Campaigns with their audiences and results, marketing groups.',
  expense: 'Expense entries and reports, with their receipts and approval.',
  api: 'The whole API in four tools: find an operation in plain words, read about it, call it. Always shown.',
};
