import { call } from './call.ts';

export const SERVICE_CALLS = [
  call('search_configurations', { company: 'Globex' }, { device: 'rows.0.0' }),
  call('save_ticket_task', { ticketId: '$ticket', text: 'Look at the router' }),
  call('update_ticket_note', { ticketId: '$ticket', note: 'Noted', text: 'Noted again' }),
  call('set_ticket_configurations', { ticketId: '$ticket', attach: ['$device'] }),
  call('create_ticket', { summary: 'The same again', company: 'Globex' }, { duplicate: 'id' }),
  call('create_ticket', { summary: 'A part of it', company: 'Globex' }, { part: 'id' }),
  call('create_ticket', { summary: 'Really a project', company: 'Globex' }, { larger: 'id' }),
  call('merge_tickets', { into: '$ticket', tickets: ['$duplicate'], status: 'Closed', confirm: true }),
  call('merge_tickets', { into: '$ticket', tickets: ['$part'], as: 'children', confirm: true }),
  call('add_attachment', { record: 'company Globex', name: 'note.txt', text: 'Protocol' }, { attachment: 'id' }),
  call('get_attachments', { attachmentId: '$attachment' }),
  call('get_change_history', { record: 'company Globex' }),
  call('search_knowledge_base', { query: 'vpn' }),
  call('get_board', { board: 'Help Desk' }),
  call('get_survey_results'),
];

export const SCHEDULE_CALLS = [
  call('find_free_time', { who: 'me', period: 'tomorrow' }),
  call('find_conflicts', { who: 'me', period: 'this week' }),
  call('update_schedule_entry', { entryId: '$booked', start: '10am', allowConflicts: true }),
  call('delete_schedule_entry', { entryId: '$booked', confirm: true }),
  call('list_holidays', { period: 'next 90 days' }),
];

export const TIME_CALLS = [
  call('search_timesheets', { period: 'last week', who: 'me' }, { sheet: 'rows.0.0' }),
  call('review_timesheet', { action: 'approve', timesheetIds: ['$sheet'], dryRun: true }),
  call('find_missing_time', { period: 'last week' }),
  call('control_stopwatch', { action: 'start', ticketId: '$ticket' }),
  call('list_stopwatches'),
  call('get_accruals', { who: 'me' }),
];

export const PROJECT_CALLS = [
  call(
    'create_project',
    {
      name: 'Protocol project',
      company: 'Globex',
      start: '2027-01-04',
      end: '2027-02-26',
    },
    { project: 'id' },
  ),
  call('search_projects'),
  call('get_project', { project: '$project' }),
  call('update_project', { project: '$project', manager: 'me' }),
  call('save_project_phase', { project: '$project', name: 'Plan' }),
  call('set_project_team', { project: '$project', member: 'me', role: 'Project Member' }),
  call('add_project_note', { project: '$project', text: 'Begun' }),
  call('convert_ticket', { ticketId: '$larger', project: '$project', phase: 'Plan', confirm: true }),
];
