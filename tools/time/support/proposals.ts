import type { DateTime } from 'luxon';
import { enteredAt, fromManage } from '../../../src/clock/index.ts';
import type { ManageReader, ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf, TICKET_KINDS, type TicketKind } from '../../../src/names/index.ts';
import { all, any, field, likeLiteral } from '../../../src/query/index.ts';
import { type Clean, cleanLine, cut, joined, say } from '../../../src/text/index.ts';
import type { Entry } from '../../../src/working-time/entries.ts';

/** Work that left a trace on a day without a time entry. */
export interface Proposal {
  /** Local day, `2026-11-24`. */
  readonly date: Clean;
  readonly ticketId: number;
  /** Summary and customer. */
  readonly what: Clean;
  /** `scheduled 14:00-15:00`, `note at 10:32`. */
  readonly trace: Clean;
  /** What `log_time` takes for it, where it is known. */
  readonly start?: Clean;
  readonly end?: Clean;
}

/** Operations that proposing needs. */
export const PROPOSAL_OPERATIONS = [
  'GET /schedule/entries',
  'GET /service/tickets',
  'GET /project/tickets',
  'GET /service/tickets/{parentId}/notes',
  'GET /project/tickets/{parentId}/notes',
] as const;

/** Tickets of a kind whose notes are read; the ones touched last. */
const MOST_TICKETS = 15;

interface Question {
  readonly member: Named;
  /** Half-open; local midnights, the end at most now. */
  readonly start: DateTime;
  readonly end: DateTime;
  readonly entries: readonly Entry[];
  readonly signal: AbortSignal;
}

const zoneOf = (moment: DateTime): string => moment.zoneName ?? 'utc';

/** A summary with its customer, as long as Manage lets the two be. */
const LONGEST_WHAT = 150;

const about = (summary: unknown, company: unknown): Clean =>
  cut(joined([cleanLine(summary), cleanLine(nameOf(company))], ', '), LONGEST_WHAT);

async function scheduled(manage: ManageReader, question: Question): Promise<readonly Proposal[]> {
  const { member, start, end, signal } = question;
  const conditions = all(
    field('member/id', '=', member.id),
    field('dateStart', '>=', start),
    field('dateStart', '<', end),
  );
  const rows = await manage.all('GET /schedule/entries', { conditions, orderBy: ['dateStart asc'], signal });
  return rows.flatMap((row): Proposal[] => {
    const from = fromManage(row.dateStart, zoneOf(start));
    const to = fromManage(row.dateEnd, zoneOf(start));
    const onTicket =
      (row.type as { identifier?: string; id?: number } | undefined)?.identifier === 'S' || idOf(row.type) === 4;
    if (!onTicket || from === undefined || to === undefined || Number(row.hours ?? 0) <= 0) return [];
    const clock = { start: cleanLine(from.toFormat('HH:mm')), end: cleanLine(to.toFormat('HH:mm')) };
    return [
      {
        date: cleanLine(from.toISODate()),
        ticketId: Number(row.objectId),
        // "Acme / Ticket# 123 - Summary", of which the number stands beside it.
        what: about(String(row.name ?? '').replace(/^(.*?) \/ .*?Ticket# ?\d+ - (.*)$/, '$2, $1'), undefined),
        trace: say`scheduled ${clock.start}-${clock.end}`,
        ...clock,
      },
    ];
  });
}

/** Tickets that changed in the period and that the member is on; whether the member did it, their notes tell. */
async function touched(manage: ManageReader, kind: TicketKind, question: Question) {
  const { member, start, end, signal } = question;
  const identifier = member.identifier ?? member.label;
  const conditions = all(
    field('lastUpdated', '>=', start),
    any(
      field('resources', 'like', `%${likeLiteral(identifier)}%`),
      field('owner/identifier', '=', identifier),
      field('updatedBy', '=', identifier),
    ),
    field('dateEntered', '<=', end),
  );
  const list = await manage.list(`GET /${kind}/tickets`, {
    conditions,
    fields: ['id', 'summary', 'company/name'],
    orderBy: ['lastUpdated desc'],
    limit: MOST_TICKETS,
    signal,
  });
  const unread = list.complete ? 0 : Math.max(1, (list.total ?? 0) - list.rows.length);
  return { tickets: list.rows.map((ticket) => ({ kind, ticket })), unread };
}

async function noted(
  manage: ManageReader,
  kind: TicketKind,
  ticket: ManageRecord,
  question: Question,
): Promise<readonly Proposal[]> {
  const { member, start, end, signal } = question;
  const path = { parentId: Number(ticket.id) };
  const rows = await manage.all(`GET /${kind}/tickets/{parentId}/notes`, { path, signal });
  return rows.flatMap((note): Proposal[] => {
    const at = fromManage(enteredAt(note), zoneOf(start));
    const own =
      idOf(note.member) === member.id ||
      String(note.createdBy ?? '').toLowerCase() === member.identifier?.toLowerCase();
    if (!own || at === undefined || at < start || at > end) return [];
    return [
      {
        date: cleanLine(at.toISODate()),
        ticketId: Number(ticket.id),
        what: about(ticket.summary, ticket.company),
        trace: say`note at ${cleanLine(at.toFormat('HH:mm'))}`,
      },
    ];
  });
}

export interface Proposals {
  /** One for a ticket and day, in order. */
  readonly proposals: readonly Proposal[];
  /** Tickets that changed as well and whose notes were not read. */
  readonly unread: number;
}

/**
 * Time that is probably missing: tickets on which the member was scheduled or wrote a note, on days on which no entry of theirs is
 * charged to them.
 */
export async function proposeTime(manage: ManageReader, question: Question): Promise<Proposals> {
  const { entries } = question;
  const lists = await Promise.all(TICKET_KINDS.map((kind) => touched(manage, kind, question)));
  const found = await Promise.all([
    scheduled(manage, question),
    ...lists.flatMap(({ tickets }) => tickets).map(({ kind, ticket }) => noted(manage, kind, ticket, question)),
  ]);
  const logged = new Set(
    entries
      .filter(({ record }) => record.chargeToType === 'ServiceTicket' || record.chargeToType === 'ProjectTicket')
      .map(({ record, start }) => `${start.toISODate()} ${record.chargeToId}`),
  );
  const proposals = new Map<string, Proposal>();
  for (const proposal of found.flat()) {
    const key = `${proposal.date} ${proposal.ticketId}`;
    if (!logged.has(key) && !proposals.has(key)) proposals.set(key, proposal);
  }
  const inOrder = [...proposals.values()].sort((a, b) =>
    `${a.date} ${a.start ?? a.trace}`.localeCompare(`${b.date} ${b.start ?? b.trace}`),
  );
  return { proposals: inOrder, unread: lists.reduce((sum, { unread }) => sum + unread, 0) };
}
