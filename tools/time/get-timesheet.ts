import { DateTime } from 'luxon';
import { z } from 'zod';
import { statusWords } from '../../src/approval/approval-status.ts';
import { findSheet, SHEET_OPERATIONS, sheetDays, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { type Period, showDay, showHours } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { billingWords, defineTool, fragments, ToolInputError, withSynonyms } from '../../src/tool/index.ts';
import { briefNotes, ENTRY_OPERATIONS, type Entry, readEntries, sumHours } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS } from '../../src/working-time/member-zone.ts';
import {
  assumedSaid,
  CALENDAR_OPERATIONS,
  hoursDue,
  readCalendars,
  type WorkCalendar,
} from '../../src/working-time/work-calendar.ts';
import { type DayView, dayViews } from './support/day-view.ts';
import { PROPOSAL_OPERATIONS, type Proposals, proposeTime } from './support/proposals.ts';
import { whoseDays } from './support/whose-days.ts';

/** A day with what is due on it. */
interface DueDay extends DayView {
  /** Hours; days to come are not due yet. */
  readonly due: number;
  readonly holidays: Clean;
}

function dueDay(view: DayView, calendar: WorkCalendar, member: Named, now: DateTime): DueDay {
  const holidays = calendar.holidays.filter(({ date }) => date === view.day.toISODate());
  return {
    ...view,
    due: view.day <= now ? hoursDue(calendar, view.day, member.record) : 0,
    holidays: joined(
      holidays.map(({ name }) => cleanLine(name)),
      ', ',
    ),
  };
}

const clock = (milliseconds: number, { day }: DayView): Clean =>
  cleanLine(DateTime.fromMillis(milliseconds, { zone: day.zone }).toFormat('HH:mm'));

/** `09:00-10:30`. */
const clocks = ({ start, end }: { start: number; end: number }, view: DayView): Clean =>
  say`${clock(start, view)}-${clock(end, view)}`;

function dayLines(view: DueDay): Clean[] {
  const { day, entries, gaps, hours, due, holidays } = view;
  if (entries.length === 0 && due === 0 && holidays === '') return [];
  const rows = [
    ...entries.map((entry) => {
      const at = { start: entry.start.toMillis(), end: entry.end.toMillis() };
      const facts = [clocks(at, view), cleanLine(showHours(entry.hours)), entry.charge, entry.company];
      const marks = say`[${entry.id}, ${billingWords(entry.billable)}]`;
      return { at: at.start, line: say`  ${joined([...facts, briefNotes(entry), marks], '  ')}` };
    }),
    ...gaps.map((gap) => ({ at: gap.start, line: say`  ${clocks(gap, view)}  gap` })),
  ].sort((a, b) => a.at - b.at);
  const of = due > 0 ? say` of ${due} h` : say``;
  const total = say`${cleanLine(showDay(day))}: ${cleanLine(showHours(hours))}${of}`;
  return [joined([total, holidays], ', '), ...rows.map(({ line }) => line)];
}

const dayFacts = (view: DueDay) => ({
  date: cleanLine(view.day.toISODate()),
  hours: view.hours,
  due: view.due,
  entries: view.entries.map((entry) => ({
    id: entry.id,
    start: clock(entry.start.toMillis(), view),
    end: clock(entry.end.toMillis(), view),
    hours: entry.hours,
    on: entry.charge,
    company: entry.company,
    notes: briefNotes(entry),
    billable: entry.billable,
  })),
  gaps: view.gaps.map((gap) => clocks(gap, view)),
});

function proposalLines({ proposals, unread }: Proposals): Clean[] {
  const more =
    unread === 0 ? [] : [say`${unread} more tickets of theirs changed since then; their notes were not read.`];
  if (proposals.length === 0 && unread === 0) return [say`Nothing else left a trace on these days.`];
  if (proposals.length === 0) return more;
  return [
    say`Not logged yet (ask the person how long it took, then log_time):`,
    ...proposals.map(({ date, ticketId, what, trace }) => say`  ${date}  ticket ${ticketId}  ${what}  ${trace}`),
    ...more,
  ];
}

/** The days that are looked at, the end not among them: one, or those of the sheet, or of the week where there is none. */
function daysOf(day: DateTime<true>, span: 'day' | 'week', sheet: ManageRecord | undefined): Period {
  if (span === 'day') return { start: day, end: day.plus({ days: 1 }) };
  if (sheet === undefined) return { start: day.startOf('week'), end: day.startOf('week').plus({ weeks: 1 }) };
  const { start, end } = sheetDays(sheet, day);
  return { start, end: end.plus({ days: 1 }) } as Period;
}

/** Entries of these days that Manage keeps on another sheet, because it counts days in its own zone for the member; a line a sheet. */
function otherSheets(entries: readonly Entry[], sheet: ManageRecord | undefined): Clean[] {
  const others = entries.filter(({ record }) => (idOf(record.timeSheet) ?? sheet?.id) !== sheet?.id);
  const bySheet = new Map<Clean, Clean[]>();
  for (const { id, record } of others) {
    const name = cleanLine(nameOf(record.timeSheet));
    bySheet.set(name, [...(bySheet.get(name) ?? []), say`${id}`]);
  }
  return [...bySheet].map(([name, ids]) => say`kept by Manage on the sheet ${name}: ${joined(ids, ', ')}`);
}

/** The hours of a whole sheet where its days, shown in another zone than Manage counts them in, add up to something else. */
function hoursOnSheet(sheet: ManageRecord | undefined, shown: number): Clean {
  const { hours } = sheet ?? {};
  return typeof hours === 'number' && Math.abs(hours - shown) > 0.005
    ? say`, ${cleanLine(showHours(hours))} on it as Manage counts its days`
    : say``;
}

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
    date: fragments.days('past', 'Default today').optional(),
    span: withSynonyms(z.enum(['day', 'week']), { daily: 'day', weekly: 'week', sheet: 'week' })
      .default('day')
      .describe('week: the whole sheet'),
    member: fragments.filterName('member', { description: 'Default me' }).optional(),
    propose: z.boolean().optional().describe('Also work of these days that is not logged yet'),
  }),
  aliases: {
    day: 'date',
    when: 'date',
    week: 'date',
    period: 'date',
    technician: 'member',
    who: 'member',
    user: 'member',
    proposals: 'propose',
    suggest: 'propose',
  },
  output: z.looseObject({ hours: z.number(), due: z.number() }),
  view: 'timesheet',
  async run(given, context) {
    const { manage, signal } = context;
    // "all" is given and names nobody.
    if ('member' in given && given.member === undefined)
      throw new ToolInputError(
        'member',
        say`A time sheet is one member's. For everybody's time use find_missing_time.`,
      );
    const { member, present, day, weekly, workZone } = await whoseDays(given, context);
    const finding = findSheet(context, { memberId: member.id, day });
    const period = finding.then((found) => daysOf(day, weekly ? 'week' : given.span, found));
    const [sheet, { start, end }, entries, calendars] = await Promise.all([
      finding,
      period,
      period.then((days) => readEntries({ memberId: member.id, ...days, zone: present.zoneName }, context)),
      readCalendars(manage, period, signal),
    ]);
    const proposed = given.propose
      ? await proposeTime(manage, { member, start, end: DateTime.min(end, present), entries, signal })
      : undefined;
    const calendar = calendars.of(member.record);
    const days = dayViews(entries, { start, end }, { calendar, zone: workZone }).map((view) =>
      dueDay(view, calendar, member, present),
    );
    const due = days.reduce((sum, view) => sum + view.due, 0);
    const hours = sumHours(entries);
    const whole = weekly || given.span === 'week';
    const [person, zone] = [cleanLine(member.label), cleanLine(present.zoneName)];
    const status = sheet === undefined ? say`no sheet yet` : cleanLine(sheet.status);
    const id = Number(sheet?.id);
    return {
      structured: {
        member: person,
        timeZone: zone,
        today: cleanLine(present.toISODate()),
        sheet: sheet && { id, period: sheetPeriod(sheet), status },
        hours,
        due,
        proposals: proposed?.proposals.map((proposal) => ({ ...proposal })),
        days: days.map(dayFacts),
      },
      text: lines([
        say`${person}, ${cleanLine(showHours(hours))} of ${due} h due (${zone})`,
        assumedSaid(calendar),
        say`time sheet: ${sheet === undefined ? status : say`${sheetPeriod(sheet)}, ${statusWords(status)}, id ${id}${whole ? hoursOnSheet(sheet, hours) : say``}`}`,
        ...otherSheets(entries, sheet),
        ...days.flatMap(dayLines),
        ...(proposed === undefined ? [] : proposalLines(proposed)),
      ]),
    };
  },
});
