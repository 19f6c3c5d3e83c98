import { groupRowId, linkMember } from '../behaviours/marketing/group.ts';
import { dateOnly, type Provider, utc } from './provider.ts';

const CAMPAIGNS = [
  ['Windows upgrade', 'E-mail', 'Newsletter', 'Customers', -70, -20],
  ['Security awareness', 'Event', 'Webinar', 'Customers', -12, 30],
  ['Spring fair', 'Event', 'Fair', 'Prospects', 60, 63],
] as const;

/** Puts a contact or company into a group, seen from both sides. */
function put(
  { store, api, now }: Provider,
  side: 'contact' | 'company',
  groupId: number,
  member: Record<string, unknown> & { id: number },
): void {
  const list = side === 'contact' ? 'contacts' : 'companies';
  const written = { by: 'setup', at: now.minus({ years: 1 }).toJSDate() };
  const row = store
    .collection(`/marketing/groups/{parentId}/${list}`)
    .put({ ...member, groupId, id: groupRowId(member.id, groupId) }, { parentIds: [groupId], ...written });
  linkMember(side, row, groupId, { store, api, written });
}

/** Who asked for more on the page that a running campaign leads to. */
function seedForms(provider: Provider): void {
  provider.random.begin('campaign forms');
  const { now, random } = provider;
  const running = provider
    .all('/marketing/campaigns')
    .filter(({ status }) => (status as { name?: string }).name === 'Running');
  for (const { id } of running) {
    for (const contact of provider
      .all('/company/contacts')
      .slice(0, 40)
      .filter(() => random.chance(0.15))) {
      const submitted = now.minus({ hours: random.int(5, 200) });
      provider.put(
        '/marketing/campaigns/{parentId}/formsSubmitted',
        {
          campaignId: id,
          contactId: contact.id,
          dateSubmitted: utc(submitted),
          url: 'https://northwind-it.example/webinar',
          topic: 'Sign-up',
        },
        { parents: [id] },
      );
    }
  }
}

/** Who is written to, and what was and will be: a campaign that is over, one that runs, one that is planned. */
export function seedMarketing(provider: Provider): void {
  provider.random.begin('marketing');
  const { now, random } = provider;
  const types = provider.table('/marketing/campaigns/types', [
    { name: 'E-mail', defaultFlag: true },
    { name: 'Event' },
  ]);
  const subTypes = ['Newsletter', 'Webinar', 'Fair'].map((name, index) => {
    const type = types[index === 0 ? 0 : 1] ?? random.pick(types);
    const row = { name, type: provider.ref('CampaignTypeReference', type) };
    provider.put('/marketing/campaigns/types/{parentId}/subTypes', { name, typeId: type.id }, { parents: [type.id] });
    return provider.put('/marketing/campaigns/subTypes', row);
  });
  const statuses = provider.table('/marketing/campaigns/statuses', [
    { name: 'Planned', defaultFlag: true, inactiveFlag: false },
    { name: 'Running', inactiveFlag: false },
    { name: 'Over', inactiveFlag: false },
  ]);
  const groups = provider.table('/marketing/groups', [
    { name: 'Customers', publicDescription: 'All customers', publicFlag: true, inactiveFlag: false },
    { name: 'Prospects', publicDescription: 'Not yet customers', publicFlag: false, inactiveFlag: false },
  ]);
  const contacts = provider.all('/company/contacts');
  groups.forEach((group, index) => {
    const companies = provider.all('/company/companies').filter(({ id }) => id > 1 && id % 3 === index);
    const flags = { defaultContactFlag: true, allContactsFlag: false, unsubscribeFlag: false };
    for (const { id } of companies) put(provider, 'company', group.id, { ...flags, id });
    for (const { id } of contacts.filter((contact) => contact.id % 3 === index).slice(0, 25))
      put(provider, 'contact', group.id, { note: 'From the list of contacts', unsubscribeFlag: id % 11 === 0, id });
  });
  const seller = provider.ref('MemberReference', provider.named('/system/members', 'bwest', 'identifier'));
  for (const [name, typeName, subTypeName, groupName, from, to] of CAMPAIGNS) {
    const [type, subType, group] = [
      types.find((row) => row.name === typeName),
      subTypes.find((row) => row.name === subTypeName),
      groups.find((row) => row.name === groupName),
    ];
    const begun = to < 0 ? 'Over' : 'Running';
    const status = statuses.find((row) => row.name === (from > 0 ? 'Planned' : begun));
    if (type === undefined || subType === undefined || group === undefined || status === undefined) continue;
    const start = now.plus({ days: from });
    const sent = from > 0 ? 0 : 25;
    const campaign = provider.put('/marketing/campaigns', {
      name,
      type: provider.ref('CampaignTypeReference', type),
      subType: provider.ref('CampaignSubTypeReference', subType),
      status: provider.ref('CampaignStatusReference', status),
      startDate: dateOnly(start),
      endDate: dateOnly(now.plus({ days: to })),
      locationId: 1,
      member: seller,
      inactive: false,
      defaultGroup: provider.ref('GroupReference', group),
      budgetRevenue: 20_000,
      budgetCost: 1_500,
      actualCost: from > 0 ? 0 : 1_240,
      emailsSent: sent,
    });
    if (sent === 0) continue;
    const parents = [campaign.id];
    const audit = {
      emailsSent: sent,
      emailsUnsent: 1,
      documentsCreated: 0,
      emailSubject: name,
      campaignId: campaign.id,
    };
    provider.put(
      '/marketing/campaigns/{parentId}/audits',
      { ...audit, group: provider.ref('GroupReference', group), createdBy: 'bwest', dateCreated: utc(start) },
      { parents, at: start, by: 'bwest' },
    );
    for (const contact of contacts.slice(0, 40).filter(() => random.chance(0.3))) {
      const opened = start.plus({ hours: random.int(1, 70) });
      const seen = { campaignId: campaign.id, contactId: contact.id };
      provider.put('/marketing/campaigns/{parentId}/emailsOpened', { ...seen, dateOpened: utc(opened) }, { parents });
      if (!random.chance(0.4)) continue;
      provider.put(
        '/marketing/campaigns/{parentId}/linksClicked',
        { ...seen, dateClicked: utc(opened.plus({ minutes: 2 })), url: 'https://northwind-it.example/more' },
        { parents },
      );
    }
  }
  seedForms(provider);
}
