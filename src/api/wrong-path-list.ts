import type { WrongPath } from './model.ts';

const SEARCH = 'There is no search path here: list with `conditions`, for example conditions=name like "Acme%".';

/**
 * The operations that people, other clients and old documentation use and that the API does not have. Facts of the 2022.1
 * document.
 */
export const WRONG_PATHS: readonly WrongPath[] = [
  {
    methods: ['GET'],
    paths: ['service/tickets/search', 'project/tickets/search'],
    advice: 'Searching tickets is a POST whose body carries the conditions; a GET of the list takes `conditions` too.',
    operations: ['POST /service/tickets/search', 'POST /project/tickets/search', 'GET /service/tickets'],
  },
  ...[
    'company/companies',
    'company/configurations',
    'company/contacts',
    'service/knowledgeBaseArticles',
    'system/members',
    'time/entries',
    'time/sheets',
    'schedule/entries',
    'project/projects',
    'sales/opportunities',
    'finance/agreements',
    'finance/invoices',
  ].map((list) => ({ paths: [`${list}/search`], advice: SEARCH, operations: [`GET /${list}`] })),
  {
    paths: ['company/configurations/*/typeQuestions/**'],
    advice:
      'The answers are the `questions` list of the configuration itself; the options of a question belong to the configuration type.',
    operations: [
      'PATCH /company/configurations/{id}',
      'GET /company/configurations/types/{grandparentId}/questions/{parentId}/values',
    ],
  },
  {
    paths: ['company/configurations/*/additions/**'],
    advice: 'Additions belong to agreements; a configuration is attached to the agreement.',
    operations: ['GET /finance/agreements/{parentId}/additions', 'GET /finance/agreements/{parentId}/configurations'],
  },
  {
    paths: ['service/serviceLocations/**'],
    advice: 'Service locations (on-site, remote, in-house) are /service/locations.',
    operations: ['GET /service/locations', 'GET /service/locations/{id}', 'GET /service/locations/count'],
  },
  {
    paths: ['service/callbacks/**', 'company/callbacks/**'],
    advice: 'Callbacks of every kind are registered under /system/callbacks.',
    operations: ['GET /system/callbacks', 'POST /system/callbacks', 'DELETE /system/callbacks/{id}'],
  },
  {
    methods: ['DELETE'],
    paths: ['system/members/*'],
    advice: 'Members cannot be deleted; deactivate them.',
    operations: ['POST /system/members/{id}/deactivate'],
  },
  {
    methods: ['GET', 'DELETE'],
    paths: ['system/members/*/tokens/**'],
    advice: 'Tokens can only be created; they expire by themselves after about four hours.',
    operations: ['POST /system/members/{memberIdentifier}/tokens'],
  },
  {
    paths: ['system/myAccount', 'system/me', 'system/whoami', 'system/currentUser'],
    advice:
      'An account is read by its member id; /system/mySecurity tells the rights of the caller, /system/members finds a member by identifier.',
    operations: ['GET /system/myAccount/{id}', 'GET /system/mySecurity', 'GET /system/members/{memberIdentifier}'],
  },
  {
    paths: ['system/apiReports/**', 'reports/**'],
    advice: 'Reports are /system/reports: names first, then rows by name; `columns` and `conditions` choose.',
    operations: [
      'GET /system/reports',
      'GET /system/reports/{reportName}',
      'GET /system/reports/{reportName}/columns',
      'GET /system/reports/{reportName}/count',
    ],
  },
  {
    paths: ['time/sheets/*/reopen', 'time/sheets/*/unsubmit', 'time/sheets/*/recall'],
    advice: 'A submitted time sheet is opened again by reversing it.',
    operations: ['POST /time/sheets/{id}/reverse'],
  },
  {
    methods: ['POST', 'PUT', 'PATCH'],
    paths: ['time/sheets', 'time/sheets/*'],
    advice:
      'Time sheets are made by Manage for each member and period; they change by their time entries and by these actions.',
    operations: [
      'POST /time/sheets/{id}/submit',
      'POST /time/sheets/{id}/approve',
      'POST /time/sheets/{id}/reject',
      'POST /time/sheets/{id}/reverse',
    ],
  },
  {
    paths: ['time/entries/*/submit', 'time/entries/*/approve', 'time/entries/*/reject'],
    advice: 'Time is submitted and approved by the time sheet, not by the entry; `timeSheet` of the entry names it.',
    operations: ['POST /time/sheets/{id}/submit', 'POST /time/sheets/{id}/approve', 'POST /time/sheets/{id}/reject'],
  },
  {
    paths: ['project/tickets/*/copy'],
    advice: 'Read the ticket and create another one from it.',
    operations: ['GET /project/tickets/{id}', 'POST /project/tickets'],
  },
  {
    paths: ['service/tickets/*/calculateSla'],
    advice: 'Reading a single ticket gives its current SLA values.',
    operations: ['GET /service/tickets/{id}'],
  },
  {
    paths: [
      'service/statuses/**',
      'service/types/**',
      'service/subtypes/**',
      'service/items/**',
      'service/ticketStatuses/**',
    ],
    advice: 'Statuses, types, subtypes, items and teams belong to a board: the same name has another id on each board.',
    operations: [
      'GET /service/boards/{parentId}/statuses',
      'GET /service/boards/{parentId}/types',
      'GET /service/boards/{parentId}/subtypes',
      'GET /service/boards/{parentId}/items',
      'GET /service/boards/{parentId}/teams',
    ],
  },
  {
    paths: ['service/boards/*/tickets/**'],
    advice: 'Tickets of a board are the ticket list with conditions=board/id=N.',
    operations: ['GET /service/tickets'],
  },
  {
    paths: ['company/companies/*/tickets/**'],
    advice: 'Tickets of a company are the ticket list with conditions=company/id=N.',
    operations: ['GET /service/tickets', 'GET /project/tickets'],
  },
  {
    paths: ['company/companies/*/contacts/**'],
    advice: 'Contacts of a company are the contact list with conditions=company/id=N.',
    operations: ['GET /company/contacts'],
  },
  {
    paths: ['company/companies/*/configurations/**', 'service/configurations', 'company/assets/**'],
    advice: 'Configurations (devices, assets) of a company are the configuration list with conditions=company/id=N.',
    operations: ['GET /company/configurations'],
  },
  {
    paths: ['company/companies/*/agreements/**', 'company/agreements/**'],
    advice: 'Agreements are under /finance; those of a company with conditions=company/id=N.',
    operations: ['GET /finance/agreements'],
  },
  {
    paths: ['company/sites/**', 'company/notes/**'],
    advice: 'Sites and notes are found below their company.',
    operations: ['GET /company/companies/{parentId}/sites', 'GET /company/companies/{parentId}/notes'],
  },
  {
    paths: ['service/tickets/*/resources/**', 'service/tickets/*/members/**', 'service/tickets/*/assign'],
    advice:
      'People are assigned to a ticket by schedule entries (type id 4, objectId = the ticket); `resources` of the ticket follows.',
    operations: ['POST /schedule/entries', 'GET /schedule/entries', 'DELETE /schedule/entries/{id}'],
  },
  {
    methods: ['POST'],
    paths: ['service/tickets/*/timeentries', 'project/tickets/*/timeentries'],
    advice: 'Time is entered under /time with chargeToType ServiceTicket or ProjectTicket and chargeToId = the ticket.',
    operations: ['POST /time/entries'],
  },
  {
    paths: ['service/tickets/*/attachments/**', 'project/tickets/*/attachments/**'],
    advice: 'Attachments are documents: listed and uploaded with recordType=Ticket and recordId = the ticket.',
    operations: ['GET /system/documents', 'POST /system/documents', 'GET /system/documents/{id}/download'],
  },
  {
    methods: ['POST'],
    paths: ['service/tickets/*/documents', 'project/tickets/*/documents'],
    advice: 'Documents are uploaded under /system, as multipart form with recordType=Ticket and recordId = the ticket.',
    operations: ['POST /system/documents'],
  },
  {
    methods: ['POST'],
    paths: ['service/tickets/*/close', 'service/tickets/*/status'],
    advice: 'A ticket is closed by giving it a closed status of its board (`closedStatus` of the status is true).',
    operations: ['PATCH /service/tickets/{id}', 'GET /service/boards/{parentId}/statuses'],
  },
  {
    paths: ['system/workRoles/**', 'system/workTypes/**', 'service/workRoles/**', 'service/workTypes/**'],
    advice: 'Work roles and work types are under /time.',
    operations: ['GET /time/workRoles', 'GET /time/workTypes'],
  },
  {
    paths: ['system/customFields/**', 'company/customFields/**', 'service/customFields/**'],
    advice:
      'Custom fields are defined as user-defined fields; their values are the `customFields` list of each record.',
    operations: ['GET /system/userDefinedFields'],
  },
  {
    paths: ['system/chargeCodes/**', 'finance/chargeCodes/**'],
    advice: 'Charge codes are under /time.',
    operations: ['GET /time/chargeCodes'],
  },
  {
    paths: ['system/users/**', 'system/technicians/**', 'company/members/**'],
    advice: 'Users and technicians are members.',
    operations: ['GET /system/members', 'GET /system/members/{id}'],
  },
  {
    paths: ['finance/invoices/types/**', 'finance/invoices/statuses/**', 'finance/invoiceStatuses/**'],
    advice: 'The type of an invoice is an enumeration; its statuses are the billing statuses.',
    operations: ['GET /finance/billingStatuses', 'GET /finance/invoices'],
  },
  {
    methods: ['POST'],
    paths: ['sales/opportunities/*/convert', 'sales/opportunities/*/win'],
    advice: 'What an opportunity becomes is part of the path.',
    operations: [
      'POST /sales/opportunities/{id}/convertToAgreement',
      'POST /sales/opportunities/{id}/convertToProject',
      'POST /sales/opportunities/{id}/convertToSalesOrder',
      'POST /sales/opportunities/{id}/convertToServiceTicket',
    ],
  },
  {
    methods: ['POST', 'DELETE'],
    paths: ['service/severities/**', 'service/impacts/**'],
    advice:
      'Severities and impacts are fixed (Low, Medium, High); their names can be changed, none can be added or deleted.',
    operations: ['PUT /service/severities/{id}', 'PUT /service/impacts/{id}'],
  },
];
