import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Time keeping. */
export const TIME: GroupWords = {
  accruals:
    'Leave that members earn: vacation, sick, PTO, holiday | vacation sick leave pto paid time off days off balance allowance absence earned entitlement annual remaining left carry over holiday earn policy per year',
  'accruals/details':
    'Hours of a leave accrual: how much, from when | vacation sick leave pto balance hours grant give more allowance left remaining earned adjust add',
  activitystopwatches: 'Running timers on sales activities | stopwatch timer call',
  chargecodes:
    'Charge codes for internal time: meeting, training, travel | internal non-billable overhead admin admin time code non-customer lunch break training codes holiday sick what book onto',
  'chargecodes/expensetypes': 'Expense types allowed on a charge code',
  chargecodeexpensetypes: 'Expense types of charge codes',
  entries:
    'Time entries: who worked what, when and how long | log time hours worked booked billable entered enter record work labour labor minutes actual hours utilization missing time spent logged timesheet lines effort half an hour non-billable correct wrong duration start end utilisation ratio split week',
  'entries/audits': 'What changed on a time entry | history who changed edited touched altered corrected',
  'entries/defaults':
    'What Manage would fill in for a time entry | default work type role rate preview prefill suggested',
  schedulestopwatches: 'Running timers on schedule entries | stopwatch timer appointment',
  sheets:
    'Time sheets: the periods that members hand in | timesheet weekly hours submitted not submitted missing late pending approval waiting open period week who has handed in outstanding unsubmitted overdue approve sheets my this',
  'sheets/approve': 'Approve a time sheet | sign off accept ok timesheet approval hours okay release confirm staff',
  'sheets/audits': 'Who submitted and approved a time sheet | history timesheet audit when who trail',
  'sheets/reject': 'Reject a time sheet | refuse decline send back return deny timesheet give employee fix correct',
  'sheets/reverse':
    'Take back the submission or approval of a time sheet | reopen unsubmit undo unlock reverse timesheet recall retract withdraw unapprove take back approved approval open again',
  'sheets/submit': 'Submit a time sheet for approval | hand in send timesheet finish week done',
  ticketstopwatches:
    'Running timers on tickets | stopwatch timer clock start stop pause ticket running timing track live',
  timeperiodsetups:
    'How time periods run: weekly, monthly | time period setup pay period deadline periods week start semi monthly',
  'timeperiodsetups/default': 'Values for a new time period setup',
  'timeperiodsetups/periods':
    'Time periods of a year | week pay period dates deadline current ends begins cut-off cutoff closes',
  workroles:
    'Work roles: as what somebody works, with the rate | role rate hourly price engineer billing rate labour labor rates senior junior consultant technician titles manager functions',
  'workroles/locations': 'Locations at which a work role is used | work role office available branch',
  worktypes:
    'Work types: what kind of work, such as after hours | overtime after hours regular remote onsite emergency kind of work rate multiplier type of time weekend night travel saturday double holiday surcharge kinds',
  changelogs:
    'Change logs of time entries: what each was at every change | time entry history who what changed billed hours audit log over time entries changes',
};
