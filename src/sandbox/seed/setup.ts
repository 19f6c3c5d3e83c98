import type { Provider } from './provider.ts';

const names = (...list: string[]): Record<string, unknown>[] => list.map((name) => ({ name }));
const withDefault = (rows: Record<string, unknown>[], chosen = 0): Record<string, unknown>[] =>
  rows.map((row, index) => ({ ...row, defaultFlag: index === chosen }));

/** The tables that an administrator sets up once: work types, priorities, sources, locations, calendars. */
export function seedSetup(provider: Provider): void {
  const zones = [
    ['Eastern', 'GMT-5/Eastern Time: US & Canada', -5],
    ['Central', 'GMT-6/Central Time: US & Canada', -6],
    ['London', 'GMT/Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London', 0],
    ['Pacific', 'GMT-8/Pacific Time: US & Canada', -8],
    ['Sydney', 'GMT+10/Canberra, Melbourne, Sydney', 10],
    ['India', 'GMT+5.5/Chennai, Kolkata, Mumbai, New Delhi', 5.5],
  ] as const;
  const own = provider.now.zoneName;
  zones.forEach(([name, zone, offset], index) => {
    provider.put('/system/timeZoneSetups', {
      name,
      // A provider elsewhere has its own zone in the place of the first.
      timeZone: { id: index + 1, name: index === 0 && own !== 'America/New_York' ? own : zone },
      offset,
      defaultFlag: index === 0,
      daylightSavingsFlag: name !== 'India',
    });
  });
  provider.table('/system/locations', [
    {
      name: 'Headquarters',
      structureLevel: { id: 1, name: 'Location' },
      locationFlag: true,
      workRoleIds: [1, 2, 3, 4],
    },
    { name: 'West Office', structureLevel: { id: 1, name: 'Location' }, locationFlag: true, workRoleIds: [1, 2, 3] },
  ]);
  provider.table('/system/departments', [
    { identifier: 'Services', name: 'Professional Services' },
    { identifier: 'Admin', name: 'Administration' },
    { identifier: 'Sales', name: 'Sales' },
  ]);
  provider.table('/time/workTypes', [
    {
      name: 'Regular',
      billTime: 'Billable',
      rateType: 'Multiplier',
      rate: 1,
      roundBillHoursTo: 0.25,
      overallDefaultFlag: true,
      utilizationFlag: true,
    },
    {
      name: 'After Hours',
      billTime: 'Billable',
      rateType: 'Multiplier',
      rate: 1.5,
      roundBillHoursTo: 0.5,
      utilizationFlag: true,
    },
    { name: 'Travel', billTime: 'Billable', rateType: 'Multiplier', rate: 0.5, roundBillHoursTo: 0.25 },
    { name: 'Warranty', billTime: 'NoCharge', rateType: 'Multiplier', rate: 0 },
    { name: 'Internal', billTime: 'DoNotBill', rateType: 'Multiplier', rate: 0 },
    { name: 'Vacation', billTime: 'DoNotBill', rateType: 'Multiplier', rate: 0, accrualType: 'Vacation' },
    { name: 'Sick', billTime: 'DoNotBill', rateType: 'Multiplier', rate: 0, accrualType: 'Sick' },
  ]);
  provider.table('/time/workRoles', [
    { name: 'Technician', hourlyRate: 140, locationIds: [1, 2] },
    { name: 'Engineer', hourlyRate: 175, locationIds: [1, 2] },
    { name: 'Project Manager', hourlyRate: 190, locationIds: [1, 2] },
    { name: 'Architect', hourlyRate: 220, locationIds: [1] },
  ]);
  provider.table('/service/priorities', [
    { name: 'Priority 1 - Critical', color: 'Red', sortOrder: 1 },
    { name: 'Priority 2 - High', color: 'Orange', sortOrder: 2 },
    { name: 'Priority 3 - Medium', color: 'Yellow', sortOrder: 3, defaultFlag: true },
    { name: 'Priority 4 - Low', color: 'Green', sortOrder: 4 },
  ]);
  provider.table('/service/severities', [
    { name: 'Low', description: 'Low' },
    { name: 'Medium', description: 'Medium', defaultFlag: true },
    { name: 'High', description: 'High' },
  ]);
  provider.table('/service/impacts', [
    { name: 'Low', description: 'Low' },
    { name: 'Medium', description: 'Medium', defaultFlag: true },
    { name: 'High', description: 'High' },
  ]);
  provider.table('/service/sources', withDefault(names('Phone', 'Email Connector', 'Portal', 'Call', 'Monitoring')));
  provider.table('/service/locations', [
    { name: 'On-Site', where: 'OnSite' },
    { name: 'Remote', where: 'Remote', defaultFlag: true },
    { name: 'In-house', where: 'InHouse' },
  ]);
  provider.table('/company/communicationTypes', [
    { description: 'Email', emailFlag: true, defaultFlag: true },
    { description: 'Direct', phoneFlag: true, defaultFlag: true },
    { description: 'Mobile', phoneFlag: true },
    { description: 'Fax', faxFlag: true, defaultFlag: true },
  ]);
  provider.table('/company/companies/statuses', withDefault(names('Active', 'Inactive', 'Credit Hold')));
  provider.table(
    '/company/companies/types',
    withDefault([...names('Client', 'Prospect'), { name: 'Vendor', vendorFlag: true }, ...names('Partner')]),
  );
  provider.table('/company/contacts/types', [
    { description: 'End User', defaultFlag: true },
    { description: 'Approver' },
    { description: 'Decision Maker' },
    { description: 'Billing' },
  ]);
  provider.table(
    '/company/configurations/types',
    names('Managed Workstation', 'Managed Server', 'Firewall', 'Switch', 'Printer', 'Line of Business App'),
  );
  provider.table('/company/configurations/statuses', [
    { description: 'Active', defaultFlag: true },
    { description: 'In Stock' },
    { description: 'Retired', closedFlag: true },
  ]);
  provider.table('/schedule/statuses', [
    { name: 'Firm', defaultFlag: true },
    { name: 'Tentative', showAsTentativeFlag: true },
  ]);
  // The ids are fixed in every Manage: a ticket's link to its schedule entries names type 4.
  for (const [id, name, identifier] of [
    [1, 'Other', 'O'],
    [2, 'Sales Activity', 'C'],
    [4, 'Service', 'S'],
    [5, 'Project', 'P'],
    [7, 'Meeting', 'N'],
  ] as const) {
    provider.put('/schedule/types', { id, name, identifier, systemFlag: true });
  }
  provider.table('/finance/agreements/types', names('Managed Services', 'Block Time', 'Break Fix'));
  provider.table(
    '/finance/billingCycles',
    withDefault([
      { identifier: 'M', name: 'Monthly', billingOptions: 'Monthly' },
      { identifier: 'Q', name: 'Quarterly', billingOptions: 'Quarterly' },
      { identifier: 'Y', name: 'Yearly', billingOptions: 'Yearly' },
    ]),
  );
  provider.table('/project/statuses', withDefault([...names('Open', 'On Hold'), { name: 'Closed', closedFlag: true }]));
  provider.table('/project/projectTypes', withDefault(names('Migration', 'Deployment', 'Assessment')));
  provider.table('/system/securityroles', names('Admin', 'Technician', 'Read Only'));
  provider.table('/company/countries', names('United States', 'Canada', 'United Kingdom'));
  provider.put('/time/timePeriodSetups', {
    year: provider.now.year,
    periodApplyTo: 'Both',
    type: 'Weekly',
    description: 'Weekly',
  });
}
