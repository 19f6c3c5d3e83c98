import type { Prompt } from '../src/tool/prompt.ts';
import { prepareCustomerMeeting, triageBoard } from './service/prompts.ts';
import { businessReview, monthEndCheck, oneOnOne, weeklyServiceReview } from './system/prompts.ts';
import { logMyDay, reviewTeamWeek, startMyDay } from './time/prompts.ts';

/** Every prompt, in the order in which people see them. */
export const prompts: readonly Prompt[] = [
  startMyDay,
  logMyDay,
  triageBoard,
  prepareCustomerMeeting,
  reviewTeamWeek,
  weeklyServiceReview,
  businessReview,
  monthEndCheck,
  oneOnOne,
];
