import { call } from './call.ts';

export const ATTACHMENT_CALLS = [
  call('add_attachment', { record: 'company Globex', name: 'a.txt', text: 'a' }, { attachment: 'id' }),
  call('list_attachments', { record: 'company Globex' }),
  call('get_attachment', { attachmentId: '$attachment' }),
];
