import { type ManageClient, NotFound } from '../../../src/manage/index.ts';
import { nameOf, type TicketKind } from '../../../src/names/index.ts';

/** One contribution to a ticket's conversation. */
export interface Contribution {
  readonly at: string | undefined;
  readonly author: string;
  /** Whether a contact wrote it, not one of us. */
  readonly customer: boolean;
  /** Who sees it: the customer, the technicians, or as the resolution. */
  readonly kind: 'discussion' | 'internal' | 'resolution' | 'time';
  readonly text: string;
}

type Row = Readonly<Record<string, unknown>>;

const kindOf = (row: Row): Contribution['kind'] =>
  row.resolutionFlag === true
    ? 'resolution'
    : row.internalAnalysisFlag === true
      ? 'internal'
      : row.noteType === 'TimeEntryNote' && row.detailDescriptionFlag !== true
        ? 'time'
        : 'discussion';

function toContribution(row: Row): Contribution {
  const info = (row._info ?? {}) as { dateEntered?: string; lastUpdated?: string };
  const at = row.timeStart ?? row.dateCreated ?? info.dateEntered ?? info.lastUpdated;
  const author = nameOf(row.contact) ?? nameOf(row.member) ?? row.createdBy ?? row.originalAuthor ?? 'unknown';
  return {
    at: typeof at === 'string' ? at : undefined,
    author: String(author),
    customer: nameOf(row.contact) !== undefined,
    kind: kindOf(row),
    text: String(row.text ?? ''),
  };
}

/** Most notes that are read of one ticket. */
const MOST = 200;

/**
 * A ticket's notes and the notes of its time, oldest first. Older servers have no common list; there the ticket's own notes
 * stand alone.
 */
export async function readConversation(
  manage: ManageClient,
  kind: TicketKind,
  id: number,
  signal: AbortSignal,
): Promise<Contribution[]> {
  const options = { path: { parentId: id }, pageSize: MOST, signal };
  const rows = await manage.page<Row>(`GET /${kind}/tickets/{parentId}/allNotes`, options).catch((error: unknown) => {
    if (error instanceof NotFound) return manage.page<Row>(`GET /${kind}/tickets/{parentId}/notes`, options);
    throw error;
  });
  return rows.rows.map(toContribution).sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}
