import { z } from 'zod';
import { statusWords } from '../../src/approval/approval-status.ts';
import { findSheet, SHEET_OPERATIONS, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { showDay, showHours } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, type Step, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import { ZONE_OPERATIONS } from '../../src/working-time/member-zone.ts';
import { whoseDays } from './support/whose-days.ts';

const PENDING = ['PendingApproval', 'PendingProjectApproval'];
const APPROVED = ['ApprovedByTierOne', 'ApprovedByTierTwo'];

/** From which states a sheet can be approved, sent back, or opened again. */
const FROM = {
  approve: [...PENDING, 'ApprovedByTierOne'],
  reject: [...PENDING, 'ApprovedByTierOne'],
  reverse: [...PENDING, ...APPROVED],
} as const;

const WORDS = {
  approve: { do: 'Approve', done: 'Approved', undoable: 'approved' },
  reject: { do: 'Reject', done: 'Rejected', undoable: 'rejected' },
  reverse: { do: 'Reverse', done: 'Reversed', undoable: 'reversed' },
} as const;

const input = z.strictObject({
  action: z.enum(['approve', 'reject', 'reverse']).describe('reverse: open again'),
  timesheetIds: z.array(fragments.id(z.int())).optional(),
  member: fragments.name('member', { inactive: true, description: 'Instead of ids, with date' }).optional(),
  date: fragments.days('past', 'A day on the sheet').optional(),
  approvalType: z
    .enum([
      'DataEntry',
      'Tier1Update',
      'Tier2Update',
      'Billing',
      'Service',
      'Project',
      'MonthlySummary',
      'SalesActivity',
      'Schedule',
    ])
    .optional()
    .describe('Default the next tier'),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const readSheet = (id: number, { manage }: ToolContext, signal: AbortSignal) =>
  manage.get<ManageRecord>('GET /time/sheets/{id}', { path: { id }, signal });

/** `sheet 12 of Alex Chen, 2026-11-16 to 2026-11-22, 38.5 h`. */
const told = (sheet: ManageRecord): Clean =>
  say`sheet ${Number(sheet.id)} of ${cleanLine(nameOf(sheet.member))}, ${sheetPeriod(sheet)}, ${cleanLine(showHours(Number(sheet.hours ?? 0)))}`;

/** @throws {ToolInputError} when it is not said which sheets are meant, or the member has none on that day */
async function sheetsOf(given: Input, context: ToolContext): Promise<readonly ManageRecord[]> {
  const { timesheetIds, member, date } = given;
  if (timesheetIds !== undefined) {
    if (member !== undefined || date !== undefined)
      throw new ToolInputError('timesheetIds', say`Send timesheetIds, or member with date, not both.`);
    return Promise.all([...new Set(timesheetIds)].map((id) => readSheet(id, context, context.signal)));
  }
  if (member === undefined || date === undefined)
    throw new ToolInputError('timesheetIds', say`Say which sheets: timesheetIds, or member with date.`, {
      next: say`search_timesheets lists what waits for approval.`,
    });
  const { day } = await whoseDays({ member, date }, context);
  const sheet = await findSheet(context, { memberId: member.id, day });
  if (sheet !== undefined) return [sheet];
  throw new ToolInputError('date', say`${cleanLine(member.label)} has no time sheet for ${cleanLine(showDay(day))}.`);
}

/** @throws {ToolInputError} when a sheet is not in a state that the action takes */
function checkStates(sheets: readonly ManageRecord[], { action, timesheetIds }: Input): void {
  const wrong = sheets
    .filter(({ status }) => !(FROM[action] as readonly string[]).includes(String(status)))
    .map((sheet) => say`${told(sheet)}, is ${statusWords(sheet.status)}`);
  if (wrong.length === 0) return;
  throw new ToolInputError(
    timesheetIds === undefined ? 'date' : 'timesheetIds',
    say`These cannot be ${WORDS[action].undoable}; nothing was sent: ${joined(wrong, '; ')}.`,
    { next: say`Only ${joined(FROM[action].map(statusWords), ', ')} can be. submit_timesheet submits an open sheet.` },
  );
}

export default defineTool({
  name: 'review_timesheet',
  title: 'Review time sheets',
  toolset: 'time',
  effect: 'update',
  uses: [
    'POST /time/sheets/{id}/approve',
    'POST /time/sheets/{id}/reject',
    'POST /time/sheets/{id}/reverse',
    'GET /time/sheets/{id}',
    ...SHEET_OPERATIONS,
    ...ZONE_OPERATIONS,
  ],
  description: "Approve, reject or reverse members' submitted time sheets. Manage keeps no reason.",
  input,
  aliases: {
    id: 'timesheetIds',
    ids: 'timesheetIds',
    timesheetId: 'timesheetIds',
    sheetId: 'timesheetIds',
    day: 'date',
    week: 'date',
  },
  output: z.looseObject({ timesheets: z.array(z.looseObject({ id: z.int().optional() })).optional() }),
  async run(given, context) {
    const { action } = given;
    if (action !== 'approve' && given.approvalType !== undefined)
      throw new ToolInputError('approvalType', say`approvalType is for approve alone: leave it out of ${action}.`);
    const sheets = await sheetsOf(given, context);
    checkStates(sheets, given);
    const { do: verb, done } = WORDS[action];
    const steps = sheets.map((sheet): Step => {
      const id = Number(sheet.id);
      const tier = sheet.status === 'ApprovedByTierOne' ? 'Tier2Update' : 'Tier1Update';
      const body = action === 'approve' ? { approvalType: given.approvalType ?? tier } : undefined;
      return {
        operation: `POST /time/sheets/{id}/${action}`,
        request: { path: { id }, body },
        does: say`${done} ${told(sheet)}`,
        async settle(within) {
          const current = await readSheet(id, context, within);
          return current.status === sheet.status ? undefined : current;
        },
      };
    });
    const list = joined(sheets.map(told), '; ');
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      question: sheets.length === 1 ? say`${verb} ${list}?` : say`${verb} ${sheets.length} time sheets: ${list}?`,
      steps,
      async answer() {
        const after = await Promise.all(sheets.map(({ id }) => readSheet(Number(id), context, context.signal)));
        return {
          structured: {
            timesheets: after.map((sheet) => ({
              id: Number(sheet.id),
              member: cleanLine(nameOf(sheet.member)),
              days: sheetPeriod(sheet),
              status: cleanLine(sheet.status),
            })),
          },
          text: lines(
            after.map((sheet) => say`${done} ${told(sheet)}. Its status is now ${statusWords(sheet.status)}.`),
          ),
        };
      },
    });
  },
});
