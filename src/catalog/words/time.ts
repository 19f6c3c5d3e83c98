import type { GroupWords } from './words.ts';

/** Time keeping. */
export const TIME: GroupWords = {
  accruals:
    'Leave that members earn: vacation, sick, PTO, holiday | vacation sick leave pto paid time off days off balance allowance absence earned entitlement annual remaining left',
  'accruals/details':
    'Hours of a leave accrual: how much, from when | vacation sick leave pto balance hours grant give more allowance left remaining',
  activitystopwatches: 'Running timers on sales activities | stopwatch timer',
  chargecodes:
    'Charge codes for internal time: meeting, training, travel | internal non-billable overhead admin admin time code',
  'chargecodes/expensetypes': 'Expense types allowed on a charge code',
  chargecodeexpensetypes: 'Expense types of charge codes',
  entries:
    'Time entries: who worked what, when and how long | log time hours worked booked billable entered enter record work labour labor minutes actual hours utilization missing time spent',
  'entries/audits': 'What changed on a time entry | history who changed edited',
  'entries/defaults': 'What Manage would fill in for a time entry | default work type role rate preview',
  schedulestopwatches: 'Running timers on schedule entries | stopwatch timer',
  sheets:
    'Time sheets: the periods that members hand in | timesheet weekly hours submitted not submitted missing late pending approval waiting open period',
  'sheets/approve': 'Approve a time sheet | sign off accept ok timesheet approval hours',
  'sheets/audits': 'Who submitted and approved a time sheet | history timesheet audit',
  'sheets/reject': 'Reject a time sheet | refuse decline send back return deny timesheet',
  'sheets/reverse':
    'Take back the submission or approval of a time sheet | reopen unsubmit undo unlock reverse timesheet recall',
  'sheets/submit': 'Submit a time sheet for approval | hand in send timesheet',
  ticketstopwatches: 'Running timers on tickets | stopwatch timer clock start stop pause ticket running',
  timeperiodsetups: 'How time periods run: weekly, monthly | time period setup pay period deadline',
  'timeperiodsetups/default': 'Values for a new time period setup',
  'timeperiodsetups/periods': 'Time periods of a year | week pay period dates deadline',
  workroles:
    'Work roles: as what somebody works, with the rate | role rate hourly price engineer billing rate labour labor',
  'workroles/locations': 'Locations at which a work role is used | work role office',
  worktypes:
    'Work types: what kind of work, such as after hours | overtime after hours regular remote onsite emergency kind of work rate multiplier type of time',
};
