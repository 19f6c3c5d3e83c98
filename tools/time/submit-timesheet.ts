import { z } from 'zod';
import { readDay, showDay, showHours } from '../../src/clock/index.ts';
import { dayViews } from '../../src/timekeeping/day-view.ts';
import { ENTRY_OPERATIONS, readEntries, sumHours } from '../../src/timekeeping/entries.ts';
import { findSheet, isEditable, SHEET_OPERATIONS, sheetDays, sheetPeriod } from '../../src/timekeeping/time-sheet.ts';
import { defineTool, fragments, previewResult, ToolInputError } from '../../src/tool/index.ts';

export default defineTool({
  name: 'submit_timesheet',
  title: 'Submit time sheet',
  toolset: 'time',
  core: true,
  effect: 'update',
  uses: ['POST /time/sheets/{id}/submit', 'GET /time/sheets/{id}', ...SHEET_OPERATIONS, ...ENTRY_OPERATIONS],
  description:
    'Submit my time sheet for approval. Says first which days lack time; the person has to agree. Locks its entries.',
  input: z.strictObject({
    date: z.string().optional().describe('A day on the sheet; default today'),
    member: z.string().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { day: 'date', week: 'date', period: 'date' },
  output: z.looseObject({ id: z.int().optional(), status: z.string().optional() }),
  async run(input, { manage, names, signal, now, plain, confirm }) {
    const present = await now();
    const day =
      input.date === undefined
        ? present
        : /last week/i.test(input.date)
          ? present.minus({ weeks: 1 })
          : readDay(input.date, { now: present, argument: 'date' });
    const member = await names.resolve('member', input.member ?? 'me', { argument: 'member' });
    const sheet = await findSheet(manage, member.id, day, signal);
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
    const missing = views.filter((view) => view.working && view.hours === 0).map((view) => showDay(view.day));
    const hours = sumHours(entries);
    const what = `the time sheet of ${plain(member.label)} for ${sheetPeriod(sheet)}, ${showHours(hours)} in ${entries.length} entries`;
    const lack = missing.length === 0 ? 'Every working day has time.' : `No time on ${missing.join(', ')}.`;
    const id = Number(sheet.id);
    if (input.dryRun)
      return previewResult([manage.preview('POST /time/sheets/{id}/submit', { path: { id } })], [], `${what}. ${lack}`);
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
