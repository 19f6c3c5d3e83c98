import type { Provider } from './provider.ts';

/** What money can be spent on besides driving, parking and hardware, how it is paid, and what belongs to no customer. */
export function seedExpenseSetup(provider: Provider): void {
  const [personal, company] = provider.table('/expense/classifications', [
    { name: 'Personal', multiplier: 1, defaultFlag: true, companyFlag: false, employeeFlag: true },
    { name: 'Company', multiplier: 0, defaultFlag: false, companyFlag: true, employeeFlag: false },
  ]);
  if (personal === undefined || company === undefined) return;
  provider.table('/expense/types', [
    { name: 'Meals', amountCaption: 'Amount', billExpenses: 'Billable', maxAmount: 100 },
    { name: 'Travel', amountCaption: 'Amount', billExpenses: 'Billable' },
    { name: 'Lodging', amountCaption: 'Amount', billExpenses: 'Billable' },
    { name: 'Training material', amountCaption: 'Amount', billExpenses: 'DoNotBill' },
  ]);
  const own = provider.ref('ClassificationReference', personal);
  provider.table('/expense/paymentTypes', [
    { name: 'Cash', classification: own, defaultFlag: true, companyFlag: false },
    { name: 'Personal card', classification: own, defaultFlag: false, companyFlag: false },
    {
      name: 'Company card',
      classification: provider.ref('ClassificationReference', company),
      defaultFlag: false,
      companyFlag: true,
    },
  ]);
  provider.table('/expense/info/taxTypes', [
    { name: 'Sales tax', inactive: false },
    { name: 'GST', inactive: false },
  ]);
  const internal = provider.named('/company/companies', 'NorthwindIT', 'identifier');
  provider.put('/time/chargeCodes', {
    name: 'Office',
    company: provider.ref('CompanyReference', internal),
    billTime: 'DoNotBill',
    timeEntryFlag: false,
    expenseEntryFlag: true,
    allowAllExpenseTypeFlag: true,
  });
}
