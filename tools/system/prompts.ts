import type { Prompt } from '../../src/server/prompt.ts';

/** What a manager looks at once a week. */
export const reviewTeamWeek: Prompt = {
  name: 'review_team_week',
  title: "Review the team's week",
  description: "The team's hours of a week: by person and customer, billable share, who has not entered time.",
  arguments: [{ name: 'period', description: 'A week, like "last week"; last week when left out' }],
  needs: ['search_time_entries', 'search_members'],
  text: ({ period = 'last week' }) =>
    [
      `Review my team's time of ${period}.`,
      `1. search_time_entries with member "all", period ${JSON.stringify(period)}, groupBy ["member", "billableOption"].`,
      `2. The same with groupBy ["company"], and with groupBy ["member", "timeStart:day"].`,
      '3. search_members: who is missing from these answers. Where find_missing_time is among your tools, use it instead.',
      'Tell me: hours and billable share of each person, most first; the five customers that took most; days without an entry for people who work them; anything that looks wrong (more than 12 hours in a day, time on a closed ticket).',
      'Only report. Say which numbers are from how many entries.',
    ].join('\n'),
};
