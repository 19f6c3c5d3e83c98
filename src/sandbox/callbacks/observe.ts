import type { Dispatcher } from '../operations/dispatch.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
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

/** What one request made of one record. */
interface Change {
  readonly type: string;
  readonly before: SandboxRecord | undefined;
  after: SandboxRecord | undefined;
}

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

/**
 * The dispatcher, telling subscribers of every record that a request changed, whether it was named in the request or changed along
 * with it: merged and attached tickets, both sides of a conversion, the ticket of a note or of an assignment.
 */
export function observed(
  dispatcher: Dispatcher,
  store: MemoryStore,
  delivery: CallbackDelivery,
): Pick<Dispatcher, 'answer'> {
  let changes: Map<string, Change> | undefined;
  store.watch((template, before, after) => {
    const type = TYPES[template];
    const id = after?.id ?? before?.id;
    if (changes === undefined || type === undefined) return;
    const key = `${template}/${id}`;
    const known = changes.get(key);
    if (known === undefined) changes.set(key, { type, before, after });
    else known.after = after;
  });
  return {
    answer(request, context) {
      // A read writes only what a table that nobody filled shows as an example.
      changes = request.operation.method === 'GET' ? undefined : new Map();
      const answer = dispatcher.answer(request, context);
      const found = changes;
      changes = undefined;
      const quiet = isQuiet(request.text) ? 'Ticket' : undefined;
      for (const change of found?.values() ?? []) {
        const action = actionOf(change);
        const record = change.after ?? change.before;
        if (action === undefined || record === undefined || change.type === quiet) continue;
        delivery.changed(change.type, action, record, context);
      }
      return answer;
    },
  };
}
