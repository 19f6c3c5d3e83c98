import type { ChangeListener } from '../operations/changes.ts';
import { stamp } from '../store/memory-collection.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { differences } from './differences.ts';

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
  '/procurement/products': 'Purchasing',
  '/procurement/purchaseorders': 'PurchaseOrder',
};
/** By type in lower case, from 1. */
const TYPE_IDS = new Map([...new Set(Object.values(AUDITED))].map((type, index) => [type.toLowerCase(), index + 1]));

/** The parents by which the rows of one record are found; ids are told apart by type. */
export const auditParents = (type: string, recordId: number): number[] => [
  TYPE_IDS.get(type.toLowerCase()) ?? 0,
  recordId,
];

/** What follows from something else, or is told by a row of its own. */
const UNTOLD = new Set([
  'closedFlag',
  'closedDate',
  'closedBy',
  'slaStatus',
  'isInSla',
  'dateResponded',
  'customFields',
]);

interface Told {
  readonly text: string;
  readonly subType: string;
}

/** What a change of a record is told as. That it is these words is made up: no sample of a row's text is public. */
export function toldOf(type: string, before: SandboxRecord | undefined, after: SandboxRecord | undefined): Told[] {
  const id = after?.id ?? before?.id;
  if (before === undefined) return [{ text: `${type} ${id} was created.`, subType: 'Record' }];
  if (after === undefined) return [{ text: `${type} ${id} was deleted.`, subType: 'Record' }];
  return differences(before, after)
    .filter(({ member }) => !UNTOLD.has(member))
    .map(({ label, old, new: now }) => ({ text: `${label} changed from "${old}" to "${now}".`, subType: label }));
}

/** Adds rows to the trail of a record. */
export function writeRows(
  store: Store,
  { type, recordId }: { readonly type: string; readonly recordId: number },
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

/** Notes in the audit trail what each request changed, named in it or changed along with it. */
export const keepAudit: ChangeListener = (changes, _, { store, caller, now }) => {
  for (const { template, id, before, after } of changes) {
    const type = AUDITED[template];
    if (type === undefined || (before === undefined && after === undefined)) continue;
    const by = caller.identifier;
    writeRows(store, { type, recordId: id }, toldOf(type, before, after), { by, at: now, source: 'API' });
  }
};
