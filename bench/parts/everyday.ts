/** How many requests in a row such a call may wait for, of a fresh server and when it is made again. */
export const MOST = { write: { fresh: 4, warm: 3 }, read: { fresh: 3, warm: 2 } } as const;

/** A call that people make every day. */
export interface Everyday {
  readonly tool: string;
  readonly kind: keyof typeof MOST;
  /** The arguments of the nth call, so that no write is a duplicate of the one before. */
  arguments(round: number): Record<string, unknown>;
}

const read = (tool: string, input: Record<string, unknown> = {}): Everyday => ({
  tool,
  kind: 'read',
  arguments: () => input,
});
const write = (tool: string, input: (round: number) => Record<string, unknown>): Everyday => ({
  tool,
  kind: 'write',
  arguments: input,
});

export const EVERYDAY: readonly Everyday[] = [
  read('search_tickets'),
  read('search_tickets', { company: 'Acme Corporation', board: 'Help Desk', status: 'In Progress' }),
  read('get_ticket', { ticketId: 7 }),
  read('get_company', { company: 'Acme Corporation' }),
  read('search_contacts', { company: 'Globex' }),
  read('search_schedule', { member: 'me', period: 'this week' }),
  read('get_timesheet'),
  read('find_missing_time', { period: 'last week' }),
  read('find_unbilled', { company: 'Acme Corporation' }),
  write('create_ticket', (round) => ({
    summary: `Printer ${round} is out of toner`,
    company: 'Globex',
    board: 'Help Desk',
    priority: 'Priority 3 - Medium',
  })),
  write('update_ticket', (round) => ({ ticketId: 7 + round, priority: 'Priority 2 - High' })),
  write('add_ticket_note', (round) => ({ ticketId: 7, text: `Called, try ${round}.` })),
  write('log_time', (round) => ({
    ticketId: 7,
    start: `yesterday ${13 + (round % 9)}:00`,
    hours: '15 minutes',
    notes: 'Looked',
  })),
];
