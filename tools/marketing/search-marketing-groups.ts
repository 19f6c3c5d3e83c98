import { z } from 'zod';
import type { List, ManageRecord } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { field, wordsIn } from '../../src/query/index.ts';
import { type Clean, counted, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  nearestTo,
  readablePart,
  recordView,
  type ToolContext,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';
import { CONTACT_OPERATIONS, contactNames } from './support/contact-names.ts';
import { MEMBER_LISTS } from './support/group-members.ts';

const PAGE = 25;

const sizes = (id: number, { manage, signal }: ToolContext): Promise<[number, number]> => {
  const count = (list: string): Promise<number> =>
    manage.count(`GET ${list}/count`, { path: { parentId: id }, signal });
  return Promise.all([count(MEMBER_LISTS.contact), count(MEMBER_LISTS.company)]);
};

async function companyNames(ids: readonly number[], { manage, signal }: ToolContext): Promise<Map<number, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await readablePart(
    manage.all<ManageRecord>('GET /company/companies', {
      conditions: field('id', 'in', ids),
      fields: ['id', 'name'],
      signal,
    }),
  );
  return new Map(rows.map((row) => [Number(row.id), row.name]));
}

const flag = ({ unsubscribeFlag }: ManageRecord): string => (unsubscribeFlag === true ? 'unsubscribed' : '');

function writtenTo({ allContactsFlag, defaultContactFlag }: ManageRecord): string {
  if (allContactsFlag === true) return 'all contacts';
  return defaultContactFlag === true ? 'default contact' : '';
}

const sizeOf = ({ total, rows, complete }: List<ManageRecord>, one: 'contact' | 'company'): Clean => {
  const size = counted(total ?? rows.length, one, one === 'company' ? 'companies' : 'contacts');
  return total === undefined && !complete ? say`at least ${size}` : size;
};

/** Who is in a group. */
async function membersOf(group: Named, page: number, context: ToolContext) {
  const { manage, signal } = context;
  const read = (list: string): Promise<List<ManageRecord>> =>
    manage.list(`GET ${list}`, { path: { parentId: group.id }, orderBy: ['id asc'], page, limit: PAGE, signal });
  const [record, contacts, companies] = await Promise.all([
    manage.get<ManageRecord>('GET /marketing/groups/{id}', { path: { id: group.id }, signal }),
    read(MEMBER_LISTS.contact),
    read(MEMBER_LISTS.company),
  ]);
  const ids = ({ rows }: List<ManageRecord>): number[] => rows.map(({ id }) => Number(id));
  const [people, firms] = await Promise.all([
    contactNames(manage, ids(contacts), signal),
    companyNames(ids(companies), context),
  ]);
  const hasMore = [contacts, companies].some(
    ({ total, rows }) => (total ?? (rows.length < PAGE ? 0 : Number.POSITIVE_INFINITY)) > page * PAGE,
  );
  return recordView({
    id: group.id,
    title: `Marketing group ${group.id}: ${record.name}`,
    facts: [
      ['description', record.publicDescription],
      ['public', record.publicFlag === true ? 'yes' : 'no'],
      ['inactive', record.inactiveFlag === true ? 'yes' : ''],
      ['members', say`${sizeOf(contacts, 'contact')}, ${sizeOf(companies, 'company')}`],
      ['more', hasMore ? `page: ${page + 1}` : ''],
      [
        'nobody shown',
        page > 1 && contacts.rows.length + companies.rows.length === 0 ? `page ${page} is behind the last one` : '',
      ],
    ],
    sections: [
      {
        key: 'contacts',
        title: 'Contacts',
        columns: ['id', 'name', 'company', 'mail', 'note'],
        rows: contacts.rows.map((row) => {
          const contact = people.get(Number(row.id));
          return [row.id, contact?.name, contact?.company, flag(row), row.note];
        }),
        total: contacts.total,
      },
      {
        key: 'companies',
        title: 'Companies',
        columns: ['id', 'name', 'mail', 'written to'],
        rows: companies.rows.map((row) => [row.id, firms.get(Number(row.id)), flag(row), writtenTo(row)]),
        total: companies.total,
      },
    ],
  });
}

export default defineTool({
  name: 'search_marketing_groups',
  title: 'Search marketing groups',
  toolset: 'marketing',
  effect: 'read',
  uses: [
    'GET /marketing/groups',
    'GET /marketing/groups/count',
    'GET /marketing/groups/{id}',
    ...Object.values(MEMBER_LISTS).flatMap((list) => [`GET ${list}`, `GET ${list}/count`]),
    ...CONTACT_OPERATIONS,
    'GET /company/companies',
  ],
  description: 'Find marketing groups with their sizes, or with group who is in one.',
  input: z.strictObject({
    text: z.string().optional(),
    group: fragments.filterName('marketingGroup').optional(),
    page: fragments.page,
  }),
  aliases: { name: 'text', query: 'text', id: 'group', groupId: 'group', list: 'group' },
  output: z.looseObject({ total: z.int().optional() }),
  async run({ text, group, page = 1 }, context) {
    const { manage, signal } = context;
    if (group !== undefined && text !== undefined)
      throw new ToolInputError('text', say`group lists who is in one group, and text finds groups: send one of them.`);
    if (group !== undefined) return membersOf(group, page, context);
    const { rows, total } = await manage.list<ManageRecord>('GET /marketing/groups', {
      conditions: text === undefined ? undefined : wordsIn('name', text),
      orderBy: ['name asc'],
      page,
      limit: PAGE,
      signal,
    });
    const counts = await Promise.all(rows.map(({ id }) => sizes(Number(id), context)));
    return tableResult({
      noun: 'marketing groups',
      columns: ['id', 'name', 'contacts', 'companies', 'public', 'inactive', 'description'],
      rows: rows.map((row, index) => [
        row.id,
        row.name,
        ...(counts[index] ?? []),
        row.publicFlag === true ? 'yes' : '',
        row.inactiveFlag === true ? 'yes' : '',
        row.publicDescription,
      ]),
      total,
      page,
      pageSize: PAGE,
      hint:
        total === 0 && text !== undefined
          ? await nearestTo({ kind: 'marketingGroup', name: text }, context)
          : undefined,
    });
  },
});
