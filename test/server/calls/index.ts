import type { Call } from './call.ts';
import { FINANCE_CALLS, PROCUREMENT_CALLS } from './commerce.ts';
import { CORE_CALLS } from './core.ts';
import { COMPANY_CALLS, SALES_CALLS } from './customers.ts';
import { EXPENSE_CALLS, MARKETING_CALLS } from './expenses-marketing.ts';
import { PROJECT_CALLS, SCHEDULE_CALLS, SERVICE_CALLS, TIME_CALLS } from './service-desk.ts';
import { SYSTEM_CALLS } from './system.ts';

export { type Call, filled, keepFrom } from './call.ts';

/** A call of every tool, in an order in which each succeeds. */
export const CALLS: readonly Call[] = [
  ...CORE_CALLS,
  ...SERVICE_CALLS,
  ...SCHEDULE_CALLS,
  ...TIME_CALLS,
  ...PROJECT_CALLS,
  ...COMPANY_CALLS,
  ...SALES_CALLS,
  ...FINANCE_CALLS,
  ...PROCUREMENT_CALLS,
  ...EXPENSE_CALLS,
  ...MARKETING_CALLS,
  ...SYSTEM_CALLS,
];
