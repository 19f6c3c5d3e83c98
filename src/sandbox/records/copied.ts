import type { ApiDescription, Field, Schema } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { placeOfReference } from '../reference-places.ts';
import { expand, idOf } from '../references.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { HOME_CURRENCY } from './currency.ts';
import { goalOf } from './service-goals.ts';

/** Where copied members come from. */
export interface World {
  readonly store: Store;
  readonly api: ApiDescription;
}

/** How a record gets a member that it was not given; `isOwn` where the record alone decides. */
export interface Copied {
  readonly value: (record: SandboxRecord) => unknown;
  readonly isOwn: boolean;
}

const SITES = '/company/companies/{parentId}/sites';
const COMPANIES = '/company/companies';

/** Reads of other records that many members share. */
class Sources {
  readonly #world: World;
  /** Rows that are a table's default, by reference schema: asked for with every record. */
  readonly #defaults = new Map<string, { readonly version: number; readonly reference: unknown }>();

  constructor(world: World) {
    this.#world = world;
  }

  get store(): Store {
    return this.#world.store;
  }

  record(template: string, reference: unknown): SandboxRecord | undefined {
    const id = idOf(reference);
    return id === undefined ? undefined : this.#world.store.collection(template).get(id);
  }

  company(record: SandboxRecord): SandboxRecord | undefined {
    return this.record(COMPANIES, record.company);
  }

  /** The site whose address a record shows: its own, else its company's. */
  site(record: SandboxRecord): SandboxRecord | undefined {
    return this.record(SITES, record.site ?? this.company(record)?.site);
  }

  /** The row of a table that is marked as default, else its first. */
  first(schema: string): unknown {
    const template = placeOfReference(schema);
    if (template === undefined) return undefined;
    const rows = this.#world.store.collection(template);
    const known = this.#defaults.get(schema);
    if (known?.version === rows.version) return known.reference;
    let chosen: SandboxRecord | undefined;
    for (const row of rows.all()) {
      chosen ??= row;
      if (row.defaultFlag !== true) continue;
      chosen = row;
      break;
    }
    const reference = chosen && Object.freeze(expand(chosen, schema, template, this.#world.api));
    this.#defaults.set(schema, { version: rows.version, reference });
    return reference;
  }
}

type Rule = (sources: Sources, record: SandboxRecord) => unknown;

const siteMember =
  (member: string): Rule =>
  (sources, record) =>
    sources.site(record)?.[member];

const ofCompany =
  (member: string): Rule =>
  (sources, record) =>
    sources.company(record)?.[member];

const ownCompany: Rule = (_, { company }) => company;
const stateOf: Rule = (sources, record) =>
  (sources.site(record)?.stateReference as { identifier?: unknown } | undefined)?.identifier;
const nameOfCountry: Rule = (sources, record) =>
  ((sources.site(record)?.country ?? sources.first('CountryReference')) as { name?: unknown } | undefined)?.name;
const firstOf =
  (schema: string): Rule =>
  (sources) =>
    sources.first(schema);
const idOfFirst =
  (member: string, schema: string): Rule =>
  (sources, record) =>
    idOf(record[member]) ?? idOf(sources.first(schema));
const ofBoard =
  (member: string, schema: string): Rule =>
  (sources, record) =>
    sources.record('/service/boards', record.board)?.[member] ?? sources.first(schema);

/** Where a member is a text, it tells the name of the record that others refer to. */
const byName =
  (rule: Rule): Rule =>
  (sources, record) => {
    const value = rule(sources, record);
    return isRecord(value) ? value.name : value;
  };

const LOCATION = 'SystemLocationReference';
const DEPARTMENT = 'SystemDepartmentReference';

/** What a record of a customer takes over from the customer, its site and the provider's own tables. */
const OF_CUSTOMERS: Readonly<Record<string, Rule>> = {
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
  billToContact: (_, { contact }) => contact,
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
  attention: (sources, record) =>
    (sources.company(record)?.defaultContact as { name?: unknown } | undefined)?.name ?? '',
};

const minutesBetween = (from: unknown, to: unknown): number => {
  const minutes = (Date.parse(String(to)) - Date.parse(String(from))) / 60_000;
  return Number.isFinite(minutes) && minutes > 0 ? Math.round(minutes) : 0;
};

const entered = (record: SandboxRecord): unknown =>
  (record._info as { dateEntered?: unknown } | undefined)?.dateEntered;

/** What only the records of one schema take over. */
const OF_SCHEMAS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Ticket: {
    resolveMinutes: (_, record) => minutesBetween(entered(record), record.dateResolved),
    dateResplan: (_, record) => record.dateResolved,
    respondByGoalUTC: (sources, record) => goalOf(sources.store, record, 'respondHours'),
    resplanGoalUTC: (sources, record) => goalOf(sources.store, record, 'planWithin'),
    resolutionGoalUTC: (sources, record) => goalOf(sources.store, record, 'resolutionHours'),
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
    billToCompany: (_, { id, identifier, name }) => ({
      id,
      identifier,
      name,
      _info: { company_href: `${COMPANIES}/${id}` },
    }),
    billingSite: (_, { site }) => site,
    billingContact: (_, { defaultContact }) => defaultContact,
    invoiceDeliveryMethod: () => ({ id: 1, name: 'Mail' }),
    dateAcquired: (_, record) => entered(record),
  },
  Contact: { companyLocation: OF_CUSTOMERS.companyLocation as Rule },
  Invoice: OF_INVOICES,
  UnpostedInvoice: OF_INVOICES,
  Agreement: { site: ofCompany('site') },
  ExpenseEntry: {
    classification: firstOf('ClassificationReference'),
    paymentMethod: firstOf('PaymentMethodReference'),
  },
  UserDefinedField: { dateCreated: (_, record) => entered(record) },
};

/** Addresses of their own, or none. */
const WITHOUT_CUSTOMER = new Set(['Contact', 'Company', 'CompanySite']);

/** Who wrote a record and when, where its schema has members for that. */
const STAMPS: Readonly<Record<string, string>> = {
  dateEntered: 'dateEntered',
  dateCreated: 'dateEntered',
  createdDate: 'dateEntered',
  enteredDate: 'dateEntered',
  enteredBy: 'enteredBy',
  createdBy: 'enteredBy',
  lastUpdated: 'lastUpdated',
  lastUpdate: 'lastUpdated',
  updatedBy: 'updatedBy',
};

const OWN_RULES = new Set(['resolveMinutes', 'dateResplan', 'dateAcquired', 'dateCreated', 'billToContact']);

function ruleOf(schema: Schema, name: string, field: Field): Rule | undefined {
  const own = OF_SCHEMAS[schema.name]?.[name];
  if (own !== undefined) return own;
  if (field.type === 'reference' && field.schema === 'CurrencyReference') return () => HOME_CURRENCY;
  const isCustomers = schema.fields.has('company') && !WITHOUT_CUSTOMER.has(schema.name);
  const rule = isCustomers ? OF_CUSTOMERS[name] : undefined;
  return rule !== undefined && field.type === 'string' ? byName(rule) : rule;
}

/** Members that a record takes over from others when it has none of its own, by name. `template` is where the records are. */
export function copiedMembers(schema: Schema, template: string, world: World): ReadonlyMap<string, Copied> {
  const sources = new Sources(world);
  const found = new Map<string, Copied>();
  for (const [name, field] of schema.fields) {
    const stamp = STAMPS[name];
    const rule = ruleOf(schema, name, field);
    if (field.format === 'uuid') found.set(name, { value: ({ id }) => guidOf(`${template} ${id}`), isOwn: true });
    else if (rule !== undefined) {
      const isOwn = OWN_RULES.has(name) || field.schema === 'CurrencyReference';
      found.set(name, { value: (record) => rule(sources, record), isOwn });
    } else if (stamp !== undefined && (field.type === 'string' || field.type === 'datetime'))
      found.set(name, {
        value: ({ _info }) => (_info as Record<string, unknown> | undefined)?.[stamp],
        isOwn: true,
      });
  }
  return found;
}
