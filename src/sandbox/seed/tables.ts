import { exampleRecord, fullRecord } from '../operations/sample.ts';
import type { Provider } from './provider.ts';

/**
 * Setup tables that need no more than a name for each row: the table, the member that names a row, the names. Whatever else a row
 * has to have follows from its schema.
 */
const NAMED = `
/company/addressFormats name United States, Canada, Europe
/company/contacts/departments name Accounting, IT, Management, Operations, Sales
/company/contacts/relationships name Assistant, Spouse, Colleague
/company/entityTypes name Corporation, Partnership, Sole proprietor, Non-profit
/company/marketDescriptions name Healthcare, Manufacturing, Legal, Retail, Finance
/company/ownershipTypes name Private, Public, Government
/company/portalSecurityLevels caption Own tickets, Company tickets, Approver, Administrator
/company/tracks name New customer, Renewal, Offboarding
/finance/accountingPackages name QuickBooks Online, Xero, Sage 50, Dynamics GP
/finance/accounting/batches batchIdentifier GL-0001, GL-0002, GL-0003
/finance/billingSetups remitName Northwind IT Services
/finance/currencies name US Dollars, Canadian Dollars, Pounds Sterling, Euro
/finance/deliveryMethods name Mail, Email, Portal
/finance/invoiceEmailTemplates name Standard invoice, Reminder
/finance/invoiceTemplates name Standard, Agreement, Progress
/finance/glCaptions -
/procurement/adjustments/types identifier Count, Damaged, Returned
/procurement/manufacturers name Dell, HP, Lenovo, Cisco, Fortinet, Ubiquiti
/procurement/pricingschedules name Standard, Gold customers
/procurement/shipmentmethods name Ground, Next day, Pick up
/project/phaseStatuses name Open, In progress, Complete
/project/projectTemplates name New customer, Office move
/project/statusIndicators name On track, At risk, Off track
/sales/opportunities/ratings name Cold, Warm, Hot
/sales/roles name Decision maker, Influencer, Technical contact
/sales/salesTeams salesTeamIdentifier North, South
/schedule/reminderTimes name 0 minutes, 5 minutes, 15 minutes, 30 minutes, 1 hour, 1 day
/schedule/colors color #7fba00, #ffb900, #f25022
/service/codes name Onsite, Remote, Phone, Follow-up
/service/emailTemplates subject New ticket, Ticket updated, Ticket closed
/service/knowledgeBaseSubCategories name Network, Email, Printing, Accounts
/service/serviceSignoff name Standard
/service/ticketLinks name Documentation, Remote control
/system/allowedfiletypes fileType pdf, docx, xlsx, png, jpg, txt, zip
/system/allowedorigins origin https://portal.example.com, https://dashboards.example.com
/system/cwTimeZones name Eastern Standard Time, Central Standard Time, Pacific Standard Time, UTC
/system/emailExclusions description no-reply, mailer-daemon, newsletter
/system/emailTokens token [ticketnumber], [summary], [contactfirstname], [companyname], [status]
/system/inOutTypes description In, Out, Lunch, Vacation, Sick
/system/integratorTags text Monitored, Backup, Priority
/system/kpiCategories name Service, Finance, Sales
/system/links name Status page, Vendor portal
/system/members/types name Technician, Engineer, Dispatcher, Account manager, Manager
/system/myCompany/corporateStructureLevels name Location, Department
/system/notificationRecipients identifier Contact, Owner, Resources, Team lead, Email address
/system/osgradeweights osName Windows 11, Windows Server 2022, macOS
/system/parsingTypes name Subject, Body, Sender
/system/parsingVariables name Company, Contact, Summary, Ticket number, Priority
/system/setupScreens name Service board, Priority, Member, Work type, Agreement type
/system/standardNotes name Call back, Left a message, Waiting for the vendor, Resolved
/system/surveys name Customer onboarding, Exit interview
/system/todayPageCategories name Service, Sales, Finance
/system/workflows/tableTypes name Service Ticket, Company, Agreement, Opportunity, Configuration, Time Entry
/system/experiments name New ticket page, Dark theme
`;

/** More of what a row says, by the table and the row's name. */
const DETAILS: Readonly<Record<string, (name: string, index: number) => Record<string, unknown>>> = {
  '/company/entityTypes': (name) => ({ code: name.slice(0, 2).toUpperCase() }),
  '/company/portalSecurityLevels': (_, index) => ({
    captionIdentifier: `Level${index + 1}`,
    isDefaultFlag: index === 0,
  }),
  '/company/addressFormats': () => ({ format: 'AddressLine1, AddressLine2, City, State Zip' }),
  '/finance/accountingPackages': (name) => ({ identifier: name.replace(/\W/g, '') }),
  '/finance/currencies': (_, index) => {
    const [identifier, code, symbol] = [
      ['Base', 'USD', '$'],
      ['CAD', 'CAD', '$'],
      ['GBP', 'GBP', '£'],
      ['EUR', 'EUR', '€'],
    ][index] ?? ['Base', 'USD', '$'];
    return {
      currencyIdentifier: identifier,
      symbol,
      currencyCode: { id: index + 1, name: code },
      decimalSeparator: '.',
      thousandsSeparator: ',',
      numberOfDecimals: 2,
      displaySymbolFlag: true,
      reportFormat: `${symbol}#,##0.00`,
    };
  },
  '/finance/deliveryMethods': (name, index) => ({ defaultFlag: index === 0, emailFlag: name === 'Email' }),
  '/finance/glCaptions': () => ({
    segment1: 'Account',
    segment2: 'Class',
    segment1type: 'Account',
    segment2type: 'Class',
  }),
  '/finance/invoiceEmailTemplates': (name) => ({ subject: `${name} from Northwind IT Services` }),
  '/project/phaseStatuses': (name, index) => ({ defaultFlag: index === 0, closedFlag: name === 'Complete' }),
  '/project/statusIndicators': (name) => ({ identifier: name.replace(/\W/g, '') }),
  '/sales/opportunities/ratings': (_, index) => ({ sortOrder: index + 1 }),
  '/sales/salesTeams': (name) => ({ salesTeamDescription: `${name} region` }),
  '/schedule/colors': (_, index) => ({ startPercent: index * 40, endPercent: index === 2 ? 100 : index * 40 + 39 }),
  '/schedule/reminderTimes': (_, index) => ({ defaultFlag: index === 2, time: [0, 5, 15, 30, 60, 1440][index] }),
  '/service/codes': (name) => ({ description: name }),
  '/system/cwTimeZones': (_, index) => ({ offset: [-5, -6, -8, 0][index] ?? 0, daylightSavingsFlag: index < 3 }),
  '/system/emailTokens': (name) => ({ description: name.slice(1, -1), serviceFlag: true }),
  '/system/kpiCategories': (_, index) => ({ sortOrder: index + 1 }),
  '/system/notificationRecipients': (name) => ({ name, serviceFlag: true, externalFlag: name === 'Email address' }),
  '/system/osgradeweights': (_, index) => ({ osGradeWeight: 100 - index * 10 }),
  '/system/parsingVariables': (name) => ({ code: name.replace(/\W/g, '') }),
  '/system/setupScreens': (_, index) => ({
    category: ['Service', 'Service', 'Members', 'Time', 'Finance'][index],
    moduleName: 'Setup Tables',
    moduleIdentifier: 'SetupTables',
  }),
  '/system/standardNotes': (name) => ({ contents: `${name}.` }),
  '/system/todayPageCategories': (_, index) => ({ sortOrder: index + 1 }),
  '/system/workflows/tableTypes': (name) => ({ identifier: name.replace(/\W/g, '') }),
  '/system/experiments': (name) => ({ experimentId: name.replace(/\W/g, ''), description: name }),
};

/** Setup tables that the rest of the seed leaves alone, as an administrator would have filled them. */
export function seedTables(provider: Provider): void {
  for (const line of NAMED.trim().split('\n')) {
    const [template = '', member = '', ...rest] = line.split(' ');
    const names = rest.join(' ').split(', ');
    if (provider.store.collection(template).size > 0 || !provider.api.find(`GET ${template}`)) continue;
    names.forEach((name, index) => {
      provider.put(template, {
        ...exampleRecord(provider.api, provider.store, template),
        ...(member !== '-' && { [member]: name }),
        ...DETAILS[template]?.(name, index),
      });
    });
  }
}

/** Shows each member in the first row of those tables, once everything that it may refer to is there. */
export function completeFirstRows(provider: Provider): void {
  for (const line of NAMED.trim().split('\n')) {
    const [template = ''] = line.split(' ');
    const rows = provider.store.collection(template);
    const [first] = rows.all();
    // Amounts are written as the currency says.
    if (first !== undefined && template !== '/finance/currencies')
      rows.put({ ...fullRecord(provider.api, provider.store, template), ...first });
  }
}
