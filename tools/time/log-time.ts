import { z } from 'zod';
import { statusWords } from '../../src/approval/approval-status.ts';
import { checkOwner } from '../../src/approval/owner.ts';
import { findSheet, isEditable, SHEET_OPERATIONS, sheetOf, sheetPeriod } from '../../src/approval/time-sheet.ts';
import { type SpanInput, showHours, showMoment, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { type Clean, clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  type Duplicate,
  defineTool,
  fragments,
  newCustomFields,
  sentBody,
  type ToolContext,
  ToolInputError,
  together,
  withSynonyms,
} from '../../src/tool/index.ts';
import { ENTRY_OPERATIONS, type Entry, readEntries } from '../../src/working-time/entries.ts';
import { ZONE_OPERATIONS, zoneInManage, zoneOfMember } from '../../src/working-time/member-zone.ts';
import { billedSaid, factsOf } from './support/billed-as.ts';
import { CHARGE_OPERATIONS, type ChargeTo, chargeTo, checkNotes, isLeave, mailedTo } from './support/charge-to.ts';
import { checkPhrases, checkSide, findWhen, saidSpan, type When } from './support/find-when.ts';
import { LOG_ALIASES } from './support/log-aliases.ts';
import { notOverYet } from './support/not-over.ts';
import { checkOverlap, findEntry, findSameWork, gapBefore, sameStart, saysDuplicate } from './support/overlaps.ts';

const input = z.strictObject({
  ticketId: z.int().optional().describe('Service or project ticket'),
  chargeCode: fragments.name('chargeCode', { description: 'E.g. Lunch, Training' }).optional(),
  company: fragments.name('company', { description: 'Without a ticket' }).optional(),
  start: z.string().optional().describe('"2pm", "yesterday 14:00", "2pm to 3:30", "this morning", ISO; local'),
  end: z.string().optional(),
  hours: z.string().optional().describe('"45 minutes", "1.5"; alone: until now'),
  date: z.string().optional().describe('Default today'),
  break: z.string().optional().describe('To deduct'),
  notes: fragments.prose().optional(),
  addNotesTo: withSynonyms(z.enum(['none', 'internal', 'discussion', 'resolution']), fragments.NOTE_WORDS)
    .default('none')
    .describe('Also on the ticket'),
  member: fragments.name('member', { description: 'Default me' }).optional(),
  workType: fragments.name('workType').optional(),
  workRole: fragments.name('workRole').optional(),
  billable: fragments.billable.optional(),
  emailContact: z.boolean().optional(),
  customFields: fragments.customFields,
  allowOverlap: z.boolean().optional(),
  allowDuplicate: z.boolean().optional(),
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

/** What is to be logged, understood and checked. */
interface Logging {
  readonly member: Named;
  readonly when: When;
  readonly charge: ChargeTo;
  /** The member's entries around it. */
  readonly entries: readonly Entry[];
  /** The time sheet that it will be on, in words. */
  readonly sheet: Clean | undefined;
  readonly zone: string;
}

/** The sheet that the time will be on, with its status. @throws {ToolInputError} when it takes no more entries */
async function openSheet(member: Named, when: When, context: ToolContext): Promise<Clean | undefined> {
  const day = when.start.setZone(await zoneInManage(member, context));
  const sheet = await findSheet(context, { memberId: member.id, day });
  if (sheet === undefined) return undefined;
  const status = statusWords(sheet.status);
  if (isEditable(sheet)) return say`time sheet ${sheetPeriod(sheet)} (${status})`;
  throw new ToolInputError(
    'start',
    say`The time sheet of ${sheetPeriod(sheet)} is ${status}; entries on ${cleanLine(showMoment(when.start).slice(0, -6))} cannot be added any more.`,
    { next: say`An approver can reverse or reject the sheet in Manage; then log the time.` },
  );
}

/** What Manage would fill in, asked without storing anything; nothing where the role may not ask. */
async function filledIn(body: ManageRecord, { manage, signal }: ToolContext): Promise<Clean | undefined> {
  const filled = await manage.ask('POST /time/entries/defaults', { body, signal }).catch((): ManageRecord => ({}));
  const facts = factsOf(filled);
  return facts === '' ? undefined : say`Manage fills in: ${facts}`;
}

async function bodyOf(given: Input, { member, when, charge }: Logging, context: ToolContext): Promise<ManageRecord> {
  const { workType, workRole } = given;
  const flag = NOTE_FLAGS[given.addNotesTo];
  // The member's own default: Manage's choice can be one that is not valid for the location.
  const own = member.record.workRole as { id?: number } | undefined;
  return sentBody({
    ...charge.members,
    member: { id: member.id, name: member.label },
    timeStart: toManage(when.start),
    timeEnd: toManage(when.end),
    hoursDeduct: when.deduct > 0 ? when.deduct : undefined,
    workType: workType && { id: workType.id, name: workType.label },
    workRole: workRole === undefined ? own && { id: own.id } : { id: workRole.id, name: workRole.label },
    billableOption: given.billable,
    notes: given.notes,
    ...(flag !== undefined && { [flag]: true }),
    emailContactFlag: given.emailContact || undefined,
    ...(await newCustomFields(context, 'GET /time/entries', given.customFields)),
  });
}

/** The times, on the wall clock of the conversation and on that of the member, and as they are stored. */
async function shownTimes({ when, member, zone }: Logging, context: ToolContext): Promise<Clean> {
  const { start, end } = when;
  const own = await zoneOfMember(member, context);
  const theirs = own === zone ? '' : `, ${showRange(start.setZone(own), end.setZone(own))} ${own}`;
  return cleanLine(`${showRange(start, end)} ${zone}${theirs} (${toManage(start)} to ${toManage(end)} UTC)`);
}

/** Arguments that say when it was. */
const TIMES = ['start', 'end', 'hours', 'date', 'break'] as const;
/** Arguments that say what it was for. */
const CHARGES = ['ticketId', 'chargeCode', 'company'] as const;

const timesIn = ({ start, end, hours: length, date: day, break: breakTime }: Partial<Input>): SpanInput => ({
  start,
  end,
  length,
  day,
  breakTime,
});

/**
 * When the work was done, by what was said of it and by what is logged already.
 * @throws {ToolInputError} {ClockError} for what cannot be read or contradicts itself, and for work that lies ahead
 */
async function whenOf(given: Partial<Input>, member: Named, context: ToolContext): Promise<When> {
  const now = await context.now();
  const ahead = given.chargeCode !== undefined;
  const said = timesIn(given);
  const isTimeOff = await isLeave(given.chargeCode, context.names);
  if (isTimeOff) checkSide(said, now);
  const when = await findWhen(said, { member, now, ahead }, context);
  // Leave is entered before it is taken; work is not.
  if (when.start > now && !ahead)
    throw new ToolInputError(
      'start',
      lines([
        say`${cleanLine(showMoment(when.start))} is in the future (it is ${cleanLine(showMoment(now))}, ${cleanLine(now.zoneName)}). Send the day as well if another one is meant, like "yesterday 2pm".`,
        when.chosen,
      ]),
    );
  if (isTimeOff) return when;
  const future = say`${cleanLine(showMoment(when.start))} has not come yet: it is ${cleanLine(showMoment(now))}.`;
  return { ...when, chosen: lines([when.chosen, when.start > now ? future : notOverYet(when.end, now)]) };
}

/** Who worked. */
const whoOf = async ({ member }: Partial<Input>, { names }: ToolContext): Promise<Named> =>
  member ?? names.resolve('member', 'me', { argument: 'CWM_MEMBER' });

async function understood(given: Input, context: ToolContext): Promise<Logging> {
  // Read beside what the times need.
  const charging = chargeTo(given, context);
  charging.catch(() => undefined);
  const [now, member] = await Promise.all([context.now(), whoOf(given, context)]);
  checkOwner(member, 'time');
  const timing = whenOf(given, member, context);
  const entered = timing.then((when) => {
    const start = when.start.minus({ hours: 24 });
    return readEntries({ memberId: member.id, start, end: when.end, zone: now.zoneName }, context);
  });
  const onSheet = timing.then((when) => openSheet(member, when, context));
  const [when, charge, entries, sheet] = await together([timing, charging, entered, onSheet]);
  if (given.addNotesTo !== 'none') checkNotes(given.notes, charge);
  return { member, when, charge, entries, sheet, zone: now.zoneName };
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
  tables: ['status', 'chargeCode'],
  description:
    'Log time on a ticket, charge code or company, in local time as people say it. Answers what was stored. Refuses duplicates and overlaps.',
  input,
  aliases: LOG_ALIASES,
  output: z.looseObject({ id: z.int().optional(), hours: z.number().optional(), timeStart: z.string().optional() }),
  looksUp(given, context, refused) {
    const areRead = (names: readonly string[]): boolean => !names.some((name) => refused.has(name));
    // What is free then depends on whose time it is, and whether it may lie ahead on what it is for.
    const when = areRead(['member', 'chargeCode'])
      ? () => whoOf(given, context).then((member) => whenOf(given, member, context))
      : () => context.now().then((now) => saidSpan(timesIn(given), now));
    return [
      areRead(TIMES) ? when() : checkPhrases(timesIn(given), context),
      areRead(CHARGES) ? chargeTo(given, context) : undefined,
    ];
  },
  async run(given, context) {
    const logging = await understood(given, context);
    const { member, when, charge, entries, sheet } = logging;
    const mailed = given.emailContact ? mailedTo(charge) : undefined;
    const work = { memberId: member.id, start: when.start, charge };
    const same = sameStart(entries, work);
    // A duplicate is refused by the pipeline, in its own words.
    const others = entries.filter((entry) => !same.includes(entry));
    const overlap = checkOverlap(others, when, given.allowOverlap);
    const body = await bodyOf(given, logging, context);
    const [local, person] = [await shownTimes(logging, context), cleanLine(member.label)];
    const hours = cleanLine(showHours(when.hours));
    const duplicate: Duplicate = {
      // The entries of this time were just read; a time that was chosen is one where nothing is logged.
      find: async (signal) =>
        when.isChosen === true
          ? findSameWork(work, { hours: when.hours, notes: given.notes }, { ...context, signal })
          : same[0]?.record,
      argument: 'start',
      says: (entry) => saysDuplicate(entry, work),
    };
    const chosen = [when.chosen, gapBefore(entries, when), overlap];
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      duplicate: given.allowDuplicate ? undefined : duplicate,
      steps: [
        {
          operation: 'POST /time/entries',
          request: { body },
          does: say`log ${hours} on ${charge.label}`,
          settle: (signal) => findEntry(work, entries, { ...context, signal }),
        },
      ],
      question:
        mailed &&
        lines([
          say`Log ${hours} for ${person} on ${charge.label}, ${cleanLine(showRange(when.start, when.end))}, and let Manage e-mail ${mailed}?`,
          given.notes === undefined ? say`The entry has no notes.` : say`Notes:\n${clean(given.notes)}`,
        ]),
      notes: [
        say`${hours} for ${person} on ${charge.label}`,
        local,
        ...chosen,
        given.dryRun ? await filledIn(body, context) : undefined,
      ],
      answer({ made: [entry = {}] }) {
        const stored = Number(entry.actualHours ?? when.hours);
        const rest = when.deduct > 0 ? say` after a break of ${cleanLine(showHours(when.deduct))}` : say``;
        return {
          structured: {
            id: Number(entry.id),
            hours: stored,
            timeStart: cleanLine(entry.timeStart),
            timeEnd: cleanLine(entry.timeEnd),
            local: cleanLine(showRange(when.start, when.end)),
            timeZone: cleanLine(logging.zone),
            member: person,
            charge: charge.label,
            billable: cleanLine(entry.billableOption),
            status: cleanLine(entry.status),
          },
          text: lines([
            say`Logged entry ${Number(entry.id)} for ${person} on ${charge.label}`,
            local,
            joined([say`${cleanLine(showHours(stored))}${rest}`, factsOf(entry), billedSaid(entry, stored)], ', '),
            sheetOf(entry, sheet),
            ...chosen,
            mailed && say`Manage was asked to e-mail ${mailed}`,
          ]),
        };
      },
    });
  },
});
