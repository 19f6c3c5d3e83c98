import { z } from 'zod';
import { readDay, readLength, readMoment, readSpan, showHours, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord, PatchOperation } from '../../src/manage/index.ts';
import { idOf, resolveGiven } from '../../src/names/index.ts';
import {
  legacyChangeLines as changeLines,
  changes,
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  minutesFor,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  withCustomFields,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, type Entry, readEntries, stretchOf, toEntry } from '../../src/working-time/entries.ts';
import { overlaps } from '../../src/working-time/stretches.ts';
import { CHARGE_OPERATIONS, chargeTo } from './support/charge-to.ts';
import { EDITABLE_OPERATIONS, editableEntry } from './support/editable-entry.ts';

const input = z.strictObject({
  entryId: z.int(),
  start: z.string().optional().describe('Local time or ISO'),
  end: z.string().optional(),
  hours: z.string().optional().describe('Moves the end'),
  date: z.string().optional().describe('To another day'),
  break: z.string().optional().describe('To deduct; "0" removes'),
  notes: z.string().optional(),
  ticketId: z.int().optional(),
  chargeCode: z.string().optional(),
  workType: z.string().optional(),
  workRole: z.string().optional(),
  billable: fragments.billable.optional(),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** Hours to deduct; "0" removes the break. */
const breakHours = (said: string): number =>
  /^\s*0(?:\.0{1,3})?\s*$/.test(said) ? 0 : readLength(said, { argument: 'break', unit: 'unsaid' }) / 60;

/** Start, end and break after the change. Hours are not sent: Manage ignores them where start and end exist. */
async function times(input: Input, entry: Entry, context: ToolContext): Promise<ManageRecord> {
  const asked = [input.start, input.end, input.hours, input.date, input.break].some((given) => given !== undefined);
  if (!asked) return {};
  const now = await context.now();
  if (input.end !== undefined && input.hours !== undefined)
    throw new ToolInputError('hours', 'Send end or hours, not both.');
  const oldDeduct = Number(entry.record.hoursDeduct ?? 0);
  const deduct = input.break === undefined ? oldDeduct : breakHours(input.break);
  const read = { now, direction: 'past' as const };
  const day = input.date === undefined ? entry.start : readDay(input.date, { ...read, argument: 'date' }).at;
  // What is not said stays: a new start or day moves the whole stretch, a new end or new hours change its length.
  const worked = input.hours === undefined ? undefined : readLength(input.hours, { argument: 'hours' });
  const minutes =
    worked === undefined ? entry.end.diff(entry.start, 'minutes').minutes : worked + Math.round(deduct * 60);
  const moved = entry.start.set({ year: day.year, month: day.month, day: day.day });
  const said =
    input.start === undefined
      ? undefined
      : readSpan({ start: input.start, end: input.end, day }, { ...read, otherwise: minutes });
  if (said?.kind === 'within')
    throw new ToolInputError(
      'start',
      `start ${JSON.stringify(input.start)} names no time of day. Send one like "2pm".`,
    );
  const start = said?.start ?? moved;
  const newEnd = input.end === undefined ? undefined : { ...read, argument: 'end', day: start, after: start };
  const end = said?.end ?? (newEnd ? readMoment(input.end ?? '', newEnd).at : start.plus({ minutes }));
  if (end <= start) throw new ToolInputError('end', `end is not after start (${showRange(start, end)}).`);
  if (end.diff(start, 'hours').hours - deduct <= 0)
    throw new ToolInputError('break', 'The break is as long as the work.');
  if (start > now) throw new ToolInputError('start', `${showRange(start, end)} is in the future.`);
  return {
    ...(start.toMillis() !== entry.start.toMillis() && { timeStart: toManage(start) }),
    ...(end.toMillis() !== entry.end.toMillis() && { timeEnd: toManage(end) }),
    ...(deduct !== oldDeduct && { hoursDeduct: deduct }),
  };
}

async function others(input: Input, { manage, names, signal }: ToolContext): Promise<ManageRecord> {
  const charge =
    input.ticketId === undefined && input.chargeCode === undefined
      ? undefined
      : await chargeTo(input, manage, names, signal);
  const workType = await resolveGiven(names, 'workType', input.workType, { argument: 'workType' });
  const workRole = await resolveGiven(names, 'workRole', input.workRole, { argument: 'workRole' });
  return {
    ...charge?.members,
    ...(workType && { workType: { id: workType.id } }),
    ...(workRole && { workRole: { id: workRole.id } }),
    ...(input.billable !== undefined && { billableOption: input.billable }),
    ...(input.notes !== undefined && { notes: input.notes }),
  };
}

/** What else of the member lies in the new times; said, and not refused: the next correction may move that one. */
async function overlapOf(moved: Entry, { manage, signal }: ToolContext): Promise<string> {
  const memberId = idOf(moved.record.member);
  const around = { memberId, start: moved.start.minus({ hours: 24 }), end: moved.end };
  const others = await readEntries(manage, around, moved.start.zoneName, signal);
  const other = others.find((entry) => entry.id !== moved.id && overlaps(stretchOf(entry), stretchOf(moved)));
  return other === undefined
    ? ''
    : `overlaps entry ${other.id}: ${showRange(other.start, other.end)} on ${other.charge}`;
}

export default defineTool({
  name: 'update_time_entry',
  title: 'Update time entry',
  toolset: 'time',
  core: true,
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /time/entries/{id}', ...EDITABLE_OPERATIONS, ...CHARGE_OPERATIONS, ...ENTRY_OPERATIONS],
  description:
    'Correct a time entry: start, end, hours, day, break, notes, ticket, work type or role, billing. Answers with before and after.',
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
  async run(input, context) {
    const { manage, signal, plain } = context;
    const zone = await context.zone();
    const entry = await editableEntry(manage, input.entryId, zone, signal);
    const members: ManageRecord = {
      ...(await times(input, entry, context)),
      ...(await others(input, context)),
      ...(input.customFields && { customFields: withCustomFields(entry.record, input.customFields) }),
    };
    const shown = Object.keys(members).filter((member) => member !== 'customFields');
    const body: PatchOperation[] = Object.entries(members).map(([path, value]) => ({ op: 'replace', path, value }));
    if (body.length === 0)
      throw new ToolInputError('arguments', 'Nothing to change: what was sent is what the entry already says.');
    const path = { id: input.entryId };
    const moved = toEntry({ ...entry.record, ...members }, zone) ?? entry;
    const overlap = 'timeStart' in members || 'timeEnd' in members ? await overlapOf(moved, context) : '';
    if (input.dryRun)
      return legacyPreview(
        [manage.preview('PATCH /time/entries/{id}', { path, body })],
        changes(entry.record, members, shown),
        [`${showRange(moved.start, moved.end)} ${zone}`, overlap].filter((line) => line !== '').join('\n'),
      );
    await manage.write('PATCH /time/entries/{id}', { path, body, signal });
    // What Manage made of it, not what was asked.
    const record = await manage.get<ManageRecord>('GET /time/entries/{id}', { path, signal });
    const after = toEntry(record, zone) ?? entry;
    const differences = changes(entry.record, record, [...shown, 'actualHours']).map(
      ({ field, before, after: now }) => ({ field, before: plain(before), after: plain(now) }),
    );
    return {
      structured: {
        id: entry.id,
        changes: differences,
        hours: after.hours,
        timeStart: String(record.timeStart),
        local: showRange(after.start, after.end),
      },
      text: [
        `Updated entry ${entry.id} on ${after.charge}: ${showRange(after.start, after.end)} ${zone}, ${showHours(after.hours)} (${record.timeStart} to ${record.timeEnd ?? '-'} UTC)`,
        changeLines(differences),
        ...(input.customFields === undefined ? [] : ['custom fields set']),
        overlap,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    };
  },
});
