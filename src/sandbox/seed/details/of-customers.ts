import { idOf } from '../../references.ts';
import { type Details, day, numbered, ofCompany, oneOf, same, to, toNamed, type Value } from './details.ts';

const slug = (value: unknown): string => String(value).toLowerCase().replace(/\W/g, '');

/** The ten texts that companies and contacts had before there were custom fields. */
const userDefined = (word: string): Record<string, Value> =>
  Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`userDefinedField${index + 1}`, `${word} ${index + 1}`]),
  );

const lineTwo: Value = oneOf('Suite 200', '2nd floor', 'Building B');

const firstContact = ofCompany('ContactReference');
/** The company's first contact, for its others. */
const firstOfCompany: Value = (record, index, provider) => {
  const first = firstContact(record, index, provider);
  return idOf(first) === record.id ? undefined : first;
};

/** What is known of customers, their people, places and devices besides the necessary. */
export const OF_CUSTOMERS: Readonly<Record<string, Details>> = {
  '/company/companies/{parentId}/sites': {
    every: 3,
    members: {
      addressLine2: lineTwo,
      stateReference: toNamed('StateReference', 'NY'),
      addressFormat: 'United States',
      entityType: to('EntityTypeReference'),
      calendar: to('CalendarReference'),
      phoneNumberExt: oneOf('12', '40'),
      invoiceTemplate: to('InvoiceTemplateReference'),
    },
  },
  '/company/companies': {
    every: 3,
    members: {
      market: to('MarketDescriptionReference'),
      ownershipType: to('OwnershipTypeReference'),
      companyEntityType: to('EntityTypeReference'),
      yearEstablished: oneOf(1987, 1999, 2008),
      revenueYear: (_, __, { now }) => now.year - 1,
      leadSource: oneOf('Referral', 'Trade fair', 'Web site'),
      calendar: to('CalendarReference'),
      invoiceTemplate: to('InvoiceTemplateReference'),
      pricingSchedule: to('PricingScheduleReference'),
      emailTemplate: to('EmailTemplateReference'),
      invoiceCCEmailAddress: ({ identifier }) => `billing@${slug(identifier)}.example`,
      twitterUrl: ({ identifier }) => `https://twitter.example/${slug(identifier)}`,
      territoryManager: toNamed('MemberReference', 'bwest'),
      resellerIdentifier: numbered('R-', 2001),
      integratorTags: oneOf(['Monitored'], ['Monitored', 'Backup']),
      ...userDefined('Note'),
    },
  },
  '/company/contacts': {
    every: 4,
    members: {
      nickName: ({ firstName }) => String(firstName).slice(0, 3),
      gender: oneOf('Female', 'Male'),
      birthDay: oneOf('1984-05-12T00:00:00Z', '1990-11-03T00:00:00Z'),
      anniversary: oneOf('2012-06-09T00:00:00Z', '2018-09-22T00:00:00Z'),
      school: oneOf('State University', 'Technical College'),
      significantOther: oneOf('Robin', 'Kim'),
      children: oneOf('Max', 'Lea, Tom'),
      presence: oneOf('Online', 'DoNotDisturb', 'Away', 'Offline'),
      facebookUrl: ({ lastName }) => `https://facebook.example/${slug(lastName)}`,
      twitterUrl: ({ lastName }) => `https://twitter.example/${slug(lastName)}`,
      linkedInUrl: ({ lastName }) => `https://linkedin.example/${slug(lastName)}`,
      securityIdentifier: ({ firstName, lastName }) => `${slug(firstName)}.${slug(lastName)}`,
      addressLine1: oneOf('4 Elm Street', '27 Lake Road'),
      addressLine2: lineTwo,
      city: 'Albany',
      state: 'NY',
      zip: '12207',
      country: to('CountryReference'),
      managerContact: firstOfCompany,
      assistantContact: firstOfCompany,
      integratorTags: oneOf(['Monitored'], ['Backup']),
      ...userDefined('Remark'),
    },
  },
  '/company/configurations': {
    every: 4,
    members: {
      installationDate: day(-300),
      installedBy: to('MemberReference'),
      lastBackupDate: day(-1),
      vendor: toNamed('CompanyReference', 'Cyberdyne'),
      manufacturer: to('ManufacturerReference'),
      manufacturerPartNumber: numbered('MPN-', 7001),
      managementLink: 'https://rmm.northwind-it.example/devices',
      remoteLink: 'https://remote.northwind-it.example/join',
      sla: to('SLAReference'),
    },
  },
  '/company/companies/statuses': {
    every: 3,
    members: { notificationMessage: 'Ask the account manager first.', track: to('TrackReference') },
  },
  '/company/companies/types': { every: 4, members: { serviceAlertMessage: 'Call before you visit.' } },
  '/company/contacts/types': { every: 4, members: { serviceAlertMessage: 'May approve work.' } },
  '/company/contacts/{parentId}/groups': {
    members: {
      companyUnsubcribedEmailMessage: 'The company takes no newsletters.',
      companyGroupUnsubscribedEmailMessage: 'The company has left this group.',
      contactUnsubscribedEmailMessage: 'The contact takes no newsletters.',
      contactGroupUnsubscribedEmailMessage: 'The contact has left this group.',
    },
  },
  '/company/countries': {
    members: {
      cityCaption: 'City',
      stateCaption: oneOf('State', 'Province', 'County'),
      zipCaption: oneOf('Zip', 'Postal code', 'Postcode'),
      zipMinimumLength: 5,
      dialingPrefix: oneOf('1', '1', '44'),
      countryCode: oneOf('US', 'CA', 'GB'),
      coreEntityCountryCode: oneOf('US', 'CA', 'GB'),
      addressFormat: to('AddressFormatReference'),
      localizationCaptionOne: 'Tax number',
      localizationValueOne: '12-3456789',
    },
  },
  '/company/communicationTypes': {
    members: { exchangeXref: 'Business', iphoneXref: 'Work', androidXref: 'Work', googleXref: 'Work' },
  },
  '/system/members': {
    every: 2,
    members: {
      middleInitial: oneOf('A', 'J', 'M'),
      employeeIdentifer: ({ id }) => `E${String(id).padStart(4, '0')}`,
      vendorNumber: ({ id }) => `V${100 + id}`,
      officeExtension: ({ id }) => String(200 + id),
      mobilePhone: ({ id }) => `518555${String(2000 + id)}`,
      mobileExtension: '1',
      mobileEmail: ({ identifier }) => `${String(identifier)}@mobile.northwind-it.example`,
      homePhone: ({ id }) => `518555${String(3000 + id)}`,
      homeExtension: '1',
      homeEmail: ({ identifier }) => `${String(identifier)}@home.example`,
      mapiName: ({ firstName, lastName }) => `${String(firstName)} ${String(lastName)}`,
      ldapConfiguration: { id: 1, name: 'Directory' },
      ldapUserName: same('identifier'),
      signature: ({ firstName }) => `Kind regards, ${String(firstName)}`,
      timeSheetStartDate: same('hireDate'),
      serviceDefaultBoard: toNamed('BoardReference', 'Help Desk'),
      projectDefaultBoard: toNamed('ProjectBoardReference', 'Projects'),
      serviceLocation: to('ServiceLocationReference'),
      calendar: toNamed('CalendarReference', 'Office hours'),
      warehouse: to('WarehouseReference'),
      warehouseBin: to('WarehouseBinReference'),
      photo: to('DocumentReference'),
      office365: { id: 'm365', name: 'Northwind IT' },
      stsUserAdminUrl: 'https://sso.northwind-it.example/users',
      reportCard: { id: 1, name: 'Technician' },
      directionalSync: { id: 1, name: 'Both ways' },
      serviceBoardTeamIds: [1],
      authenticationServiceType: 'Email',
      globalSearchDefaultTicketFilter: 'OpenRecords',
      globalSearchDefaultSort: 'LastUpdatedDesc',
      phoneSource: 'Office',
      phoneIntegrationType: 'NONE',
    },
  },
};
