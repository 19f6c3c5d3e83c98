import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { recountProducts } from '../finance/invoice.ts';

const PRODUCTS = '/procurement/products';
const COMPONENTS = '/procurement/products/{parentId}/components';

/** What a product can be charged to, and where that is kept. */
const CHARGED = {
  ticket: ['/service/tickets', '/project/tickets'],
  project: ['/project/projects'],
  opportunity: ['/sales/opportunities'],
  salesOrder: ['/sales/orders'],
  invoice: ['/finance/invoices'],
} as const;

/** The record that a product is charged to. */
function chargedTo(record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined {
  for (const [member, templates] of Object.entries(CHARGED)) {
    const id = idOf(record[member]);
    const found =
      id === undefined ? undefined : templates.map((template) => store.collection(template).get(id)).find(Boolean);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A line of a catalog item on a ticket, project, opportunity, order or invoice: what is not said comes from the catalog. */
export const product: Behaviour = {
  collection: PRODUCTS,
  resource: 'productItem',
  label: 'Product',
  derived: ['company', 'productClass'],

  // Found by what it is charged to, although it does not show it.
  present(record) {
    const [member] = Object.keys(CHARGED).filter((name) => idOf(record[name]) !== undefined);
    if (member === undefined) return record;
    const chargeToType = member.charAt(0).toUpperCase() + member.slice(1);
    return { ...record, chargeToType, chargeToId: idOf(record[member]) };
  },

  defaults(record, context) {
    const item = context.store.collection('/procurement/catalog').get(idOf(record.catalogItem) ?? 0);
    record.description ??= item?.description;
    record.customerDescription ??= item?.customerDescription;
    record.quantity ??= 1;
    record.price ??= item?.price ?? 0;
    record.cost ??= item?.cost ?? 0;
    record.taxableFlag ??= item?.taxableFlag ?? false;
    record.productClass ??= item?.productClass;
    record.cancelledFlag ??= false;
    record.quantityCancelled ??= 0;
    record.locationId ??= 1;
    record.businessUnitId ??= 1;
  },

  beforeSave(record, context) {
    const company = chargedTo(record, context)?.company;
    if (company !== undefined) record.company = company;
    for (const member of ['description', 'customerDescription', 'productClass'])
      if (record[member] === undefined) delete record[member];
  },

  afterSave: (record, context) => recountProducts(idOf(record.invoice), context),

  beforeDelete(record, context) {
    context.store.collection(PRODUCTS).remove(record.id);
    recountProducts(idOf(record.invoice), context);
    return 'keep';
  },
};

/** Parts of a product that is a bundle, in the order in which they were added. */
export const component: Behaviour = {
  collection: COMPONENTS,
  resource: 'productComponent',
  label: 'ProductComponent',
  defaults(record, { store, parentIds }) {
    record.sequenceNumber ??= store.collection(COMPONENTS).idsUnder(parentIds).length + 1;
  },
};
