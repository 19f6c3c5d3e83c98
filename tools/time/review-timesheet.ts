import { z } from 'zod';
import { findSheet, SHEET_OPERATIONS, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { readDay, showDay, showHours } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  type LegacyStep as Step,
  ToolInputError,
  writeSteps,
} from '../../src/tool/index.ts';

const PENDING = ['PendingApproval', 'PendingProjectApproval'];
const APPROVED = ['ApprovedByTierOne', 'ApprovedByTierTwo'];

/** From which states a sheet can be approved, sent back, or opened again. */
const FROM = {
  approve: [...PENDING, 'ApprovedByTierOne'],
  reject: [...PENDING, 'ApprovedByTierOne'],
  reverse: [...PENDING, ...APPROVED],
} as const;

const DONE = { approve: 'Approved', reject: 'Rejected', reverse: 'Reversed' } as const;

const input = z.strictObject({
  action: z.enum(['approve', 'reject', 'reverse']).describe('reverse: open again'),
  timesheetIds: z.array(z.int()).optional(),
  member: z.string().optional().describe('Instead of ids, with date'),
  date: z.string().optional().describe('A day on the sheet'),
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
  ],
  description:
    "Approve, reject or reverse members' submitted time sheets. For several the person has to agree. Manage keeps no reason.",
  input,
  aliases: {
    id: 'timesheetIds',
    ids: 'timesheetIds',
    timesheetId: 'timesheetIds',
    sheetId: 'timesheetIds',
    day: 'date',
    week: 'date',
  },
  output: z.looseObject({ timesheets: z.array(z.looseObject({})).optional() }),
  async run(given, context) {
    const { manage, names, signal, now, plain } = context;
    const { action } = given;
    const read = (id: number) => manage.get<ManageRecord>('GET /time/sheets/{id}', { path: { id }, signal });
    const find = async (): Promise<ManageRecord[]> => {
      if (given.timesheetIds !== undefined && given.timesheetIds.length > 0)
        return Promise.all([...new Set(given.timesheetIds)].map(read));
      if (given.member === undefined || given.date === undefined)
        throw new ToolInputError('timesheetIds', 'Say which sheets: timesheetIds, or member with date.', {
          next: 'search_timesheets lists what waits for approval.',
        });
      const present = await now();
      const day = /last week/i.test(given.date)
        ? present.minus({ weeks: 1 })
        : readDay(given.date, { now: present, direction: 'past', argument: 'date' }).at;
      const member = await names.resolve('member', given.member, { argument: 'member' });
      const sheet = await findSheet(manage, member.id, day, signal);
      if (sheet === undefined)
        throw new ToolInputError('date', `${plain(member.label)} has no time sheet for ${showDay(day)}.`);
      return [sheet];
    };
    const sheets = await find();
    const told = (sheet: ManageRecord): string =>
      `sheet ${sheet.id} of ${plain(nameOf(sheet.member))}, ${sheetPeriod(sheet)}, ${showHours(Number(sheet.hours ?? 0))}`;
    const wrong = sheets.filter(({ status }) => !(FROM[action] as readonly string[]).includes(String(status)));
    if (wrong.length > 0)
      throw new ToolInputError(
        given.timesheetIds === undefined ? 'date' : 'timesheetIds',
        `These cannot be ${DONE[action].toLowerCase()}; nothing was sent: ${wrong.map((sheet) => `${told(sheet)}, is ${sheet.status}`).join('; ')}.`,
        { next: `Only ${FROM[action].join(', ')} can be. submit_timesheet submits an open sheet.` },
      );
    const steps = sheets.map((sheet): Step => {
      const id = Number(sheet.id);
      const tier = sheet.status === 'ApprovedByTierOne' ? 'Tier2Update' : 'Tier1Update';
      return {
        operation: `POST /time/sheets/{id}/${action}`,
        request: {
          path: { id },
          ...(action === 'approve' && { body: { approvalType: given.approvalType ?? tier } }),
          settle: async () => {
            const current = await read(id);
            return current.status === sheet.status ? undefined : current;
          },
        },
        does: `${DONE[action]} ${told(sheet)}`,
      };
    });
    if (given.dryRun)
      return legacyPreview(
        steps.map(({ operation, request }) => manage.preview(operation, request)),
        [],
        sheets.map(told).join('\n'),
      );
    if (steps.length > 1)
      await context.confirm({
        question: `${action[0]?.toUpperCase()}${action.slice(1)} ${steps.length} time sheets: ${sheets.map(told).join('; ')}?`,
        given: given.confirm,
      });
    await writeSteps(context, steps);
    const after = await Promise.all(sheets.map(({ id }) => read(Number(id))));
    return {
      structured: {
        timesheets: after.map((sheet) => ({
          id: sheet.id,
          member: plain(nameOf(sheet.member)),
          days: sheetPeriod(sheet),
          status: sheet.status,
        })),
      },
      text: after.map((sheet) => `${DONE[action]} ${told(sheet)}. Its status is now ${sheet.status}.`).join('\n'),
    };
  },
});
