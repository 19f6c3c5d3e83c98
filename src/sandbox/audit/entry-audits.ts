import type { ChangeListener } from '../operations/changes.ts';
import { expand } from '../references.ts';
import { type Difference, differences } from './differences.ts';

/** Time and expenses keep audits of their own under each record: the kind of each by the member that changed. */
const AUDITED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/time/entries': {
    actualHours: 'ActualHours',
    billableOption: 'Billable',
    company: 'Company',
    hoursDeduct: 'DeductHours',
    invoice: 'Invoice',
    member: 'Member',
    notes: 'Notes',
    timeEnd: 'DateTime',
    timeStart: 'DateTime',
    workRole: 'WorkRole',
    workType: 'WorkType',
  },
  '/time/sheets': {},
  '/expense/entries': { amount: 'Amount', company: 'Company', date: 'Date', notes: 'Notes', type: 'ExpenseType' },
  '/expense/reports': {},
};

/** What is worked out anew with every entry, and is nobody's doing. */
const COUNTED = new Set(['hours', 'total']);

const messageOf = ({ label, old, new: now }: Difference): string => `${label} changed from "${old}" to "${now}".`;

/** Notes under time entries, sheets, expenses and reports what each request changed of them. */
export const keepEntryAudits: ChangeListener = (changes, _, { store, api, caller, now }) => {
  const member = store.collection('/system/members').get(caller.memberId);
  for (const { template, id, before, after } of changes) {
    const kinds = AUDITED[template];
    if (kinds === undefined || after === undefined) continue;
    const lines =
      before === undefined
        ? [{ type: 'Record', message: 'The record was created.' }]
        : differences(before, after)
            .filter((difference) => !COUNTED.has(difference.member))
            .map((difference) => ({
              type: kinds[difference.member] ?? (difference.member === 'status' ? 'Status' : 'Record'),
              message: messageOf(difference),
              oldValue: difference.old,
              newValue: difference.new,
            }));
    for (const line of lines)
      store.collection(`${template}/{parentId}/audits`).put(
        {
          ...line,
          source: 'API',
          ...(member && { member: expand(member, 'MemberReference', '/system/members', api) }),
        },
        { parentIds: [id], by: caller.identifier, at: now },
      );
  }
};
