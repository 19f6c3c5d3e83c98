/** What people call the states of tickets. */
export const STATE_WORDS = {
  all: 'any',
  both: 'any',
  active: 'open',
  opened: 'open',
  completed: 'closed',
  resolved: 'closed',
} as const;

/** What people call the filters that have a name. */
export const ONLY_WORDS = {
  waiting: 'waitingOnCustomer',
  waitingForCustomer: 'waitingOnCustomer',
  customer: 'waitingOnCustomer',
  late: 'overdue',
  pastDue: 'overdue',
  today: 'dueToday',
  sla: 'slaAtRisk',
  atRisk: 'slaAtRisk',
  slaRisk: 'slaAtRisk',
  slaBreached: 'slaAtRisk',
} as const;
