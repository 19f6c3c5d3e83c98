import type { HookContext } from './behaviour.ts';
import type { Dispatcher } from './operations/dispatch.ts';
import { type MemoryStore, stamp } from './store/memory-store.ts';
import type { SandboxRecord, Store } from './store/store.ts';

export const AUDIT_TRAIL = '/system/audittrail';

/** Collections whose changes the audit trail tells, by what it calls them. */
const AUDITED: Readonly<Record<string, string>> = {
  '/service/tickets': 'Ticket',
  '/project/tickets': 'ProjectTicket',
  '/company/companies': 'Company',
  '/company/contacts': 'Contact',
  '/company/configurations': 'Configuration',
  '/sales/opportunities': 'Opportunity',
  '/sales/activities': 'Activity',
  '/time/entries': 'Time',
  '/expense/entries': 'Expense',
  '/schedule/entries': 'Schedule',
  '/finance/agreements': 'Agreement',
  '/finance/agreements/{}/additions': 'AgreementAddition',
  '/finance/invoices': 'Invoice',
  '/project/projects': 'Project',
  '/procurement/catalog': 'ProductCatalog',
  '/procurement/purchaseorders': 'PurchaseOrder',
};
const TYPES = [...new Set(Object.values(AUDITED))];

/** The parents by which the rows of one record are found; ids are told apart by type. */
export const auditParents = (type: string, recordId: number): number[] => [
  TYPES.findIndex((known) => known.toLowerCase() === type.toLowerCase()) + 1,
  recordId,
];

/** What follows from something else, or is told by a row of its own. */
const UNTOLD = new Set(['id', '_info', 'closedFlag', 'closedDate', 'closedBy', 'slaStatus', 'isInSla', 'customFields']);

/** `estimatedStart` as the screens call it. */
const labelOf = (member: string): string =>
  member
    .replace(/Flag$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^./, (letter) => letter.toUpperCase());

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return undefined;
  if (typeof value !== 'object') return String(value).slice(0, 100);
  const { name, identifier, summary, id } = value as Record<string, unknown>;
  const text = name ?? identifier ?? summary ?? id;
  return text === undefined ? undefined : String(text);
}

interface Told {
  readonly text: string;
  readonly subType: string;
}

/** What a change of a record is told as. That it is these words is made up: no sample of a row's text is public. */
export function toldOf(type: string, before: SandboxRecord | undefined, after: SandboxRecord | undefined): Told[] {
  const id = after?.id ?? before?.id;
  if (before === undefined) return [{ text: `${type} ${id} was created.`, subType: 'Record' }];
  if (after === undefined) return [{ text: `${type} ${id} was deleted.`, subType: 'Record' }];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => !UNTOLD.has(member));
  return members.flatMap((member) => {
    const [was, is] = [shown(before[member]), shown(after[member])];
    if (was === undefined || is === undefined || was === is) return [];
    return [{ text: `${labelOf(member)} changed from "${was}" to "${is}".`, subType: labelOf(member) }];
  });
}

/** Puts rows into the trail. */
export function writeRows(
  store: Store,
  type: string,
  recordId: number,
  rows: readonly Told[],
  { by, at, source }: { by: string; at: Date; source: string },
): void {
  const trail = store.collection(AUDIT_TRAIL);
  for (const { text, subType } of rows)
    trail.put(
      { text, enteredDate: stamp(at), enteredBy: by, auditType: type, auditSubType: subType, auditSource: source },
      { parentIds: auditParents(type, recordId), by, at },
    );
}

/** The dispatcher, noting in the audit trail what each request changed, named in it or changed along with it. */
export function audited(dispatcher: Pick<Dispatcher, 'answer'>, store: MemoryStore): Pick<Dispatcher, 'answer'> {
  let changes:
    | Map<string, { type: string; before: SandboxRecord | undefined; after: SandboxRecord | undefined }>
    | undefined;
  store.watch((template, before, after) => {
    const type = AUDITED[template];
    if (changes === undefined || type === undefined) return;
    const key = `${type}/${after?.id ?? before?.id}`;
    const known = changes.get(key);
    if (known === undefined) changes.set(key, { type, before, after });
    else known.after = after;
  });
  return {
    answer(request, context: Omit<HookContext, 'parentIds'>) {
      // A read writes only what a table that nobody filled shows as an example.
      changes = request.operation.method === 'GET' ? undefined : new Map();
      const answer = dispatcher.answer(request, context);
      const found = changes;
      changes = undefined;
      for (const { type, before, after } of found?.values() ?? []) {
        const id = after?.id ?? before?.id;
        if (id === undefined || (before === undefined && after === undefined)) continue;
        const by = context.caller.identifier;
        writeRows(store, type, id, toldOf(type, before, after), { by, at: context.now, source: 'API' });
      }
      return answer;
    },
  };
}
