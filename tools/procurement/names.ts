import { hintOf, type Kind, named, table } from '../../src/names/kind.ts';

/** What people name in the procurement module. */
export const procurement = {
  catalogItem: {
    list: 'GET /procurement/catalog',
    fields: [
      'id',
      'identifier',
      'description',
      'inactiveFlag',
      'price',
      'cost',
      'unitOfMeasure',
      'customerDescription',
      'vendor',
    ],
    names: ['identifier', 'description'],
    large: true,
    hidden: (row) => row.inactiveFlag === true,
    hint: (row) => hintOf(row.description),
    wrappings: ['product', 'item', 'part', 'sku'],
    counted: true,
  },
  purchaseOrder: {
    list: 'GET /procurement/purchaseorders',
    fields: ['id', 'poNumber', 'vendorCompany', 'status', 'poDate'],
    names: ['poNumber'],
    large: true,
    numbered: true,
    parent: { scope: 'companyId', field: 'vendorCompany/id' },
    hint: (row) => hintOf(row.vendorCompany, row.status),
    wrappings: ['purchase order', 'purchaseorder', 'po', 'order'],
  },
  rma: {
    list: 'GET /procurement/rmaTags',
    fields: ['id', 'summary', 'product', 'company', 'status'],
    names: ['summary'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.company, row.status),
    wrappings: ['rma', 'rma tag'],
  },
  purchaseOrderStatus: table('/procurement/purchaseorderstatuses', {
    fields: ['id', 'name', 'closedFlag', 'defaultFlag', 'inactiveFlag'],
  }),
  unitOfMeasure: table('/procurement/unitOfMeasures', { fields: ['id', 'name', 'inactiveFlag'] }),
  rmaStatus: table('/procurement/rmaStatuses', { fields: [...named, 'closedFlag'] }),
  rmaDisposition: table('/procurement/RMADispositions'),
  productCategory: table('/procurement/categories'),
  productSubcategory: table('/procurement/subcategories/'),
  productType: table('/procurement/types'),
  billingTerms: table('/finance/billingTerms'),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof procurement, Kind> {}
}
