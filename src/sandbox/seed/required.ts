import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

const NO_BILLING = { billTime: 'NoDefault', billExpenses: 'NoDefault', billProducts: 'NoDefault' };

/** What Manage's screens always fill in, and an update over the API wants to be there. */
const FILLED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/expense/types': { billExpenses: 'Billable', invoiceMarkupOption: 'Percent' },
  '/finance/agreements': { ...NO_BILLING, employeeCompRate: 'Hourly', invoicingCycle: 'ContractYear' },
  '/finance/agreements/types': {
    ...NO_BILLING,
    employeeCompRate: 'Hourly',
    employeeCompNotExceed: 'Billing',
    invoicingCycle: 'ContractYear',
  },
  '/finance/invoices': { locationId: 1 },
  '/project/projects': {
    billTime: 'Billable',
    billExpenses: 'Billable',
    billProducts: 'Billable',
    billingRateType: 'WorkRole',
    budgetAnalysis: 'ActualHours',
  },
  '/project/projects/{parentId}/phases': NO_BILLING,
  '/system/members': {
    companyActivityTabFormat: 'SummaryList',
    invoiceTimeTabFormat: 'SummaryList',
    invoiceScreenDefaultTabFormat: 'ShowInvoicingTab',
    invoicingDisplayOptions: 'RemainOnInvoicingScreen',
    agreementInvoicingDisplayOptions: 'RemainOnInvoicingScreen',
  },
};

/** Fills in, in every record, what it was made without and an update would be refused for. */
export function seedRequired(provider: Provider): void {
  const fill = (template: string, filled: (record: SandboxRecord) => Readonly<Record<string, unknown>>): void => {
    const records = provider.store.collection(template);
    for (const record of provider.all(template)) records.put({ ...record, ...filled(record), ...record });
  };
  for (const [template, members] of Object.entries(FILLED)) fill(template, () => members);
  fill('/company/countries', () => ({ currency: { id: 1, name: 'US Dollars' } }));
  fill('/finance/billingTerms', ({ name }) => ({ dueDays: name === 'Net 30 days' ? 30 : 0 }));
  fill('/time/timePeriodSetups', () => ({
    numberFuturePeriods: 4,
    firstPeriodEndDate: `${provider.now.startOf('year').endOf('week').toISODate()}T00:00:00Z`,
    daysPastEndDate: 3,
  }));
  const manager = provider
    .all('/system/members')
    .find(({ title, inactiveFlag }) => title === 'Service Manager' && inactiveFlag !== true);
  const approver = manager && provider.ref('MemberReference', manager);
  const role = provider.ref('WorkRoleReference', provider.named('/time/workRoles', 'Technician'));
  fill('/system/members', ({ defaultLocation }) => ({
    timeApprover: approver,
    expenseApprover: approver,
    salesDefaultLocation: defaultLocation,
    workRole: role,
  }));
}
