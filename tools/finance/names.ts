import { type Kind, referenceName, table } from '../../src/names/kind.ts';

/** What people name in the finance module. */
export const finance = {
  agreement: {
    list: 'GET /finance/agreements',
    fields: ['id', 'name', 'company', 'endDate', 'cancelledFlag'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hidden: (row) => row.cancelledFlag === true,
    hint: (row) => referenceName(row.company),
  },
  agreementType: table('/finance/agreements/types'),
  billingCycle: table('/finance/billingCycles'),
  billingStatus: table('/finance/billingStatuses'),
  taxCode: table('/finance/taxCodes', {
    fields: ['id', 'identifier', 'description'],
    names: ['identifier', 'description'],
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof finance, Kind> {}
}
