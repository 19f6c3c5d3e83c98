import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

/** Nobody works longer on one ticket without making a project of it. */
const MOST_HOURS = 8;

/** The tickets that one member works on, oldest first, and how far along they are. */
export interface Backlog {
  readonly tickets: readonly Pending[];
  next: number;
}

/** A ticket with what is asked of it for every entry: it is looked up, and made, once. */
export interface Pending {
  readonly ticket: SandboxRecord;
  readonly entered: string;
  reference: Record<string, unknown> | undefined;
}

export const enteredAt = (ticket: SandboxRecord): string => (ticket._info as { dateEntered: string }).dateEntered;

/** The member's next ticket that has no work on it yet, else one of the last few; none when they have none by then. */
export function nextTicket(provider: Provider, backlog: Backlog, before: string): Pending | undefined {
  const { tickets, next } = backlog;
  const fresh = tickets[next];
  if (fresh !== undefined && fresh.entered < before) {
    backlog.next += 1;
    return fresh;
  }
  const recent = next === 0 ? undefined : tickets[provider.random.int(Math.max(0, next - 8), next - 1)];
  return Number(recent?.ticket.actualHours ?? 0) < MOST_HOURS ? recent : undefined;
}

/** Tickets that take time, by the member who owns them, oldest first. */
export function backlogs(provider: Provider): ReadonlyMap<number, Backlog> {
  const forbids = new Set(
    provider
      .all('/service/boards/{parentId}/statuses')
      .filter(({ timeEntryNotAllowed }) => timeEntryNotAllowed === true)
      .map(({ id }) => id),
  );
  const found = new Map<number, SandboxRecord[]>();
  for (const ticket of provider.all('/service/tickets')) {
    const owner = (ticket.owner as { id: number } | undefined)?.id;
    if (owner === undefined || forbids.has((ticket.status as { id: number }).id)) continue;
    const own = found.get(owner);
    if (own === undefined) found.set(owner, [ticket]);
    else own.push(ticket);
  }
  return new Map([...found].map(([member, tickets]) => [member, { tickets: inOrderOfEntry(tickets), next: 0 }]));
}

/** Oldest first. Each moment is looked up once: a comparison that does it for both sides takes most of the time. */
function inOrderOfEntry(tickets: readonly SandboxRecord[]): Pending[] {
  const pending = tickets.map((ticket): Pending => ({ ticket, entered: enteredAt(ticket), reference: undefined }));
  return pending.sort((a, b) => (a.entered < b.entered ? -1 : 1));
}
