import { DateTime, type Zone } from 'luxon';
import type { ApiDescription } from '../../../api/index.ts';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand } from '../../references.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

/** Sheets whose entries can no longer be edited in the ordinary way. */
const LOCKED: ReadonlySet<string> = new Set([
  'PendingApproval',
  'PendingProjectApproval',
  'ApprovedByTierOne',
  'ApprovedByTierTwo',
  'ReadyToBill',
  'Billed',
  'WrittenOff',
  'BilledAgreement',
]);

export const isLocked = (sheet: SandboxRecord | undefined): boolean => LOCKED.has(String(sheet?.status));

/** The weekly sheet of a member for a moment, made by the system when it does not exist yet. Weeks run Monday to Sunday in the member's zone. */
export function sheetOf(
  member: SandboxRecord,
  moment: Date,
  zone: string | Zone,
  data: { readonly store: Store; readonly api: ApiDescription },
): SandboxRecord {
  const week = weekOf(moment, zone);
  for (const sheet of data.store.collection('/time/sheets').where('member/id', member.id))
    if (sheet.dateStart === week.dateStart) return sheet;
  return newSheet(member, week, data);
}

/** The week of a moment, as time sheets have it. */
export function weekOf(moment: Date, zone: string | Zone) {
  const start = DateTime.fromJSDate(moment, { zone }).startOf('week');
  const day = start.toISODate() ?? '';
  const end = start.plus({ days: 6 }).toISODate() ?? '';
  return {
    name: `${day} to ${end}`,
    year: start.weekYear,
    period: start.weekNumber,
    dateStart: `${day}T00:00:00Z`,
    dateEnd: `${end}T00:00:00Z`,
    deadline: `${start.plus({ days: 9 }).toISODate()}T00:00:00Z`,
  };
}

/** An empty sheet for a week in which the member has none. */
export function newSheet(
  member: SandboxRecord,
  { name, ...week }: ReturnType<typeof weekOf>,
  { store, api }: { readonly store: Store; readonly api: ApiDescription },
): SandboxRecord {
  return store.collection('/time/sheets').put({
    name,
    member: expand(member, 'MemberReference', '/system/members', api),
    ...week,
    status: 'Open',
    hours: 0,
  });
}

/** Hours of a sheet from its entries. */
export function recount(store: Store, sheetId: number): void {
  const sheets = store.collection('/time/sheets');
  const sheet = sheets.get(sheetId);
  if (sheet === undefined) return;
  let hours = 0;
  for (const entry of store.collection('/time/entries').where('timesheet/id', sheetId))
    hours += Number(entry.actualHours ?? 0);
  sheets.put({ ...sheet, hours: Math.round(hours * 100) / 100 });
}

const PENDING = ['PendingApproval', 'PendingProjectApproval'];

/** The second tier approves what the first did; every other kind of approval is the first's. */
const isSecondTier = (body: unknown): boolean =>
  (body as { approvalType?: unknown } | undefined)?.approvalType === 'Tier2Update';

/** Moves a sheet and its entries to another state; to `second` from the first tier's approval. */
function move(from: readonly string[], to: string, refusal: string, second = to) {
  return ({ pathValues, body }: ActionRequest, context: HookContext): ActionAnswer => {
    const { store } = context;
    const sheets = store.collection('/time/sheets');
    const sheet = sheets.get(Number(pathValues.id));
    if (sheet === undefined) throw notFound(`Time Sheet ${pathValues.id} not found`);
    // How Manage words this is not known.
    const isApproved = sheet.status === 'ApprovedByTierOne';
    if (!from.includes(String(sheet.status)) || (second !== to && isApproved && !isSecondTier(body)))
      context.fail(400, {
        code: 'InvalidObject',
        message: `timeSheet object is invalid`,
        errors: [
          {
            code: 'InvalidStatus',
            message: `${refusal} Its status is ${String(sheet.status)}.`,
            field: 'status',
            resource: 'timeSheet',
          },
        ],
      });
    const status = isApproved || (second !== to && isSecondTier(body)) ? second : to;
    sheets.put({ ...sheet, status }, { by: context.caller.identifier, at: context.now });
    const entries = store.collection('/time/entries');
    for (const entry of entries.where('timesheet/id', sheet.id))
      entries.put({ ...entry, status }, { by: context.caller.identifier, at: context.now });
    return { status: 200, body: { success: true, message: '' } };
  };
}

export const timeSheet: Behaviour = {
  collection: '/time/sheets',
  label: 'Time Sheet',
  // The name is shown in references only.
  present: ({ name: _, ...sheet }) => sheet as SandboxRecord,
  actions: {
    'POST /time/sheets/{id}/submit': move(
      ['Open', 'Rejected', 'ErrorsCorrected'],
      'PendingApproval',
      'The time sheet cannot be submitted.',
    ),
    'POST /time/sheets/{id}/approve': move(
      [...PENDING, 'ApprovedByTierOne'],
      'ApprovedByTierOne',
      'The time sheet cannot be approved.',
      'ApprovedByTierTwo',
    ),
    'POST /time/sheets/{id}/reject': move(
      [...PENDING, 'ApprovedByTierOne'],
      'Rejected',
      'The time sheet cannot be rejected.',
    ),
    'POST /time/sheets/{id}/reverse': move(
      [...PENDING, 'ApprovedByTierOne', 'ApprovedByTierTwo'],
      'Open',
      'The time sheet cannot be reversed.',
    ),
  },
};
