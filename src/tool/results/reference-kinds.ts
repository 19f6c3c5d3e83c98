import type { NameKind } from '../../names/index.ts';

/** What a reference of the API is a name of; of the others people write names that several records may have. */
export const KINDS: Readonly<Record<string, NameKind>> = {
  ActivityStatusReference: 'activityStatus',
  ActivityTypeReference: 'activityType',
  AgreementTypeReference: 'agreementType',
  BillingCycleReference: 'billingCycle',
  BillingStatusReference: 'billingStatus',
  BillingUnitReference: 'department',
  BoardReference: 'board',
  CampaignStatusReference: 'campaignStatus',
  CampaignTypeReference: 'campaignType',
  CompanyReference: 'company',
  CompanyStatusReference: 'companyStatus',
  ConfigurationStatusReference: 'configurationStatus',
  ConfigurationTypeReference: 'configurationType',
  ExpenseTypeReference: 'expenseType',
  InvoiceReference: 'invoice',
  IvItemReference: 'catalogItem',
  ManufacturerReference: 'manufacturer',
  MemberReference: 'member',
  OpportunityStageReference: 'opportunityStage',
  OpportunityStatusReference: 'opportunityStatus',
  OpportunityTypeReference: 'opportunityType',
  OrderStatusReference: 'orderStatus',
  OwnerLevelReference: 'location',
  PhaseStatusReference: 'phaseStatus',
  PriorityReference: 'priority',
  ProductCategoryReference: 'productCategory',
  ProductSubCategoryReference: 'productSubcategory',
  ProductTypeReference: 'productType',
  ProjectBoardReference: 'board',
  ProjectStatusReference: 'projectStatus',
  PurchaseOrderStatusReference: 'purchaseOrderStatus',
  RmaDispositionReference: 'rmaDisposition',
  RmaStatusReference: 'rmaStatus',
  ScheduleStatusReference: 'scheduleStatus',
  SecurityRoleReference: 'securityRole',
  ServiceLocationReference: 'serviceLocation',
  ServiceSourceReference: 'source',
  SLAReference: 'sla',
  SystemDepartmentReference: 'department',
  SystemLocationReference: 'location',
  TeamRoleReference: 'teamRole',
  TimeZoneSetupReference: 'timeZone',
  WorkRoleReference: 'workRole',
  WorkTypeReference: 'workType',
};

/** References of which digits are the number that is printed on the record before they are an id. */
export const PRINTED: ReadonlySet<string> = new Set(['InvoiceReference']);

/** References whose names several records may have, which one comparison cannot tell apart. */
export const SHARED: Readonly<Record<string, NameKind>> = {
  AgreementReference: 'agreement',
  ContactReference: 'contact',
  OpportunityReference: 'opportunity',
  ProjectReference: 'project',
};

/** Every board has its own of these, under another id: they stand for all of that name. */
export const OF_BOARD = {
  ServiceItemReference: 'item',
  ServiceStatusReference: 'status',
  ServiceSubTypeReference: 'subtype',
  ServiceTeamReference: 'team',
  ServiceTypeReference: 'type',
} as const;

/** References that carry a letter in place of their name: "Meeting" is N. */
export const NAMELESS: Readonly<Record<string, NameKind>> = { ScheduleTypeReference: 'scheduleType' };

/** References that filters compare by name, and previews show with it. */
const FURTHER: Readonly<Record<string, NameKind>> = {
  BillingTermsReference: 'billingTerms',
  CatalogItemReference: 'catalogItem',
  SiteReference: 'site',
};

/** What people name by the reference of a schema; nothing for references without names of their own. */
export const kindOfReference = (schema = ''): NameKind | undefined =>
  KINDS[schema] ?? NAMELESS[schema] ?? SHARED[schema] ?? OF_BOARD[schema as keyof typeof OF_BOARD] ?? FURTHER[schema];

/** What people name by the reference of a schema, where several records may have the name: each customer has its own. */
export const sharedKind = (schema = ''): NameKind | undefined =>
  SHARED[schema] ?? (schema === 'SiteReference' ? 'site' : undefined);
