/** What happens, or does not happen, when a member is written; by schema. */

/** Who is mailed when a member is set to true. */
export type Mailed = 'contact' | 'resources' | 'cc' | 'assignee' | 'everybody';

const TICKET_MAILS: Readonly<Record<string, Mailed>> = {
  processNotifications: 'everybody',
  automaticEmailContactFlag: 'contact',
  automaticEmailResourceFlag: 'resources',
  automaticEmailCcFlag: 'cc',
};

/** `everybody` is whoever the board's set-up names: contact, resources and the cc list. */
export const MAILS: Readonly<Record<string, Readonly<Record<string, Mailed>>>> = {
  Ticket: TICKET_MAILS,
  ProjectTicket: TICKET_MAILS,
  TicketNote: { processNotifications: 'everybody' },
  ServiceNote: { processNotifications: 'everybody' },
  TimeEntry: { emailContactFlag: 'contact', emailResourceFlag: 'resources', emailCcFlag: 'cc' },
  TicketStopwatch: { emailNotesToContactFlag: 'contact', emailNotesToResourcesFlag: 'resources' },
  Activity: { notifyFlag: 'assignee' },
  ScheduleEntry: { notifyResource: 'assignee' },
};

/** Members that mail on POST unless they are sent as false. */
export const MAILS_BY_DEFAULT: Readonly<Record<string, string>> = {
  Ticket: 'processNotifications',
  ProjectTicket: 'processNotifications',
};

/** Schemas of people and logins: made inactive, somebody is locked out. */
export const PEOPLE: ReadonlySet<string> = new Set(['Member', 'ApiMember', 'MyAccount', 'Contact', 'IntegratorLogin']);

const TICKET_DERIVED = 'closedDate closedBy mobileGuid currency actualHours';
/** Service tickets only. Minutes and dates of service levels are our inference. */
const TICKET_MEASURED =
  'hasChildTicket hasMergedChildTicketFlag slaStatus isInSla resolveMinutes resPlanMinutes respondMinutes dateResolved dateResplan dateResponded ' +
  'respondByGoalUTC resplanGoalUTC resolutionGoalUTC escalationStartDateUTC escalationLevel escalationLastUpdateMinutes ' +
  'minutesBeforeWaiting minutesWaiting respondedSkippedMinutes resplanSkippedMinutes respondedHours respondedBy resplanHours ' +
  'resplanBy resolutionHours resolvedBy';

/** Computed by Manage; a value that is sent is dropped without an error. Names apart by blanks. */
export const DERIVED: Readonly<Record<string, string>> = {
  Addition: 'extPrice extCost margin agreementStatus',
  Agreement: 'agreementStatus nextInvoiceDate',
  Campaign: 'budgetGrossMargin budgetROI actualGrossMargin actualROI emailsSent',
  CallbackEntry: 'payloadVersion isSoapCallbackFlag isSelfSuppressedFlag memberId',
  Company: 'deletedFlag dateDeleted deletedBy',
  ExpenseEntry: 'expenseReport status invoice ticket',
  Invoice: 'subtotal total payments credits balance remainingDownpayment',
  Member: 'lastLogin',
  Opportunity: 'closedDate closedBy',
  Order: 'total taxTotal subTotal',
  ProductItem: 'company productClass extPrice extCost margin',
  Project: 'closedFlag actualHours scheduledHours scheduledStart scheduledEnd',
  ProjectPhase: 'actualHours scheduledHours scheduledStart scheduledEnd',
  ProjectTicket: TICKET_DERIVED,
  PurchaseOrder: 'closedFlag dateClosed subTotal total enteredBy',
  ServiceNote: 'dateCreated createdBy internalFlag externalFlag',
  Ticket: `${TICKET_DERIVED} ${TICKET_MEASURED}`,
  TimeEntry:
    'timeSheet status ticket invoice enteredBy dateEntered hoursBilled invoiceHours agreementHours agreementAmount ' +
    // Names and amounts that follow from the charge, the member and the rate.
    'companyType businessGroupDesc agreementType ticketBoard ticketStatus ticketType ticketSubType locationName territory ' +
    'hourlyCost extendedInvoiceAmount invoiceReady invoiceFlag',
};

const CLOSE_BY_STATUS =
  'Set a status that closes it: PATCH with {"op": "replace", "path": "status", "value": {"id": ...}}.';
const ASSIGN = 'People are assigned by schedule entries: POST /schedule/entries, or the tool schedule_work.';

/** Accepted and dropped although people set it on purpose, with what to do in its place. */
export const IGNORED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ticket: { closedFlag: CLOSE_BY_STATUS, resources: ASSIGN },
  ProjectTicket: { closedFlag: CLOSE_BY_STATUS, resources: ASSIGN },
  TimeEntry: { actualHours: 'With a start and an end, the hours follow from them: change timeEnd or hoursDeduct.' },
};

const TICKET_ONCE = 'initialDescription initialInternalAnalysis initialResolution contactEmailLookup';

/** Taken on POST only. */
export const CREATE_ONLY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ticket: { [`${TICKET_ONCE} initialDescriptionFrom`]: 'Add a note in its place: POST /service/tickets/{id}/notes.' },
  ProjectTicket: { [TICKET_ONCE]: 'Add a note in its place: POST /project/tickets/{id}/notes.' },
  Company: { types: 'Use /company/companies/{id}/typeAssociations.' },
  Contact: { 'types typeIds': 'Use /company/contacts/{id}/typeAssociations.', ignoreDuplicates: '' },
};
