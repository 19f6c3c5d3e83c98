/** Where the records of a reference live. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  ActivityReference: '/sales/activities',
  ActivityStatusReference: '/sales/activities/statuses',
  ActivityTypeReference: '/sales/activities/types',
  AgreementReference: '/finance/agreements',
  AgreementTypeReference: '/finance/agreements/types',
  BillingCycleReference: '/finance/billingCycles',
  BillingStatusReference: '/finance/billingStatuses',
  BillingTermsReference: '/finance/billingTerms',
  BoardReference: '/service/boards',
  CalendarReference: '/schedule/calendars',
  CatalogItemReference: '/procurement/catalog',
  ChargeCodeReference: '/time/chargeCodes',
  NoteTypeReference: '/company/noteTypes',
  TeamRoleReference: '/company/teamRoles',
  StateReference: '/company/states',
  CommunicationTypeReference: '/company/communicationTypes',
  CompanyReference: '/company/companies',
  CompanyStatusReference: '/company/companies/statuses',
  CompanyTypeReference: '/company/companies/types',
  ConfigurationReference: '/company/configurations',
  ConfigurationStatusReference: '/company/configurations/statuses',
  ConfigurationTypeReference: '/company/configurations/types',
  ContactReference: '/company/contacts',
  ContactTypeReference: '/company/contacts/types',
  CountryReference: '/company/countries',
  ClassificationReference: '/expense/classifications',
  ExpenseTaxTypeReference: '/expense/info/taxTypes',
  ExpenseTypeReference: '/expense/types',
  HolidayListReference: '/schedule/holidayLists',
  ImpactReference: '/service/impacts',
  ManufacturerReference: '/procurement/manufacturers',
  MemberReference: '/system/members',
  MemberTypeReference: '/system/members/types',
  OpportunityReference: '/sales/opportunities',
  OpportunityStageReference: '/sales/stages',
  OpportunityStatusReference: '/sales/opportunities/statuses',
  OpportunityTypeReference: '/sales/opportunities/types',
  PaymentMethodReference: '/expense/paymentTypes',
  PriorityReference: '/service/priorities',
  ProjectBoardReference: '/service/boards',
  ProjectPhaseReference: '/project/projects/{parentId}/phases',
  ProjectReference: '/project/projects',
  ProjectRoleReference: '/project/securityRoles',
  ProjectStatusReference: '/project/statuses',
  ProjectTypeReference: '/project/projectTypes',
  SLAReference: '/service/SLAs',
  ScheduleStatusReference: '/schedule/statuses',
  ScheduleTypeReference: '/schedule/types',
  SecurityRoleReference: '/system/securityroles',
  ServiceItemReference: '/service/boards/{parentId}/items',
  ServiceLocationReference: '/service/locations',
  ServiceSourceReference: '/service/sources',
  ServiceStatusReference: '/service/boards/{parentId}/statuses',
  ServiceSubTypeReference: '/service/boards/{parentId}/subtypes',
  ServiceTeamReference: '/service/boards/{parentId}/teams',
  ServiceTypeReference: '/service/boards/{parentId}/types',
  SiteReference: '/company/companies/{parentId}/sites',
  SystemDepartmentReference: '/system/departments',
  SystemLocationReference: '/system/locations',
  TicketReference: '/service/tickets',
  TimePeriodSetupReference: '/time/timePeriodSetups',
  TimeSheetReference: '/time/sheets',
  TimeZoneSetupReference: '/system/timeZoneSetups',
  WorkRoleReference: '/time/workRoles',
  InvoiceReference: '/finance/invoices',
  IvItemReference: '/procurement/catalog',
  OrderStatusReference: '/sales/orders/statuses',
  PurchaseOrderStatusReference: '/procurement/purchaseorderstatuses',
  UnitOfMeasureReference: '/procurement/unitOfMeasures',
  ProductTypeReference: '/procurement/types',
  WorkTypeReference: '/time/workTypes',
  CampaignReference: '/marketing/campaigns',
  CampaignStatusReference: '/marketing/campaigns/statuses',
  CampaignSubTypeReference: '/marketing/campaigns/subTypes',
  CampaignTypeReference: '/marketing/campaigns/types',
  GroupReference: '/marketing/groups',
  OpportunityProbabilityReference: '/sales/probabilities',
  RmaActionReference: '/procurement/rmaActions',
  RmaDispositionReference: '/procurement/RMADispositions',
  RmaStatusReference: '/procurement/rmaStatuses',
  ServiceSurveyReference: '/service/surveys',
  ServiceTemplateReference: '/service/templates',
  WarehouseBinReference: '/procurement/warehouseBins',
  WarehouseReference: '/procurement/warehouses',
};

/** Words by which Manage names a record that a reference should lead to, where they differ from the field's name. */
export const LABELS: Readonly<Record<string, string>> = {
  ServiceStatusReference: 'Service Status',
  ServiceTypeReference: 'Service Type',
  ServiceSubTypeReference: 'Service SubType',
  ServiceItemReference: 'Service Item',
  ServiceTeamReference: 'Service Team',
};

/** Where a reference of this schema leads, as far as what it names is looked up. */
export const collectionOfReference = (schema: string): string | undefined => COLLECTIONS[schema];

/** Tables whose rows are linked to, without being looked up when a record refers to them. */
const LINKED: Readonly<Record<string, string>> = {
  CurrencyReference: '/finance/currencies',
  TaxCodeReference: '/finance/taxCodes',
  BillingSetupReference: '/finance/billingSetups',
  ContactDepartmentReference: '/company/contacts/departments',
  RelationshipReference: '/company/contacts/relationships',
  ExpenseReportReference: '/expense/reports',
  MarketDescriptionReference: '/company/marketDescriptions',
  OwnershipTypeReference: '/company/ownershipTypes',
  PhaseStatusReference: '/project/phaseStatuses',
  ProductCategoryReference: '/procurement/categories',
  ProductSubCategoryReference: '/procurement/subcategories',
  ProductReference: '/procurement/products',
  PurchaseOrderReference: '/procurement/purchaseorders',
  SalesOrderReference: '/sales/orders',
  ScheduleEntryReference: '/schedule/entries',
  ServiceCodeReference: '/service/codes',
  ServiceEmailTemplateReference: '/service/emailTemplates',
  ShipmentMethodReference: '/procurement/shipmentmethods',
  SkillReference: '/system/skills',
  CertificationReference: '/system/certifications',
  CorporateStructureLevelReference: '/system/myCompany/corporateStructureLevels',
  ReminderReference: '/schedule/reminderTimes',
  OpportunityRatingReference: '/sales/opportunities/ratings',
  StatusIndicatorReference: '/project/statusIndicators',
  TimeEntryReference: '/time/entries',
  TrackReference: '/company/tracks',
  BatchReference: '/finance/accounting/batches',
};

/** Where the record of a reference is found, looked up or not; `undefined` for references that no table is known for. */
export const placeOfReference = (schema: string): string | undefined => COLLECTIONS[schema] ?? LINKED[schema];

/** What the server calls the link of a reference, where that is not the table's own name. */
const LINK_NAMES: Readonly<Record<string, string>> = {
  '/service/SLAs': 'sla',
  '/procurement/unitOfMeasures': 'uom',
  '/expense/paymentTypes': 'method',
  '/procurement/catalog': 'catalog',
  '/project/securityRoles': 'projectRole',
  '/time/sheets': 'timeSheet',
  '/expense/reports': 'expenseReport',
  '/finance/accounting/batches': 'batch',
};

/** `companies` gives `company`, `statuses` `status`. */
const singular = (plural: string): string =>
  plural
    .replace(/ies$/, 'y')
    .replace(/(us|ss)es$/, '$1')
    .replace(/([^su])s$/, '$1');

/** `company_href`, `status_href`, `timeZoneSetup_href`: how the link to a record of a table is called. */
export function linkNameOf(template: string): string {
  const segment = template.split('/').at(-1) ?? '';
  const name = LINK_NAMES[template] ?? singular(segment);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}_href`;
}
