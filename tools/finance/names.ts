import { hintOf, type Kind, table } from '../../src/names/kind.ts';

/** What people name in the finance module. */
export const finance = {
  agreement: {
    list: 'GET /finance/agreements',
    fields: ['id', 'name', 'company', 'endDate', 'cancelledFlag', 'currency'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hidden: (row) => row.cancelledFlag === true,
    hint: (row) => hintOf(row.company),
    wrappings: ['agreement', 'contract'],
  },
  invoice: {
    list: 'GET /finance/invoices',
    fields: ['id', 'invoiceNumber', 'type', 'company', 'date', 'balance'],
    names: ['invoiceNumber'],
    large: true,
    numbered: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.company, String(row.date ?? '').slice(0, 10)),
    wrappings: ['invoice', 'inv'],
  },
  agreementType: table('/finance/agreements/types'),
  billingCycle: table('/finance/billingCycles', {
    fields: ['id', 'identifier', 'name', 'billingOptions', 'defaultFlag'],
  }),
  billingStatus: table('/finance/billingStatuses'),
  taxCode: table('/finance/taxCodes', {
    fields: ['id', 'identifier', 'description'],
    names: ['identifier', 'description'],
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof finance, Kind> {}
}
