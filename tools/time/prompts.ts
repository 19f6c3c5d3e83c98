import type { Prompt } from '../../src/tool/prompt.ts';

/** How a technician starts the day. */
export const startMyDay: Prompt = {
  name: 'start_my_day',
  title: 'Start my day',
  description: 'What is scheduled, what is open and urgent, and what is not yet logged from yesterday.',
  arguments: [],
  needs: ['search_schedule', 'search_tickets', 'get_timesheet'],
  text: () =>
    [
      'Help me start my working day in ConnectWise Manage.',
      '1. search_schedule: my calendar today, in order.',
      '2. search_tickets with mine: true; then once more with only: "overdue" and once with only: "dueToday".',
      '3. get_timesheet with date "yesterday" and propose: true.',
      'Then tell me, in at most fifteen lines: my appointments with their times; the three tickets that I should do first and why; my tickets that nobody has touched for five days; what from yesterday is not logged yet.',
      'Change nothing. End with the one question whose answer helps you most.',
    ].join('\n'),
};

export const logMyDay: Prompt = {
  name: 'log_my_day',
  title: 'Log my day',
  description: 'Goes through a day, proposes the time that is missing, and logs what I confirm.',
  arguments: [{ name: 'date', description: 'The day; today when left out' }],
  needs: ['get_timesheet', 'log_time'],
  text: ({ date = 'today' }) =>
    [
      `Help me log my time for ${date}.`,
      `1. get_timesheet with date ${JSON.stringify(date)} and propose: true: what is logged, the gaps, and other work that is on record.`,
      '2. Show me a short table of proposed entries for the gaps: ticket, start, end, notes. Do not invent work; ask me where you do not know.',
      '3. When I have agreed, log each with log_time, one call an entry, with the local times as I said them.',
      '4. Call get_timesheet again and read me the day back with its total against the hours due.',
      'Do not submit the sheet unless I ask for it.',
    ].join('\n'),
};

/** What a manager reviews once a week. */
export const reviewTeamWeek: Prompt = {
  name: 'review_team_week',
  title: "Review the team's week",
  description: "The team's hours of a week: by person and customer, billable share, who has not entered time.",
  arguments: [{ name: 'period', description: 'A week, like "last week"; last week when left out' }],
  needs: ['search_time_entries', 'search_members'],
  text: ({ period = 'last week' }) =>
    [
      `Review my team's time for ${period}.`,
      `1. search_time_entries with member "all", period ${JSON.stringify(period)}, groupBy ["member", "billableOption"].`,
      `2. The same with groupBy ["company"], and with groupBy ["member", "timeStart:day"].`,
      '3. search_members: who is missing from these answers. Where find_missing_time is among your tools, use it instead.',
      'Tell me: hours and billable share of each person, most hours first; the five customers that took the most time; days without an entry for people who work them; anything that looks wrong (more than 12 hours in a day, time on a closed ticket).',
      'Only report. Say how many entries each number is based on.',
    ].join('\n'),
};
