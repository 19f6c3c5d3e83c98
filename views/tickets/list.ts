import type { Table } from '../shared/table.ts';

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

/** Whether a ticket holds every word that a person looks for. */
export function holds({ id, summary, board, status, priority, facts }: Ticket, sought: string): boolean {
  const text = [id, summary, board, status, priority, ...facts.map(([, value]) => value)].join(' ').toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
