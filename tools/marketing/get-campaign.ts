import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import { type ManageRecord, sumOf, TooMany, type Whole } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { counted } from '../../src/text/index.ts';
import { dayOf, defineTool, fragments, money, readable, recordView, type ToolContext } from '../../src/tool/index.ts';
import { campaignStatus } from './support/campaign-status.ts';
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

/** Most events of one kind that are read to count people. */
const MOST_EVENTS = 50_000;

type Events = Whole<ManageRecord> | 'too many';

/** Everything that happened of one kind; nothing where the role may not read it. */
async function eventsOf(operation: string, id: number, { manage, signal }: ToolContext): Promise<Events | undefined> {
  const read = manage.all<ManageRecord>(operation, { path: { parentId: id }, most: MOST_EVENTS, signal });
  return readable(read).catch((error: unknown) => {
    if (error instanceof TooMany) return 'too many' as const;
    throw error;
  });
}

async function around(id: number, groupId: number | undefined, context: ToolContext) {
  const { manage, signal } = context;
  const led = (list: string) =>
    readable(
      manage.list<ManageRecord>(list, {
        conditions: field('campaign/id', '=', id),
        orderBy: ['id desc'],
        limit: MOST,
        signal,
      }),
    );
  const size = (list: string): Promise<number | undefined> =>
    groupId === undefined
      ? Promise.resolve(undefined)
      : manage.count(`GET ${list}/count`, { path: { parentId: groupId }, signal });
  const [audits, opened, clicked, forms, opportunities, activities, contacts, companies] = await Promise.all([
    eventsOf(RESULTS.audits, id, context),
    eventsOf(RESULTS.opened, id, context),
    eventsOf(RESULTS.clicked, id, context),
    eventsOf(RESULTS.forms, id, context),
    led('GET /sales/opportunities'),
    led('GET /sales/activities'),
    size(MEMBER_LISTS.contact),
    size(MEMBER_LISTS.company),
  ]);
  return { audits, opened, clicked, forms, opportunities, activities, contacts, companies };
}

const rowsOf = (events: Events | undefined): readonly ManageRecord[] =>
  events === undefined || events === 'too many' ? [] : events;

const people = (rows: readonly ManageRecord[]): number => new Set(rows.map(({ contactId }) => contactId)).size;

/** `12 people (48 % of 25 sent)`. */
function rate(events: Events | undefined, sent: number): string {
  if (events === undefined) return '';
  if (events === 'too many') return `more than ${MOST_EVENTS} times`;
  if (sent === 0 && events.length === 0) return '';
  const count = people(events);
  return `${count} people${sent > 0 ? ` (${Math.round((count / sent) * 100)} % of ${sent} sent)` : ''}`;
}

/** `3 by 2 people`. */
function formsSaid(events: Events | undefined): string {
  if (events === 'too many') return `more than ${MOST_EVENTS}`;
  return events === undefined || events.length === 0 ? '' : `${events.length} by ${people(events)} people`;
}

/** Links by how often they were followed. */
function links(rows: readonly ManageRecord[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { url } of rows) counts.set(String(url), (counts.get(String(url)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
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
    'GET /sales/opportunities/count',
    'GET /sales/activities',
    'GET /sales/activities/count',
    HOME_CURRENCY,
  ],
  dressing: [HOME_CURRENCY],
  description: 'A campaign with its audience, cost and results: mails, links, forms, opportunities.',
  input: z.strictObject({ campaign: fragments.name('campaign') }),
  aliases: { id: 'campaign', campaignId: 'campaign', name: 'campaign' },
  output: z.looseObject({ id: z.int() }),
  async run({ campaign: { id } }, context) {
    const { manage, signal, quote } = context;
    const record = await manage.get<ManageRecord>('GET /marketing/campaigns/{id}', { path: { id }, signal });
    const found = await around(id, idOf(record.defaultGroup), context);
    const { audits, opened, clicked, opportunities, activities } = found;
    const forms = rowsOf(found.forms);
    const mailed = audits === undefined || audits === 'too many' ? 0 : sumOf(audits, 'emailsSent');
    const sent = mailed || Number(record.emailsSent ?? 0);
    const mailings = rowsOf(audits);
    const followed = links(rowsOf(clicked));
    const latest = [...forms]
      .sort((a, b) => String(b.dateSubmitted).localeCompare(String(a.dateSubmitted)))
      .slice(0, MOST);
    const who = await contactNames(
      manage,
      latest.map(({ contactId }) => Number(contactId)),
      signal,
    );
    const [zone, home] = await Promise.all([context.zone(), homeCurrency(context)]);
    const local = (value: unknown): string => {
      const moment = fromManage(value, zone);
      return moment === undefined ? '' : showMoment(moment);
    };
    const against = (actual: unknown, budget: unknown): string =>
      actual === undefined && budget === undefined ? '' : `${money(actual ?? 0)} of ${money(budget ?? 0, home)}`;
    const audience =
      found.contacts === undefined
        ? ''
        : `${nameOf(record.defaultGroup)} (${counted(found.contacts, 'contact')}, ${counted(found.companies ?? 0, 'company', 'companies')})`;
    return recordView({
      id,
      title: `Campaign ${id}: ${record.name}`,
      facts: [
        ['type', [nameOf(record.type), nameOf(record.subType)].filter(Boolean).join(' / ')],
        ['status', campaignStatus(record)],
        ['days', [dayOf(record.startDate), dayOf(record.endDate)].filter((day) => day !== '').join(' to ')],
        ['member', nameOf(record.member)],
        ['audience', audience],
        ['cost of budget', against(record.actualCost, record.budgetCost)],
        ['revenue of budget', against(record.actualRevenue, record.budgetRevenue)],
        ['opened', rate(opened, sent)],
        ['clicked', rate(clicked, sent)],
        ['forms', formsSaid(found.forms)],
      ],
      sections: [
        {
          key: 'mailings',
          title: `Mailings (${zone})`,
          columns: ['when', 'subject', 'group', 'sent', 'not sent'],
          rows: mailings
            .slice(-MOST)
            .map((row) => [
              local(row.dateCreated),
              row.emailSubject,
              nameOf(row.group),
              row.emailsSent,
              row.emailsUnsent ?? 0,
            ]),
          total: mailings.length,
        },
        {
          key: 'links',
          title: 'Links',
          columns: ['url', 'clicks'],
          rows: followed.slice(0, MOST),
          total: followed.length,
        },
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
          rows: opportunities?.rows.map((row) => [
            row.id,
            row.name,
            nameOf(row.company),
            nameOf(row.status),
            dayOf(row.expectedCloseDate),
          ]),
          total: opportunities?.total,
        },
        {
          key: 'activities',
          title: 'Activities',
          columns: ['id', 'name', 'company', 'assigned', 'status'],
          rows: activities?.rows.map((row) => [
            row.id,
            row.name,
            nameOf(row.company),
            nameOf(row.assignTo),
            nameOf(row.status),
          ]),
          total: activities?.total,
        },
      ],
      notes: record.notes === undefined || record.notes === '' ? '' : quote(record.notes),
    });
  },
});
