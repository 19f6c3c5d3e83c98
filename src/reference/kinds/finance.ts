import { type Kind, referenceName } from './kind.ts';

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
} as const satisfies Readonly<Record<string, Kind>>;
