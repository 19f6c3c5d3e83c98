import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, type Session, startSession } from '../support/session.ts';
import { everything, inDays, local, mean, type Rec, spaced } from './oracle.ts';

// Questions of managers. Every figure is worked out here from the sandbox's records in plain REST.
let session: Session;
let tickets: Rec[];
let entries: Rec[];
let members: Rec[];
let companies: Rec[];
/** Ids of the members of each team, by its name. */
let teams: Map<string, Set<number>>;
let leave: Set<number>;

const OCTOBER = inDays('2026-10-01', '2026-11-01');
const LAST_MONTH = { period: 'last month' };
const sum = (rows: readonly Rec[], value: (row: Rec) => number): number =>
  rows.reduce((total, row) => total + value(row), 0);
const hours = (row: Rec): number => row.actualHours;
const worked = (): Rec[] => entries.filter((row) => OCTOBER(row.timeStart) && !leave.has(row.workType.id));
const nameOf = (id: number): string => {
  const row = members.find((one) => one.id === id);
  return `${row.firstName} ${row.lastName}`;
};
const text = async (input: Record<string, unknown>): Promise<string> => (await session.ok('report', input)).text;
const rowsOf = async (input: Record<string, unknown>): Promise<(string | number | null)[][]> =>
  (await session.ok('report', { top: 200, ...input })).structured.rows;
const byLabel = async (input: Record<string, unknown>): Promise<Record<string, (number | null)[]>> =>
  Object.fromEntries((await rowsOf(input)).map(([label, ...values]) => [label, values as (number | null)[]]));

/** A time entry of Priya Nair, who works in India, on the morning of 24 November there: the evening of the 23rd in New York. */
const IN_INDIA = { timeStart: '2026-11-24T03:30:00Z', timeEnd: '2026-11-24T04:15:00Z' };

beforeAll(async () => {
  session = await startSession({ toolsets: 'core' });
  members = await everything(session.get, '/system/members');
  const member = { id: members.find(({ identifier }) => identifier === 'pnair').id };
  const ticket = (await session.get('/service/tickets?conditions=closedFlag=false&pageSize=1'))[0].id;
  const entry = { chargeToId: ticket, chargeToType: 'ServiceTicket', member, billableOption: 'Billable' };
  // Entered at 16:20 in New York, which is the 25th in India for the first, and two days after the second.
  for (const when of [IN_INDIA, { timeStart: '2026-11-22T05:00:00Z', timeEnd: '2026-11-22T06:30:00Z' }])
    expect((await session.rest('POST', '/time/entries', { ...entry, ...when })).status).toBe(201);
  // Somebody leaves a team, so that teams differ.
  const path = '/service/boards/1/teams';
  const [team] = await session.get(path);
  await session.rest('PATCH', `${path}/${team.id}`, [{ op: 'replace', path: 'members', value: [2, 3] }]);
  teams = new Map();
  for (const board of await everything(session.get, '/service/boards'))
    for (const { name, members: ids } of await everything(session.get, `/service/boards/${board.id}/teams`))
      teams.set(name, new Set([...(teams.get(name) ?? []), ...ids]));
  [tickets, entries, companies] = (await Promise.all(
    ['/service/tickets', '/time/entries', '/company/companies'].map((list) => everything(session.get, list)),
  )) as [Rec[], Rec[], Rec[]];
  leave = new Set(
    (await session.get('/time/workTypes')).filter((row: Rec) => row.accrualType).map((row: Rec) => row.id),
  );
});
afterAll(() => session?.close());

describe('teams', () => {
  it('have the utilization of their members, each in all of their teams', async () => {
    const found = await byLabel({ measures: ['utilization', 'hours', 'capacity'], by: ['team'], ...LAST_MONTH });
    const own = await byLabel({ measures: ['capacity'], by: ['member'], ...LAST_MONTH });
    expect(
      Object.keys(found)
        .filter((name) => name !== '(no team)')
        .sort(),
    ).toEqual([...teams.keys()].sort());
    for (const [name, ids] of teams) {
      const capacity = [...ids].reduce((total, id) => total + (own[nameOf(id)]?.[0] ?? 0), 0);
      const ofTeam = (rows: readonly Rec[]): number =>
        sum(
          rows.filter(({ member }) => ids.has(member.id)),
          hours,
        );
      expect(found[name]?.[2], name).toBeCloseTo(capacity, 2);
      expect(found[name]?.[1], name).toBeCloseTo(ofTeam(entries.filter((row) => OCTOBER(row.timeStart))), 2);
      expect(found[name]?.[0], name).toBeCloseTo((ofTeam(worked()) / capacity) * 100, 1);
    }
    const said = await text({ measures: ['utilization'], by: ['team'], ...LAST_MONTH });
    expect(said).toContain('A member of several teams counts for each of them; in the total once.');
    expect(said).toContain('team: the teams of boards that members are in now.');
  });

  it('narrow the hours of members with their utilization', async () => {
    const where = [{ field: 'team', value: 'Service Team' }];
    const found = await byLabel({ measures: ['utilization', 'hours'], by: ['member'], where, ...LAST_MONTH });
    expect(Object.keys(found).sort()).toEqual([...(teams.get('Service Team') ?? [])].map(nameOf).sort());
    const chen = entries.filter((row) => OCTOBER(row.timeStart) && row.member.identifier === 'achen');
    expect(found['Alex Chen']?.[1]).toBe(sum(chen, hours));
  });

  it('have the habits and plans of their members', async () => {
    const late = await byLabel({ measures: ['lateEntry', 'timeOff'], by: ['team'], ...LAST_MONTH });
    expect(
      Object.keys(late)
        .filter((name) => name !== '(no team)')
        .sort(),
    ).toEqual([...teams.keys()].sort());
    const ids = teams.get('Service Team') ?? new Set();
    const off = entries.filter((row) => OCTOBER(row.timeStart) && leave.has(row.workType.id) && ids.has(row.member.id));
    expect(late['Service Team']?.[1]).toBe(sum(off, hours));
    // Of a plan all of the period is due, in a ratio alone as well: it is Tuesday.
    const plan = { by: ['member'], period: 'this week' };
    const apart = await byLabel({ measures: ['scheduled', 'capacity'], ...plan });
    const ratio = await byLabel({ measures: ['scheduled/capacity'], ...plan });
    const [booked, due] = apart['Jordan Doe'] ?? [];
    expect(due).toBeGreaterThan(16);
    expect(ratio['Jordan Doe']?.[0]).toBeCloseTo((Number(booked) / Number(due)) * 100, 1);
  });

  it('are those of the ticket where work is told apart by tickets, which is said', async () => {
    const where = [{ field: 'team', value: 'Service Team' }];
    expect(await text({ measures: ['hours'], by: ['team'], ...LAST_MONTH })).toContain(
      'team: the one that the ticket is given to.',
    );
    expect(await text({ measures: ['utilization', 'opened'], where, ...LAST_MONTH })).toContain(
      'team: the teams of boards that members are in now for utilization; the one that the ticket is given to for opened.',
    );
    expect(await session.refused('report', { measures: ['utilization', 'opened'], by: ['team'] })).toContain(
      'team means different things for utilization, opened',
    );
    expect(
      await session.refused('report', { measures: ['capacity'], where: [{ field: 'team', value: 'Nobodies' }] }),
    ).toMatch(/no team "Nobodies"/);
  });
});

describe('time', () => {
  it('is entered late by the days of its member, not by those of New York', async () => {
    const { 'Priya Nair': found } = await byLabel({
      measures: ['lateEntry', 'entryDelay', 'entryDelay:max'],
      by: ['member'],
      period: '2026-11-01..2026-11-24',
    });
    const fits = inDays('2026-11-01', '2026-11-25');
    const own = entries.filter((row) => row.member.identifier === 'pnair' && fits(row.timeStart));
    const day = (moment: string): string => DateTime.fromISO(moment, { zone: 'Asia/Kolkata' }).toISODate() ?? '';
    const late = own.filter((row) => day(row.dateEntered) > day(row.timeEnd));
    const delays = own.map((row) => Math.max(0, Date.parse(row.dateEntered) - Date.parse(row.timeEnd)) / 3_600_000);
    expect(late).toHaveLength(2);
    // More of them lie on two days of New York, and were entered as soon as they were done.
    expect(own.filter((row) => local(row.dateEntered).day > local(row.timeStart).day).length).toBeGreaterThan(2);
    expect(found?.[0]).toBeCloseTo((late.length / own.length) * 100, 1);
    expect(found?.[1]).toBeCloseTo(mean(delays), 1);
    expect(found?.[2]).toBeCloseTo(Math.max(...delays), 1);
  });

  it('of whoever asks is counted in the zone of the conversation, as on the sheet', async () => {
    const ticket = (await session.get('/service/tickets?conditions=closedFlag=false&pageSize=1'))[0].id;
    // From 04:00 to 05:00 in New York, which is the evening of that day in Auckland; entered at 10:20 there, on the next.
    const when = { timeStart: '2026-11-24T09:00:00Z', timeEnd: '2026-11-24T10:00:00Z' };
    const entry = { chargeToId: ticket, chargeToType: 'ServiceTicket', member: { id: 1 }, ...when };
    const { body } = await session.rest('POST', '/time/entries', entry);
    const asked = { measures: ['lateEntry', 'hours'], period: '2026-11-24', where: [{ field: 'member', value: 'me' }] };
    expect((await session.ok('report', asked)).structured.totals).toEqual({ lateEntry: 0, hours: 1 });
    const away = await session.restart({ CWM_TIME_ZONE: 'Pacific/Auckland' });
    try {
      expect((await away.ok('report', asked)).structured.totals).toEqual({ lateEntry: 100, hours: 1 });
      const { text: said } = await away.ok('report', { measures: ['hours'], by: ['weekday'], period: 'last week' });
      expect(said).toMatch(/those of Pacific\/Auckland, also for who is elsewhere: Alex Chen/);
      expect(said).not.toContain('Jordan Doe');
    } finally {
      await away.close();
      await session.rest('DELETE', `/time/entries/${body.id}`);
    }
  });

  it('is overtime of the week of the zone in which the hours due are counted', async () => {
    const ticket = (await session.get('/service/tickets?conditions=closedFlag=false&pageSize=1'))[0].id;
    const away = await session.restart({ CWM_TIME_ZONE: 'Pacific/Auckland' });
    const asked = {
      measures: ['overtime', 'hours', 'capacity'],
      period: '2026-11-23 to 2026-11-29',
      where: [{ field: 'member', value: 'me' }],
    };
    // From Monday afternoon in Auckland, which is Sunday night in New York.
    const when = { timeStart: '2026-11-23T04:00:00Z', timeEnd: '2026-11-24T04:00:00Z' };
    const entry = { chargeToId: ticket, chargeToType: 'ServiceTicket', member: { id: 1 }, ...when };
    const made = [
      await session.rest('POST', '/time/entries', entry),
      await session.rest('POST', '/time/entries', entry),
    ];
    try {
      const { overtime, hours, capacity } = (await away.ok('report', asked)).structured.totals;
      expect(hours).toBe(48);
      expect(overtime).toBeCloseTo(hours - capacity, 2);
    } finally {
      await away.close();
      for (const { body } of made) await session.rest('DELETE', `/time/entries/${body.id}`);
    }
  });

  it('earns its rate without time off', async () => {
    const quarter = inDays('2026-07-01', '2026-10-01');
    const { structured } = await session.ok('report', { measures: ['effectiveRate'], period: 'last quarter' });
    const invoices = (await everything(session.get, '/finance/invoices')).filter(
      ({ date }) => date >= '2026-07-01' && date < '2026-10-01',
    );
    const spent = entries.filter((row) => quarter(row.timeStart) && !leave.has(row.workType.id));
    expect(entries.some((row) => quarter(row.timeStart) && leave.has(row.workType.id))).toBe(true);
    expect(structured.totals.effectiveRate).toBeCloseTo(
      sum(invoices, (row) => row.total - (row.salesTax ?? 0)) / sum(spent, hours),
      2,
    );
  });

  it('is told by what it is charged to, and by the tickets that it touched', async () => {
    const found = await rowsOf({ measures: ['hours', 'touched'], by: ['recordType'], ...LAST_MONTH });
    const own = entries.filter((row) => OCTOBER(row.timeStart));
    const expected = [...new Set(own.map((row) => row.chargeToType))].map((type) => {
      const rows = own.filter((row) => row.chargeToType === type);
      const numbers = new Set(rows.filter(() => type.endsWith('Ticket')).map((row) => row.chargeToId));
      return [spaced(type), sum(rows, hours), numbers.size];
    });
    expect(found.sort()).toEqual(expected.sort());
    const { structured } = await session.ok('report', { measures: ['touched'], by: ['member'], ...LAST_MONTH });
    const all = own.filter((row) => row.chargeToType.endsWith('Ticket'));
    expect(structured.totals.touched).toBe(new Set(all.map((row) => `${row.chargeToType}${row.chargeToId}`)).size);
    const chen = all.filter((row) => row.member.identifier === 'achen');
    expect(structured.rows).toContainEqual([
      'Alex Chen',
      new Set(chen.map((row) => `${row.chargeToType}${row.chargeToId}`)).size,
    ]);
  });
});

describe('tickets', () => {
  it('that nobody has worked on, that lie idle, and what one takes', async () => {
    const open = tickets.filter((row) => row.closedFlag !== true);
    const idle = (row: Rec): number => (+NOW - Date.parse(row._info.lastUpdated)) / 86_400_000;
    const now = await byLabel({ measures: ['untouched', 'idleDays', 'idleDays:max'], by: ['board'] });
    for (const board of new Set(open.map((row) => row.board.name))) {
      const own = open.filter((row) => row.board.name === board);
      expect(now[board]?.[0]).toBe(own.filter((row) => !(row.actualHours > 0)).length);
      expect(now[board]?.[1]).toBeCloseTo(mean(own.map(idle)), 1);
      expect(now[board]?.[2]).toBeCloseTo(Math.max(...own.map(idle)), 1);
    }
    const closed = tickets.filter((row) => row.closedFlag === true && OCTOBER(row.closedDate));
    const { structured } = await session.ok('report', { measures: ['hours per ticket'], ...LAST_MONTH });
    expect(structured.totals.ticketHours).toBeCloseTo(mean(closed.map(hours)), 2);
  });

  it('of every board, those without any as well', async () => {
    const boards = async (measure: string): Promise<string[]> =>
      Object.keys(await byLabel({ measures: [measure], by: ['board'], period: '2020-01-01..2020-01-31' }));
    const every = await boards('closed');
    expect(every).toContain('Help Desk');
    expect(await boards('ticketHours')).toEqual(every);
  });
});

describe('who has nothing', () => {
  const since = inDays('2026-08-26', '2026-11-25');

  it('is among the customers when the least are asked for', async () => {
    const activities = (await everything(session.get, '/sales/activities')).filter((row) => since(row.dateStart));
    const busy = new Set(activities.map((row) => row.company?.name));
    const idle = companies
      .filter((row) => row.status.name === 'Active' && row.deletedFlag !== true && !busy.has(row.name))
      .map((row) => row.name);
    expect(idle.length).toBeGreaterThan(2);
    const input = { measures: ['activities'], by: ['company'], period: '2026-08-26..2026-11-24' };
    const least = await rowsOf({ ...input, orderBy: 'activities asc' });
    expect(
      least
        .slice(0, idle.length)
        .map(([name]) => name)
        .sort(),
    ).toEqual(idle.sort());
    expect(least[0]?.[1]).toBe(0);
    const none = await session.ok('report', { ...input, where: [{ field: 'activities', op: 'eq', value: '0' }] });
    expect(none.structured.rows).toHaveLength(Math.min(25, idle.length));
    expect(none.text).toContain(`Shown: ${idle.length} of ${new Set([...idle, ...busy]).size}, with activities = 0.`);
    // Nobody asks for them otherwise.
    expect((await rowsOf(input)).every(([, count]) => Number(count) > 0)).toBe(true);
  });

  it('is among the agreements that were not invoiced', async () => {
    const agreements = await everything(session.get, '/finance/agreements?conditions=agreementStatus="Active"');
    const where = [{ field: 'billedAgreements', op: '=', value: 0 }];
    const found = await rowsOf({ measures: ['billedAgreements'], by: ['agreement'], period: 'this month', where });
    const billed = (await everything(session.get, '/finance/invoices')).filter(({ date }) => date >= '2026-11-01');
    const expected = agreements.filter((row) => !billed.some(({ agreement }) => agreement?.id === row.id));
    expect(found).toHaveLength(expected.length);
  });

  it('groups are told by what they come to', async () => {
    const all = await byLabel({ measures: ['utilization'], by: ['member'], ...LAST_MONTH });
    const input = { measures: ['utilization'], by: ['member'], ...LAST_MONTH };
    const found = await rowsOf({ ...input, where: [{ field: 'utilization', op: '<', value: '50%' }] });
    const expected = Object.entries(all).filter(([, [share]]) => share !== null && Number(share) < 50);
    expect(found.map(([name]) => name).sort()).toEqual(expected.map(([name]) => name).sort());
    const where = (value: string) => [{ field: 'hours', op: 'gt', value }];
    expect(await session.refused('report', { measures: ['hours'], by: ['member'], where: where('many') })).toContain(
      'hours is compared with a number',
    );
    expect(await session.refused('report', { measures: ['hours'], by: ['member'], where: where('1.250') })).toContain(
      'hours is compared with either 1.25 or 1250.',
    );
    // Numbers read as everywhere else: a comma before one or two digits is a decimal one.
    const decimal = await session.ok('report', {
      measures: ['hours'],
      by: ['member'],
      ...LAST_MONTH,
      where: where('12,5'),
    });
    expect(decimal.text).toContain('with hours > 12.5.');
    expect(
      await session.refused('report', { measures: ['hours'], by: ['member', 'week'], where: where('40') }),
    ).toContain('Send one by.');
  });
});

describe('what is open-ended beside what has a period', () => {
  it('is told whole where nobody says a period', async () => {
    const { structured, text: said } = await session.ok('report', { measures: ['deals', 'wonDeals'] });
    const statuses = await session.get('/sales/opportunities/statuses');
    const closed = new Set(statuses.filter((row: Rec) => row.closedFlag).map((row: Rec) => row.id));
    const deals = await everything(session.get, '/sales/opportunities');
    expect(structured.totals.deals).toBe(deals.filter((row) => !closed.has(row.status.id)).length);
    expect(said).toContain('deals: all, whatever the date; the period is that of the others (last 30 days).');
    expect(await session.refused('report', { measures: ['deals', 'wonDeals'], by: ['month'] })).toContain(
      'deals counts what is to come as well, the others what is past. Say a period.',
    );
  });

  it('is told by the same people', async () => {
    const found = await byLabel({ measures: ['salesCycle', 'dealAge'], by: ['rep'], period: 'this year' });
    expect(Object.keys(found)).toEqual(['Blake West']);
  });
});

describe('ratios to people, customers and products', () => {
  it('count people and customers once', async () => {
    const { structured } = await session.ok('report', { measures: ['customers', 'staff', 'mrr/customers', 'mrr'] });
    const { totals } = structured;
    const active = await everything(session.get, '/finance/agreements?conditions=agreementStatus="Active"');
    expect(totals.customers).toBe(new Set(active.map(({ company }) => company.id)).size);
    const staff = members.filter(
      (row) => !row.inactiveFlag && row.licenseClass !== 'A' && row.requireTimeSheetEntryFlag !== false,
    );
    expect(totals.staff).toBe(staff.length);
    expect(totals['mrr/customers']).toBeCloseTo(totals.mrr / totals.customers, 2);
  });

  it('tell products by what the catalog says of them', async () => {
    const catalog = new Map((await everything(session.get, '/procurement/catalog')).map((row) => [row.id, row]));
    const sold = (await everything(session.get, '/procurement/products')).filter((row) => row.invoice);
    for (const [by, label] of [
      ['type', (row: Rec) => catalog.get(row.catalogItem.id).type.name],
      ['category', (row: Rec) => catalog.get(row.catalogItem.id).category.name],
      ['class', (row: Rec) => spaced(row.productClass)],
    ] as const) {
      const found = await byLabel({ measures: ['productRevenue'], by: [by], period: 'this year' });
      for (const name of new Set(sold.map(label)))
        expect(found[name]?.[0], name).toBeCloseTo(
          sum(
            sold.filter((row) => label(row) === name),
            (row) => row.quantity * row.price,
          ),
          2,
        );
      expect(Object.keys(found)).toHaveLength(new Set(sold.map(label)).size);
    }
    // Of tickets a category is the type.
    const ofTickets = await session.ok('report', { measures: ['opened'], by: ['category'], orderBy: 'category' });
    expect(ofTickets.structured.columns[0]).toBe('type');
    const byClass = await session.ok('report', { measures: ['opened'], by: ['class'], orderBy: 'class' });
    expect(byClass.structured.rows).toEqual(ofTickets.structured.rows);
  });
});

describe('what is ordered', () => {
  it('and not received, by the lines of open orders', async () => {
    const [order] = (await everything(session.get, '/procurement/purchaseorders')).filter((row) => !row.closedFlag);
    const path = `/procurement/purchaseorders/${order.id}/lineitems`;
    const [line, other] = await session.get(path);
    const patch = (id: number, member: string, value: unknown) =>
      session.rest('PATCH', `${path}/${id}`, [{ op: 'replace', path: member, value }]);
    expect((await patch(line.id, 'receivedQuantity', 1)).status).toBe(200);
    expect((await patch(other.id, 'expectedShipDate', '2026-11-20T00:00:00Z')).status).toBe(200);
    const open: Rec[] = [];
    for (const row of await everything(session.get, '/procurement/purchaseorders'))
      if (!row.closedFlag)
        for (const one of await session.get(`/procurement/purchaseorders/${row.id}/lineitems`))
          if (!one.closedFlag && !one.canceledFlag && one.quantity > one.receivedQuantity) open.push(one);
    const left = (row: Rec): number => row.quantity - row.receivedQuantity;
    const found = await byLabel({ measures: ['unreceived', 'items not received'], by: ['product'] });
    for (const product of new Set(open.map((row) => row.product.identifier))) {
      const own = open.filter((row) => row.product.identifier === product);
      expect(found[product]).toEqual([sum(own, (row) => left(row) * row.unitCost), sum(own, left)]);
    }
    const { structured } = await session.ok('report', { measures: ['unreceived'], by: ['age'] });
    expect(structured.columns).toEqual(['days past the expected ship date', 'unreceived']);
    const late = (row: Rec): boolean => row.expectedShipDate < '2026-11-24';
    const isLate = ([age]: [string, number]): boolean => age !== 'not overdue' && age !== '(none)';
    expect(sum(structured.rows.filter(isLate), ([, value]: [string, number]) => value)).toBeCloseTo(
      sum(open.filter(late), (row) => left(row) * row.unitCost),
      2,
    );
    expect(open.some(late) && !open.every(late)).toBe(true);
  });
});

describe('amounts of work', () => {
  it('are in the currency of the customer, and never added up in two', async () => {
    expect(await text({ measures: ['unbilled'] })).toMatch(/In all: unbilled [\d,.]+ USD\./);
    const unbilled = await byLabel({ measures: ['unbilled'], by: ['company'] });
    const { id } = companies.find(({ name }) => name === 'Wayne Logistics');
    await session.rest('PATCH', `/company/companies/${id}`, [{ op: 'replace', path: 'currency', value: { id: 4 } }]);
    const later = await session.restart();
    try {
      expect(await later.refused('report', { measures: ['unbilled'] })).toMatch(/These amounts are in .*EUR/);
      const { structured } = await later.ok('report', { measures: ['unbilled'], by: ['currency'] });
      const found = Object.fromEntries(structured.rows);
      expect(Object.keys(found).sort()).toEqual(['EUR', 'USD']);
      expect(found.EUR).toBeCloseTo(unbilled['Wayne Logistics']?.[0] ?? 0, 2);
      for (const by of [['currency'], ['company', 'currency']]) {
        const apart = await later.ok('report', { measures: ['unbilled', 'unbilledHours', 'share of unbilled'], by });
        const { unbilledHours: _, ...amounts } = apart.structured.totals;
        expect(amounts).toEqual({
          'unbilled USD': found.USD,
          'unbilled EUR': found.EUR,
          'share of unbilled USD': 100,
          'share of unbilled EUR': 100,
        });
        const shown = (amount: number): string => amount.toLocaleString('en-US', { minimumFractionDigits: 2 });
        expect(apart.text).toContain(`unbilled ${shown(found.USD)} USD + ${shown(found.EUR)} EUR, unbilledHours `);
      }
      const few = await later.ok('report', { measures: ['unbilled'], by: ['company', 'currency'], top: 1 });
      expect(few.text).toMatch(/Left out: \d+ of \d+, together unbilled [\d,.]+ \w+/);
      // Invoices in two currencies are not told as one, whichever of the periods they are of.
      const path = '/finance/invoices?conditions=date>=[2026-10-01] and date<[2026-11-01]&pageSize=1000';
      const october = await session.get(path);
      const inCurrency = async (currency?: unknown): Promise<void> => {
        for (const invoice of october)
          await session.rest('PATCH', `/finance/invoices/${invoice.id}`, [
            { op: 'replace', path: 'currency', value: currency ?? invoice.currency },
          ]);
      };
      await inCurrency({ id: 4 });
      expect(
        await later.refused('report', { measures: ['billed'], period: 'last month', compare: 'previous' }),
      ).toMatch(/These amounts are in .*, which are not added up\. Send by: currency/);
      expect(await later.refused('report', { measures: ['margin'], period: 'last month' })).toMatch(
        /labourCost is in your own\. Send where with the field currency\./,
      );
      await inCurrency();
    } finally {
      await later.close();
    }
    expect(unbilled['Wayne Logistics']?.[0]).toBeGreaterThan(0);
  });

  it('without a date are on no day', async () => {
    const [ticket] = await session.get(
      '/service/tickets?conditions=closedFlag=false and company/name="Acme Corporation"',
    );
    const charged = { ticket: { id: ticket.id }, company: { id: ticket.company.id } };
    const made = await session.rest('POST', '/procurement/products', {
      ...charged,
      catalogItem: { identifier: 'LT-14' },
      quantity: 1,
      price: 75,
      billableOption: 'Billable',
    });
    expect(made.status, made.text).toBe(201);
    const later = await session.restart();
    try {
      const where = [{ field: 'type', value: 'products' }];
      for (const by of ['day', 'month', 'weekday', 'hour']) {
        const { structured } = await later.ok('report', {
          measures: ['unbilled'],
          by: [by],
          period: 'this month',
          where,
        });
        const worth = structured.rows.filter(([, value]: [string, number]) => value !== 0);
        expect(worth).toEqual([['(no date)', 75]]);
      }
    } finally {
      await later.close();
      await session.rest('DELETE', `/procurement/products/${made.body.id}`);
    }
  });
});

describe('ten whole answers', () => {
  const ANSWERS: readonly Record<string, unknown>[] = [
    { measures: ['opened', 'closed'], period: 'this month', compare: 'previous' },
    { measures: ['backlog', 'opened', 'closed'], by: ['week'], period: 'last 13 weeks' },
    { measures: ['responseHours', 'responseHours:p90'], by: ['priority'], period: 'last month' },
    { measures: ['opened/endpoints', 'opened', 'endpoints'], by: ['company'], period: 'last 90 days', top: 5 },
    { measures: ['utilization', 'billableUtilization'], by: ['member'], period: 'last month' },
    { measures: ['mrr', 'opened', 'hours', 'mrr/hours'], by: ['company'], period: 'last month' },
    { measures: ['balance'], by: ['company', 'age'] },
    {
      measures: ['slaMet', 'responseSla', 'resolutionSla'],
      by: ['priority'],
      period: 'last month',
      compare: 'previous',
    },
    { measures: ['budget', 'actual', 'actual/budget'], by: ['project'] },
    { measures: ['mrr', 'newMrr', 'lostMrr'], by: ['month'], period: 'last 12 months' },
  ];

  it('take fewer than 2,500 tokens, and say period, zone, what was read and what ratios mean', async () => {
    const answers = await Promise.all(ANSWERS.map(text));
    for (const answer of answers) {
      expect(answer).toMatch(/^(?:Period: |As of ).*\(America\/New_York\)/);
      expect(answer).toMatch(/\nBased on \d+ .*\.$/);
    }
    expect(answers[5]).toMatch(/\nmrr\/hours: mrr \(.+\) \/ hours \(.+\)\./);
    expect(answers.reduce((total, answer) => total + encode(answer).length, 0)).toBeLessThan(2_500);
  });

  it('tell percentages under a title, days and weeks without the year, and lines with nothing as one', async () => {
    const said = await text({ measures: ['slaMet'], by: ['week'], period: 'last month', compare: 'previous' });
    expect(said).toMatch(/^week of 2026\|slaMet %\|before\|points$/m);
    expect(said).toMatch(/^W4\d\*?\|[\d.]+\|[\d.]+\|[+\d.-]+$/m);
    const over = await text({ measures: ['hours'], by: ['day'], period: '2025-12-30..2026-01-02' });
    expect(over).toMatch(/^day\|hours$/m);
    expect(over).toMatch(/^2025-12-30\|/m);
    const pairs = await text({ measures: ['afterHours'], by: ['weekday', 'company'], period: 'last quarter' });
    expect(pairs).not.toMatch(/\|0$/m);
    expect(pairs).toContain('What is 0 throughout is left out.');
  });
});

describe('a custom field of the customers', () => {
  const TIERS: Readonly<Record<string, string>> = { Globex: 'Gold', Initech: 'Gold', Hooli: 'Bronze' };
  const tierOf = (row: Rec): string => TIERS[row.company?.identifier] ?? '(none)';
  const cameIn = (): Rec[] => tickets.filter((row) => OCTOBER(row._info.dateEntered));

  beforeAll(async () => {
    for (const { id, identifier, customFields } of companies.filter((row) => TIERS[row.identifier])) {
      const value = customFields.map((one: Rec) =>
        one.caption === 'Account tier' ? { ...one, value: TIERS[identifier] } : one,
      );
      const path = `/company/companies/${id}`;
      expect((await session.rest('PATCH', path, [{ op: 'replace', path: 'customFields', value }])).status).toBe(200);
    }
  });

  it('splits what belongs to them, whatever it is', async () => {
    const found = await byLabel({ measures: ['opened', 'hours', 'mrr'], by: ['account tier'], ...LAST_MONTH });
    expect(Object.keys(found).sort()).toEqual(['(none)', 'Bronze', 'Gold']);
    for (const tier of Object.keys(found)) {
      const of = (rows: readonly Rec[]): Rec[] => rows.filter((row) => tierOf(row) === tier);
      expect(found[tier]?.[0] ?? 0).toBe(of(cameIn()).length);
      expect(found[tier]?.[1]).toBeCloseTo(sum(of(entries.filter((row) => OCTOBER(row.timeStart))), hours), 2);
    }
  });

  it('narrows it, alone and beside other figures', async () => {
    const gold = cameIn().filter((row) => tierOf(row) === 'Gold').length;
    expect(gold).toBeGreaterThan(0);
    for (const field of ['Account tier', 'customFields/Account tier']) {
      const where = [{ field, value: 'Gold' }];
      expect(await text({ measures: ['opened'], where, ...LAST_MONTH })).toMatch(
        new RegExp(`^Only: company with Account tier eq Gold\\.\nIn all: opened ${gold}\\.`, 'm'),
      );
      const rows = await byLabel({ measures: ['opened', 'mrr'], by: ['company'], where, ...LAST_MONTH });
      expect(sum(Object.values(rows), ([count]: Rec) => count ?? 0)).toBe(gold);
    }
  });

  it('is told from one that nobody has', async () => {
    expect(await session.refused('report', { measures: ['opened'], by: ['Mood'] })).toMatch(
      /neither a dimension .*Allowed: .*Root cause.*Account tier/s,
    );
  });
});

describe('an answer as a file', () => {
  it('has every group', async () => {
    const asked = { measures: ['endpoints'], by: ['company'] };
    const devices = await everything(session.get, '/company/configurations?conditions=activeFlag=true');
    const lines = (await text({ ...asked, format: 'csv' })).split('\n').slice(1);
    expect(lines.length).toBe(new Set(devices.map((row) => row.company.id)).size);
    expect(lines.length).toBeGreaterThan(25);
    expect(sum(lines, (line: Rec) => Number(/\d+$/.exec(line)?.[0]))).toBe(devices.length);
    expect((await text({ ...asked, format: 'csv', top: 3 })).split('\n').length).toBe(4);
  });
});

describe('the records behind a figure', () => {
  it('are as many, with those of projects told apart', async () => {
    const { structured } = await session.ok('report', { measures: ['opened'], ...LAST_MONTH });
    const asked = { opened: 'last month', state: 'any', limit: 1 };
    const ofProjects = (await everything(session.get, '/project/tickets')).filter((row) =>
      OCTOBER(row._info.dateEntered),
    ).length;
    const total = structured.totals.opened + ofProjects;
    const { text: both } = await session.ok('search_tickets', asked);
    expect(both).toContain(`of ${total} tickets`);
    expect(both).toContain(`${ofProjects} of the ${total} are project tickets.`);
    expect((await session.ok('search_tickets', { ...asked, kind: 'service' })).text).toContain(
      `of ${structured.totals.opened} tickets`,
    );
  });

  it('are found by the type of an appointment, which Manage keeps as a letter', async () => {
    const asked = { member: 'all', period: '2026-11-01..2026-12-31', includeDone: true, limit: 1 };
    const entryTotal = async (op: string, value: string): Promise<string | undefined> => {
      const where = [{ field: 'type/name', op, value }];
      return /of (\d+) schedule/.exec((await session.ok('search_schedule', { ...asked, where })).text)?.[1];
    };
    const meetings = (await everything(session.get, '/schedule/entries')).filter(
      (row) => row.type.identifier === 'N' && inDays('2026-11-01', '2027-01-01')(row.dateStart),
    );
    expect(await entryTotal('eq', 'Meeting')).toBe(String(meetings.length));
    expect(await entryTotal('contains', 'meet')).toBe(String(meetings.length));
    const where = [{ field: 'type/name', op: 'like', value: '%holiday%' }];
    expect(await session.refused('search_schedule', { ...asked, where })).toContain('Meeting');
  });
});
