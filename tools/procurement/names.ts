import { type Kind, table } from '../../src/names/kind.ts';

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
    ],
    names: ['identifier', 'description'],
    large: true,
    hidden: (row) => row.inactiveFlag === true,
    hint: (row) => (typeof row.description === 'string' ? row.description : undefined),
  },
  purchaseOrderStatus: table('/procurement/purchaseorderstatuses', {
    fields: ['id', 'name', 'closedFlag', 'defaultFlag', 'inactiveFlag'],
  }),
  unitOfMeasure: table('/procurement/unitOfMeasures', { fields: ['id', 'name', 'inactiveFlag'] }),
  rmaStatus: table('/procurement/rmaStatuses'),
  rmaDisposition: table('/procurement/RMADispositions'),
  productSubcategory: table('/procurement/subcategories/'),
  productType: table('/procurement/types'),
  billingTerms: table('/finance/billingTerms'),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof procurement, Kind> {}
}
