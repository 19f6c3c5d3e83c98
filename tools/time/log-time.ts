import type { DateTime } from 'luxon';
import { z } from 'zod';
import { readDay, readDayPart, showHours, showMoment, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Named, nameOf, resolveGiven } from '../../src/reference/index.ts';
import { CHARGE_OPERATIONS, type ChargeTo, chargeTo } from '../../src/timekeeping/charge-to.ts';
import {
  ENTRY_OPERATIONS,
  type Entry,
  readEntries,
  stretchOf,
  withChargeCodes,
} from '../../src/timekeeping/entries.ts';
import { whenInDayPart } from '../../src/timekeeping/in-day-part.ts';
import { checkOwner } from '../../src/timekeeping/owner.ts';
import { overlaps } from '../../src/timekeeping/stretches.ts';
import { findSheet, isEditable, SHEET_OPERATIONS, sheetPeriod } from '../../src/timekeeping/time-sheet.ts';
import { readWhen, type When } from '../../src/timekeeping/when.ts';
import {
  defineTool,
  fragments,
  newCustomFields,
  previewResult,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  ticketId: z.int().optional().describe('Service or project ticket'),
  chargeCode: z.string().optional().describe('E.g. Lunch, Training'),
  company: z.string().optional().describe('Without a ticket'),
  start: z.string().optional().describe('"2pm", "yesterday 14:00", "2pm to 3:30", "this morning", ISO; local'),
  end: z.string().optional(),
  hours: z.string().optional().describe('"45 minutes", "1.5"; alone: until now'),
  date: z.string().optional().describe('Default today'),
  break: z.string().optional().describe('To deduct'),
  notes: z.string().optional(),
  addNotesTo: z.enum(['none', 'internal', 'discussion', 'resolution']).default('none').describe('Also on the ticket'),
  member: z.string().optional().describe('Default me'),
  workType: z.string().optional(),
  workRole: z.string().optional(),
  billable: z.enum(['Billable', 'DoNotBill', 'NoCharge', 'NoDefault']).optional(),
  emailContact: z.boolean().optional(),
  customFields: fragments.customFields,
  allowOverlap: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const SHORTEST_GAP_MINUTES = 15;

const NOTE_FLAGS = {
  none: undefined,
  internal: 'addToInternalAnalysisFlag',
  discussion: 'addToDetailDescriptionFlag',
  resolution: 'addToResolutionFlag',
} as const;

async function checkSheet(member: Named, when: When, { manage, signal }: ToolContext): Promise<string | undefined> {
  const sheet = await findSheet(manage, member.id, when.start, signal);
  if (sheet === undefined || isEditable(sheet)) return sheet && `${sheetPeriod(sheet)} (${sheet.status})`;
  throw new ToolInputError(
    'start',
    `The time sheet of ${sheetPeriod(sheet)} is ${sheet.status}; entries on ${showMoment(when.start).slice(0, -6)} cannot be added any more.`,
    {
      next: 'An approver can reverse or reject the sheet in Manage; then log the time.',
    },
  );
}

/** When it was; for "this morning", the first free time of it. */
async function whenOf(
  input: Input,
  member: Named,
  now: DateTime<true>,
  { manage, names, signal }: ToolContext,
): Promise<When> {
  const said = { ...input, breakTime: input.break };
  const day = input.date === undefined ? {} : { day: readDay(input.date, { now, argument: 'date' }) };
  const part =
    input.start === undefined || input.end !== undefined
      ? undefined
      : readDayPart(input.start, { now, argument: 'start', ...day });
  if (part === undefined) return readWhen(said, now);
  const around = { memberId: member.id, start: part.start.startOf('day'), end: part.end };
  const entries = await withChargeCodes(await readEntries(manage, around, now.zoneName, signal), names);
  return whenInDayPart(said, part, entries, now);
}

/** What Manage would fill in, asked without storing anything; nothing where the role may not ask. */
async function filledIn(body: ManageRecord, { manage, signal, plain }: ToolContext): Promise<string> {
  const filled = await manage.write('POST /time/entries/defaults', { body, signal }).catch((): ManageRecord => ({}));
  return [filled.billableOption, nameOf(filled.workType), nameOf(filled.workRole), nameOf(filled.agreement)]
    .map(plain)
    .filter((fact) => fact !== '')
    .join(', ');
}

/** The time between the entry before and this one, when it is worth a word. */
function gapBefore(entries: readonly Entry[], when: When): string {
  const before = entries.filter((entry) => entry.end <= when.start && entry.start.hasSame(when.start, 'day')).at(-1);
  if (before === undefined || when.start.diff(before.end, 'minutes').minutes < SHORTEST_GAP_MINUTES) return '';
  return `nothing is logged between ${before.end.toFormat('HH:mm')} and ${when.start.toFormat('HH:mm')}`;
}

const sameCharge = (entry: Entry, { members }: ChargeTo): boolean =>
  members.chargeToId === undefined
    ? entry.record.chargeToId === undefined
    : entry.record.chargeToId === members.chargeToId && entry.record.chargeToType === members.chargeToType;

/** Refuses a double and, unless it is allowed, an overlap. */
function checkOthers(entries: readonly Entry[], when: When, charge: ChargeTo, allowOverlap: boolean): void {
  const twin = entries.find((entry) => sameCharge(entry, charge) && entry.start.toMillis() === when.start.toMillis());
  if (twin !== undefined) {
    throw new ToolInputError(
      'start',
      `Entry ${twin.id} already logs ${showHours(twin.hours)} on ${twin.charge} from ${showMoment(twin.start)}. Use update_time_entry to change it.`,
    );
  }
  const other = allowOverlap ? undefined : entries.find((entry) => overlaps(stretchOf(entry), stretchOf(when)));
  if (other !== undefined) {
    throw new ToolInputError(
      'start',
      `${showRange(when.start, when.end)} overlaps entry ${other.id}: ${showRange(other.start, other.end)} on ${other.charge}. Change the times, or send allowOverlap: true.`,
    );
  }
}

async function bodyOf(
  input: Input,
  when: When,
  member: Named,
  charge: ChargeTo,
  context: ToolContext,
): Promise<ManageRecord> {
  const { names } = context;
  const workType = await resolveGiven(names, 'workType', input.workType, { argument: 'workType' });
  const named = await resolveGiven(names, 'workRole', input.workRole, { argument: 'workRole' });
  // The member's own default: Manage's choice can be one that is not valid for the location.
  const role = named?.id ?? (member.record.workRole as { id?: number } | undefined)?.id;
  const flag = NOTE_FLAGS[input.addNotesTo];
  return {
    ...charge.members,
    member: { id: member.id },
    timeStart: toManage(when.start),
    timeEnd: toManage(when.end),
    ...(when.deduct > 0 && { hoursDeduct: when.deduct }),
    ...(workType && { workType: { id: workType.id } }),
    ...(role !== undefined && { workRole: { id: role } }),
    ...(input.billable !== undefined && { billableOption: input.billable }),
    ...(input.notes !== undefined && { notes: input.notes }),
    ...(flag !== undefined && { [flag]: true }),
    ...(input.emailContact === true && { emailContactFlag: true }),
    ...(await newCustomFields(context, 'GET /time/entries', input.customFields)),
  };
}

export default defineTool({
  name: 'log_time',
  title: 'Log time',
  toolset: 'time',
  core: true,
  effect: 'create',
  uses: [
    'POST /time/entries',
    'POST /time/entries/defaults',
    ...ENTRY_OPERATIONS,
    ...SHEET_OPERATIONS,
    ...CHARGE_OPERATIONS,
  ],
  description:
    'Log time on a ticket, charge code or company, in local time as people say it. Answers what was stored, local and UTC. Refuses doubles and overlaps.',
  input,
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    timeStart: 'start',
    startTime: 'start',
    from: 'start',
    when: 'start',
    timeEnd: 'end',
    endTime: 'end',
    to: 'end',
    duration: 'hours',
    actualHours: 'hours',
    timeSpent: 'hours',
    hoursDeduct: 'break',
    note: 'notes',
    description: 'notes',
    day: 'date',
    billableOption: 'billable',
    customer: 'company',
  },
  output: z.looseObject({ id: z.int().optional(), hours: z.number().optional(), timeStart: z.string().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const now = await context.now();
    const member = await names.resolve('member', input.member ?? 'me', {
      argument: input.member === undefined ? 'CWM_MEMBER' : 'member',
    });
    const when = await whenOf(input, member, now, context);
    if (when.start > now)
      throw new ToolInputError(
        'start',
        `${showMoment(when.start)} is in the future (it is ${showMoment(now)}, ${now.zoneName}). Send the day as well if another one is meant, like "yesterday 2pm".`,
      );
    if (input.notes === undefined && input.addNotesTo !== 'none')
      throw new ToolInputError('notes', 'addNotesTo needs notes.');
    checkOwner(member, 'time');
    const charge = await chargeTo(input, manage, names, signal);
    const sheet = await checkSheet(member, when, context);
    const around = { memberId: member.id, start: when.start.minus({ hours: 24 }), end: when.end };
    const entries = await withChargeCodes(await readEntries(manage, around, now.zoneName, signal), names);
    checkOthers(entries, when, charge, input.allowOverlap === true);
    const body = await bodyOf(input, when, member, charge, context);
    const local = `${showRange(when.start, when.end)} ${now.zoneName} (${body.timeStart} to ${body.timeEnd} UTC)`;
    if (input.dryRun) {
      const note = [local, await filledIn(body, context)].filter((part) => part !== '').join('\nManage fills in: ');
      return previewResult([manage.preview('POST /time/entries', { body })], [], note);
    }
    if (input.emailContact)
      await context.confirm({
        question: `Log ${showHours(when.hours)} on ${plain(charge.label)} and let Manage e-mail the contact?`,
        given: input.confirm,
      });

    const find = async (): Promise<ManageRecord | undefined> => {
      const conditions = all(field('member/id', '=', member.id), field('timeStart', '=', when.start));
      const { rows } = await manage.page('GET /time/entries', { ...(conditions && { conditions }), pageSize: 10 });
      return rows.find(
        (row) => charge.members.chargeToId === undefined || row.chargeToId === charge.members.chargeToId,
      );
    };
    const entry = await manage.write('POST /time/entries', { body, settle: find, signal });
    const facts = [
      `${showHours(Number(entry.actualHours ?? when.hours))}${when.deduct > 0 ? ` after a break of ${showHours(when.deduct)}` : ''}`,
      plain(entry.billableOption),
      plain(nameOf(entry.workType)),
      plain(nameOf(entry.workRole)),
      plain(nameOf(entry.agreement)),
    ].filter((fact) => fact !== '');
    return {
      structured: {
        id: Number(entry.id),
        hours: Number(entry.actualHours ?? when.hours),
        timeStart: String(entry.timeStart),
        timeEnd: String(entry.timeEnd ?? ''),
        local: showRange(when.start, when.end),
        timeZone: now.zoneName,
        member: plain(member.label),
        charge: plain(charge.label),
        billable: plain(entry.billableOption),
        status: plain(entry.status),
      },
      text: [
        `Logged entry ${entry.id} for ${plain(member.label)} on ${plain(charge.label)}`,
        local,
        facts.join(', '),
        sheet === undefined ? '' : `time sheet ${sheet}`,
        gapBefore(entries, when),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    };
  },
});
