import type { Behaviour } from '../behaviour.ts';
import type { CallbackDelivery } from './delivery.ts';

/** Collections whose changes are told, by the type that a subscription names. */
const TYPES: Readonly<Record<string, string>> = {
  '/sales/activities': 'Activity',
  '/finance/agreements': 'Agreement',
  '/company/companies': 'Company',
  '/company/contacts': 'Contact',
  '/company/configurations': 'Configuration',
  '/finance/invoices': 'Invoice',
  '/expense/entries': 'Expense',
  '/system/members': 'Member',
  '/sales/opportunities': 'Opportunity',
  '/procurement/catalog': 'ProductCatalog',
  '/project/projects': 'Project',
  '/procurement/purchaseorders': 'PurchaseOrder',
  '/schedule/entries': 'Schedule',
  '/service/tickets': 'Ticket',
  '/project/tickets': 'Ticket',
  '/time/entries': 'Time',
};

/** The behaviours, telling subscribers of each record that is created, changed or deleted. */
export function observed(behaviours: readonly Behaviour[], delivery: CallbackDelivery): readonly Behaviour[] {
  const known = new Set(behaviours.map(({ collection }) => collection));
  const bare = Object.keys(TYPES).filter((collection) => !known.has(collection));
  return [...behaviours, ...bare.map((collection): Behaviour => ({ collection }))].map((behaviour) => {
    const type = TYPES[behaviour.collection];
    if (type === undefined) return behaviour;
    return {
      ...behaviour,
      afterSave(record, previous, context) {
        behaviour.afterSave?.(record, previous, context);
        const stored = context.store.collection(behaviour.collection).get(record.id) ?? record;
        delivery.changed(type, previous === undefined ? 'added' : 'updated', stored, context);
      },
      beforeDelete(record, context) {
        const outcome = behaviour.beforeDelete?.(record, context);
        delivery.changed(type, 'deleted', record, context);
        return outcome;
      },
    };
  });
}
