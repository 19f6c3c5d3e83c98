import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import { Forbidden, NotFound } from '../../src/manage/index.ts';
import { findTicket, nameOf, type TicketKind } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { serviceType } from '../../src/tickets/assign.ts';
import {
  defineLegacyTool as defineTool,
  shownCustomFields,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';
import { ATTACHED_OPERATIONS, attachedConfigurations } from './support/attached-configurations.ts';
import { readConversation } from './support/conversation.ts';

type Row = Readonly<Record<string, unknown>>;

const input = z.strictObject({
  ticketId: z.int().describe('Service or project ticket number'),
  notes: z.int().min(0).max(100).default(10).describe('Latest notes to show'),
  detail: z.enum(['concise', 'full']).default('concise').describe('full: every field'),
});

/** A part that the role may not read, or an older server does not have, is left out; the rest of the story stands. */
async function optional<T>(read: Promise<readonly T[]>): Promise<readonly T[]> {
  return read.catch((error: unknown) => {
    if (error instanceof Forbidden || error instanceof NotFound) return [];
    throw error;
  });
}

async function parts(id: number, kind: TicketKind, { manage, names, signal }: ToolContext) {
  const chargeTo = all(
    field('chargeToType', '=', kind === 'project' ? 'ProjectTicket' : 'ServiceTicket'),
    field('chargeToId', '=', id),
  );
  const scheduled = all(field('type/id', '=', (await serviceType(names)).id), field('objectId', '=', id));
  const page = async (operation: string, options: object): Promise<readonly Row[]> =>
    (await manage.page<Row>(operation, { signal, pageSize: 50, ...options })).rows;
  const under = { path: { parentId: id } };
  const [conversation, time, schedule, tasks, configurations, documents, children] = await Promise.all([
    optional(readConversation(manage, kind, id, signal)),
    optional(page('GET /time/entries', { conditions: chargeTo, orderBy: ['timeStart asc'] })),
    optional(page('GET /schedule/entries', { conditions: scheduled })),
    optional(page(`GET /${kind}/tickets/{parentId}/tasks`, under)),
    optional(attachedConfigurations(manage, kind, id, signal)),
    optional(page('GET /system/documents', { query: { recordType: 'Ticket', recordId: id } })),
    kind === 'service'
      ? optional(
          page('GET /service/tickets', {
            conditions: field('parentTicketId', '=', id),
            fields: ['id', 'summary', 'status/name'],
          }),
        )
      : [],
  ]);
  return { conversation, time, schedule, tasks, configurations, documents, children };
}

/** One mail with its whole thread below it should not hide the rest of the story. */
const LONGEST_NOTE = 4_000;
const shortened = (text: string): string =>
  text.length <= LONGEST_NOTE
    ? text
    : `${text.slice(0, LONGEST_NOTE)}\n[cut: ${text.length - LONGEST_NOTE} more characters; detail: "full" shows them]`;

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
];

function headerOf(
  record: Row,
  plain: ToolContext['plain'],
  when: (text: unknown) => string | undefined,
): Record<string, string> {
  const entries = HEADER.map(([member, label]): [string, string] => {
    const value = record[member];
    return [label, plain(typeof value === 'object' ? nameOf(value) : value)];
  });
  const info = (record._info ?? {}) as { dateEntered?: string; lastUpdated?: string };
  const dates: [string, string | undefined][] = [
    ['entered', when(info.dateEntered)],
    ['updated', when(info.lastUpdated)],
    ['due', when(record.requiredDate)],
    ['closed', record.closedFlag === true ? when(record.closedDate) : undefined],
  ];
  const custom = shownCustomFields(record).map(([caption, value]): [string, string] => [plain(caption), plain(value)]);
  return Object.fromEntries(
    [...entries, ...dates, ...custom].filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`;

export default defineTool({
  name: 'get_ticket',
  title: 'Get ticket',
  toolset: 'service',
  core: true,
  effect: 'read',
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    'GET /service/tickets/{parentId}/allNotes',
    'GET /project/tickets/{parentId}/allNotes',
    'GET /service/tickets/{parentId}/notes',
    'GET /project/tickets/{parentId}/notes',
    'GET /service/tickets/{parentId}/tasks',
    'GET /project/tickets/{parentId}/tasks',
    ...ATTACHED_OPERATIONS,
    'GET /time/entries',
    'GET /schedule/entries',
    'GET /system/documents',
    'GET /service/tickets',
  ],
  description:
    'The whole story of a ticket: header, conversation in order, time, schedule, tasks, configurations, attachments, children.',
  input,
  aliases: { id: 'ticketId', ticket: 'ticketId', number: 'ticketId', ticketNumber: 'ticketId' },
  output: z.looseObject({ id: z.int(), kind: z.string(), summary: z.string() }),
  view: 'ticket',
  async run({ ticketId, notes, detail }, context) {
    const { manage, signal, plain, quote, zone } = context;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    const [story, local] = await Promise.all([parts(ticketId, kind, context), zone()]);
    const when = (text: unknown): string | undefined => {
      const moment = fromManage(text, local);
      return moment && showMoment(moment);
    };
    const header = headerOf(record, plain, when);
    const shown = notes === 0 ? [] : story.conversation.slice(-notes);
    const conversation = shown.map(({ at, author, customer, kind: side, text }) => ({
      at: when(at) ?? '',
      author: plain(author),
      kind: side,
      ...(customer && { customer }),
      text: quote(detail === 'full' ? text : shortened(text)),
    }));
    const time = story.time.map((entry) => ({
      id: entry.id,
      start: when(entry.timeStart),
      hours: entry.actualHours,
      member: plain(nameOf(entry.member)),
      billable: entry.billableOption,
    }));
    const schedule = story.schedule.map((entry) => ({
      id: entry.id,
      member: plain(nameOf(entry.member)),
      start: Number(entry.hours) > 0 ? when(entry.dateStart) : 'no time set',
      done: entry.doneFlag === true,
    }));
    const tasks = story.tasks.map((task) => ({
      id: task.id,
      notes: plain(task.notes),
      done: task.closedFlag === true,
    }));
    const configurations = story.configurations.map((item) => ({
      id: item.id,
      name: plain(item.name),
    }));
    const attachments = story.documents.map((item) => ({ id: item.id, name: plain(item.title ?? item.fileName) }));
    const children = story.children.map((child) => ({
      id: child.id,
      summary: plain(child.summary),
      status: plain(nameOf(child.status)),
    }));
    const hours = story.time.reduce((sum, entry) => sum + Number(entry.actualHours ?? 0), 0);

    const text = [
      `${kind === 'project' ? 'Project ticket' : 'Ticket'} ${ticketId}: ${plain(record.summary)}`,
      Object.entries(header)
        .map(([label, value]) => `${label}: ${value}`)
        .join('\n'),
      section(
        `Conversation, ${shown.length} of ${story.conversation.length}`,
        conversation.map(
          (note) =>
            `${note.at} ${note.author} (${note.customer === true ? 'customer, ' : ''}${note.kind})\n${note.text}`,
        ),
      ),
      section(
        `Time, ${Math.round(hours * 100) / 100} h in ${time.length} entries`,
        time.map((entry) => `${entry.id}: ${entry.start}, ${entry.hours} h, ${entry.member}, ${entry.billable}`),
      ),
      section(
        'Schedule',
        schedule.map((entry) => `${entry.id}: ${entry.member}, ${entry.start}${entry.done ? ', done' : ''}`),
      ),
      section(
        'Tasks',
        tasks.map((task) => `${task.id}: [${task.done ? 'x' : ' '}] ${task.notes}`),
      ),
      section(
        'Configurations',
        configurations.map((item) => `${item.id}: ${item.name}`),
      ),
      section(
        'Attachments',
        attachments.map((item) => `${item.id}: ${item.name}`),
      ),
      section(
        'Children',
        children.map((child) => `${child.id}: ${child.summary} (${child.status})`),
      ),
    ].filter((part) => part !== '');
    const full = detail === 'full' ? { record: cleanRecord(record, plain) } : {};
    return {
      structured: {
        // First, so that no custom field takes the place of what is called like it.
        ...header,
        id: ticketId,
        kind,
        summary: plain(record.summary),
        conversation,
        notesTotal: story.conversation.length,
        time,
        schedule,
        tasks,
        configurations,
        attachments,
        children,
        ...full,
      },
      text: `${text.join('\n')}${detail === 'full' ? `\nAll fields:\n${JSON.stringify(full.record)}` : ''}`,
    };
  },
});

/** Every field as it is stored, texts cleaned; passwords among the custom fields are not shown. */
function cleanRecord(record: Row, plain: ToolContext['plain']): Record<string, unknown> {
  const { _info: _, customFields: __, ...rest } = record;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => {
      if (typeof value === 'string') return [name, plain(value)];
      if (typeof value !== 'object' || value === null) return [name, value];
      const { id } = value as { id?: unknown };
      return [name, { id, name: plain(nameOf(value)) }];
    }),
  );
}
