import { describeSlips, type Slip } from './slip.ts';

const NONE = { limit: 1 };
const readBy = (operation: string, rest: Record<string, unknown>) => ({ operation, ...rest });
const whereOf = (field: string, op: string, value: unknown) => ({ ...NONE, where: [{ field, op, value }] });

/** A sign beside a name says something else than the name. */
const SIGNS: readonly Slip[] = [
  ['a dash before a customer', 'search_tickets', { company: '-Globex' }, 'refused', /no company "-Globex".*Globex/],
  ['unlike a customer', 'search_tickets', { company: '<> Globex' }, 'refused', /no company "<> Globex"/],
  ['a dash before a person', 'search_tickets', { assignedTo: '-jdoe' }, 'refused', /no member "-jdoe"/],
  ['unlike a manager', 'search_projects', { manager: '<>Kaja Lind' }, 'refused', /no member "<>Kaja Lind"/],
  ['at least a priority', 'search_tickets', { priority: '>= P2' }, 'refused', /no priority ">= P2"/],
  ['a priority and above', 'search_tickets', { priority: 'P1+' }, 'refused', /no priority "P1\+"/],
  ['below a priority', 'search_tickets', { priority: '<P3' }, 'refused', /no priority "<P3"/],
  ['a status that is denied', 'search_tickets', { status: '!Resolved' }, 'refused', /no status "!Resolved"/],
  ['a billing status', 'search_invoices', { status: '-Paid' }, 'refused', /no billing status "-Paid"/],
  ['a state of a sheet', 'search_timesheets', { status: '!approved' }, 'refused', /no status "!approved"/],
  ['a state of a list', 'search_projects', { state: '!open' }, 'refused', /state has to be one of/],
  [
    'somebody left out of a team',
    'find_missing_time',
    { who: ['Service Team', '-Alex Chen'], period: 'last week' },
    'refused',
    /"-Alex Chen"/,
  ],
  [
    'a type to be added',
    'update_company',
    { company: 'Globex', types: '+Partner', dryRun: true },
    'refused',
    /no company type "\+Partner".*Partner/,
  ],
  [
    'a type of a contact to be added',
    'update_contact',
    { contact: 'Ben Petrov', company: 'Globex', types: ['+ Decision Maker'], dryRun: true },
    'refused',
    /no contact type "\+ Decision Maker"/,
  ],
  ['one record', 'get_company', { company: '-Globex' }, 'refused', /no company "-Globex"/],
  [
    'a figure of a report',
    'report',
    { measures: ['opened'], where: [{ field: 'priority', value: 'P1+' }] },
    'refused',
    /"P1\+"/,
  ],
  ['a name that a list begins with', 'get_company', { company: '- Globex' }, 'taken', /company 7/],
  ['a name in brackets', 'get_company', { company: '<Globex>' }, 'taken', /company 7/],
];

/** A time of day where there are only dates. */
const DAYS: readonly Slip[] = [
  ['a sheet', 'get_timesheet', { date: 'Friday afternoon' }, 'refused', /finer than a day/],
  ['time that is missing', 'find_missing_time', { period: 'Friday 2pm to 4pm' }, 'refused', /finer than a day/],
  ['sheets', 'search_timesheets', { period: 'last friday afternoon' }, 'refused', /finer than a day/],
  ['an expense report', 'get_expense_report', { date: 'Friday 2pm to 4pm' }, 'refused', /finer than a day/],
  ['expenses', 'search_expenses', { period: '23 Nov 9am to 5pm' }, 'refused', /finer than a day/],
  ['invoices', 'search_invoices', { dated: '2026-10-01 9am to 10am' }, 'refused', /finer than a day/],
  ['agreements', 'search_agreements', { ending: '9 Dec 2026 10am to 2pm' }, 'refused', /finer than a day/],
  ['opportunities', 'search_opportunities', { closing: 'tomorrow afternoon' }, 'refused', /finer than a day/],
  ['campaigns', 'search_campaigns', { period: 'tomorrow 9am to 10am' }, 'refused', /finer than a day/],
  ['holidays', 'list_holidays', { period: '25 Dec 2pm to 4pm' }, 'refused', /finer than a day/],
  [
    'money in a report',
    'report',
    { measures: ['billed'], period: '2026-10-01 9am to 10am' },
    'refused',
    /finer than a day/,
  ],
  ['a filter', 'search_invoices', whereOf('date', 'eq', '2026-10-01 9am to 10am'), 'refused', /finer than a day/],
  ['hours of a report', 'report', { measures: ['hours'], period: 'Friday 2pm to 4pm' }, 'taken', /14:00 to 16:00/],
  [
    'hours back from now',
    'search_orders',
    { ordered: 'last 36 hours' },
    'taken',
    /ordered: whole days, \w{3} \d+ \w{3} to \w{3} \d+ \w{3} \(/,
  ],
  [
    'hours back from now in a report of dates',
    'report',
    { measures: ['billed'], period: 'last 36 hours' },
    'taken',
    /whole days, \w{3} \d+ \w{3} to/,
  ],
  [
    'months with a dash',
    'report',
    { measures: ['billed'], period: 'Aug-Oct 2026' },
    'taken',
    /Sat 1 Aug to Sat 31 Oct/,
  ],
  [
    'days to come, with today',
    'search_opportunities',
    { closing: 'next 7 days' },
    'taken',
    /closing: today and the next 7 days, \w{3}/,
  ],
  [
    'what is overdue ended yesterday',
    'search_opportunities',
    { closing: 'overdue' },
    'taken',
    /closing: until \w{3} \d+ \w{3} \(/,
  ],
  [
    'a range to the last minute of a UTC day',
    'search_agreements',
    { ending: '2026-12-01T00:00:00Z..2026-12-31T23:59:59Z' },
    'taken',
    /ending: Tue 1 Dec to Thu 31 Dec \(/,
  ],
  ['several expense reports', 'get_expense_report', { date: 'November' }, 'refused', /more than one expense report/],
];

/** Periods that have an end, and ends that are not in them. */
const ENDS: readonly Slip[] = [
  [
    'days of a month',
    'search_tickets',
    { ...NONE, opened: 'from 9 to 13 November' },
    'taken',
    /opened: Mon 9 Nov to Fri 13 Nov/,
  ],
  [
    'days with a dash',
    'search_tickets',
    { ...NONE, opened: 'from 9-13 nov' },
    'taken',
    /opened: Mon 9 Nov to Fri 13 Nov/,
  ],
  ['before a day', 'search_invoices', { ...NONE, before: '2026-10-01' }, 'taken', /dated: until Wed 30 Sept/],
  ['after a day', 'search_time_entries', { ...NONE, after: '2026-11-20' }, 'taken', /period: Sat 21 Nov to/],
  ['since a day', 'search_time_entries', { ...NONE, since: '2026-11-20' }, 'taken', /period: Fri 20 Nov to/],
  [
    'between two days',
    'search_time_entries',
    { ...NONE, after: '2026-11-15', before: '2026-11-20' },
    'taken',
    /period: Mon 16 Nov to Thu 19 Nov/,
  ],
  [
    'between days in words',
    'search_time_entries',
    { after: 'Monday', before: 'Friday' },
    'refused',
    /beside another date takes a date like/,
  ],
  [
    'an hour that the clocks skip',
    'search_time_entries',
    whereOf('timeStart', 'gte', '2026-03-08 02:30'),
    'refused',
    /does not exist.*the clocks went forward/,
  ],
  [
    'two days in an object',
    'search_tickets',
    { ...NONE, opened: { from: '2026-11-09', to: '2026-11-13' } },
    'taken',
    /opened: Mon 9 Nov to Fri 13 Nov/,
  ],
  [
    'an object of something else',
    'search_tickets',
    { ...NONE, opened: { day: 'Monday' } },
    'refused',
    /opened has to be a text/,
  ],
  [
    'a day in the language of Manage',
    'search_tickets',
    { ...NONE, conditions: 'dateEntered > [2026-11-09]' },
    'taken',
    /\[2026-11-09\] is UTC, here Sun 8 Nov 19:00 \(America\/New_York\)/,
  ],
];

/** People in fields that hold identifiers. */
const PEOPLE: readonly Slip[] = [
  [
    'who closed it',
    'search_tickets',
    { ...whereOf('closedBy', 'eq', "Maura O'Brien"), state: 'any' },
    'taken',
    /mobrien\n1 of [1-9]/,
  ],
  ['I closed it', 'search_tickets', { ...whereOf('closedBy', 'eq', 'me'), state: 'any' }, 'taken', /closedBy me: jdoe/],
  ['who is on it', 'search_tickets', whereOf('resources', 'eq', 'Alex Chen'), 'taken', /1 of 14 open tickets/],
  ['I am on it', 'search_tickets', whereOf('resources', 'contains', 'me'), 'taken', /1 of 26 open tickets/],
  ['a name of two', 'search_tickets', whereOf('resources', 'contains', 'Alex'), 'refused', /fits several/],
  [
    'a part of an identifier',
    'search_tickets',
    whereOf('resources', 'contains', 'chen'),
    'taken',
    /1 of 14 open tickets/,
  ],
  [
    'who entered it',
    'search_time_entries',
    { ...whereOf('enteredBy', 'eq', 'Alex Chen'), member: 'all' },
    'taken',
    /1 of [1-9]/,
  ],
  [
    'somebody else entered it',
    'search_purchase_orders',
    whereOf('enteredBy', 'ne', 'Daniela Lopez'),
    'taken',
    /0 of 0 open/,
  ],
];

/** Texts as they are typed and copied. */
const TEXTS: readonly Slip[] = [
  [
    'a hyphen that does not break',
    'search_tickets',
    { ...NONE, text: 'Wi\u2011Fi slow' },
    'taken',
    /1 of 5 open tickets/,
  ],
  ['the end of a sentence', 'search_tickets', { ...NONE, text: 'Teams calls without sound.' }, 'taken', /1 of [1-9]/],
  ['quotes of a word processor', 'search_tickets', { ...NONE, text: '\u201cTeams calls\u201d' }, 'taken', /1 of [1-9]/],
  [
    'a dash between words',
    'search_tickets',
    { ...NONE, text: 'starter \u2013 account', state: 'any' },
    'taken',
    /1 of 24 tickets/,
  ],
  ['a slash between words', 'search_tickets', { ...NONE, text: 'password/reset' }, 'taken', /1 of [1-9]/],
  ['a star', 'search_tickets', { ...NONE, text: 'printer*' }, 'taken', /1 of 8 open tickets/],
  ['percent signs', 'search_tickets', { ...NONE, text: '%printer%' }, 'taken', /1 of 8 open tickets/],
  ['AND', 'search_tickets', { ...NONE, text: 'printer AND offline' }, 'taken', /1 of 8 open tickets/],
  ['a word to leave out', 'search_tickets', { ...NONE, text: 'printer -offline' }, 'refused', /cannot leave any out/],
  ['a word after NOT', 'search_tickets', { ...NONE, text: 'printer NOT offline' }, 'refused', /cannot leave any out/],
  ['no word at all', 'search_tickets', { ...NONE, text: '|' }, 'taken', /0 of 0 open tickets/],
  ['an empty quote', 'search_tickets', { ...NONE, text: '""' }, 'taken', /0 of 0 open tickets/],
  ['a name with two hyphens', 'search_configurations', { text: 'ACME-FIR-03' }, 'taken', /1 of 1 active/],
  ['an address of a link', 'search_contacts', { email: 'mailto:grace.keller@acme.example' }, 'taken', /1 of 1 active/],
];

/** Arguments of a tool that is called by its name. */
const BY_NAME: readonly Slip[] = [
  [
    'unquoted names',
    'call_read_operation',
    readBy('search_tickets', { arguments: '{mine:true}' }),
    'refused',
    /arguments of search_tickets has to be JSON of one object/,
  ],
  [
    'words',
    'call_read_operation',
    readBy('search_companies', { arguments: 'Globex' }),
    'refused',
    /has to be JSON of one object/,
  ],
  [
    'half of it',
    'call_read_operation',
    readBy('search_companies', { arguments: '{"text":"Globex"' }),
    'refused',
    /has to be JSON of one object/,
  ],
  [
    'a number for a path',
    'call_read_operation',
    readBy('get_ticket', { path: '589' }),
    'refused',
    /path of get_ticket has to be JSON/,
  ],
  [
    'a list of one',
    'call_read_operation',
    readBy('search_companies', { arguments: '[{"text":"Globex"}]' }),
    'taken',
    /1 of 1 companies/,
  ],
  [
    'a query of its own',
    'call_read_operation',
    readBy('search_knowledge_base', { query: 'vpn' }),
    'taken',
    /VPN drops every hour/,
  ],
  [
    'an id beside an operation',
    'call_read_operation',
    readBy('GET /service/tickets/{id}', { id: 589 }),
    'taken',
    /"id":589/,
  ],
  [
    'a period in groups',
    'call_read_operation',
    readBy('GET /time/entries', {
      groupBy: ['member'],
      query: { where: [{ field: 'timeStart', value: 'last week' }] },
    }),
    'taken',
    /timeStart last week: Mon/,
  ],
];

/** What a list says and leaves out. */
const SAID: readonly Slip[] = [
  [
    'closed and overdue',
    'search_activities',
    { overdue: true, state: 'closed', member: 'all' },
    'refused',
    /overdue is about open activities/,
  ],
  ['not open', 'search_tickets', { ...NONE, open: false }, 'taken', /of \d+ closed tickets/],
  ['time of any day', 'search_time_entries', { ...NONE, billable: 'Billable' }, 'taken', /by Jordan Doe, any time/],
  [
    'expenses of any day',
    'search_expenses',
    { ...NONE, status: 'open' },
    'taken',
    /by Jordan Doe, any time; open, rejected/i,
  ],
  ['a caption for a field', 'search_tickets', whereOf('Root cause', 'eq', 'Hardware'), 'taken', /1 of 1 open tickets/],
  [
    'an invoice whose time is not covered',
    'get_invoice',
    { invoice: '10120' },
    'taken',
    /not covered by the agreement/,
  ],
];

describeSlips(
  'names, days, texts and people as they are said',
  [...SIGNS, ...DAYS, ...ENDS, ...PEOPLE, ...TEXTS, ...BY_NAME, ...SAID],
  'all',
);
