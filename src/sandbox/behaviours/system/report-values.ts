import { instantOf } from '../../../query/index.ts';
import type { HookContext } from '../../contract/behaviour.ts';
import { enteredOf } from '../../records/information.ts';
import { nameIn } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

type Computed = (record: SandboxRecord, collection: string, context: HookContext) => unknown;

const DAY = 24 * 60 * 60 * 1000;

const moment = (value: unknown): number | undefined => (typeof value === 'string' ? instantOf(value) : undefined);

/** Whole days from a ticket's creation to its end, or to now. */
function ageOf(record: SandboxRecord, { now }: HookContext): number | undefined {
  const entered = moment(enteredOf(record));
  return entered === undefined
    ? undefined
    : Math.max(0, Math.floor(((moment(record.closedDate) ?? now.getTime()) - entered) / DAY));
}

/** Days since an invoice was due; none where nothing is owed. */
function overdueOf({ dueDate, balance }: SandboxRecord, { now }: HookContext): number {
  const due = moment(dueDate);
  return due === undefined || !(Number(balance) > 0) ? 0 : Math.max(0, Math.floor((now.getTime() - due) / DAY));
}

/** Spans of days as such lists have them. */
const group = (days: number, spans: readonly number[]): string => {
  const end = spans.find((span) => days <= span);
  const before = spans[(end === undefined ? spans.length : spans.indexOf(end)) - 1];
  const start = before === undefined ? 0 : before + 1;
  return end === undefined ? `Over ${spans.at(-1)} Days` : `${start}-${end} Days`;
};

const memberName = ({ member }: SandboxRecord): string[] => String(nameIn(member) ?? '').split(' ');

/** Values of columns that no member holds. How the server words and counts them is not public. */
export const COMPUTED: Readonly<Record<string, Computed>> = {
  $age: (record, _, context) => ageOf(record, context),
  $ageGroup: (record, _, context) => group(ageOf(record, context) ?? 0, [1, 3, 7, 14, 30]),
  $billable: ({ billableOption }) => billableOption === 'Billable',
  $closedDesc: ({ closedFlag }) => (closedFlag === true ? 'Closed' : 'Open'),
  $isPaid: ({ balance }) => (Number(balance) > 0 ? 0 : 1),
  $memberFirst: (record) => memberName(record)[0],
  $memberLast: (record) => memberName(record).slice(1).join(' '),
  $overdueDays: (record, _, context) => overdueOf(record, context),
  $overdueGroup: (record, _, context) => {
    const days = overdueOf(record, context);
    return days === 0 ? 'Current' : group(days, [30, 60, 90]);
  },
  /** Id of the record that this one stands under. */
  $parent: ({ id }, collection, { store }) => store.collection(collection).parentsOf(id).at(-1),
  $pastRequired: ({ requiredDate, closedFlag }, _, { now }) => {
    const required = moment(requiredDate);
    return closedFlag !== true && required !== undefined && required < now.getTime() ? 1 : 0;
  },
};
