import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  money,
  readablePart,
  recordView,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';
import { CONTACT_OPERATIONS, contactNames } from './support/contact-names.ts';
import { MEMBER_LISTS } from './support/group-members.ts';

const RESULTS = {
  audits: 'GET /marketing/campaigns/{parentId}/audits',
  opened: 'GET /marketing/campaigns/{parentId}/emailsOpened',
  clicked: 'GET /marketing/campaigns/{parentId}/linksClicked',
  forms: 'GET /marketing/campaigns/{parentId}/formsSubmitted',
} as const;

/** Rows that are shown of each kind. */
const MOST = 10;

/** A mailing to more people than this is counted in part. */
const MOST_RESULTS = 1000;

async function around(id: number, groupId: number | undefined, { manage, signal }: ToolContext) {
  const read = (operation: string, options: object = {}): Promise<readonly ManageRecord[]> =>
    readablePart(
      manage.page<ManageRecord>(operation, { path: { parentId: id }, pageSize: MOST_RESULTS, signal, ...options }),
    );
  const led = { path: {}, conditions: field('campaign/id', '=', id), orderBy: ['id desc'] };
  const size = (list: string): Promise<number | undefined> =>
    groupId === undefined
      ? Promise.resolve(undefined)
      : manage.count(`GET ${list}/count`, { path: { parentId: groupId }, signal });
  const [audits, opened, clicked, forms, opportunities, activities, contacts, companies] = await Promise.all([
    read(RESULTS.audits),
    read(RESULTS.opened),
    read(RESULTS.clicked),
    read(RESULTS.forms),
    read('GET /sales/opportunities', led),
    read('GET /sales/activities', led),
    size(MEMBER_LISTS.contact),
    size(MEMBER_LISTS.company),
  ]);
  return { audits, opened, clicked, forms, opportunities, activities, contacts, companies };
}

const people = (rows: readonly ManageRecord[]): number => new Set(rows.map(({ contactId }) => contactId)).size;

/** `12 people (48 % of 25 sent)`. */
function rate(rows: readonly ManageRecord[], sent: number): string {
  const count = people(rows);
  const more = rows.length >= MOST_RESULTS ? 'at least ' : '';
  return `${more}${count} people${sent > 0 ? ` (${Math.round((count / sent) * 100)} % of ${sent} sent)` : ''}`;
}

/** Links by how often they were followed. */
function links(rows: readonly ManageRecord[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { url } of rows) counts.set(String(url), (counts.get(String(url)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST);
}

export default defineTool({
  name: 'get_campaign',
  title: 'Get campaign',
  toolset: 'marketing',
  effect: 'read',
  uses: [
    'GET /marketing/campaigns/{id}',
    ...Object.values(RESULTS),
    ...Object.values(MEMBER_LISTS).map((list) => `GET ${list}/count`),
    ...CONTACT_OPERATIONS,
    'GET /sales/opportunities',
    'GET /sales/activities',
  ],
  description: 'A campaign with its audience, cost and results: mails, links, forms, opportunities.',
  input: z.strictObject({ campaign: z.string() }),
  aliases: { id: 'campaign', campaignId: 'campaign', name: 'campaign' },
  output: z.looseObject({ id: z.int() }),
  async run({ campaign }, context) {
    const { manage, names, signal, quote } = context;
    const { id } = await names.resolve('campaign', campaign, { argument: 'campaign' });
    const record = await manage.get<ManageRecord>('GET /marketing/campaigns/{id}', { path: { id }, signal });
    const found = await around(id, idOf(record.defaultGroup), context);
    const { audits, opened, clicked, forms, opportunities, activities } = found;
    const sent = audits.reduce((sum, row) => sum + Number(row.emailsSent ?? 0), 0) || Number(record.emailsSent ?? 0);
    const latest = [...forms]
      .sort((a, b) => String(b.dateSubmitted).localeCompare(String(a.dateSubmitted)))
      .slice(0, MOST);
    const who = await contactNames(
      manage,
      latest.map(({ contactId }) => Number(contactId)),
      signal,
    );
    const zone = await context.zone();
    const local = (value: unknown): string => {
      const moment = fromManage(value, zone);
      return moment === undefined ? '' : showMoment(moment);
    };
    const against = (actual: unknown, budget: unknown): string =>
      actual === undefined && budget === undefined ? '' : `${money(actual ?? 0)} of ${money(budget ?? 0)}`;
    const audience =
      found.contacts === undefined
        ? ''
        : `${nameOf(record.defaultGroup)} (${found.contacts} contacts, ${found.companies} companies)`;
    return recordView({
      id,
      title: `Campaign ${id}: ${record.name}`,
      facts: [
        ['type', [nameOf(record.type), nameOf(record.subType)].filter(Boolean).join(' / ')],
        ['status', `${nameOf(record.status) ?? ''}${record.inactive === true ? ' (inactive)' : ''}`],
        ['days', [dayOf(record.startDate), dayOf(record.endDate)].filter((day) => day !== '').join(' to ')],
        ['member', nameOf(record.member)],
        ['audience', audience],
        ['cost of budget', against(record.actualCost, record.budgetCost)],
        ['revenue of budget', against(record.actualRevenue, record.budgetRevenue)],
        ['opened', sent > 0 || opened.length > 0 ? rate(opened, sent) : ''],
        ['clicked', sent > 0 || clicked.length > 0 ? rate(clicked, sent) : ''],
        ['forms', forms.length > 0 ? `${forms.length} by ${people(forms)} people` : ''],
      ],
      sections: [
        {
          key: 'mailings',
          title: `Mailings (${zone})`,
          columns: ['when', 'subject', 'group', 'sent', 'not sent'],
          rows: audits
            .slice(-MOST)
            .map((row) => [
              local(row.dateCreated),
              row.emailSubject,
              nameOf(row.group),
              row.emailsSent,
              row.emailsUnsent ?? 0,
            ]),
          total: audits.length,
        },
        { key: 'links', title: 'Links', columns: ['url', 'clicks'], rows: links(clicked) },
        {
          key: 'forms',
          title: `Latest forms (${zone})`,
          columns: ['when', 'contact', 'company', 'topic', 'url'],
          rows: latest.map((row) => {
            const contact = who.get(Number(row.contactId));
            return [local(row.dateSubmitted), contact?.name ?? row.contactId, contact?.company, row.topic, row.url];
          }),
          total: forms.length,
        },
        {
          key: 'opportunities',
          title: 'Opportunities',
          columns: ['id', 'name', 'company', 'status', 'closes'],
          rows: opportunities
            .slice(0, MOST)
            .map((row) => [row.id, row.name, nameOf(row.company), nameOf(row.status), dayOf(row.expectedCloseDate)]),
          total: opportunities.length,
        },
        {
          key: 'activities',
          title: 'Activities',
          columns: ['id', 'name', 'company', 'assigned', 'status'],
          rows: activities
            .slice(0, MOST)
            .map((row) => [row.id, row.name, nameOf(row.company), nameOf(row.assignTo), nameOf(row.status)]),
          total: activities.length,
        },
      ],
      notes: record.notes === undefined || record.notes === '' ? '' : quote(record.notes),
    });
  },
});
