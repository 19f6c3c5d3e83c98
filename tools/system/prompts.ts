import type { Prompt } from '../../src/tool/prompt.ts';

const ONLY_FIGURES = 'Use only figures from these answers, and say the period of each. Change nothing.';

const call = (given: Readonly<Record<string, unknown>>): string => `report ${JSON.stringify(given)}`;

/** How a service manager looks at a week. */
export const weeklyServiceReview: Prompt = {
  name: 'weekly_service_review',
  title: 'Weekly service review',
  description: 'The service desk last week against the week before: volume, backlog, service levels, people.',
  arguments: [{ name: 'board', description: 'Service board; all when left out', completes: 'board' }],
  needs: ['report', 'search_tickets'],
  text: ({ board }) => {
    const where = board === undefined ? {} : { where: [{ field: 'board', value: board }] };
    const lastWeek = { period: 'last week', ...where };
    return [
      `Review the service desk's last week${board === undefined ? '' : ` on ${JSON.stringify(board)}`}.`,
      `1. ${call({ measures: ['opened', 'closed', 'killRate', 'slaMet', 'responseHours', 'resolutionHours:median'], compare: 'previous', ...lastWeek })}`,
      `2. ${call({ measures: ['opened', 'closed', 'backlog'], by: ['week'], period: 'last 8 weeks', ...where })}`,
      `3. ${call({ measures: ['backlog'], by: ['age', 'priority'], ...where })}`,
      `4. ${call({ measures: ['closed', 'hours', 'sameDay'], by: ['member'], ...lastWeek })}`,
      `5. ${call({ measures: ['opened'], by: ['company'], compare: 'previous', top: 5, ...lastWeek })}`,
      '6. search_tickets with only: "slaAtRisk", and the oldest open ones.',
      'Write one page: what got better and worse; who carries the most; customers that stand out; the five tickets to talk about; three things to do this week.',
      ONLY_FIGURES,
    ].join('\n');
  },
};

/** What is shown to a customer once a month or quarter. */
export const businessReview: Prompt = {
  name: 'business_review',
  title: 'Monthly business review of a customer',
  description: 'What a customer got and paid: tickets, service levels, time, satisfaction, assets, agreements.',
  arguments: [
    { name: 'company', description: 'The customer', required: true, completes: 'company' },
    { name: 'period', description: 'Last month when left out' },
  ],
  needs: ['report', 'get_company'],
  text: ({ company = '', period = 'last month' }) => {
    const where = [{ field: 'company', value: company }];
    return [
      `Prepare the business review of ${JSON.stringify(company)} for ${period}.`,
      `1. ${call({ measures: ['opened', 'closed', 'slaMet', 'responseHours', 'resolutionHours:median', 'csat'], period, compare: 'previous', where })}`,
      `2. ${call({ measures: ['opened', 'hours'], by: ['month'], period: 'last 12 months', where })}`,
      `3. ${call({ measures: ['opened'], by: ['type'], period, where })}`,
      `4. ${call({ measures: ['hours', 'billable'], by: ['agreement'], period, where })}`,
      `5. ${call({ measures: ['mrr', 'seats', 'endpoints', 'backlog', 'balance'], where })}`,
      `6. ${call({ measures: ['expiring'], by: ['month'], period: 'next 6 months', where })}`,
      '7. get_company for the people and agreements.',
      'Write two pages for the customer: what was done, how well, what recurs and what to do about it, what expires, what you recommend. Leave our margins and internal notes out.',
      ONLY_FIGURES,
    ].join('\n');
  },
};

/** Before invoices are made. */
export const monthEndCheck: Prompt = {
  name: 'month_end_billing_check',
  title: 'Month-end billing check',
  description:
    'What may be missing from the invoices of a month: unbilled work, missing time, agreements, receivables.',
  arguments: [{ name: 'period', description: 'The month; last month when left out' }],
  needs: ['report', 'find_missing_time', 'find_unbilled'],
  text: ({ period = 'last month' }) =>
    [
      `Check what could be missing from the bills for ${period}.`,
      `1. find_missing_time with period ${JSON.stringify(period)}.`,
      `2. ${call({ measures: ['unbilled', 'unbilledHours'], by: ['company'], period })}`,
      `3. ${call({ measures: ['billable', 'nonBillable', 'realization'], by: ['company'], period, compare: 'previous' })}`,
      `4. ${call({ measures: ['billed', 'mrr'], by: ['month'], period: 'last 6 months' })}`,
      `5. ${call({ measures: ['seats', 'endpoints', 'seats/endpoints'], by: ['company'] })}`,
      `6. ${call({ measures: ['balance'], by: ['company', 'age'] })}`,
      'List, largest amounts first: time that is not entered; work that is not billed, by customer; customers with more devices than billed seats; unusual non-billable time; who owes for more than 60 days. Say what to check in Manage for each.',
      ONLY_FIGURES,
    ].join('\n'),
};

/** Before a conversation with a technician. */
export const oneOnOne: Prompt = {
  name: 'one_on_one',
  title: "Technician's one-on-one",
  description: "A technician's last month: hours, tickets, quality, what is stuck.",
  arguments: [
    { name: 'member', description: 'The technician', required: true, completes: 'member' },
    { name: 'period', description: 'Last month when left out' },
  ],
  needs: ['report', 'search_tickets'],
  text: ({ member = '', period = 'last month' }) => {
    const where = [{ field: 'member', value: member }];
    return [
      `Prepare my one-on-one with ${JSON.stringify(member)} about ${period}.`,
      `1. ${call({ measures: ['hours', 'billable', 'utilization', 'billableUtilization', 'lateEntry'], period, compare: 'previous', where })}`,
      `2. ${call({ measures: ['closed', 'slaMet', 'sameDay', 'resolutionHours:median', 'csat'], period, compare: 'previous', where })}`,
      `3. ${call({ measures: ['hours'], by: ['company'], period, top: 5, where })}`,
      `4. ${call({ measures: ['backlog', 'age', 'age:max'], where })}`,
      `5. search_tickets with assignedTo ${JSON.stringify(member)} and staleDays 5.`,
      'Write half a page: what went well, with figures; what changed against the period before; what seems stuck and might need help; three open questions. Figures start a conversation, they do not judge a person.',
      ONLY_FIGURES,
    ].join('\n');
  },
};
