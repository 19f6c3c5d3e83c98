import { HOME_CURRENCY } from '../records/currency.ts';
import type { SandboxRecord } from '../store/store.ts';
import { COMPANIES, FIRST, LAST } from './customer-names.ts';
import { dateOnly, type Provider, utc } from './provider.ts';

const CONTACT_TYPES = ['End User', 'Approver', 'Decision Maker', 'Billing'];
/** As the table of contacts' departments has them. */
const DEPARTMENTS = ['Accounting', 'IT', 'Management', 'Operations', 'Sales'];
const TITLES = ['Office Manager', 'IT Coordinator', 'Accountant', 'Director', 'Receptionist', 'Operations Manager'];
const STREETS = ['Main Street', 'Harbour Road', 'Station Avenue', 'Mill Lane', 'Market Square'];
const ZIPS: Readonly<Record<string, string>> = {
  Albany: '12207',
  Buffalo: '14202',
  Rochester: '14604',
  Syracuse: '13202',
  Utica: '13501',
};
const CITIES = ['Albany', 'Buffalo', 'Rochester', 'Syracuse', 'Utica'];

/** City and post code of an address: the first of the city's. */
const addressIn = (city: string): Record<string, string> => ({ city, zip: ZIPS[city] ?? '12207' });

function seedSites(provider: Provider, company: SandboxRecord): SandboxRecord[] {
  const extra = provider.random.chance(0.4) ? provider.random.int(1, 3) : 0;
  const names = ['Main', ...['Warehouse', 'Branch Office', 'Plant 2'].slice(0, extra)];
  return names.map((name, index) =>
    provider.put(
      '/company/companies/{parentId}/sites',
      {
        name,
        addressLine1: `${provider.random.int(1, 400)} ${provider.random.pick(STREETS)}`,
        ...addressIn(provider.random.pick(CITIES)),
        company: provider.ref('CompanyReference', company),
        primaryAddressFlag: index === 0,
        defaultShippingFlag: index === 0,
        defaultBillingFlag: index === 0,
        defaultMailingFlag: index === 0,
        inactiveFlag: false,
      },
      { parents: [company.id] },
    ),
  );
}

function seedContact(provider: Provider, company: SandboxRecord, site: SandboxRecord, index: number): SandboxRecord {
  const { random } = provider;
  const first = FIRST[(company.id * 3 + index * 7) % FIRST.length] ?? 'Ann';
  const last = LAST[(company.id * 5 + index * 3) % LAST.length] ?? 'Abbott';
  const type = (name: string): Record<string, unknown> => {
    const record = provider.named('/company/communicationTypes', name, 'description');
    return { id: record.id, name };
  };
  const domain = `${String(company.identifier).toLowerCase()}.example`;
  const phone = `518555${String(random.int(1000, 9999))}`;
  const id = provider.store.collection('/company/contacts').size + 1;
  const contactType = provider.ref(
    'ContactTypeReference',
    provider.named('/company/contacts/types', CONTACT_TYPES[index % 4] ?? 'End User', 'description'),
  );
  const contact = provider.put('/company/contacts', {
    firstName: first,
    lastName: last,
    company: provider.ref('CompanyReference', company),
    site: provider.ref('SiteReference', site),
    title: TITLES[index % TITLES.length],
    ...(index % 2 === 1 && { department: { id: 1 + (index % 5), name: DEPARTMENTS[index % 5] } }),
    ...(index === 2 && { relationship: { id: 3, name: 'Colleague' } }),
    inactiveFlag: false,
    defaultFlag: index === 0,
    disablePortalLoginFlag: true,
    portalSecurityLevel: 1,
    defaultPhoneType: 'Direct',
    defaultPhoneNbr: phone,
    ...(index === 2 && { defaultPhoneExtension: '11' }),
    communicationItems: [
      {
        id: id * 10 + 1,
        type: type('Email'),
        value: `${first}.${last}@${domain}`.toLowerCase(),
        defaultFlag: true,
        domain: `@${domain}`,
        communicationType: 'Email',
      },
      {
        id: id * 10 + 2,
        type: type('Direct'),
        value: phone,
        defaultFlag: true,
        communicationType: 'Phone',
        ...(index === 2 && { extension: '11' }),
      },
    ],
    types: [contactType],
  });
  provider.put(
    '/company/contacts/{parentId}/typeAssociations',
    { type: contactType, contact: provider.ref('ContactReference', contact) },
    { parents: [contact.id] },
  );
  return contact;
}

function seedConfigurations(
  provider: Provider,
  {
    company,
    site,
    contacts,
  }: { readonly company: SandboxRecord; readonly site: SandboxRecord; readonly contacts: readonly SandboxRecord[] },
  count: number,
): void {
  const { random, now } = provider;
  const types = provider.all('/company/configurations/types');
  const active = provider.named('/company/configurations/statuses', 'Active', 'description');
  for (let index = 0; index < count; index += 1) {
    const type = random.pick(types);
    const contact = random.pick(contacts);
    const short = String(type.name).split(' ').at(-1)?.slice(0, 3).toUpperCase();
    provider.put('/company/configurations', {
      name: `${String(company.identifier).slice(0, 6).toUpperCase()}-${short}-${String(index + 1).padStart(2, '0')}`,
      type: provider.ref('ConfigurationTypeReference', type),
      status: { id: active.id, name: 'Active' },
      company: provider.ref('CompanyReference', company),
      contact: provider.ref('ContactReference', contact),
      site: provider.ref('SiteReference', site),
      serialNumber: `SN${company.id}${String(index).padStart(3, '0')}${random.int(100, 999)}`,
      purchaseDate: dateOnly(now.minus({ months: random.int(2, 50) })),
      // Some have run out, some do within weeks.
      warrantyExpirationDate: dateOnly(now.plus({ days: random.int(-200, 500) })),
      activeFlag: true,
      billFlag: false,
    });
  }
}

/** Customers with sites, contacts, configurations and agreements. The provider itself is the first company. */
export function seedCustomers(provider: Provider): void {
  provider.random.begin('customers');
  const { random } = provider;
  const status = provider.named('/company/companies/statuses', 'Active');
  const agreementTypes = provider.all('/finance/agreements/types');
  const client = provider.ref('CompanyTypeReference', provider.named('/company/companies/types', 'Client'));
  for (const [identifier, name] of COMPANIES) {
    const company = provider.put('/company/companies', {
      identifier,
      name,
      status: { id: status.id, name: 'Active' },
      phoneNumber: `518555${String(random.int(1000, 9999))}`,
      website: `https://${identifier.toLowerCase()}.example`,
      numberOfEmployees: random.int(5, 300),
      territory: provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters')),
      deletedFlag: false,
      types: [client],
      sicCode: { id: 1, name: 'Not classified' },
      userDefinedField5: String(2000 + identifier.length),
      invoiceToEmailAddress: `accounts@${identifier.toLowerCase()}.example`,
      facebookUrl: `https://facebook.example/${identifier.toLowerCase()}`,
      linkedInUrl: `https://linkedin.example/company/${identifier.toLowerCase()}`,
    });
    const sites = seedSites(provider, company);
    const [main] = sites;
    if (main === undefined) continue;
    const contacts = Array.from({ length: 3 + (company.id % 2) }, (_, index) =>
      seedContact(provider, company, random.pick(sites), index),
    );
    const [first] = contacts;
    if (first === undefined) continue;
    provider.store.collection('/company/companies').put({
      ...company,
      site: provider.ref('SiteReference', main),
      defaultContact: provider.ref('ContactReference', first),
    });
    seedConfigurations(provider, { company, site: main, contacts }, random.int(7, 11));
    if (company.id === 1 || random.chance(0.2)) continue;
    const type = random.pick(agreementTypes);
    seedAgreement(provider, company, first, type);
  }
  seedClosedCustomer(provider);
  seedChargeCodes(provider);
}

/** Days from today to the end of an agreement: one has run out, some do within weeks, most go on. */
const AGREEMENT_ENDS = [-20, 9, 24, 45, 80, 130, 190, 260, 300] as const;

function seedAgreement(provider: Provider, company: SandboxRecord, contact: SandboxRecord, type: SandboxRecord): void {
  const { now } = provider;
  const count = provider.store.collection('/finance/agreements').size;
  const days = AGREEMENT_ENDS[count % AGREEMENT_ENDS.length] ?? 300;
  const isCancelled = count === 12;
  const started = dateOnly(now.minus({ months: 12 }).plus({ days: Math.min(days, 60) }));
  provider.put('/finance/agreements', {
    name: `${type.name} ${now.year}`,
    type: provider.ref('AgreementTypeReference', type),
    company: provider.ref('CompanyReference', company),
    contact: provider.ref('ContactReference', contact),
    startDate: started,
    endDate: dateOnly(now.plus({ days })),
    cancelledFlag: isCancelled,
    ...(isCancelled && { dateCancelled: dateOnly(now.minus({ days: 35 })), reasonCancelled: 'Took their IT in house' }),
    billTime: 'Billable',
    coverAgreementTime: type.name !== 'Break Fix',
    billAmount: type.name === 'Break Fix' ? 0 : 400 + 50 * (count % 7),
    billStartDate: started,
    billingCycle: provider.ref('BillingCycleReference', provider.named('/finance/billingCycles', 'Monthly')),
    currency: HOME_CURRENCY,
    applicationUnits: 'Hours',
    applicationUnlimitedFlag: type.name === 'Managed Services',
    ...(type.name === 'Block Time' && { applicationLimit: 40, applicationCycle: 'CalendarMonth' }),
    agreementStatus: 'Active',
  });
}

/** A customer that left: deleted companies stay, marked as such. */
function seedClosedCustomer(provider: Provider): void {
  const { now } = provider;
  const inactive = provider.named('/company/companies/statuses', 'Inactive');
  const left = now.minus({ days: 120 });
  const company = provider.put(
    '/company/companies',
    {
      identifier: 'Blockbuster',
      name: 'Blockbuster Rentals',
      status: { id: inactive.id, name: 'Inactive' },
      phoneNumber: '5185550199',
      territory: provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters')),
      types: [provider.ref('CompanyTypeReference', provider.named('/company/companies/types', 'Client'))],
      deletedFlag: true,
      dateDeleted: utc(left),
      deletedBy: 'mobrien',
    },
    { at: left, by: 'mobrien' },
  );
  const [site] = seedSites(provider, company);
  if (site !== undefined)
    provider.store.collection('/company/companies').put({ ...company, site: provider.ref('SiteReference', site) });
}

function seedChargeCodes(provider: Provider): void {
  const own = provider.named('/company/companies', 'NorthwindIT', 'identifier');
  const leave: Readonly<Record<string, string>> = { Vacation: 'Vacation', 'Sick Leave': 'Sick' };
  const workTypeOf = (name: string): Record<string, unknown> =>
    provider.ref('WorkTypeReference', provider.named('/time/workTypes', leave[name] ?? 'Internal'));
  for (const name of ['Lunch', 'Internal Meeting', 'Training', 'Administration', 'Vacation', 'Sick Leave']) {
    provider.put('/time/chargeCodes', {
      name,
      company: provider.ref('CompanyReference', own),
      billTime: 'DoNotBill',
      timeEntryFlag: true,
      expenseEntryFlag: false,
      workType: workTypeOf(name),
    });
  }
}
