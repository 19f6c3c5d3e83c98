import { type Kind, table } from '../../src/names/kind.ts';

/** What people name in the expense module. */
export const expense = {
  expenseType: table('/expense/types', {
    info: 'GET /expense/types/info',
    fields: [
      'id',
      'name',
      'amountCaption',
      'mileageFlag',
      'reimbursementRate',
      'maxAmount',
      'defaultFlag',
      'inactiveFlag',
    ],
  }),
  paymentMethod: table('/expense/paymentTypes', {
    info: 'GET /expense/paymentTypes/info',
    fields: ['id', 'name', 'defaultFlag', 'companyFlag'],
  }),
  expenseTaxType: table('/expense/info/taxTypes', { fields: ['id', 'name', 'inactive'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof expense, Kind> {}
}
