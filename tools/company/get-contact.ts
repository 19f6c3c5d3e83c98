import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, withExtension } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, lines, say } from '../../src/text/index.ts';
import { countOpenTickets, OPEN_TICKETS } from '../../src/tickets/open-tickets.ts';
import { dayOf, defineTool, fragments, readable, recordView, shownCustomFields } from '../../src/tool/index.ts';
import { itemsOf } from './support/communication.ts';
import { contactLine } from './support/contacts.ts';

const NONE = { rows: [], total: 0 };
const NOTES = 5;
const CONFIGURATIONS = 10;

export default defineTool({
  name: 'get_contact',
  title: 'Get contact',
  toolset: 'company',
  effect: 'read',
  uses: [
    'GET /company/contacts/{id}',
    'GET /company/contacts/{parentId}/notes',
    'GET /company/contacts/{parentId}/notes/count',
    ...OPEN_TICKETS,
    'GET /company/configurations',
    'GET /company/configurations/count',
  ],
  tables: ['status'],
  description: 'A contact with all e-mail addresses and phone numbers, types, configurations, notes and open tickets.',
  input: z.strictObject({
    contact: fragments.name('contact', { of: 'company', inactive: true, description: 'Name, e-mail or id' }),
    company: fragments.name('company').optional(),
  }),
  aliases: { id: 'contact', contactId: 'contact', name: 'contact', email: 'contact', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run({ contact: { id } }, context) {
    const { manage, signal, quote } = context;
    const own = field('contact/id', '=', id);
    const [record, notes = NONE, configurations, openTickets] = await Promise.all([
      manage.get<ManageRecord>('GET /company/contacts/{id}', { path: { id }, signal }),
      readable(
        manage.list<ManageRecord>('GET /company/contacts/{parentId}/notes', {
          path: { parentId: id },
          orderBy: ['id desc'],
          limit: NOTES,
          signal,
        }),
      ),
      readable(
        manage.list<ManageRecord>('GET /company/configurations', {
          conditions: all(own, field('activeFlag', '=', true)),
          fields: ['id', 'name', 'type/name'],
          limit: CONFIGURATIONS,
          signal,
        }),
      ),
      countOpenTickets(own, context),
    ]);
    const more =
      notes.total !== undefined && notes.total > notes.rows.length
        ? say`Notes: the latest ${notes.rows.length} of ${notes.total}`
        : undefined;
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
          rows: itemsOf(record).map((item) => [
            item.type?.name,
            withExtension(item),
            item.defaultFlag === true ? 'yes' : '',
          ]),
        },
        {
          key: 'configurations',
          title: 'Active configurations',
          columns: ['id', 'name', 'type'],
          total: configurations?.total,
          rows: configurations?.rows.map((row) => [row.id, row.name, nameOf(row.type)]),
        },
      ],
      notes: lines([
        more,
        ...notes.rows.map((note) =>
          lines([
            say`Note ${Number(note.id)} (${cleanLine(nameOf(note.type))}, ${cleanLine(note.enteredBy)})`,
            quote(note.text),
          ]),
        ),
      ]),
    });
  },
});
