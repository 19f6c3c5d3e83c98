import { z } from 'zod';
import { findSheet, isEditable, SHEET_OPERATIONS, sheetDays, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { type Period, showDay, showHours } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf } from '../../src/names/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  ToolInputError,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, readEntries, sumHours } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS } from '../../src/working-time/member-zone.ts';
import { CALENDAR_OPERATIONS, hoursDue, readCalendars } from '../../src/working-time/work-calendar.ts';
import { dayViews } from './support/day-view.ts';
import { whoseDays } from './support/whose-days.ts';

/** Less than this is not worth asking about. */
const TOLERANCE_HOURS = 0.25;

export default defineTool({
  name: 'submit_timesheet',
  title: 'Submit time sheet',
  toolset: 'time',
  core: true,
  effect: 'update',
  uses: [
    'POST /time/sheets/{id}/submit',
    'GET /time/sheets/{id}',
    ...SHEET_OPERATIONS,
    ...ENTRY_OPERATIONS,
    ...CALENDAR_OPERATIONS,
    ...ZONE_OPERATIONS,
  ],
  description:
    'Submit my time sheet for approval. Says first which days lack time; the person has to agree. Locks its entries.',
  input: z.strictObject({
    date: z.string().optional().describe('A day on the sheet; default today'),
    sheetId: z.int().optional(),
    member: z.string().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { day: 'date', week: 'date', period: 'date', id: 'sheetId', timesheetId: 'sheetId', timeSheetId: 'sheetId' },
  output: z.looseObject({ id: z.int().optional(), status: z.string().optional() }),
  async run(input, context) {
    const { manage, signal, plain, confirm } = context;
    const given =
      input.sheetId === undefined
        ? undefined
        : await manage.get<ManageRecord>('GET /time/sheets/{id}', { path: { id: input.sheetId }, signal });
    const owner = idOf(given?.member);
    const asked = {
      member: input.member ?? (owner === undefined ? undefined : String(owner)),
      date: input.date ?? (given === undefined ? undefined : dayOf(given.dateStart)),
    };
    const { member, present, day } = await whoseDays(asked, context);
    const sheet = given ?? (await findSheet(manage, member.id, day, signal));
    if (sheet === undefined)
      throw new ToolInputError(
        'date',
        `${plain(member.label)} has no time sheet for ${showDay(day)}: nothing was logged in that period.`,
        { next: 'Log time first; Manage makes the sheet by itself.' },
      );
    if (!isEditable(sheet))
      throw new ToolInputError('date', `The time sheet of ${sheetPeriod(sheet)} is ${sheet.status} already.`);
    const { start, end } = sheetDays(sheet, day);
    const entries = await readEntries(
      manage,
      { memberId: member.id, start, end: end.plus({ days: 1 }) },
      present.zoneName,
      signal,
    );
    const views = dayViews(entries, start, end.plus({ days: 1 }));
    const calendar = (await readCalendars(manage, { start, end: end.plus({ days: 1 }) } as Period, signal)).of(
      member.record,
    );
    const short = views
      .filter((view) => view.day <= present)
      .map((view) => ({ ...view, due: hoursDue(calendar, view.day, member.record) }))
      .filter((view) => view.due - view.hours > TOLERANCE_HOURS);
    const missing = short.map((view) => showDay(view.day));
    const hours = sumHours(entries);
    const what = `the time sheet of ${plain(member.label)} for ${sheetPeriod(sheet)}, ${showHours(hours)} in ${entries.length} entries`;
    const days = short.map((view) => `${showDay(view.day)} ${view.hours} of ${view.due} h`);
    const lack = days.length === 0 ? 'Every working day has its hours.' : `Hours are missing: ${days.join('; ')}.`;
    const id = Number(sheet.id);
    if (input.dryRun)
      return legacyPreview([manage.preview('POST /time/sheets/{id}/submit', { path: { id } })], [], `${what}. ${lack}`);
    await confirm({
      question: `Submit ${what}? ${lack} Its entries cannot be edited afterwards.`,
      given: input.confirm,
    });
    const read = () => manage.get<Record<string, unknown>>('GET /time/sheets/{id}', { path: { id } });
    const settle = async (): Promise<Record<string, unknown> | undefined> => {
      const current = await read();
      return isEditable(current) ? undefined : current;
    };
    await manage.write('POST /time/sheets/{id}/submit', { path: { id }, settle, signal });
    const after = await read();
    return {
      structured: { id, status: String(after.status), hours, missing },
      text: `Submitted ${what}. Its status is now ${after.status}. ${lack}`,
    };
  },
});
