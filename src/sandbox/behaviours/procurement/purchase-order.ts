import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { currencyOf } from '../../records/billed-in.ts';
import { cents } from '../../records/currency.ts';
import { idOf } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';

const ORDERS = '/procurement/purchaseorders';
const LINES = '/procurement/purchaseorders/{parentId}/lineitems';

function total(record: SandboxRecord, { store }: HookContext): void {
  const lines = record.id === undefined ? [] : [...store.collection(LINES).all([record.id])];
  const sum = lines
    .filter(({ canceledFlag }) => canceledFlag !== true)
    .reduce((all, { quantity, unitCost }) => all + Number(quantity ?? 0) * Number(unitCost ?? 0), 0);
  record.subTotal = cents(sum);
  record.total = cents(sum + Number(record.freightCost ?? 0) + Number(record.salesTax ?? 0));
}

/** Purchase orders are closed by their status, and worth what their lines are. */
export const purchaseOrder: Behaviour = {
  collection: ORDERS,
  resource: 'purchaseOrder',
  label: 'PurchaseOrder',
  derived: ['closedFlag', 'dateClosed', 'subTotal', 'total', 'enteredBy'],

  defaults(record, { now, store }) {
    record.poDate ??= `${now.toISOString().slice(0, 10)}T00:00:00Z`;
    record.currency ??= currencyOf(record.vendorCompany, store);
    record.locationId ??= 1;
    record.businessUnitId ??= 1;
    record.dropShipCustomerFlag ??= false;
  },

  beforeSave(record, context) {
    const { previous } = context;
    const status = context.store.collection('/procurement/purchaseorderstatuses').get(idOf(record.status) ?? 0);
    record.closedFlag = status?.closedFlag === true;
    if (record.closedFlag !== true) delete record.dateClosed;
    else if (previous?.closedFlag !== true) record.dateClosed = stamp(context.now);
    record.enteredBy ??= context.caller.identifier;
    record.poNumber ??= `PO-${1001 + context.store.collection(ORDERS).size}`;
    total(record, context);
  },
};

function recount(context: HookContext): void {
  const orders = context.store.collection(ORDERS);
  const found = orders.get(context.parentIds[0] ?? 0);
  if (found === undefined) return;
  const next = { ...found };
  total(next, context);
  orders.put(next, { by: context.caller.identifier, at: context.now });
}

export const purchaseOrderLine: Behaviour = {
  collection: LINES,
  resource: 'purchaseOrderLineItem',
  label: 'PurchaseOrderLineItem',

  defaults(record, { parentIds }) {
    record.purchaseOrderId = parentIds[0];
    record.receivedStatus ??= 'Waiting';
    for (const flag of ['canceledFlag', 'closedFlag', 'backorderedFlag']) record[flag] ??= false;
  },

  beforeSave(record, { previous, caller, now }) {
    record.closedFlag = record.receivedStatus === 'FullyReceived' || record.canceledFlag === true;
    if (record.canceledFlag === true && previous?.canceledFlag !== true) {
      record.canceledBy = caller.identifier;
      record.dateCanceled = stamp(now);
    }
  },

  afterSave: (_, context) => recount(context),

  beforeDelete(record, context) {
    context.store.collection(LINES).remove(record.id);
    recount(context);
    return 'keep';
  },
};
