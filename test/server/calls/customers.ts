import { call } from './call.ts';

export const COMPANY_CALLS = [
  call('create_company', { name: 'Protocol Partners' }, { company: 'id' }),
  call('create_company', { name: 'Protocol Pals' }, { other: 'id' }),
  call('create_company', { name: 'Protocol Peers' }, { third: 'id' }),
  call('update_company', { company: '$company', city: 'Boston' }),
  call('update_company_team', { company: '$company', role: 'Account Manager', member: 'me' }),
  call('save_site', { company: '$company', name: 'Dock', city: 'Boston' }),
  call('add_company_note', { company: '$company', text: 'Met' }),
  call('get_contact', { contact: '$contact' }),
  call('update_contact', { contact: '$contact', title: 'Lead' }),
  call('save_configuration', { name: 'PROTO-1', company: 'Globex', type: 'Workstation' }, { configuration: 'id' }),
  call('get_configuration', { configuration: '$configuration' }),
  call('merge_companies', { duplicate: '$other', into: '$company', confirm: true }),
  call('delete_company', { company: '$third', confirm: true }),
];

export const SALES_CALLS = [
  call('create_opportunity', { name: 'Protocol deal', company: 'Globex', contact: '$contact' }, { deal: 'id' }),
  call('search_opportunities'),
  call('get_opportunity', { opportunity: '$deal' }),
  call('update_opportunity', { opportunity: '$deal', notes: 'Likely' }),
  call('add_forecast_line', { opportunity: '$deal', revenue: 100, type: 'Service', description: 'Set up' }),
  call('save_activity', { name: 'Call them', company: 'Globex', assignTo: 'me' }),
  call('search_activities'),
  call('search_orders'),
  call('convert_opportunity', { opportunity: '$deal', to: 'serviceTicket', confirm: true }),
];
