import type { GroupWords } from './words.ts';

/** Sales. */
export const SALES: GroupWords = {
  activities:
    'Sales activities: calls, follow-ups, meetings with prospects | follow up call task todo reminder appointment touch outreach salesperson due',
  'activities/statuses': 'Statuses of sales activities: open, closed',
  'activities/types': 'Types of sales activities: call, meeting, demo | kind of activity',
  commissions: 'Commissions that sales people earn | commission percentage bonus salesperson earn payout',
  opportunities:
    'Opportunities: deals that may be won | deal lead quote proposal prospect pipeline funnel sale won lost close expected revenue forecast closing potential business',
  'opportunities/contacts': 'Contacts of an opportunity | person decision maker buyer influencer',
  'opportunities/converttoagreement': 'Turn an opportunity into an agreement | won deal contract recurring convert',
  'opportunities/converttoproject': 'Turn an opportunity into a project | won deal convert',
  'opportunities/converttosalesorder': 'Turn an opportunity into a sales order | won deal order convert',
  'opportunities/converttoserviceticket': 'Turn an opportunity into a service ticket | won deal convert',
  'opportunities/default': 'Values for a new opportunity',
  'opportunities/forecast':
    'Forecast lines of an opportunity: revenue, cost, products | expected revenue margin line item product quote value amount',
  'opportunities/forecast/copy': 'Copy a forecast line of an opportunity | duplicate',
  'opportunities/notes': 'Notes of an opportunity | comment remark deal lead',
  'opportunities/ratings': 'Ratings of opportunities: hot, warm, cold | rating',
  'opportunities/statuses': 'Statuses of opportunities: open, won, lost | deal state',
  'opportunities/team': 'Who works on an opportunity | sales team rep split commission',
  'opportunities/types': 'Types of opportunities | kind of deal',
  orders: 'Sales orders: what customers ordered | customer order sold purchase order from customer shipped backorder',
  'orders/converttoserviceticket': 'Turn a sales order into a service ticket | convert',
  'orders/statuses': 'Statuses of sales orders',
  'orders/statuses/emailtemplates': 'E-mails sent when a sales order reaches a status',
  'orders/statuses/notifications': 'Who is told when a sales order reaches a status | notify alert',
  probabilities: 'Probabilities of closing a deal, in percent | chance likelihood win rate',
  quotas: 'Sales targets of members by month | quota goal target salesperson rep',
  roles: 'Roles of people in a deal: decision maker | sales role contact influencer',
  salesteams: 'Sales teams | group of sales people reps',
  'salesteams/members': 'Members of a sales team | reps salespeople',
  'schedule/holidaylists': 'Holiday lists, counted for low rights',
  'service/priority': 'Ticket priorities, counted for low rights',
  stages: 'Stages of the sales pipeline | funnel step pipeline stage sales process',
};
