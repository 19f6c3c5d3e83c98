import { enteredAt } from '../../../src/clock/index.ts';
import { type ManageReader, type ManageRecord, NotFound } from '../../../src/manage/index.ts';
import { nameOf, type TicketKind } from '../../../src/names/index.ts';

/** One contribution to a ticket's conversation. */
export interface Contribution {
  /** When it was written, or when the work began; UTC. */
  readonly at: string | undefined;
  readonly author: string;
  /** Whether a contact wrote it, not one of us. */
  readonly customer: boolean;
  /** Who sees it: the customer, the technicians, or as the resolution. */
  readonly kind: 'discussion' | 'internal' | 'resolution' | 'time';
  /** The time entry whose notes these are. */
  readonly timeEntry: number | undefined;
  readonly text: string;
}

const isTimeNote = ({ noteType }: ManageRecord): boolean => noteType === 'TimeEntryNote';

function kindOf(row: ManageRecord): Contribution['kind'] {
  if (row.resolutionFlag === true) return 'resolution';
  if (row.internalAnalysisFlag === true) return 'internal';
  return isTimeNote(row) && row.detailDescriptionFlag !== true ? 'time' : 'discussion';
}

function toContribution(row: ManageRecord): Contribution {
  const at = row.timeStart ?? enteredAt(row);
  const author = nameOf(row.contact) ?? nameOf(row.member) ?? row.createdBy ?? row.originalAuthor ?? 'unknown';
  return {
    at: typeof at === 'string' ? at : undefined,
    author: String(author),
    customer: nameOf(row.contact) !== undefined,
    kind: kindOf(row),
    timeEntry: isTimeNote(row) ? Number(row.id) : undefined,
    text: String(row.text ?? ''),
  };
}

const PAGE = 1_000;
/** Pages that are read of one conversation. */
const MOST_PAGES = 5;

/** Notes and notes of time have ids of their own, so the common list cannot be read in the order of ids. */
async function notesAt(
  operation: string,
  { manage, id, signal }: { manage: ManageReader; id: number; signal: AbortSignal },
): Promise<ManageRecord[]> {
  const rows: ManageRecord[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const part = await manage.list<ManageRecord>(operation, { path: { parentId: id }, limit: PAGE, page, signal });
    rows.push(...part.rows);
    if (part.rows.length < PAGE) break;
  }
  return rows;
}

const wording = ({ author, kind, text }: Contribution): string => JSON.stringify([author, kind, text.trim()]);

/**
 * Without the copies of time notes: time that is added to the discussion, the analysis or the resolution stands in the common list
 * twice, as the entry and as a note of the ticket.
 */
function withoutCopies(all: readonly Contribution[]): Contribution[] {
  const entries = new Map<string, number>();
  for (const note of all) {
    if (note.timeEntry !== undefined) entries.set(wording(note), (entries.get(wording(note)) ?? 0) + 1);
  }
  return all.filter((note) => {
    const copies = note.timeEntry === undefined ? (entries.get(wording(note)) ?? 0) : 0;
    if (copies > 0) entries.set(wording(note), copies - 1);
    return copies === 0;
  });
}

/**
 * A ticket's notes and the notes of its time, oldest first. Older servers have no common list; there the ticket's own notes
 * stand alone.
 */
export async function readConversation(
  manage: ManageReader,
  kind: TicketKind,
  id: number,
  signal: AbortSignal,
): Promise<Contribution[]> {
  const of = { manage, id, signal };
  const rows = await notesAt(`GET /${kind}/tickets/{parentId}/allNotes`, of).catch((error: unknown) => {
    if (error instanceof NotFound) return notesAt(`GET /${kind}/tickets/{parentId}/notes`, of);
    throw error;
  });
  return withoutCopies(rows.map(toContribution)).sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}
