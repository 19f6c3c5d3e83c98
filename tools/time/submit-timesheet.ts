import { z } from 'zod';
import { statusWords } from '../../src/approval/approval-status.ts';
import {
  findSheet,
  isEditable,
  isOnSheet,
  SHEET_OPERATIONS,
  sheetDays,
  sheetPeriod,
} from '../../src/approval/time-sheet.ts';
import { type Period, showDay, showHours } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { cleanLine, joined, possessive, say } from '../../src/text/index.ts';
import { defineTool, fragments, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, readEntries, sumHours } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS, zoneInManage } from '../../src/working-time/member-zone.ts';
import { daysOfOwner } from '../../src/working-time/said-days.ts';
import { assumedSaid, CALENDAR_OPERATIONS, hoursDue, readCalendars } from '../../src/working-time/work-calendar.ts';
import { dayViews } from './support/day-view.ts';
import { type WhoseDays, whoseDays } from './support/whose-days.ts';

/** Less than this is not worth asking about. */
const TOLERANCE_HOURS = 0.25;

const input = z.strictObject({
  date: fragments.days('past', 'A day on the sheet; default today').optional(),
  sheetId: z.int().optional(),
  member: fragments.name('member', { inactive: true }).optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const readSheet = (id: number, { manage }: ToolContext, signal: AbortSignal) =>
  manage.get<ManageRecord>('GET /time/sheets/{id}', { path: { id }, signal });

/** The sheet that is meant, and whose days are on it. @throws {ToolInputError} when there is none, or the arguments contradict it */
async function sheetOf(
  given: Input,
  context: ToolContext,
): Promise<Omit<WhoseDays, 'weekly'> & { sheet: ManageRecord }> {
  const { sheetId, member, date } = given;
  if (sheetId === undefined) {
    const whose = await whoseDays(given, context);
    const sheet = await findSheet(context, { memberId: whose.member.id, day: whose.day });
    if (sheet !== undefined) return { ...whose, sheet };
    throw new ToolInputError(
      'date',
      say`${cleanLine(whose.member.label)} has no time sheet for ${cleanLine(showDay(whose.day))}: nothing was logged in that period.`,
      { next: say`Log time first; Manage makes the sheet by itself.` },
    );
  }
  const sheet = await readSheet(sheetId, context, context.signal);
  const told = say`Sheet ${sheetId} is ${possessive(cleanLine(nameOf(sheet.member)))}, of ${sheetPeriod(sheet)}. Send sheetId alone.`;
  const owner = idOf(sheet.member);
  if (member !== undefined && member.id !== owner) throw new ToolInputError('member', told);
  const named =
    member ?? (await context.names.resolve('member', owner ?? 'me', { argument: 'member', inactive: true }));
  const { present, date: said } = await daysOfOwner({ date, member: named }, context);
  if (said !== undefined && !isOnSheet(said, sheet)) throw new ToolInputError('date', told);
  const day = sheetDays(sheet, present).start as WhoseDays['day'];
  return { member: named, present, day, workZone: await zoneInManage(named, context), sheet };
}

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
  input,
  aliases: { day: 'date', week: 'date', period: 'date', id: 'sheetId', timesheetId: 'sheetId', timeSheetId: 'sheetId' },
  output: z.looseObject({ id: z.int().optional(), status: z.string().optional() }),
  async run(given, context) {
    const { manage, signal } = context;
    const { member, present, day, sheet, workZone } = await sheetOf(given, context);
    if (!isEditable(sheet))
      throw new ToolInputError(
        'date',
        say`The time sheet of ${sheetPeriod(sheet)} is already ${statusWords(sheet.status)}.`,
      );
    const span = sheetDays(sheet, day);
    const [start, end] = [span.start, span.end.plus({ days: 1 })];
    const [around, calendars] = await Promise.all([
      readEntries(
        { memberId: member.id, start: start.minus({ days: 1 }), end: end.plus({ days: 1 }), zone: present.zoneName },
        context,
      ),
      readCalendars(manage, { start, end } as Period, signal),
    ]);
    const calendar = calendars.of(member.record);
    const within = around.filter((entry) => entry.start >= start && entry.start < end);
    // Manage may begin its days at another hour than this conversation: what it put on the sheet is what is submitted.
    const entries = around.filter((entry) => {
      const on = idOf(entry.record.timeSheet);
      return on === undefined ? within.includes(entry) : on === Number(sheet.id);
    });
    const short = dayViews(within, { start, end }, { calendar, zone: workZone })
      .map((view) => ({ ...view, due: hoursDue(calendar, view.day, member.record) }))
      .filter((view) => view.due - view.hours > TOLERANCE_HOURS);
    const past = short.filter((view) => view.day <= present);
    const hours = sumHours(entries);
    const what = say`the time sheet of ${cleanLine(member.label)} for ${sheetPeriod(sheet)}, ${cleanLine(showHours(hours))} in ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
    const missing = past.map((view) => cleanLine(showDay(view.day)));
    const lacking = joined(
      past.map((view) => say`${cleanLine(showDay(view.day))} ${view.hours} of ${view.due} h`),
      '; ',
    );
    // Time that is worked later could not be entered any more.
    const ahead = short.filter((view) => view.day > present);
    const toCome = joined(
      ahead.map((view) => cleanLine(showDay(view.day))),
      ', ',
    );
    const every =
      ahead.length === 0 ? say`Every working day has its hours.` : say`Every working day so far has its hours.`;
    const assumed = assumedSaid(calendar);
    const lack = joined(
      [
        lacking === '' ? every : say`Hours are missing: ${lacking}.`,
        assumed && say`For the hours due ${assumed}.`,
        toCome !== '' && say`Still to come on this sheet: ${toCome}.`,
      ],
      ' ',
    );
    const id = Number(sheet.id);
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      question: say`Submit ${what}? ${lack} Its entries cannot be edited afterwards.`,
      steps: [
        {
          operation: 'POST /time/sheets/{id}/submit',
          request: { path: { id } },
          does: say`submit ${what}`,
          async settle(within) {
            const current = await readSheet(id, context, within);
            return isEditable(current) ? undefined : current;
          },
        },
      ],
      async answer() {
        const { status } = await readSheet(id, context, signal);
        return {
          structured: { id, status: cleanLine(status), hours, missing },
          text: say`Submitted ${what}. Its status is now ${statusWords(status)}. ${lack}`,
        };
      },
    });
  },
});
