import type { DateTime } from 'luxon';
import { z } from 'zod';
import { readsAsDay } from '../../src/api/meanings.ts';
import { echoDay, fromManage } from '../../src/clock/index.ts';
import { inTurns, pause } from '../../src/in-turns.ts';
import { isRecord } from '../../src/json.ts';
import { type ManageRecord, sumOf } from '../../src/manage/index.ts';
import { findTicket, nameOf } from '../../src/names/index.ts';
import {
  type Clean,
  caption,
  clean,
  cleanLine,
  cleanValue,
  excerpt,
  joined,
  lines,
  say,
} from '../../src/text/index.ts';
import { whenScheduled } from '../../src/tickets/assign.ts';
import { isBreached, nextDeadline, slaText } from '../../src/tickets/sla.ts';
import { billingWords, defineTool, notRead, shownCustomFields, type ToolContext } from '../../src/tool/index.ts';
import { compactRecord } from '../../src/tool/results/compact-record.ts';
import type { Contribution } from './support/conversation.ts';
import { TICKET_SCHEMAS } from './support/ticket-list.ts';
import { readStory, related, relatedText, STORY_OPERATIONS } from './support/ticket-story.ts';

const input = z.strictObject({
  ticketId: z.int().describe('Service or project ticket number'),
  notes: z.int().min(0).max(100).default(10).describe('Latest notes to show'),
  detail: z.enum(['concise', 'full']).default('concise').describe('full: every field'),
});

/** One mail with its whole thread below it should not hide the rest of the story. */
const LONGEST_NOTE = 4_000;
/** Time entries that are listed beside those whose notes are in the conversation. */
const MOST_LINES = 5;

/** Members that are shown in the header, with what they are called. */
const HEADER: readonly (readonly [string, string])[] = [
  ['company', 'company'],
  ['contact', 'contact'],
  ['contactEmailAddress', 'e-mail'],
  ['contactPhoneNumber', 'phone'],
  ['site', 'site'],
  ['project', 'project'],
  ['phase', 'phase'],
  ['board', 'board'],
  ['status', 'status'],
  ['type', 'type'],
  ['subType', 'subtype'],
  ['item', 'item'],
  ['priority', 'priority'],
  ['owner', 'owner'],
  ['resources', 'assigned'],
  ['team', 'team'],
  ['agreement', 'agreement'],
  ['slaStatus', 'SLA'],
  ['budgetHours', 'budget hours'],
  ['actualHours', 'actual hours'],
  ['parentTicketId', 'parent ticket'],
  ['mergedParentTicket', 'merged into'],
];

/** How times are shown: on the wall clock of the conversation, dates as dates. */
interface Showing extends Pick<ToolContext, 'api'> {
  readonly schema: string;
  when(text: unknown): Clean | undefined;
  readonly now: DateTime<true>;
}

/** `Tue 24 Nov 14:00`, with the year where it is not this one's: a long story has many of them. */
const shortMoment = (moment: DateTime<true>, now: DateTime<true>): Clean =>
  cleanLine(`${echoDay(moment, now)} ${moment.toFormat('HH:mm')}`);

/** A due date without a time of day is a date in every zone. */
function dueOf(record: ManageRecord, { api, schema, when, now }: Showing): Clean | undefined {
  if (!readsAsDay(api, schema, 'requiredDate', record)) return when(record.requiredDate);
  const day = fromManage(record.requiredDate, 'utc');
  return day && cleanLine(echoDay(day, now));
}

function slaOf(record: ManageRecord, { now }: Showing): Clean {
  const words = cleanLine(slaText(record, now, (at) => shortMoment(at, now)));
  return joined([words, isBreached(record, nextDeadline(record, now), now) && say`breached`], ', ');
}

function headerOf(record: ManageRecord, showing: Showing): Record<string, Clean> {
  const { when } = showing;
  const info = (record._info ?? {}) as { dateEntered?: string; lastUpdated?: string };
  const own = HEADER.map(([member, label]): [string, Clean | undefined] => {
    const value = record[member];
    if (member === 'slaStatus') return [label, slaOf(record, showing)];
    if (member === 'mergedParentTicket') return [label, isRecord(value) ? say`ticket ${Number(value.id)}` : undefined];
    return [label, cleanLine(typeof value === 'object' ? nameOf(value) : value)];
  });
  const dates: [string, Clean | undefined][] = [
    ['entered', when(info.dateEntered)],
    ['updated', when(info.lastUpdated)],
    ['due', dueOf(record, showing)],
    ['closed', record.closedFlag === true ? when(record.closedDate) : undefined],
  ];
  const taken = new Set<string>([...own, ...dates].map(([label]) => label));
  const custom = shownCustomFields(record).map(([name, value]): [string, Clean] => {
    const label = caption(name);
    return [taken.has(label) ? `${label} (field)` : label, cleanLine(value)];
  });
  return Object.fromEntries(
    [...own, ...dates, ...custom].filter((entry): entry is [string, Clean] => (entry[1] ?? '') !== ''),
  );
}

function section(title: Clean, rows: readonly Clean[]): Clean | undefined {
  return rows.length === 0 ? undefined : lines([say`\n${title}:`, ...rows.map((row) => say`- ${row}`)]);
}

/** `Attachments`, with how many are shown where there are more. */
const titled = (title: Clean, shown: number, total: number | undefined): Clean =>
  total !== undefined && total > shown ? say`${title}, ${shown} of ${total}` : title;

type TimeLine = Readonly<{ id: number; start: Clean | undefined; hours: number; member: Clean; billable: Clean }>;

const hoursText = ({ hours, billable }: TimeLine): Clean => joined([say`${hours} h`, billingWords(billable)], ' ');

/** Who wrote a note, when and for which readers; the notes of a time entry stand for the entry as well. */
function noteHead(note: Contribution, at: Clean | undefined, entry: TimeLine | undefined): Clean {
  const about = joined(
    [
      note.customer && say`customer`,
      note.kind !== 'time' && say`${note.kind}`,
      note.timeEntry !== undefined && joined([say`entry ${note.timeEntry}`, entry && hoursText(entry)], ': '),
    ],
    ', ',
  );
  return joined([at, say`${cleanLine(note.author)} (${about})`], ' ');
}

export default defineTool({
  name: 'get_ticket',
  title: 'Get ticket',
  toolset: 'service',
  core: true,
  effect: 'read',
  uses: ['GET /service/tickets/{id}', 'GET /project/tickets/{id}', ...STORY_OPERATIONS],
  tables: ['scheduleType'],
  description:
    'The whole story of a ticket: header, conversation in order, time, schedule, tasks, configurations, attachments, children.',
  input,
  aliases: { id: 'ticketId', ticket: 'ticketId', number: 'ticketId', ticketNumber: 'ticketId' },
  output: z.looseObject({ id: z.int(), kind: z.string(), summary: z.string() }),
  view: 'ticket',
  async run({ ticketId, notes, detail }, context) {
    const { manage, api, signal, quote } = context;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    const [story, zone, now] = await Promise.all([readStory(record, kind, context), context.zone(), context.now()]);
    const when = (text: unknown): Clean | undefined => {
      const moment = fromManage(text, zone);
      return moment && shortMoment(moment, now);
    };
    const isFull = detail === 'full';
    const schema = TICKET_SCHEMAS[kind];
    const header = headerOf(record, { api, schema, when, now });
    const time = (story.time ?? []).map(
      (entry): TimeLine => ({
        id: Number(entry.id),
        start: when(entry.timeStart),
        hours: Number(entry.actualHours ?? 0),
        member: cleanLine(nameOf(entry.member)),
        billable: cleanLine(entry.billableOption),
      }),
    );
    const entries = new Map(time.map((entry) => [entry.id, entry]));
    const shown = notes === 0 ? [] : story.conversation.slice(-notes);
    const texts = await inTurns(shown, ({ text }) => (isFull ? clean(text) : excerpt(text, LONGEST_NOTE)));
    const conversation = await inTurns(shown, (note, index) => ({
      at: when(note.at) ?? say``,
      author: cleanLine(note.author),
      kind: say`${note.kind}`,
      customer: note.customer || undefined,
      timeEntry: note.timeEntry,
      text: quote(texts[index]),
    }));
    const untold = time.filter(({ id }) => !shown.some(({ timeEntry }) => timeEntry === id));
    const listed = isFull ? untold : untold.slice(-MOST_LINES);
    const hours = story.time === undefined ? undefined : sumOf(story.time, 'actualHours');
    const schedule = story.schedule.map((entry) => ({
      id: Number(entry.id),
      member: cleanLine(nameOf(entry.member)),
      start: whenScheduled(entry, now),
      done: entry.doneFlag === true,
    }));
    const tasks = await inTurns(story.tasks, ({ id, notes: what, closedFlag }) => ({
      id: Number(id),
      notes: cleanLine(what),
      done: closedFlag === true,
    }));
    const configurations = story.configurations.map(({ id, name }) => ({ id, name: cleanLine(name) }));
    const attachments = await inTurns(story.documents.rows, ({ id, title, fileName }) => ({
      id: Number(id),
      name: cleanLine(title ?? fileName),
    }));
    const [children, merged] = [related(story.children), related(story.merged)];
    const timeTitle = joined(
      [
        say`Time, ${hours ?? 0} h in ${time.length} ${time.length === 1 ? 'entry' : 'entries'}`,
        listed.length > 0 && untold.length < time.length && say`those not in the conversation above`,
        untold.length === 0 && time.length > 0 && say`all in the conversation above`,
        listed.length < untold.length && say`the latest ${listed.length} of ${untold.length}, detail: "full" lists all`,
      ],
      '; ',
    );
    const isCut = !isFull && texts.some((text) => text.length > LONGEST_NOTE);
    await pause();
    const summary = cleanLine(record.summary);
    const fields = isFull ? cleanValue(compactRecord({ ...record, customFields: undefined }, schema)) : undefined;
    return {
      structured: {
        // First, so that no custom field takes the place of what is called like it.
        ...header,
        id: ticketId,
        kind: say`${kind}`,
        summary,
        conversation,
        notesTotal: story.conversation.length,
        time,
        hours,
        schedule,
        tasks,
        configurations,
        attachments,
        children,
        merged: merged.length > 0 ? merged : undefined,
        notRead: story.unread.length > 0 ? story.unread : undefined,
        record: fields,
      },
      text: lines([
        say`${kind === 'project' ? 'Project ticket' : 'Ticket'} ${ticketId}: ${summary}`,
        ...Object.entries(header).map(([label, value]) => say`${caption(label)}: ${value}`),
        section(
          say`Conversation, ${shown.length} of ${story.conversation.length}`,
          shown.map((note, index) =>
            lines([
              noteHead(note, conversation[index]?.at, entries.get(note.timeEntry ?? 0)),
              conversation[index]?.text,
            ]),
          ),
        ),
        notes === 0 &&
          story.conversation.length > 0 &&
          say`\nConversation, 0 of ${story.conversation.length}: notes: 0 leaves them out.`,
        isCut && say`detail: "full" shows notes that were cut.`,
        listed.length === 0 && time.length > 0
          ? say`\n${timeTitle}`
          : section(
              timeTitle,
              listed.map((entry) =>
                joined([say`${entry.id}: ${entry.start ?? ''}`, hoursText(entry), entry.member], ', '),
              ),
            ),
        section(
          say`Schedule`,
          schedule.map(({ id, member, start, done }) =>
            joined([say`${id}: ${member}`, start, done && say`done`], ', '),
          ),
        ),
        section(
          say`Tasks`,
          tasks.map(({ id, notes: about, done }) => say`${id}: [${done ? 'x' : ' '}] ${about}`),
        ),
        section(
          say`Configurations`,
          configurations.map(({ id, name }) => say`${id}: ${name}`),
        ),
        section(
          titled(say`Attachments`, attachments.length, story.documents.total),
          attachments.map(({ id, name }) => say`${id}: ${name}`),
        ),
        section(titled(say`Children`, children.length, story.children.total), children.map(relatedText)),
        section(
          titled(say`Merged into this ticket; their notes stay on them`, merged.length, story.merged.total),
          merged.map(relatedText),
        ),
        notRead(story.unread),
        fields === undefined ? undefined : say`All fields:\n${clean(JSON.stringify(fields))}`,
      ]),
    };
  },
});
