import type { Prompt } from '../src/server/prompt.ts';
import { prepareCustomerMeeting, triageBoard } from './service/prompts.ts';
import { reviewTeamWeek } from './system/prompts.ts';
import { logMyDay, startMyDay } from './time/prompts.ts';

export type { Prompt } from '../src/server/prompt.ts';

/** Every prompt, in the order in which people see them. */
export const prompts: readonly Prompt[] = [startMyDay, logMyDay, triageBoard, prepareCustomerMeeting, reviewTeamWeek];
