import type { DateTime } from 'luxon';
import { z } from 'zod';
import { type Period, readLength, readSpan, showHours, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  minutesFor,
  type ToolContext,
  ToolInputError,
  together,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, type Entry, readEntries, toEntry } from '../../src/working-time/entries.ts';
import { CHARGE_OPERATIONS, type ChargeTo, chargeTo } from './support/charge-to.ts';
import { EDITABLE_OPERATIONS, editableEntry } from './support/editable-entry.ts';
import { checkPhrases } from './support/find-when.ts';
import { notOverYet } from './support/not-over.ts';
import { checkOverlap, overlapping } from './support/overlaps.ts';
import { asChargeCode, staysAsOnChargeCode } from './support/recharged.ts';

const input = z.strictObject({
  entryId: z.int(),
  start: z.string().optional().describe('Local time or ISO'),
  end: z.string().optional(),
  hours: fragments.length('hours', { description: 'Moves the end' }).optional(),
  date: fragments.day('past', 'To another day').optional(),
  break: z.string().optional().describe('To deduct; "0" removes'),
  notes: fragments.prose().optional(),
  ticketId: z.int().optional(),
  chargeCode: fragments.name('chargeCode').optional(),
  workType: fragments.name('workType').optional(),
  workRole: fragments.name('workRole').optional(),
  billable: fragments.billable.optional(),
  customFields: fragments.customFields,
  allowOverlap: z.boolean().optional(),
  clear: fragments.clear(['notes', 'break']),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** Hours to deduct after the change; "0" removes the break. */
function deducted({ break: said, clear }: Partial<Input>, before: number): number {
  if (clear?.includes('break')) return 0;
  if (said === undefined) return before;
  return /^\s*0(?:\.0{1,3})?\s*$/.test(said) ? 0 : readLength(said, { argument: 'break', unit: 'unsaid' }) / 60;
}

/** Start and end after the change, and what has to be said of them. */
interface Times extends Period {
  readonly notes: readonly string[];
}

/** What is not said stays: a new start or day moves the whole interval, a new end or new hours change its length. */
async function timesOf(given: Partial<Input>, entry: Entry, deduct: number, context: ToolContext): Promise<Times> {
  const now = await context.now();
  const { start: said, end: until, hours: worked, date } = given;
  const day = date?.at ?? entry.start;
  const minutes =
    worked === undefined ? entry.end.diff(entry.start, 'minutes').minutes : worked + Math.round(deduct * 60);
  const moved = entry.start.set({ year: day.year, month: day.month, day: day.day }) as DateTime<true>;
  if (said === undefined && until === undefined) return { start: moved, end: moved.plus({ minutes }), notes: [] };
  const span = readSpan(
    { start: said ?? moved.toISO(), end: until, day },
    { now, direction: 'past', otherwise: minutes, dayMayDiffer: date === undefined },
  );
  // A start can say from when to when, and so how long.
  if (
    span.kind === 'span' &&
    worked !== undefined &&
    Math.round(span.end.diff(span.start, 'minutes').minutes) !== minutes
  )
    throw new ToolInputError(
      'hours',
      say`From ${cleanLine(showRange(span.start, span.end))} it is not ${cleanLine(showHours(worked / 60))}. Leave hours out, or send start as a time alone.`,
    );
  if (span.kind === 'span') return span;
  throw new ToolInputError('start', say`start "${cleanLine(said)}" names no time of day. Send one like "2pm".`);
}

/**
 * Members for the times after the change. Hours are not among them: Manage ignores them where start and end exist.
 * @throws {ToolInputError} or {ClockError} for times that contradict each other or lie in the future
 */
async function changedTimes(
  given: Partial<Input>,
  entry: Entry,
  context: ToolContext,
): Promise<{ members: ManageRecord; notes: Clean }> {
  const { start: newStart, end: newEnd, hours, date, break: newBreak, clear } = given;
  const before = Number(entry.record.hoursDeduct ?? 0);
  const asked = [newStart, newEnd, hours, date, newBreak].some((one) => one !== undefined);
  if (!asked && !clear?.includes('break')) return { members: {}, notes: say`` };
  if (newEnd !== undefined && hours !== undefined) throw new ToolInputError('hours', say`Send end or hours, not both.`);
  const deduct = deducted(given, before);
  const { start, end, notes } = await timesOf(given, entry, deduct, context);
  const range = cleanLine(showRange(start, end));
  if (end <= start) throw new ToolInputError('end', say`end is not after start (${range}).`);
  if (end.diff(start, 'hours').hours - deduct <= 0)
    throw new ToolInputError('break', say`The break is as long as the work.`);
  const now = await context.now();
  if (start > now) throw new ToolInputError('start', say`${range} is in the future.`);
  // An end before the start is read as a night's; one that is still to come was a slip.
  if (newEnd !== undefined && end > now && !end.hasSame(start, 'day'))
    throw new ToolInputError('end', say`end is not after start on that day, and ${range} is in the future.`);
  const members = {
    timeStart: start.toMillis() === entry.start.toMillis() ? undefined : toManage(start),
    timeEnd: end.toMillis() === entry.end.toMillis() ? undefined : toManage(end),
    hoursDeduct: deduct === before ? undefined : deduct,
  };
  const ahead = members.timeEnd === undefined ? undefined : notOverYet(end, now);
  return { members, notes: lines([...notes.map(cleanLine), ahead]) };
}

/**
 * What else the member logged in the new times, where that is allowed or was so before.
 * @throws {ToolInputError} where it is not
 */
async function overlapOf(moved: Entry, before: Entry, given: Input, context: ToolContext): Promise<Clean | undefined> {
  const memberId = idOf(moved.record.member);
  const around = { memberId, start: moved.start.minus({ hours: 24 }), end: moved.end, zone: moved.start.zoneName };
  const others = (await readEntries(around, context)).filter(({ id }) => id !== moved.id);
  const added = others.filter((one) => overlapping([one], before) === undefined);
  checkOverlap(added, moved, given.allowOverlap);
  return checkOverlap(others, moved, true);
}

/** What the entry is moved to, if it is. */
const newCharge = async (
  { ticketId, chargeCode }: Partial<Input>,
  context: ToolContext,
): Promise<ChargeTo | undefined> =>
  ticketId === undefined && chargeCode === undefined ? undefined : chargeTo({ ticketId, chargeCode }, context);

export default defineTool({
  name: 'update_time_entry',
  title: 'Update time entry',
  toolset: 'time',
  core: true,
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /time/entries/{id}', ...EDITABLE_OPERATIONS, ...CHARGE_OPERATIONS, ...ENTRY_OPERATIONS],
  description: 'Correct a time entry. Answers with before and after. Refuses overlaps.',
  input,
  aliases: {
    id: 'entryId',
    timeEntryId: 'entryId',
    timeStart: 'start',
    timeEnd: 'end',
    duration: 'hours',
    actualHours: 'hours',
    hoursDeduct: 'break',
    note: 'notes',
    ticket: 'ticketId',
    billableOption: 'billable',
    day: 'date',
    minutes: minutesFor('hours'),
    durationMinutes: minutesFor('hours'),
    breakMinutes: minutesFor('break'),
    startTime: 'start',
    endTime: 'end',
    description: 'notes',
    ticketNumber: 'ticketId',
  },
  output: z.looseObject({ id: z.int().optional() }),
  looksUp(given, context, refused) {
    const areRead = !['start', 'end', 'hours', 'date', 'break'].some((name) => refused.has(name));
    const phrases = { start: given.start, end: given.end, breakTime: given.break };
    const times = async (entryId: number) => changedTimes(given, await editableEntry(entryId, context), context);
    return [
      given.entryId !== undefined && areRead ? times(given.entryId) : checkPhrases(phrases, context),
      refused.has('ticketId') || refused.has('chargeCode') ? undefined : newCharge(given, context),
    ];
  },
  async run(given, context) {
    const zone = await context.zone();
    const { entryId, workType, workRole } = given;
    const entry = await editableEntry(entryId, context);
    const [times, charge] = await together([changedTimes(given, entry, context), newCharge(given, context)]);
    const members: ManageRecord = {
      ...times.members,
      ...charge?.members,
      ...asChargeCode(entry, given),
      ...(workType && { workType: { id: workType.id, name: workType.label } }),
      workRole: workRole && { id: workRole.id, name: workRole.label },
      ...(given.billable && { billableOption: given.billable }),
      notes: given.clear?.includes('notes') ? null : given.notes,
      customFields: given.customFields && (await withCustomFields(context, entry.record, given.customFields)),
    };
    const { timeStart = entry.record.timeStart, timeEnd = entry.record.timeEnd } = members;
    const moved = toEntry({ ...entry.record, timeStart, timeEnd }, zone) ?? entry;
    const isMoved = members.timeStart !== undefined || members.timeEnd !== undefined;
    const overlap = isMoved ? await overlapOf(moved, entry, given, context) : undefined;
    const stays = staysAsOnChargeCode(entry, given);
    const range = ({ start, end }: Entry): Clean => cleanLine(`${showRange(start, end)} ${zone}`);
    return update(context, {
      operation: 'PATCH /time/entries/{id}',
      path: { id: entryId },
      before: entry.record,
      members,
      dryRun: given.dryRun,
      notes: [joined([charge?.label, range(moved)], ', '), times.notes, overlap, stays],
      shows: ['actualHours', 'billableOption', 'hourlyRate', 'company', 'agreement'],
      describe(record) {
        const after = toEntry(record, zone) ?? entry;
        const stored = say`${cleanLine(record.timeStart)} to ${cleanLine(record.timeEnd ?? '-')} UTC`;
        const what = say`entry ${after.id} on ${charge?.label ?? entry.charge}: ${range(after)}, ${cleanLine(showHours(after.hours))}`;
        return lines([say`${what} (${stored})`, times.notes, overlap, stays]);
      },
      structured(record) {
        const { hours, start, end } = toEntry(record, zone) ?? entry;
        return { hours, timeStart: cleanLine(record.timeStart), local: cleanLine(showRange(start, end)) };
      },
    });
  },
});
