import type { ToolDefinition } from '../../src/tool/index.ts';
import deleteScheduleEntry from './delete-schedule-entry.ts';
import scheduleWork from './schedule-work.ts';
import searchSchedule from './search-schedule.ts';

/** The calendar: who is booked when, free time, conflicts, holidays. */
export const schedule: readonly ToolDefinition[] = [searchSchedule, scheduleWork, deleteScheduleEntry];
