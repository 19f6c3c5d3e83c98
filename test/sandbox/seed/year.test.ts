import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf } from '../../support/session.ts';

// What a managed-service provider's year leaves behind, each as somebody would look for it over REST.

// biome-ignore lint/suspicious/noExplicitAny: records of every kind
type Row = any;

let sandbox: Sandbox;
const TODAY = '2026-11-24';
const DAY = 86_400_000;
const dayIn = (days: number): string => new Date(NOW.getTime() + days * DAY).toISOString().slice(0, 10);

async function list(path: string, conditions = '', more = ''): Promise<Row[]> {
  const query = `pageSize=1000${conditions === '' ? '' : `&conditions=${encodeURIComponent(conditions)}`}${more}`;
  const { status, body } = await restOf(sandbox)('GET', `${path}?${query}`);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

const distinct = (rows: Row[], read: (row: Row) => unknown): unknown[] => [...new Set(rows.map(read))].sort();

beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
});
afterAll(() => sandbox.close());

describe('the service desk', () => {
  it('has every board in use, with open and closed tickets', async () => {
    for (const { id, name, projectFlag } of await list('/service/boards')) {
      const kind = projectFlag === true ? '/project/tickets' : '/service/tickets';
      const [open, closed] = [
        await list(kind, `board/id=${id} and closedFlag=false`),
        await list(kind, `board/id=${id} and closedFlag=true`),
      ];
      expect([name, open.length > 2, closed.length > 2]).toEqual([name, true, true]);
    }
  });

  it('promises times by SLA and priority, and does not keep them all', async () => {
    const slas = await list('/service/SLAs');
    expect(slas.map(({ name }) => name)).toEqual(['Standard SLA', 'Premium SLA']);
    for (const { id } of slas) expect(await list(`/service/SLAs/${id}/priorities`)).toHaveLength(4);
    const open = await list('/service/tickets', 'closedFlag=false');
    expect(distinct(open, ({ sla }) => sla.name)).toEqual(['Premium SLA', 'Standard SLA']);
    expect(distinct(open, ({ isInSla }) => isInSla)).toEqual([false, true]);
    expect(open.some(({ slaStatus }) => /^Resolve by \w{3} \d\d\/\d\d \d+:\d\d [AP]M UTC-0[45]$/.test(slaStatus))).toBe(
      true,
    );
  });

  it('has stale and unassigned tickets, tickets without a contact and such that the customer updated', async () => {
    expect(
      (await list('/service/tickets', `closedFlag=false and lastUpdated < [${dayIn(-14)}]`)).length,
    ).toBeGreaterThan(3);
    expect((await list('/service/tickets', 'closedFlag=false and owner/id = null')).length).toBeGreaterThan(5);
    expect((await list('/service/tickets', 'contact/id = null')).length).toBeGreaterThan(10);
    expect((await list('/service/tickets', 'closedFlag=false and customerUpdatedFlag=true')).length).toBeGreaterThan(2);
  });

  it('has tickets of all priorities, severities and impacts', async () => {
    const tickets = await list('/service/tickets');
    expect(distinct(tickets, ({ priority }) => priority.name)).toHaveLength(4);
    for (const member of ['severity', 'impact'])
      expect(distinct(tickets, (row) => row[member])).toEqual(['High', 'Low', 'Medium']);
  });

  it('keeps knowledge, templates, surveys with answers, and stopwatches that run', async () => {
    expect((await list('/service/knowledgeBaseArticles', 'title contains "VPN"'))[0].resolution).toContain('rekey');
    expect((await list('/service/templates')).map(({ name }) => name)).toContain('New starter');
    const [survey] = await list('/service/surveys', 'inactiveFlag=false');
    expect(await list(`/service/surveys/${survey.id}/questions`)).toHaveLength(2);
    const results = await list(`/service/surveys/${survey.id}/results`);
    expect(results.length).toBeGreaterThan(20);
    for (const { ticketId } of results.slice(0, 5))
      expect((await list('/service/tickets', `id=${ticketId}`))[0].closedFlag).toBe(true);
    expect(distinct(await list('/time/ticketstopwatches'), ({ status }) => status)).toEqual(['Paused', 'Running']);
  });
});

describe('the customers', () => {
  it('have several sites, warranties that end soon, and one of them left', async () => {
    const companies = await list('/company/companies', 'deletedFlag=false');
    const sites = await Promise.all(companies.map(({ id }) => list(`/company/companies/${id}/sites`)));
    expect(sites.filter((own) => own.length > 1).length).toBeGreaterThan(5);
    const ending = `warrantyExpirationDate > [${TODAY}] and warrantyExpirationDate < [${dayIn(90)}]`;
    expect((await list('/company/configurations', ending)).length).toBeGreaterThan(10);
    expect(await list('/company/companies', 'deletedFlag=true')).toMatchObject([
      { deletedBy: 'mobrien', dateDeleted: expect.any(String) },
    ]);
  });

  it('have agreements that end within weeks, one that ran out and one that was cancelled', async () => {
    const soon = await list(
      '/finance/agreements',
      `endDate > [${TODAY}] and endDate < [${dayIn(30)}] and cancelledFlag=false`,
    );
    expect(soon.length).toBeGreaterThan(1);
    expect(distinct(await list('/finance/agreements'), ({ agreementStatus }) => agreementStatus)).toEqual(
      expect.arrayContaining(['Active', 'Cancelled', 'Expired']),
    );
  });

  it('are written to in campaigns with an audience', async () => {
    const campaigns = await list('/marketing/campaigns');
    expect(distinct(campaigns, ({ status }) => status.name)).toEqual(['Over', 'Planned', 'Running']);
    const [over] = campaigns;
    expect(await list(`/marketing/campaigns/${over.id}/audits`)).toMatchObject([
      { emailsSent: 25, group: { name: 'Customers' } },
    ]);
    expect((await list(`/marketing/campaigns/${over.id}/emailsOpened`)).length).toBeGreaterThan(3);
    expect((await list(`/marketing/groups/${over.defaultGroup.id}/contacts`)).length).toBeGreaterThan(10);
    expect((await list(`/marketing/groups/${over.defaultGroup.id}/companies`)).length).toBeGreaterThan(3);
  });
});

describe('time and people', () => {
  it('has time sheets in every state, their entries with them', async () => {
    const sheets = await list('/time/sheets');
    expect(distinct(sheets, ({ status }) => status)).toEqual(
      [
        'ApprovedByTierOne',
        'ApprovedByTierTwo',
        'Billed',
        'BilledAgreement',
        'ErrorsCorrected',
        'Open',
        'PendingApproval',
        'PendingProjectApproval',
        'ReadyToBill',
        'RejectBySecondTier',
        'Rejected',
        'WrittenOff',
      ].sort(),
    );
    const thisWeek = sheets.filter(({ dateStart }) => dateStart === '2026-11-23T00:00:00Z');
    expect(distinct(thisWeek, ({ status }) => status)).toEqual(['Open']);
  });

  it('has time that is approved and billable, but not billed', async () => {
    const unbilled = 'billableOption="Billable" and status in ("ApprovedByTierOne","ApprovedByTierTwo","ReadyToBill")';
    const entries = await list('/time/entries', unbilled);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.reduce((sum, { actualHours }) => sum + actualHours, 0)).toBeGreaterThan(80);
  });

  it('logs no time before its ticket was there, and sums it on the ticket', async () => {
    const tickets = new Map((await list('/service/tickets')).map((ticket) => [ticket.id, ticket]));
    const hours = new Map<number, number>();
    for (let page = 1; ; page += 1) {
      const entries = await list('/time/entries', 'chargeToType="ServiceTicket"', `&page=${page}`);
      for (const { chargeToId, timeStart, actualHours } of entries) {
        expect(Date.parse(timeStart)).toBeGreaterThan(Date.parse(tickets.get(chargeToId)?._info.dateEntered));
        hours.set(chargeToId, (hours.get(chargeToId) ?? 0) + actualHours);
      }
      if (entries.length < 1000) break;
    }
    for (const [id, sum] of hours) expect([id, tickets.get(id)?.actualHours]).toEqual([id, sum]);
  });

  it('has charge codes, vacation and sick leave that was taken, and what everybody may take', async () => {
    const codes = await list('/time/chargeCodes');
    expect(codes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Vacation', 'Sick Leave', 'Internal Meeting']),
    );
    for (const { id, name } of codes.filter((code) =>
      ['Vacation', 'Sick Leave', 'Internal Meeting'].includes(code.name),
    )) {
      const taken = await list('/time/entries', `chargeToType="ChargeCode" and chargeToId=${id}`);
      expect([name, taken.length > 0]).toEqual([name, true]);
    }
    const [accrual] = await list('/time/accruals');
    expect(distinct(await list(`/time/accruals/${accrual.id}/details`), ({ accrualType }) => accrualType)).toEqual([
      'Holiday',
      'Sick',
      'Vacation',
    ]);
    expect(await list('/system/members/1/accruals')).toMatchObject([{ accrualType: 'Vacation', year: 2026, hours: 8 }]);
  });

  it('has inactive members, calendars with holidays of this year and the next, and meetings', async () => {
    expect((await list('/system/members', 'inactiveFlag=true')).length).toBeGreaterThan(1);
    const [office] = await list('/schedule/calendars', 'name="Office hours"');
    expect(office).toMatchObject({ mondayStartTime: '08:30:00', holidayList: { name: 'Company holidays' } });
    const holidays = await list(`/schedule/holidayLists/${office.holidayList.id}/holidays`);
    expect(holidays).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Thanksgiving', date: '2026-11-26T00:00:00Z' }),
        expect.objectContaining({ name: 'Labor Day', date: '2026-09-07T00:00:00Z' }),
        expect.objectContaining({ name: 'Memorial Day', date: '2027-05-31T00:00:00Z' }),
      ]),
    );
    expect((await list('/schedule/entries', `type/identifier="N" and dateStart > [${TODAY}]`)).length).toBeGreaterThan(
      4,
    );
  });
});

describe('money and goods', () => {
  it('has projects over their budget, and others within', async () => {
    const projects = await list('/project/projects');
    const over = projects.filter(({ actualHours, budgetHours }) => actualHours > budgetHours);
    expect(over.length).toBeGreaterThan(0);
    expect(over.length).toBeLessThan(projects.length);
    for (const { id, actualHours } of projects) {
      const tickets = await list('/project/tickets', `project/id=${id}`);
      expect(tickets.reduce((sum, ticket) => sum + ticket.actualHours, 0)).toBe(actualHours);
    }
  });

  it('has purchase orders that are open, one of them in part', async () => {
    const open = await list('/procurement/purchaseorders', 'closedFlag=false');
    expect(open.length).toBeGreaterThan(2);
    const lines = await Promise.all(open.map(({ id }) => list(`/procurement/purchaseorders/${id}/lineitems`)));
    expect(lines.some((own) => distinct(own, ({ receivedStatus }) => receivedStatus).length === 2)).toBe(true);
  });

  it('has stock on hand with serial numbers, stock that is low, and returned goods', async () => {
    const low: string[] = [];
    for (const item of await list('/procurement/catalog', 'minStockLevel > 0')) {
      const [inventory] = await list(`/procurement/catalog/${item.id}/inventory`);
      expect(inventory.serialNumbers).toHaveLength(inventory.onHand);
      expect(await list(`/procurement/catalog/${item.id}/minimumStockByWarehouse`)).toMatchObject([
        { minimumStock: item.minStockLevel },
      ]);
      if (inventory.onHand < item.minStockLevel) low.push(item.identifier);
    }
    expect(low).toEqual(['SW-24', 'MON-27']);
    expect(distinct(await list('/procurement/rmaTags'), ({ status }) => status.name)).toEqual([
      'Closed',
      'Open',
      'Sent to vendor',
    ]);
    const [bin] = await list('/procurement/warehouseBins', 'defaultFlag=true');
    expect((await list(`/procurement/warehouseBins/${bin.id}/inventoryOnHand`)).length).toBeGreaterThan(3);
  });

  it('has expense reports in several states', async () => {
    expect(distinct(await list('/expense/reports'), ({ status }) => status)).toEqual(
      expect.arrayContaining(['Open', 'PendingApproval', 'Rejected', 'ApprovedByTierOne', 'ReadyToBill', 'Billed']),
    );
  });

  it('has opportunities in each stage, won and lost, and activities that are due', async () => {
    const opportunities = await list('/sales/opportunities');
    const stages = await list('/sales/stages');
    expect(distinct(opportunities, ({ stage }) => stage.id)).toEqual(stages.map(({ id }) => id).sort());
    expect(distinct(opportunities, ({ status }) => status.name)).toEqual(['Lost', 'Open', 'Won']);
    const due = await list('/sales/activities', `status/name="Open" and dateStart < [${dayIn(1)}]`);
    expect(due.length).toBeGreaterThan(2);
    expect(due.some(({ dateStart }) => dateStart.startsWith(TODAY))).toBe(true);
  });

  it('has an order for each deal that was won, on its way or delivered', async () => {
    const won = await list('/sales/opportunities', 'status/name="Won"');
    const orders = await list('/sales/orders');
    expect(orders.map(({ opportunity }) => opportunity.id).sort()).toEqual(won.map(({ id }) => id).sort());
    expect(distinct(orders, ({ status }) => status.name)).toEqual(['New', 'Shipped']);
  });
});

describe('another moment and another zone', () => {
  it('has the same kinds of things relative to that day', async () => {
    const now = new Date('2027-02-28T22:30:00Z');
    const other = await startSandbox({ now, timeZone: 'Australia/Sydney', seed: 7 });
    try {
      const rest = restOf(other);
      const count = async (path: string, conditions: string): Promise<number> =>
        (await rest('GET', `${path}/count?conditions=${encodeURIComponent(conditions)}`)).body.count;
      expect(await count('/service/tickets', 'closedFlag=false and owner/id=null')).toBeGreaterThan(3);
      expect(await count('/finance/agreements', 'endDate > [2027-03-01] and endDate < [2027-04-01]')).toBeGreaterThan(
        1,
      );
      expect(await count('/service/tickets', 'dateEntered > [2027-02-28T22:30:00Z]')).toBe(0);
      // The office opens at half past eight in Sydney, which is the evening before in UTC.
      expect(
        await count('/time/entries', 'timeStart > [2027-02-25T21:00:00Z] and timeStart < [2027-02-26T00:00:00Z]'),
      ).toBeGreaterThan(5);
      expect(await count('/sales/activities', 'status/name="Open" and dateStart < [2027-03-02]')).toBeGreaterThan(2);
    } finally {
      await other.close();
    }
  });
});
