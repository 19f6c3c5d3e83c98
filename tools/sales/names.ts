import { hintOf, type Kind, table } from '../../src/names/kind.ts';

/** What people name in the sales module. */
export const sales = {
  opportunity: {
    list: 'GET /sales/opportunities',
    fields: ['id', 'name', 'company', 'status', 'stage'],
    names: ['name'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.company),
    wrappings: ['opportunity', 'deal'],
  },
  salesOrder: {
    list: 'GET /sales/orders',
    fields: ['id', 'poNumber', 'company', 'status', 'orderDate'],
    names: ['poNumber'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.company, row.status),
    wrappings: ['sales order', 'order', 'so', 'po'],
  },
  opportunityStage: table('/sales/stages', { fields: ['id', 'name', 'probability', 'sequenceNumber'] }),
  probability: table('/sales/probabilities', { fields: ['id', 'probability'], names: ['probability'] }),
  opportunityStatus: table('/sales/opportunities/statuses', {
    fields: ['id', 'name', 'wonFlag', 'lostFlag', 'closedFlag', 'inactiveFlag', 'defaultFlag'],
  }),
  opportunityType: table('/sales/opportunities/types', {
    fields: ['id', 'description', 'inactiveFlag'],
    names: ['description'],
  }),
  activityType: table('/sales/activities/types', { fields: ['id', 'name', 'defaultFlag', 'inactiveFlag'] }),
  activityStatus: table('/sales/activities/statuses', {
    fields: ['id', 'name', 'defaultFlag', 'inactiveFlag', 'closedFlag'],
  }),
  orderStatus: table('/sales/orders/statuses', { fields: ['id', 'name', 'closedFlag', 'inactiveFlag'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof sales, Kind> {}
}
