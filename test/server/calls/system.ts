import { type Call, call } from './call.ts';

export const SYSTEM_CALLS: readonly Call[] = [
  call('get_member', { member: 'achen' }),
  call('update_member', { member: 'achen', title: 'Senior engineer' }),
  call('deactivate_member', { member: 'swright', handOverTo: 'achen', dryRun: true }),
  call('list_locations'),
  call(
    'save_callback',
    {
      type: 'Ticket',
      level: 'Board',
      object: 'Help Desk',
      url: 'https://hooks.example.com/protocols?recordId=',
      confirm: true,
    },
    { callback: 'id' },
  ),
  call('list_callbacks'),
  call('delete_callback', { callback: '$callback', confirm: true }),
  call('run_report'),
  call('report', { measures: ['opened', 'utilization'], by: ['month'], period: 'last 3 months' }),
  call('list_custom_fields'),
  call('list_changes', { period: 'today', tool: 'update_member' }, { change: 'rows.0.0' }),
  call('undo_change', { id: '$change', confirm: true }),
  call('get_system_info'),
  call('check_permissions', { tool: 'log_time' }),
];
