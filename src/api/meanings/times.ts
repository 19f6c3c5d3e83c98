/**
 * Members that hold a calendar date or a moment, by schema.
 *
 * Sources: recordings of real servers (dates come as `T00:00:00Z`, moments with a time of day), and what Manage's own screens
 * ask for. A name with `?` is our inference from its name and its neighbours; a recording that says otherwise wins.
 */
interface Times {
  /** Names apart by blanks. */
  readonly days?: string;
  readonly moments?: string;
}

const STOPWATCH: Times = { moments: 'dateEntered startTime endTime' };
const RATE_PERIOD: Times = { days: 'effectiveDate? endingDate?' };
const EXPORTED: Times = { days: 'documentDate?' };
const LIST_CLICK = (member: string): Times => ({ moments: member });

/** A member of staff, in the three forms that the API has. */
const STAFF: Times = { days: 'hireDate inactiveDate? timeSheetStartDate' };

export const TIMES: Readonly<Record<string, Times>> = {
  Activity: { moments: 'dateStart dateEnd dateEndUtc dateClosedUtc' },
  ActivityStopwatch: STOPWATCH,
  Addition: { days: 'effectiveDate cancelledDate' },
  AdjustmentType: { moments: 'dateCreated' },
  Agreement: { days: 'startDate endDate dateCancelled billStartDate nextInvoiceDate' },
  AgreementRecap: { days: 'lastInvoiceDate? nextInvoiceDate?' },
  AgreementRecurringParameters: { days: 'billStartDate?' },
  'Agreement.Adjustment': { days: 'effectiveDate' },
  AgreementBatchSetup: { days: 'nextRunDate?' },
  AgreementTypeWorkRole: RATE_PERIOD,
  AgreementTypeWorkType: RATE_PERIOD,
  AgreementWorkRole: RATE_PERIOD,
  AgreementWorkType: RATE_PERIOD,
  AllowedOrigin: { moments: 'lastUpdateUtc' },
  ApiMember: { days: 'inactiveDate?' },
  AuditTrailEntry: { moments: 'enteredDate' },
  Campaign: { days: 'startDate endDate' },
  CampaignAudit: { moments: 'dateCreated' },
  CatalogItem: { moments: 'dateEntered' },
  CatalogPricing: { days: 'date' },
  Commission: { days: 'dateStart? dateEnd?' },
  // Recorded with a time of day: midnight of the server's zone.
  Company: { moments: 'dateAcquired dateDeleted' },
  'Company.Configuration': {
    days: 'purchaseDate installationDate warrantyExpirationDate',
    moments: 'lastBackupDate?',
  },
  ConnectWiseHostedSetup: { moments: 'dateCreated' },
  Contact: { days: 'birthDay anniversary' },
  ContactTrack: { days: 'startDate? endDate?' },
  CustomReport: { days: 'startDateOverride? endDateOverride?' },
  EmailOpened: LIST_CLICK('dateOpened'),
  ExpenseEntry: { days: 'date' },
  ExpenseReport: { days: 'dateStart dateEnd dueDate' },
  ExportAccountingBatchRequest: { days: 'thruDate?' },
  ForecastItem: { days: 'recurringDateStart? recurringDateEnd?' },
  FormSubmitted: LIST_CLICK('dateSubmitted'),
  GLExportAdjustmentTransaction: EXPORTED,
  GLExportExpense: { days: 'documentDate? periodStartDate? periodEndDate?' },
  GLExportExpenseBill: EXPORTED,
  GLExportExpenseBillDetail: EXPORTED,
  GLExportExpenseOffset: EXPORTED,
  GLExportInventoryTransfer: EXPORTED,
  GLExportInventoryTransferOffset: EXPORTED,
  GLExportPurchaseTransaction: { days: 'documentDate? purchaseDate? vendorInvoiceDate?' },
  GLExportPurchaseTransactionDetail: EXPORTED,
  GLExportPurchaseTransactionDetailTax: EXPORTED,
  GLExportTransaction: { days: 'documentDate? dueDate?' },
  GLExportTransactionDetail: EXPORTED,
  GLPath: { moments: 'lastPaymentSync?' },
  Holiday: { days: 'date' },
  HolidayInfo: { days: 'date' },
  InOutBoard: { moments: 'dateBack' },
  IntegratorLogin: { moments: 'dateInactivated?' },
  Invoice: { days: 'date dueDate' },
  InvoiceCommission: { days: 'adjustedDate?' },
  InvoiceReference: { days: 'invoiceDate' },
  InvoiceRouting: { moments: 'dateReviewedUTC' },
  KnowledgeBaseArticle: { moments: 'dateCreated' },
  LinkClicked: LIST_CLICK('dateClicked'),
  Management: { moments: 'runTime?' },
  Member: { ...STAFF, moments: 'lastLogin' },
  MemberCertification: { days: 'dateReceived? dateExpires?' },
  MemberDelegation: { days: 'dateStart? dateEnd?' },
  MemberTemplate: { days: 'timeSheetStartDate' },
  MyAccount: { ...STAFF, moments: 'lastLogin' },
  MyMember: { ...STAFF, moments: 'lastLogin' },
  Opportunity: { days: 'expectedCloseDate', moments: 'pipelineChangeDate? dateBecameLead? closedDate?' },
  OpportunityStatus: { moments: 'dateEntered' },
  OpportunityToAgreementConversion: { days: 'startDate endDate' },
  OpportunityToProjectConversion: { days: 'estimatedStart estimatedEnd' },
  Order: { days: 'orderDate dueDate' },
  Payment: { days: 'paymentDate', moments: 'paymentSyncDate?' },
  PricingDetail: { days: 'startDate? endDate?' },
  ProcurementAdjustment: { moments: 'closedDate?' },
  // `cancelledDate` is recorded with a time of day.
  ProductItem: { days: 'purchaseDate?', moments: 'cancelledDate' },
  ProductPickingShippingDetail: { days: 'expectedArrivalDate? shipmentDate?' },
  ProductRecurring: { days: 'startDate endDate' },
  Project: {
    days: 'estimatedStart estimatedEnd actualStart actualEnd scheduledStart scheduledEnd billingStartDate',
  },
  ProjectPhase: {
    days: 'deadlineDate scheduledStart scheduledEnd actualStart actualEnd billingStartDate startDate endDate',
  },
  ProjectTeamMember: { days: 'startDate endDate' },
  ProjectTicket: {
    days: 'estimatedStartDate scheduleStartDate? scheduleEndDate?',
    moments: 'requiredDate closedDate subDateAccepted?',
  },
  ProjectRecap: { days: 'billingStartDate?' },
  ProjectTicketNote: { moments: 'timeStart timeEnd' },
  ProjectWorkplanProjectPhase: { days: 'startDate endDate scheduled_Start? scheduled_End?' },
  PurchaseOrder: { days: 'poDate shipmentDate vendorInvoiceDate', moments: 'dateClosed?' },
  PurchaseOrderLineItem: {
    days: 'expectedShipDate expectedArrivalDate shipDate dateReceived?',
    moments: 'dateCanceled? dateCanceledUtc',
  },
  RmaTag: { days: 'purchasedInvoiceDate? shippingDate?', moments: 'dateClosed?' },
  ScheduleDetail: { moments: 'dateStart dateEnd' },
  ScheduleEntry: { moments: 'dateStart dateEnd acknowledgedDate closeDate?' },
  ScheduleEntryDetail: { moments: 'dateStart dateEnd' },
  ScheduleStopwatch: STOPWATCH,
  ServiceNote: { moments: 'dateCreated' },
  ServiceTicketNote: { moments: 'timeStart timeEnd' },
  Source: { moments: 'dateEntered' },
  SsoConfiguration: { moments: 'samlCertificateValidFrom samlCertificateValidTo' },
  SsoUser: { moments: 'dateEntered' },
  TaxCode: { days: 'effectiveDate? cancelDate?' },
  TaxCodeInfo: { days: 'effectiveDate? cancelDate?' },
  Ticket: {
    days: 'estimatedStartDate',
    moments:
      'requiredDate closedDate dateResolved dateResplan dateResponded subDateAccepted? ' +
      'respondByGoalUTC resplanGoalUTC resolutionGoalUTC escalationStartDateUTC?',
  },
  TicketStopwatch: STOPWATCH,
  TimeEntry: { moments: 'timeStart timeEnd dateEntered' },
  TimeEntryChangeLog: { days: 'dateStart? dateInvoice?', moments: 'timeStartUtc timeEndUtc' },
  TimePeriod: { days: 'startDate endDate deadlineDate' },
  TimePeriodSetup: { days: 'firstPeriodEndDate' },
  TimeSheet: { days: 'dateStart dateEnd deadline' },
  Token: { moments: 'expiration' },
  UnpostedExpense: { days: 'dateExpense', moments: 'dateClosed' },
  UnpostedInvoice: { days: 'invoiceDate dueDate', moments: 'dateClosed' },
  UnpostedPayments: { days: 'paymentDate', moments: 'paymentSyncDate?' },
  UnpostedProcurement: { days: 'purchaseDate? vendorInvoiceDate?', moments: 'dateClosed?' },
  UserDefinedField: { moments: 'dateCreated' },
  UserDefinedFieldInfo: { moments: 'dateCreated' },
  WisePayPayment: { moments: 'paymentDateUtc' },
  Workflow: { moments: 'batchLastRan' },
  WorkflowEvent: { moments: 'dateTestedUTC?' },
};

/**
 * Moments that mean a calendar date when they stand at midnight UTC.
 *
 * A ticket's due date takes a time of day and keeps it on some servers; another was recorded cutting it to midnight UTC, and
 * people say "due Friday". A schedule entry for a whole day starts and ends at midnight UTC and has no hours.
 */
export const DAYS_AT_MIDNIGHT: Readonly<Record<string, string>> = {
  Ticket: 'requiredDate',
  ProjectTicket: 'requiredDate',
  ScheduleEntry: 'dateStart dateEnd',
};

/** Kept in `_info` or on the record itself, on every schema. */
export const MOMENTS_OF_ANY_RECORD: ReadonlySet<string> = new Set([
  'lastUpdated',
  'dateEntered',
  'createdDate',
  'dateCreated',
]);
