import { DateTime } from 'luxon';
import { z } from 'zod';
import { findSheet, SHEET_OPERATIONS, sheetDays, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { type Period, showDay, showHours } from '../../src/clock/index.ts';
import { defineLegacyTool as defineTool, withSynonyms } from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, readEntries, sumHours, withChargeCodes } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS } from '../../src/working-time/member-zone.ts';
import { CALENDAR_OPERATIONS, hoursDue, readCalendars } from '../../src/working-time/work-calendar.ts';
import { type DayView, dayViews } from './support/day-view.ts';
import { PROPOSAL_OPERATIONS, type Proposal, proposeTime } from './support/proposals.ts';
import { whoseDays } from './support/whose-days.ts';

const proposalLines = (proposals: readonly Proposal[]): string[] =>
  proposals.length === 0
    ? ['Nothing else left a trace on these days.']
    : [
        'Not logged yet (ask the person how long it took, then log_time):',
        ...proposals.map(({ date, ticketId, what, trace }) => `  ${date}  ticket ${ticketId}  ${what}  ${trace}`),
      ];

/** As much of the notes as a line has room for. */
const LONGEST_NOTES = 80;
const inLine = (notes: string): string =>
  notes.length > LONGEST_NOTES ? `${notes.slice(0, LONGEST_NOTES - 1)}…` : notes;

export default defineTool({
  name: 'get_timesheet',
  title: 'Get time sheet',
  toolset: 'time',
  core: true,
  effect: 'read',
  uses: [...ENTRY_OPERATIONS, ...SHEET_OPERATIONS, ...PROPOSAL_OPERATIONS, ...CALENDAR_OPERATIONS, ...ZONE_OPERATIONS],
  description:
    "A day or week of time, mine or a member's: entries in order, gaps, totals against the hours due, and the sheet's status.",
  input: z.strictObject({
    date: z.string().optional().describe('Default today'),
    span: withSynonyms(z.enum(['day', 'week']), { daily: 'day', weekly: 'week', sheet: 'week' })
      .default('day')
      .describe('week: the whole sheet'),
    member: z.string().optional().describe('Default me'),
    propose: z.boolean().optional().describe('Also work of these days that is not logged yet'),
  }),
  aliases: {
    day: 'date',
    when: 'date',
    week: 'date',
    period: 'date',
    technician: 'member',
    user: 'member',
    proposals: 'propose',
    suggest: 'propose',
  },
  output: z.looseObject({ hours: z.number(), due: z.number() }),
  view: 'timesheet',
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { member, present, day, weekly } = await whoseDays(input, context);
    const span = weekly ? 'week' : input.span;
    const sheet = await findSheet(manage, member.id, day, signal);
    const days =
      sheet === undefined
        ? { start: day.startOf('week'), end: day.endOf('week').startOf('day') }
        : sheetDays(sheet, day);
    const start = span === 'day' ? day.startOf('day') : days.start;
    const end = span === 'day' ? start.plus({ days: 1 }) : days.end.plus({ days: 1 });
    const around = { memberId: member.id, start, end };
    const entries = await withChargeCodes(await readEntries(manage, around, present.zoneName, signal), names);
    const proposals = input.propose
      ? await proposeTime(manage, { member, start, end: DateTime.min(end, present), entries, signal })
      : undefined;
    const calendar = (await readCalendars(manage, { start, end } as Period, signal)).of(member.record);
    const views = dayViews(entries, start, end);
    // Days to come are not due yet.
    const dueOn = (view: DayView): number => (view.day <= present ? hoursDue(calendar, view.day, member.record) : 0);
    const holiday = ({ day }: DayView): string =>
      calendar.holidays
        .filter(({ date }) => date === day.toISODate())
        .map(({ name }) => `, ${plain(name)}`)
        .join('');
    const due = views.reduce((sum, view) => sum + dueOn(view), 0);
    const hours = sumHours(entries);
    const clock = (milliseconds: number): string =>
      DateTime.fromMillis(milliseconds, { zone: present.zoneName }).toFormat('HH:mm');
    const lines = (view: DayView): string[] => {
      if (view.entries.length === 0 && dueOn(view) === 0 && holiday(view) === '') return [];
      const rows = [
        ...view.entries.map((entry) => ({
          at: entry.start.toMillis(),
          line: `  ${entry.start.toFormat('HH:mm')}-${entry.end.toFormat('HH:mm')}  ${showHours(entry.hours)}  ${entry.charge}  ${plain(entry.company)}  ${inLine(plain(entry.notes))}  [${entry.id}, ${entry.billable}]`,
        })),
        ...view.gaps.map((gap) => ({ at: gap.start, line: `  ${clock(gap.start)}-${clock(gap.end)}  gap` })),
      ].sort((a, b) => a.at - b.at);
      return [
        `${showDay(view.day)}: ${showHours(view.hours)}${dueOn(view) > 0 ? ` of ${dueOn(view)} h` : ''}${holiday(view)}`,
        ...rows.map(({ line }) => line),
      ];
    };
    const status = sheet === undefined ? 'no sheet yet' : String(sheet.status);
    return {
      structured: {
        member: plain(member.label),
        timeZone: present.zoneName,
        today: present.toISODate(),
        sheet: sheet === undefined ? undefined : { id: sheet.id, period: sheetPeriod(sheet), status },
        hours,
        due,
        ...(proposals && { proposals }),
        days: views.map((view) => ({
          date: view.day.toISODate(),
          hours: view.hours,
          due: dueOn(view),
          entries: view.entries.map((entry) => ({
            id: entry.id,
            start: entry.start.toFormat('HH:mm'),
            end: entry.end.toFormat('HH:mm'),
            hours: entry.hours,
            on: entry.charge,
            company: plain(entry.company),
            notes: inLine(plain(entry.notes)),
            billable: entry.billable,
          })),
          gaps: view.gaps.map((gap) => `${clock(gap.start)}-${clock(gap.end)}`),
        })),
      },
      text: [
        `${plain(member.label)}, ${showHours(hours)} of ${due} h due (${present.zoneName})`,
        `time sheet: ${sheet === undefined ? status : `${sheetPeriod(sheet)}, ${status}, id ${sheet.id}`}`,
        ...views.flatMap(lines),
        ...(proposals === undefined ? [] : proposalLines(proposals)),
      ].join('\n'),
    };
  },
});
