import type { ToolDefinition } from '../../src/tool/index.ts';
import deleteScheduleEntry from './delete-schedule-entry.ts';
import findConflicts from './find-conflicts.ts';
import findFreeTime from './find-free-time.ts';
import listHolidays from './list-holidays.ts';
import scheduleWork from './schedule-work.ts';
import searchSchedule from './search-schedule.ts';
import updateScheduleEntry from './update-schedule-entry.ts';

/** The calendar: who is booked when, free time, conflicts, holidays. */
export const schedule: readonly ToolDefinition[] = [
  searchSchedule,
  scheduleWork,
  findFreeTime,
  findConflicts,
  updateScheduleEntry,
  deleteScheduleEntry,
  listHolidays,
];
