import { isRecord } from '../../json.ts';
import { idOf, nameIn } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { enteredOf } from './information.ts';
import { goalOf } from './service-goals.ts';
import { COMPANIES, type Sources } from './sources.ts';

/** How a record gets a member that it was not given; nothing where the member stays absent. */
export interface Rule {
  (sources: Sources, record: SandboxRecord): unknown;
  /** Whether the record alone decides. */
  readonly isOwn?: boolean;
}

/** A rule that looks at the record alone. */
export const own = (read: (record: SandboxRecord) => unknown): Rule =>
  Object.assign((_: Sources, record: SandboxRecord) => read(record), { isOwn: true });

const siteMember =
  (member: string): Rule =>
  (sources, record) =>
    sources.site(record)?.[member];

export const ofCompany =
  (member: string): Rule =>
  (sources, record) =>
    sources.company(record)?.[member];

const ownCompany: Rule = own(({ company }) => company);
const stateOf: Rule = (sources, record) =>
  (sources.site(record)?.stateReference as { identifier?: unknown } | undefined)?.identifier;
const nameOfCountry: Rule = (sources, record) =>
  nameIn(sources.site(record)?.country ?? sources.first('CountryReference'));
export const firstOf =
  (schema: string): Rule =>
  (sources) =>
    sources.first(schema);
export const idOfFirst =
  (member: string, schema: string): Rule =>
  (sources, record) =>
    idOf(record[member]) ?? idOf(sources.first(schema));
const ofBoard =
  (member: string, schema: string): Rule =>
  (sources, record) =>
    sources.record('/service/boards', record.board)?.[member] ?? sources.first(schema);

export const typeOfAgreement: Rule = (sources, { agreement }) =>
  nameIn(sources.record('/finance/agreements', agreement)?.type);

/** Where a member is a text, it tells the name of the record that others refer to. */
export const byName = (rule: Rule): Rule => {
  const read: Rule = (sources, record) => {
    const value = rule(sources, record);
    return isRecord(value) ? value.name : value;
  };
  return Object.assign(read, { isOwn: rule.isOwn });
};

export const LOCATION = 'SystemLocationReference';
export const DEPARTMENT = 'SystemDepartmentReference';

/** What a record of a customer takes over from the customer, its site and the provider's own tables. */
export const OF_CUSTOMERS: Readonly<Record<string, Rule>> = {
  addressLine1: siteMember('addressLine1'),
  addressLine2: siteMember('addressLine2'),
  city: siteMember('city'),
  zip: siteMember('zip'),
  stateIdentifier: stateOf,
  country: (sources, record) => sources.site(record)?.country ?? sources.first('CountryReference'),
  location: ofBoard('location', LOCATION),
  department: ofBoard('department', DEPARTMENT),
  companyLocation: (sources, record) => sources.company(record)?.territory ?? sources.first(LOCATION),
  territory: (sources, record) => sources.company(record)?.territory ?? sources.first(LOCATION),
  locationId: idOfFirst('location', LOCATION),
  companyLocationId: idOfFirst('companyLocation', LOCATION),
  businessUnitId: idOfFirst('department', DEPARTMENT),
  departmentId: idOfFirst('department', DEPARTMENT),
  territoryId: idOfFirst('territory', LOCATION),
  businessUnit: firstOf(DEPARTMENT),
  taxCode: firstOf('TaxCodeReference'),
  billToCompany: ownCompany,
  shipToCompany: ownCompany,
  billToContact: own(({ contact }) => contact),
  billToSite: ofCompany('site'),
  shipToSite: ofCompany('site'),
};

/** The same for invoices, posted or not. */
const OF_INVOICES: Readonly<Record<string, Rule>> = {
  billingSite: ofCompany('site'),
  billingSiteAddressLine1: siteMember('addressLine1'),
  billingSiteAddressLine2: siteMember('addressLine2'),
  billingSiteCity: siteMember('city'),
  billingSiteState: stateOf,
  billingSiteZip: siteMember('zip'),
  billingSiteCountry: nameOfCountry,
  shippingSite: ofCompany('site'),
  shippingSiteAddressLine1: siteMember('addressLine1'),
  shippingSiteAddressLine2: siteMember('addressLine2'),
  shippingSiteCity: siteMember('city'),
  shippingSiteState: stateOf,
  shippingSiteZip: siteMember('zip'),
  shippingSiteCountry: nameOfCountry,
  billingTerms: (sources, record) => sources.company(record)?.billingTerms ?? sources.first('BillingTermsReference'),
  billingSetupReference: firstOf('BillingSetupReference'),
  accountNumber: (sources, record) => sources.company(record)?.accountNumber ?? '',
  attention: (sources, record) => nameIn(sources.company(record)?.defaultContact) ?? '',
};

const firstName = (list: unknown): string | undefined => (typeof list === 'string' ? list.split(', ')[0] : undefined);
const ticketOf = (sources: Sources, { chargeToType, ticket }: SandboxRecord): SandboxRecord | undefined =>
  sources.record(chargeToType === 'ProjectTicket' ? '/project/tickets' : '/service/tickets', ticket);
const isPaid = (sources: Sources, { status }: SandboxRecord): boolean =>
  sources.record('/finance/billingStatuses', status)?.closedFlag === true;

const minutesBetween = (from: unknown, to: unknown): number => {
  const minutes = (Date.parse(String(to)) - Date.parse(String(from))) / 60_000;
  return Number.isFinite(minutes) && minutes > 0 ? Math.round(minutes) : 0;
};

const ownLocation: Rule = (sources, { defaultLocation }) => defaultLocation ?? sources.first(LOCATION);
const ownDepartment: Rule = (sources, { defaultDepartment }) => defaultDepartment ?? sources.first(DEPARTMENT);

/** What only the records of one schema take over. */
export const OF_SCHEMAS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Ticket: {
    resolveMinutes: own((record) => minutesBetween(enteredOf(record), record.dateResolved)),
    // The words of every open ticket are "Resolve by": whoever responded made the plan.
    dateResplan: own((record) => record.dateResponded ?? record.dateResolved),
    escalationStartDateUTC: own(enteredOf),
    respondByGoalUTC: (sources, record) => goalOf(sources.store, record, 'respondHours'),
    resplanGoalUTC: (sources, record) => goalOf(sources.store, record, 'planWithin'),
    resolutionGoalUTC: (sources, record) => goalOf(sources.store, record, 'resolutionHours'),
    respondedBy: own(({ dateResponded, resources }) =>
      dateResponded === undefined ? undefined : firstName(resources),
    ),
    resplanBy: own(({ dateResolved, closedBy }) => (dateResolved === undefined ? undefined : closedBy)),
    resolvedBy: own(({ dateResolved, closedBy }) => (dateResolved === undefined ? undefined : closedBy)),
  },
  Company: {
    addressLine1: siteMember('addressLine1'),
    addressLine2: siteMember('addressLine2'),
    city: siteMember('city'),
    state: stateOf,
    zip: siteMember('zip'),
    country: (sources, record) => sources.site(record)?.country ?? sources.first('CountryReference'),
    territory: firstOf(LOCATION),
    status: firstOf('CompanyStatusReference'),
    timeZoneSetup: firstOf('TimeZoneSetupReference'),
    taxCode: firstOf('TaxCodeReference'),
    billingTerms: firstOf('BillingTermsReference'),
    billToCompany: own(({ id, identifier, name }) => ({
      id,
      identifier,
      name,
      _info: { company_href: `${COMPANIES}/${id}` },
    })),
    billingSite: own(({ site }) => site),
    billingContact: own(({ defaultContact }) => defaultContact),
    invoiceDeliveryMethod: own(() => ({ id: 1, name: 'Mail' })),
    dateAcquired: own(enteredOf),
  },
  TimeEntry: {
    companyType: (sources, record) => nameIn((sources.company(record)?.types as unknown[] | undefined)?.[0]),
    businessGroupDesc: (sources, record) =>
      nameIn(sources.record('/system/departments', { id: record.businessUnitId }) ?? sources.first(DEPARTMENT)),
    locationName: (sources, record) =>
      nameIn(sources.record('/system/locations', { id: record.locationId }) ?? sources.first(LOCATION)),
    territory: (sources, record) => nameIn(sources.company(record)?.territory),
    agreementType: typeOfAgreement,
    hourlyCost: own(() => '0.00'),
    ticketBoard: (sources, record) => nameIn(ticketOf(sources, record)?.board),
    ticketStatus: (sources, record) => nameIn(ticketOf(sources, record)?.status),
    projectActivity: (sources, record) =>
      record.project === undefined ? undefined : ticketOf(sources, record)?.summary,
  },
  Contact: { companyLocation: OF_CUSTOMERS.companyLocation as Rule },
  Invoice: {
    ...OF_INVOICES,
    closedBy: (sources, record) => (isPaid(sources, record) ? 'mobrien' : undefined),
    glBatch: (sources, record) => (isPaid(sources, record) ? sources.first('BatchReference') : undefined),
  },
  UnpostedInvoice: OF_INVOICES,
  Agreement: { site: ofCompany('site') },
  ExpenseEntry: {
    classification: firstOf('ClassificationReference'),
    paymentMethod: firstOf('PaymentMethodReference'),
  },
  Member: {
    type: firstOf('MemberTypeReference'),
    country: firstOf('CountryReference'),
    securityLocation: ownLocation,
    structureLevel: own(() => ({ id: 1, name: 'Location' })),
    serviceDefaultLocation: ownLocation,
    serviceDefaultDepartment: ownDepartment,
    projectDefaultLocation: ownLocation,
    projectDefaultDepartment: ownDepartment,
    scheduleDefaultLocation: ownLocation,
    scheduleDefaultDepartment: ownDepartment,
    lastLogin: own((record) => (record._info as { lastUpdated?: unknown } | undefined)?.lastUpdated),
  },
  Project: {
    contact: ofCompany('defaultContact'),
    billToContact: (sources, record) => record.contact ?? sources.company(record)?.defaultContact,
    shipToContact: (sources, record) => record.contact ?? sources.company(record)?.defaultContact,
    site: ofCompany('site'),
    type: firstOf('ProjectTypeReference'),
    billingTerms: firstOf('BillingTermsReference'),
    timeApprover: own(({ manager }) => manager),
    expenseApprover: own(({ manager }) => manager),
    description: own(() => ''),
  },
  Activity: {
    scheduleStatus: firstOf('ScheduleStatusReference'),
    reminder: firstOf('ReminderReference'),
    phoneNumber: (sources, record) => sources.record('/company/contacts', record.contact)?.defaultPhoneNbr,
  },
  Opportunity: {
    rating: firstOf('OpportunityRatingReference'),
    priority: own(() => ({ id: 1, name: 'Normal' })),
    billingTerms: firstOf('BillingTermsReference'),
    source: own(() => ''),
  },
  CompanySite: {
    country: firstOf('CountryReference'),
    taxCode: firstOf('TaxCodeReference'),
    timeZone: firstOf('TimeZoneSetupReference'),
    territory: firstOf(LOCATION),
    phoneNumber: own(() => ''),
    faxNumber: own(() => ''),
  },
  CatalogItem: {
    vendorSku: own(() => ''),
    manufacturerPartNumber: own(() => ''),
    category: firstOf('ProductCategoryReference'),
  },
  PurchaseOrder: {
    location: firstOf(LOCATION),
    businessUnit: firstOf(DEPARTMENT),
    taxCode: firstOf('TaxCodeReference'),
    shipmentMethod: firstOf('ShipmentMethodReference'),
    warehouse: firstOf('WarehouseReference'),
    vendorSite: (sources, record) => sources.record(COMPANIES, record.vendorCompany)?.site,
    vendorContact: (sources, record) => sources.record(COMPANIES, record.vendorCompany)?.defaultContact,
  },
  UserDefinedField: {
    screenId: own(({ podId }) => `screen${String(podId)}`),
    screenDescription: own(({ podId }) => `Screen ${String(podId)}`),
    podDescription: own(({ podId }) => `Custom fields ${String(podId)}`),
    dateCreated: own(enteredOf),
  },
};
