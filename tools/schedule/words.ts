import type { GroupWords } from '../../src/api/search/group-words.ts';

/** The calendar. */
export const SCHEDULE: GroupWords = {
  calendars:
    'Working hours of the week, for service levels | business hours opening hours workday shift office hours working monday friday weekend shifts when open',
  'calendars/copy': 'Make a calendar like another | clone duplicate',
  colors: 'Colours of the dispatch board | color colours palette',
  'colors/clear': 'Clear a colour of the dispatch board',
  'colors/reset': 'Set the colours of the dispatch board back | default',
  details: 'Single days and blocks of schedule entries | schedule block',
  entries:
    'Schedule entries: who works where and when | calendar appointment meeting booking dispatch assign book technician availability available free busy on-site visit agenda plan slot shift today tomorrow reschedule on call out of office vacation absent away termin outlook planned appointments who has time blocked diary where is dispatched route lunch capacity workload off board move',
  'entries/details': 'Single days of a schedule entry | block',
  holidaylists: 'Lists of holidays | public bank holiday calendar holidays country lists',
  'holidaylists/copy': 'Make a holiday list like another | clone duplicate',
  'holidaylists/holidays':
    'Days on which the office is closed | public bank holiday day off closed christmas thanksgiving holidays free days new year easter',
  portalcalendars: 'Calendars shown in the customer portal | portal',
  remindertimes: 'How long before an appointment to remind | reminder minutes before alarm',
  statuses: 'Statuses of schedule entries: firm, tentative | tentative firm confirmed provisional',
  types:
    'Types of schedule entries: service, sales, meeting, vacation | kind of appointment kinds on-site training holiday sick',
};
