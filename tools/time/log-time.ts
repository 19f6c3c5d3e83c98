import { z } from 'zod';
import { checkOwner } from '../../src/approval/owner.ts';
import { findSheet, isEditable, SHEET_OPERATIONS, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { showHours, showMoment, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  minutesFor,
  newCustomFields,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  withSynonyms,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, readEntries, withChargeCodes } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS, zoneOfMember } from '../../src/working-time/member-zone.ts';
import { CHARGE_OPERATIONS, type ChargeTo, chargeTo } from './support/charge-to.ts';
import { findWhen, type When } from './support/find-when.ts';
import { checkOthers, gapBefore } from './support/neighbours.ts';

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
  addNotesTo: withSynonyms(z.enum(['none', 'internal', 'discussion', 'resolution']), fragments.NOTE_WORDS)
    .default('none')
    .describe('Also on the ticket'),
  member: z.string().optional().describe('Default me'),
  workType: z.string().optional(),
  workRole: z.string().optional(),
  billable: fragments.billable.optional(),
  emailContact: z.boolean().optional(),
  customFields: fragments.customFields,
  allowOverlap: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const NOTE_FLAGS = {
  none: undefined,
  internal: 'addToInternalAnalysisFlag',
  discussion: 'addToDetailDescriptionFlag',
  resolution: 'addToResolutionFlag',
} as const;

async function checkSheet(member: Named, when: When, context: ToolContext): Promise<string | undefined> {
  const { manage, signal } = context;
  const zone = await zoneOfMember(member, context);
  const sheet = await findSheet(manage, member.id, when.start.setZone(zone), signal);
  if (sheet === undefined || isEditable(sheet)) return sheet && `${sheetPeriod(sheet)} (${sheet.status})`;
  throw new ToolInputError(
    'start',
    `The time sheet of ${sheetPeriod(sheet)} is ${sheet.status}; entries on ${showMoment(when.start).slice(0, -6)} cannot be added any more.`,
    {
      next: 'An approver can reverse or reject the sheet in Manage; then log the time.',
    },
  );
}

/** What Manage would fill in, asked without storing anything; nothing where the role may not ask. */
async function filledIn(body: ManageRecord, { manage, signal, plain }: ToolContext): Promise<string> {
  const filled = await manage.write('POST /time/entries/defaults', { body, signal }).catch((): ManageRecord => ({}));
  return [filled.billableOption, nameOf(filled.workType), nameOf(filled.workRole), nameOf(filled.agreement)]
    .map(plain)
    .filter((fact) => fact !== '')
    .join(', ');
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
    ...ZONE_OPERATIONS,
  ],
  description:
    'Log time on a ticket, charge code or company, in local time as people say it. Answers what was stored, local and UTC. Refuses doubles and overlaps.',
  input,
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    ticketNumber: 'ticketId',
    chargeToId: 'ticketId',
    timeStart: 'start',
    startTime: 'start',
    from: 'start',
    when: 'start',
    time: 'start',
    timeEnd: 'end',
    endTime: 'end',
    to: 'end',
    until: 'end',
    duration: 'hours',
    actualHours: 'hours',
    timeSpent: 'hours',
    minutes: minutesFor('hours'),
    durationMinutes: minutesFor('hours'),
    hoursDeduct: 'break',
    deduct: 'break',
    breakMinutes: minutesFor('break'),
    note: 'notes',
    comment: 'notes',
    description: 'notes',
    summary: 'notes',
    day: 'date',
    billableOption: 'billable',
    customer: 'company',
    client: 'company',
    code: 'chargeCode',
    technician: 'member',
    user: 'member',
    role: 'workRole',
    type: 'workType',
    agreement: { instead: 'Manage takes the agreement of the customer; dryRun shows which.' },
    timeZone: { instead: 'Write the zone into the time, like "14:00 UTC" or "9am PST".' },
    status: { instead: 'update_ticket changes the status of a ticket.' },
    emailCustomer: 'emailContact',
    notify: 'emailContact',
  },
  output: z.looseObject({ id: z.int().optional(), hours: z.number().optional(), timeStart: z.string().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const now = await context.now();
    const member = await names.resolve('member', input.member ?? 'me', {
      argument: input.member === undefined ? 'CWM_MEMBER' : 'member',
    });
    const ahead = input.chargeCode !== undefined;
    const { start, end, hours: length, date: day, break: breakTime } = input;
    const { chosen = '', ...when } = await findWhen(
      { start, end, length, day, breakTime },
      member,
      now,
      ahead,
      context,
    );
    // Leave is entered before it is taken; work is not.
    if (when.start > now && !ahead)
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
    const zone = await zoneOfMember(member, context);
    const theirs =
      zone === now.zoneName ? '' : `, ${showRange(when.start.setZone(zone), when.end.setZone(zone))} ${zone}`;
    const local = `${showRange(when.start, when.end)} ${now.zoneName}${theirs} (${body.timeStart} to ${body.timeEnd} UTC)`;
    if (input.dryRun) {
      const fills = await filledIn(body, context);
      const said = [local, chosen, gapBefore(entries, when), fills === '' ? '' : `Manage fills in: ${fills}`];
      const note = [`${showHours(when.hours)} on ${plain(charge.label)}`, ...said].filter((part) => part !== '');
      return legacyPreview([manage.preview('POST /time/entries', { body })], [], note.join('\n'));
    }
    if (input.emailContact)
      await context.confirm({
        question: `Log ${showHours(when.hours)} on ${plain(charge.label)} and let Manage e-mail the contact?`,
        given: input.confirm,
      });

    const find = async (): Promise<ManageRecord | undefined> => {
      const conditions = all(field('member/id', '=', member.id), field('timeStart', '=', when.start));
      const { rows } = await manage.page('GET /time/entries', { conditions, pageSize: 10 });
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
        chosen,
        gapBefore(entries, when),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    };
  },
});
