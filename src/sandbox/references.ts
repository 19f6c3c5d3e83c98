import type { ApiDescription, Field } from '../api/index.ts';
import { isRecord } from '../json.ts';
import type { FieldError } from './contract/failure.ts';
import type { SandboxRecord, Store } from './store/store.ts';

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
const LABELS: Readonly<Record<string, string>> = {
  ServiceStatusReference: 'Service Status',
  ServiceTypeReference: 'Service Type',
  ServiceSubTypeReference: 'Service SubType',
  ServiceItemReference: 'Service Item',
  ServiceTeamReference: 'Service Team',
};

export const collectionOfReference = (schema: string): string | undefined => COLLECTIONS[schema];

/** The name that a record shows in references to it. */
function nameOf(record: SandboxRecord): unknown {
  if (record.name !== undefined) return record.name;
  const person = [record.firstName, record.lastName].filter((part) => typeof part === 'string').join(' ');
  return person === '' ? (record.description ?? record.summary) : person;
}

/** What a reference shows of a record: a priority keeps its order as `sortOrder`, and references to it show it as `sort`. */
function shownMember(record: SandboxRecord, name: string): unknown {
  if (name === 'name') return nameOf(record);
  return name === 'sort' ? (record.sort ?? record.sortOrder) : record[name];
}

/** `companies` gives `company`, `statuses` `status`. */
const singular = (plural: string): string =>
  plural
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(us|ss)es$/, '$1')
    .replace(/([^su])s$/, '$1');

/**
 * A reference as Manage shows it: the id, the members that its schema names, and where the record is.
 * @param place template of the record's collection; with the ids of its parents, outermost first, a nested record gets its link
 */
export function expand(
  record: SandboxRecord,
  schema: string,
  place: string | { readonly template: string; readonly parentIds: readonly number[] },
  api: ApiDescription,
): Record<string, unknown> {
  const { template, parentIds } = typeof place === 'string' ? { template: place, parentIds: [] } : place;
  const expanded: Record<string, unknown> = { id: record.id };
  for (const name of api.schema(schema)?.fields.keys() ?? []) {
    if (name === 'id' || name === '_info') continue;
    // A project role has a name, and the reference to it calls that its identifier.
    const value = shownMember(record, name) ?? (name === 'identifier' ? record.name : undefined);
    if (value !== undefined && !isRecord(value) && !Array.isArray(value)) expanded[name] = value;
  }
  const segment = template.split('/').at(-1) ?? '';
  let depth = 0;
  const path = template.replace(/\{[^}]*\}/g, (parameter) => String(parentIds[depth++] ?? parameter));
  return path.includes('{')
    ? expanded
    : { ...expanded, _info: { [`${singular(segment)}_href`]: `${path}/${record.id}` } };
}

function find(store: Store, template: string, given: Record<string, unknown>): SandboxRecord | undefined | 'any' {
  const collection = store.collection(template);
  // Tables that this sandbox has no rows for take any reference: nothing valid could be sent otherwise.
  if (collection.size === 0) return 'any';
  if (given.id !== undefined && given.id !== null) {
    return (
      collection.get(Number(given.id)) ??
      (template === '/service/tickets' ? store.collection('/project/tickets').get(Number(given.id)) : undefined)
    );
  }
  for (const key of ['identifier', 'name']) {
    const wanted = given[key];
    if (typeof wanted !== 'string' || wanted === '') continue;
    const [byKey] = collection.where(key, wanted);
    if (byKey !== undefined) return byKey;
    for (const record of collection.all())
      if (String(nameOf(record)).toLowerCase() === wanted.toLowerCase()) return record;
  }
  return undefined;
}

/** Looks up and expands every reference of a record, in place; what is not there becomes an error of its field. */
export function resolveReferences(
  record: Record<string, unknown>,
  fields: ReadonlyMap<string, Field>,
  { store, api }: { readonly store: Store; readonly api: ApiDescription },
  changed: (field: string) => boolean = () => true,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, field] of fields) {
    const given = record[name];
    const template = COLLECTIONS[field.schema ?? ''];
    if (field.type !== 'reference' || !isRecord(given) || template === undefined || !changed(name)) continue;
    const found = find(store, template, given);
    if (found === 'any') continue;
    if (found === undefined) {
      const key =
        ['id', 'identifier', 'name'].find((member) => given[member] !== undefined && given[member] !== null) ?? 'id';
      const label = LABELS[field.schema ?? ''] ?? name;
      errors.push({ code: 'NotFound', message: `${label} ${String(given[key])} not found`, field: `${name}/${key}` });
    } else {
      const parentIds = store.collection(template).parentsOf(found.id);
      record[name] = expand(found, field.schema ?? '', { template, parentIds }, api);
    }
  }
  return errors;
}

export const idOf = (reference: unknown): number | undefined => {
  const id = typeof reference === 'object' && reference !== null ? (reference as { id?: unknown }).id : undefined;
  return typeof id === 'number' ? id : undefined;
};

/** Refers a member that is not set to the row that is its table's default; a table without one leaves it as it is. */
export function setDefault(
  record: Record<string, unknown>,
  member: string,
  schema: string,
  { store, api }: { readonly store: Store; readonly api: ApiDescription },
): void {
  const template = COLLECTIONS[schema];
  if (record[member] !== undefined || template === undefined) return;
  for (const row of store.collection(template).all())
    if (row.defaultFlag === true) {
      record[member] = expand(row, schema, template, api);
      return;
    }
}
