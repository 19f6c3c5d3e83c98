import type { ToolDefinition } from '../../src/tool/index.ts';
import controlStopwatch from './control-stopwatch.ts';
import deleteTimeEntry from './delete-time-entry.ts';
import findMissingTime from './find-missing-time.ts';
import getAccruals from './get-accruals.ts';
import getTimesheet from './get-timesheet.ts';
import listStopwatches from './list-stopwatches.ts';
import logTime from './log-time.ts';
import reviewTimesheet from './review-timesheet.ts';
import searchTimeEntries from './search-time-entries.ts';
import searchTimesheets from './search-timesheets.ts';
import submitTimesheet from './submit-timesheet.ts';
import updateTimeEntry from './update-time-entry.ts';

/** Time entries, time sheets and their approval, stopwatches, accruals, who has not entered time. */
export const time: readonly ToolDefinition[] = [
  logTime,
  searchTimeEntries,
  updateTimeEntry,
  deleteTimeEntry,
  getTimesheet,
  submitTimesheet,
  searchTimesheets,
  reviewTimesheet,
  findMissingTime,
  listStopwatches,
  controlStopwatch,
  getAccruals,
];
