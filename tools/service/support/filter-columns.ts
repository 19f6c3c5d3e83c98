import type { TicketFilters } from './ticket-filters.ts';

const FILTERED: readonly (readonly [keyof TicketFilters, string])[] = [
  ['due', 'requiredDate'],
  ['closed', 'closedDate'],
  ['opened', 'dateEntered'],
];

/** Who filters by a date reads the list by it: what is due first, or was closed last. */
export function dateOrder({ due, closed, only }: TicketFilters): string | undefined {
  if (only === 'slaAtRisk') return undefined;
  if (due !== undefined || only === 'overdue' || only === 'dueToday') return 'requiredDate asc';
  return typeof closed === 'object' ? 'closedDate desc' : undefined;
}

/** Fields that the list is filtered by, as far as they are worth a column. */
export function filteredBy(given: TicketFilters, saidFields: readonly string[]): string[] {
  const isOfSla = given.only === 'slaAtRisk';
  const own = FILTERED.flatMap(([argument, field]) =>
    given[argument] === undefined || (argument === 'due' && isOfSla) ? [] : [field],
  );
  const only = { overdue: 'requiredDate', dueToday: 'requiredDate', slaAtRisk: 'slaStatus', waitingOnCustomer: '' };
  return [...own, ...(given.only === undefined ? [] : [only[given.only]]), ...saidFields];
}
