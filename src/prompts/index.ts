import { logMyDay, startMyDay } from './daily.ts';
import { reviewTeamWeek } from './management.ts';
import type { Prompt } from './prompt.ts';
import { prepareCustomerMeeting, triageBoard } from './service-desk.ts';

export type { Prompt } from './prompt.ts';

/** Every prompt, in the order in which people see them. */
export const prompts: readonly Prompt[] = [startMyDay, logMyDay, triageBoard, prepareCustomerMeeting, reviewTeamWeek];
