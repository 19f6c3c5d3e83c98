import type { Change, ChangeListener } from '../operations/changes.ts';
import type { Filler } from '../records/filler.ts';
import type { CallbackAction, CallbackDelivery } from './delivery.ts';

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

function actionOf({ before, after }: Change): CallbackAction | undefined {
  if (before === undefined) return after === undefined ? undefined : 'added';
  // A company that is deleted stays, marked as such.
  const isDeleted = after === undefined || (after.deletedFlag === true && before.deletedFlag !== true);
  return isDeleted ? 'deleted' : 'updated';
}

/** Whether a request asked for silence about the ticket that it writes (`skipCallback`). */
function isQuiet(text: string): boolean {
  if (!text.includes('skipCallback')) return false;
  try {
    const body = JSON.parse(text) as unknown;
    return Array.isArray(body)
      ? body.some((step) => /^\/?skipCallback$/.test(step?.path) && step?.value === true)
      : (body as { skipCallback?: unknown } | null)?.skipCallback === true;
  } catch {
    return false;
  }
}

/** Tells subscribers of every record that a request changed, as it is shown. */
export const tellSubscribers =
  (delivery: CallbackDelivery, filler: Filler): ChangeListener =>
  (changes, request, context) => {
    const quiet = isQuiet(request.text) ? 'Ticket' : undefined;
    for (const change of changes) {
      const type = TYPES[change.template];
      const action = actionOf(change);
      const record = change.after ?? change.before;
      if (type === undefined || action === undefined || record === undefined || type === quiet) continue;
      delivery.changed(type, action, filler.of(change.template).whole(record), context);
    }
  };
