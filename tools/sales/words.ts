import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Sales. */
export const SALES: GroupWords = {
  activities:
    'Sales activities: calls, follow-ups, meetings with prospects | follow up call task todo reminder appointment touch outreach salesperson due log visit demo lunch called spoke phoned prospect follow-up reminders to-do next step touched ups calls meetings tasks today',
  'activities/statuses': 'Statuses of sales activities: open, closed',
  'activities/types': 'Types of sales activities: call, meeting, demo | kind of activity kinds email visit',
  commissions:
    'Commissions that sales people earn | commission percentage bonus salesperson earn payout provision paid',
  opportunities:
    'Opportunities: deals that may be won | deal lead quote proposal prospect pipeline funnel sale won lost close expected revenue forecast closing potential business deals chances quotes leads upsell offers winning biggest stage status probability owner rate size largest next',
  'opportunities/contacts':
    'Contacts of an opportunity | person decision maker buyer influencer stakeholders people involved',
  'opportunities/converttoagreement':
    'Turn an opportunity into an agreement | won deal contract recurring convert becomes managed services make from',
  'opportunities/converttoproject': 'Turn an opportunity into a project | won deal convert start becomes make from',
  'opportunities/converttosalesorder':
    'Turn an opportunity into a sales order | won deal order convert from make becomes sold',
  'opportunities/converttoserviceticket':
    'Turn an opportunity into a service ticket | won deal convert becomes make from install',
  'opportunities/default': 'Values for a new opportunity',
  'opportunities/forecast':
    'Forecast lines of an opportunity: revenue, cost, products | expected revenue margin line item product quote value amount worth how much deal lines items products quoted',
  'opportunities/forecast/copy': 'Copy a forecast line of an opportunity | duplicate',
  'opportunities/notes': 'Notes of an opportunity | comment remark deal lead write',
  'opportunities/ratings': 'Ratings of opportunities: hot, warm, cold | rating hot cold temperature',
  'opportunities/statuses': 'Statuses of opportunities: open, won, lost | deal state won lost no decision why outcome',
  'opportunities/team': 'Who works on an opportunity | sales team rep split commission reps share people',
  'opportunities/types': 'Types of opportunities | kind of deal new business renewal upsell',
  orders:
    'Sales orders: what customers ordered | customer order sold purchase order from customer shipped backorder ordered orders fulfil open bought status number',
  'orders/converttoserviceticket': 'Turn a sales order into a service ticket | convert install ticket',
  'orders/statuses': 'Statuses of sales orders | states shipped',
  'orders/statuses/emailtemplates': 'E-mails sent when a sales order reaches a status',
  'orders/statuses/notifications': 'Who is told when a sales order reaches a status | notify alert',
  probabilities: 'Probabilities of closing a deal, in percent | chance likelihood win rate percent odds',
  quotas:
    'Sales targets of members by month | quota goal target salesperson rep targets numbers goals plan achieve monthly sales reps',
  roles: 'Roles of people in a deal: decision maker | sales role contact influencer champion',
  salesteams: 'Sales teams | group of sales people reps hunters farmers region',
  'salesteams/members': 'Members of a sales team | reps salespeople',
  'schedule/holidaylists': 'Holiday lists, counted for low rights',
  'service/priority': 'Ticket priorities, counted for low rights',
  stages:
    'Stages of the sales pipeline | funnel step pipeline stage sales process lead qualified proposal negotiation steps phases columns closing deal stages',
  'opportunities/conversions':
    'What an opportunity was converted to | converted won became project agreement order ticket',
  'orders/conversions': 'What a sales order was converted to | converted became project ticket invoice',
  'orders/financialrecap': 'Financial recap of a sales order: billable, cost, margin | profit order summary percent',
  'orders/lineitems': 'Line items of a sales order | order lines products quantity cancelled bill status',
  'schedule/holidaylists/holidays': 'Holidays of a list, counted | number of public holidays',
};
