import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { openCondition } from '../../src/tickets/open-statuses.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  readablePart,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';
import { itemsOf } from './support/communication.ts';
import { contactLine, findContact } from './support/find-contact.ts';

export default defineTool({
  name: 'get_contact',
  title: 'Get contact',
  toolset: 'company',
  effect: 'read',
  uses: [
    'GET /company/contacts/{id}',
    'GET /company/contacts/{parentId}/notes',
    'GET /service/tickets/count',
    'GET /company/configurations',
  ],
  description: 'A contact with all e-mail addresses and phone numbers, types, configurations, notes and open tickets.',
  input: z.strictObject({
    contact: z.string().describe('Name, e-mail or id'),
    company: z.string().optional(),
  }),
  aliases: { id: 'contact', contactId: 'contact', name: 'contact', email: 'contact', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal, plain, quote } = context;
    const record = await findContact(context, input.contact, input.company);
    const id = Number(record.id);
    const own = field('contact/id', '=', id);
    const open = all(own, await openCondition(names, true, undefined)) ?? own;
    const [notes, configurations, openTickets] = await Promise.all([
      readablePart<ManageRecord>(
        manage.page('GET /company/contacts/{parentId}/notes', {
          path: { parentId: id },
          orderBy: ['id desc'],
          pageSize: 5,
          signal,
        }),
      ),
      readablePart<ManageRecord>(
        manage.page('GET /company/configurations', {
          conditions: all(own, field('activeFlag', '=', true)) ?? own,
          fields: ['id', 'name', 'type/name'],
          pageSize: 10,
          signal,
        }),
      ),
      manage.count('GET /service/tickets/count', { conditions: open, signal }),
    ]);
    const types = (Array.isArray(record.types) ? record.types : []).map(nameOf).filter(Boolean).join(', ');
    return recordView({
      id,
      title: `Contact ${id}: ${contactLine(record)}`,
      facts: [
        ['title', record.title],
        ['site', nameOf(record.site)],
        ['department', nameOf(record.department)],
        ['types', types],
        ['main contact', record.defaultFlag === true ? 'yes' : ''],
        ['inactive', record.inactiveFlag === true ? 'yes' : ''],
        ['manager', nameOf(record.managerContact)],
        ['birthday', dayOf(record.birthDay)],
        ...shownCustomFields(record),
        ['open tickets', openTickets],
      ],
      sections: [
        {
          key: 'communications',
          title: 'Reached at',
          columns: ['type', 'value', 'default'],
          rows: itemsOf(record).map(({ type, value, extension, defaultFlag }) => [
            type?.name,
            extension ? `${value} ext. ${extension}` : value,
            defaultFlag === true ? 'yes' : '',
          ]),
        },
        {
          key: 'configurations',
          title: 'Configurations',
          columns: ['id', 'name', 'type'],
          rows: configurations.map((row) => [row.id, row.name, nameOf(row.type)]),
        },
      ],
      notes: notes
        .map((note) => `Note ${note.id} (${plain(nameOf(note.type))}, ${plain(note.enteredBy)})\n${quote(note.text)}`)
        .join('\n'),
    });
  },
});
