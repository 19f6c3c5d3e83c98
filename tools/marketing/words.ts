import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Marketing. */
export const MARKETING: GroupWords = {
  campaigns:
    'Marketing campaigns: mailings, events | newsletter mailing email blast event promotion webinar fair trade show seminar campaign invite advertising social mailshot',
  'campaigns/activities': 'Sales activities that a campaign led to | follow up calls resulted',
  'campaigns/audits': 'What changed on a campaign | history',
  'campaigns/emailsopened':
    'Who opened the e-mails of a campaign | newsletter open rate read mail opened opens mailing seen',
  'campaigns/formssubmitted':
    'Forms that people filled in for a campaign | landing page web form lead signed up registered submission filled registration signups contact download whitepaper',
  'campaigns/linksclicked':
    'Links that people clicked in a campaign | click rate clicked url clicks mailing newsletter who website',
  'campaigns/opportunities':
    'Opportunities that a campaign led to | leads deals won from came revenue roi brought trade fair',
  'campaigns/statuses': 'Statuses of campaigns',
  'campaigns/subtypes': 'Subtypes of campaigns',
  'campaigns/types': 'Types of campaigns: mailing, event',
  'campaigns/types/subtypes': 'Subtypes of a type of campaign',
  groups:
    'Marketing groups: lists of companies and contacts | mailing list audience segment distribution newsletter list lists recipients',
  'groups/companies': 'Companies in a marketing group | mailing list members audience add put into customers on',
  'groups/contacts':
    'Contacts in a marketing group | mailing list subscriber audience people newsletter subscribe unsubscribe add put into remove subscribers on recipients',
};
