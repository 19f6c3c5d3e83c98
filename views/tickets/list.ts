import type { Table } from '../shared/table.ts';

/** A status of a board, as the server tells it to the view alone. */
export interface Status {
  readonly name: string;
  readonly closes: boolean;
}

/** One row. */
export interface Ticket {
  readonly id: number;
  readonly summary: string;
  readonly board: string;
  readonly status: string;
  readonly priority: string;
  /** The other columns, by their titles. */
  readonly facts: readonly (readonly [title: string, value: string])[];
}

const OWN = new Set(['id', 'summary', 'board', 'status', 'prio']);

/** The rows of a list of tickets; none where it is another table, such as groups with their numbers. */
export function ticketsOf({ columns, rows }: Table): readonly Ticket[] {
  const at = (title: string): number => columns.indexOf(title);
  if (at('id') < 0 || at('summary') < 0 || at('status') < 0) return [];
  return rows.map((row) => ({
    id: Number(row[at('id')]),
    summary: row[at('summary')] ?? '',
    board: row[at('board')] ?? '',
    status: row[at('status')] ?? '',
    priority: row[at('prio')] ?? '',
    facts: columns.flatMap((title, index) => (OWN.has(title) || !row[index] ? [] : [[title, row[index]] as const])),
  }));
}

/** The statuses that tickets of a board can have, in the order of the board; none where they are not known. */
export function statusesOf(aside: unknown, board: string): readonly Status[] {
  const { statuses } = (aside ?? {}) as { statuses?: Readonly<Record<string, readonly Status[]>> };
  return statuses?.[board] ?? [];
}

/** Whether a ticket holds every word that a person looks for. */
export function holds({ id, summary, board, status, priority, facts }: Ticket, sought: string): boolean {
  const text = [id, summary, board, status, priority, ...facts.map(([, value]) => value)].join(' ').toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
