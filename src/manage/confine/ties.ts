import type { Field, Schemas } from '../../api/index.ts';

/** What a record can be confined by. */
export type Dimension = 'company' | 'board';

/** Kinds of record that belong to a company or a board, and that others name. */
export type Kind =
  | Dimension
  | 'ticket'
  | 'project'
  | 'contact'
  | 'site'
  | 'agreement'
  | 'opportunity'
  | 'configuration'
  | 'invoice'
  | 'order'
  | 'activity'
  | 'product'
  | 'purchaseOrder'
  | 'rma'
  | 'timeEntry'
  | 'expenseEntry'
  | 'scheduleEntry'
  | 'document'
  | 'chargeCode';

/** The operations that read a record of a kind by its id; a ticket is one of two. */
export const READ: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  ticket: ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'],
  project: ['GET /project/projects/{id}'],
  contact: ['GET /company/contacts/{id}'],
  agreement: ['GET /finance/agreements/{id}'],
  opportunity: ['GET /sales/opportunities/{id}'],
  configuration: ['GET /company/configurations/{id}'],
  invoice: ['GET /finance/invoices/{id}'],
  order: ['GET /sales/orders/{id}'],
  activity: ['GET /sales/activities/{id}'],
  product: ['GET /procurement/products/{id}'],
  purchaseOrder: ['GET /procurement/purchaseorders/{id}'],
  rma: ['GET /procurement/rmaTags/{id}'],
  timeEntry: ['GET /time/entries/{id}'],
  expenseEntry: ['GET /expense/entries/{id}'],
  scheduleEntry: ['GET /schedule/entries/{id}'],
};

/** What a reference in a record names. References to what no customer owns (members, types, ...) are not here. */
export const KIND_OF_REFERENCE: Readonly<Record<string, Kind>> = {
  CompanyReference: 'company',
  BoardReference: 'board',
  ProjectBoardReference: 'board',
  TicketReference: 'ticket',
  ProjectReference: 'project',
  ContactReference: 'contact',
  SiteReference: 'site',
  AgreementReference: 'agreement',
  OpportunityReference: 'opportunity',
  ConfigurationReference: 'configuration',
  InvoiceReference: 'invoice',
  SalesOrderReference: 'order',
  ActivityReference: 'activity',
  ProductItemReference: 'product',
  ProductReference: 'product',
  PurchaseOrderReference: 'purchaseOrder',
  TimeEntryReference: 'timeEntry',
  ExpenseDetailReference: 'expenseEntry',
  ScheduleEntryReference: 'scheduleEntry',
  // A contact's photo: whoever sets another document there could read it.
  DocumentReference: 'document',
};

/** What a member that holds bare ids names. */
const KIND_OF_MEMBER: readonly (readonly [RegExp, Kind])[] = [
  [/^(parent|child|merge)?ticketIds?$|^childIds$/i, 'ticket'],
  [/^(default(merge)?|transfer)?contactIds?$/i, 'contact'],
  [/^(to|parent)?company(Rec)?Ids?$/i, 'company'],
  [/^(service)?boardIds?$/i, 'board'],
  [/^agreement(Rec)?Ids?$/i, 'agreement'],
  [/^projectIds?$/i, 'project'],
  [/^opportunityIds?$/i, 'opportunity'],
  [/^(parent)?config(uration)?Ids?$/i, 'configuration'],
  [/^invoiceIds?$/i, 'invoice'],
  [/^salesOrderIds?$/i, 'order'],
  [/^activityIds?$/i, 'activity'],
  [/^productIds$/i, 'product'],
  [/^documentIds$/i, 'document'],
  [/^purchaseOrderId$/i, 'purchaseOrder'],
  [/^scheduleId$/i, 'scheduleEntry'],
];

/** The kind of record that a member's id is of, by the member's name. */
export const kindOfMember = (name: string): Kind | undefined =>
  KIND_OF_MEMBER.find(([pattern]) => pattern.test(name))?.[1];

/** What an id means beside which the type of its record stands: `chargeToType`, `recordType`, `applyToType`, an audit trail's `type`. */
const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  serviceticket: 'ticket',
  projectticket: 'ticket',
  ticket: 'ticket',
  project: 'project',
  company: 'company',
  contact: 'contact',
  agreement: 'agreement',
  opportunity: 'opportunity',
  configuration: 'configuration',
  invoice: 'invoice',
  salesorder: 'order',
  activity: 'activity',
  purchaseorder: 'purchaseOrder',
  rma: 'rma',
  timeentry: 'timeEntry',
  time: 'timeEntry',
  expense: 'expenseEntry',
  expenseentry: 'expenseEntry',
  chargecode: 'chargeCode',
};

/** The kind of record that a type beside an id names. */
export const kindOfType = (type: unknown): Kind | undefined =>
  KIND_OF_TYPE[
    String(type)
      .toLowerCase()
      .replace(/[^a-z]/g, '')
  ];

/** Members by which the records of a schema tell whose they are. */
export interface Ties {
  /** The member that names the company; `id` where the record is one. */
  readonly company?: string;
  readonly board?: string;
  /** Members that name tickets or projects, whose company and board are the record's own where it names none. */
  readonly through: readonly (readonly [string, Kind])[];
}

/** Of a record that belongs to nobody, or to a record that was looked at. */
export const NONE: Ties = { through: [] };

/** Ties that another member's name tells than `company` and `board`. */
const OWN_TIES: Readonly<Record<string, Partial<Ties>>> = {
  Company: { company: 'id' },
  Board: { board: 'id' },
  BoardInfo: { board: 'id' },
  RmaTag: { company: 'returnedCompany' },
  PurchaseOrder: { company: 'customerCompany' },
  // The customer of a schedule entry is that of the ticket or activity that its type and `objectId` mean.
  ScheduleEntry: { through: [['objectId', 'scheduleEntry']] },
};

const names = (field: Field | undefined, kind: Kind): boolean =>
  field?.type === 'reference' && KIND_OF_REFERENCE[field.schema ?? ''] === kind;

/** How the records of a schema are tied to a company and to a board. */
export function tiesOf(api: Schemas, schema: string | undefined): Ties {
  const fields = api.schema(schema ?? '')?.fields;
  const own = OWN_TIES[schema ?? ''] ?? {};
  const through = [...(fields ?? [])].flatMap(([name, field]): (readonly [string, Kind])[] => {
    if (/^(ticket|serviceTicket)$/.test(name) && names(field, 'ticket')) return [[name, 'ticket']];
    if (name === 'project' && names(field, 'project')) return [[name, 'project']];
    return name === 'ticketId' && field.type === 'integer' ? [[name, 'ticket']] : [];
  });
  return {
    company: own.company ?? (names(fields?.get('company'), 'company') ? 'company' : undefined),
    board: own.board ?? (names(fields?.get('board'), 'board') ? 'board' : undefined),
    through: own.through ?? through,
  };
}

const anyOf = (paths: string): RegExp => new RegExp(`^/(${paths.trim().split(/\s+/).join('|')})(/|$)`, 'i');

/**
 * Reference data: tables that say what there is to choose from, and belong to no customer. It may be read, with all that stands
 * below it. Everything that is neither this nor tied to a company or a board is not served.
 */
export const REFERENCE: RegExp = anyOf(`
  company/(addressFormats|communicationTypes|companies/statuses|companies/types|companies/info/types|configurations/statuses)
  company/(configurations/types|contacts/departments|contacts/relationships|contacts/types|countries|entityTypes)
  company/(marketDescriptions|noteTypes|ownershipTypes|portalSecurityLevels|states|teamRoles)
  configurations/types
  expense/(classifications|info/taxTypes|paymentTypes|types)
  finance/(agreements/types|agreementTypes|billingCycles|billingStatuses|billingTerms|currencies|deliveryMethods)
  finance/(info/currencyCodes|taxCodes)
  procurement/(adjustments/types|catalog|categories|manufacturers|purchaseorderstatuses|rmaActions|RMADispositions|rmaStatuses)
  procurement/(shipmentmethods|subcategories|types|unitOfMeasures)
  project/(boards|projectTypes|statuses|statusIndicators|phaseStatuses|securityRoles)
  sales/(activities/statuses|activities/types|opportunities/ratings|opportunities/statuses|opportunities/types)
  sales/(orders/statuses|probabilities|roles|stages)
  schedule/(calendars|colors|holidayLists|reminderTimes|statuses|types)
  service/(boards|info|codes|impacts|severities|priorities|priority|SLAs|slainfo|sources|locations|teams)
  service/(knowledgeBaseArticles|knowledgeBaseCategories|knowledgeBaseSubCategories|surveys)
  system/(info|cwTimeZones|timeZoneSetups|departments|locations|members/types|mySecurity|skills|skillCategories)
  system/(securityRoles|userDefinedFields|inOutTypes|myCompany/other|myCompany/timeExpense|myCompany/corporateStructure)
  time/(workRoles|workTypes|chargeCodes|timePeriodSetups|info|accruals)
`);

/** Reference data of which what stands below is somebody's own. */
export const REFERENCE_ALONE =
  /^\/(system\/(members(\/count|\/\{[^}]+\}(\/(image|skills|certifications|accruals)(\/.*)?)?)?)|system\/myMembers|(time\/sheets|expense\/reports)(\/count|\/\{[^}]+\})?)$/i;
