import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { STORY } from '../../../src/sandbox/seed/story-figures.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await startSandbox({ now: NOW, tickets: 20, story: true });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const OURS = `company/identifier='${STORY.company}'`;
const list = async (path: string, conditions = OURS) =>
  (await rest('GET', `${path}?${new URLSearchParams({ conditions, pageSize: '1000' })}`)).body;
const count = async (conditions: string): Promise<number> =>
  (await rest('GET', `/service/tickets/count?${new URLSearchParams({ conditions: `${OURS} and ${conditions}` })}`)).body
    .count;
type LogRow = { ticketNumber: number; closedFlag: boolean };
const sum = (rows: Record<string, number>[], member: string): number =>
  rows.reduce((all, row) => all + (row[member] ?? 0), 0);

it('bills too few workstations, all servers, and a firewall too many', async () => {
  const [agreement] = await list('/finance/agreements', `${OURS} and type/name='Managed Services'`);
  const additions = (await rest('GET', `/finance/agreements/${agreement.id}/additions`)).body;
  const difference: number[] = [];
  for (const [kind, identifier] of STORY.devices) {
    const devices = await list('/company/configurations', `${OURS} and type/name='${kind}'`);
    const addition = additions.find(
      ({ product }: { product: { identifier: string } }) => product.identifier === identifier,
    );
    difference.push(addition.quantity - devices.length);
  }
  expect(difference).toEqual([-2, 0, 1]);
  expect(sum(additions, 'extPrice')).toBe(10 * 95 + 3 * 220 + 2 * 890);
});

it('used six hours more than the block of last month has', async () => {
  const [agreement] = await list('/finance/agreements', `${OURS} and type/name='Block Time'`);
  const entries = await list('/time/entries', `agreement/id=${agreement.id}`);
  expect(agreement.applicationLimit).toBe(40);
  expect(sum(entries, 'actualHours')).toBe(46);
});

it('opened and closed so many tickets each month, and left two', async () => {
  const begins = ['2026-08-01', '2026-09-01', '2026-10-01', '2026-11-01'].map((day) => `[${day}T04:00:00Z]`);
  for (const [index, { opened, closed }] of STORY.months.entries()) {
    const within = (member: string) => `${member}>=${begins[index]} and ${member}<${begins[index + 1]}`;
    expect({ opened: await count(within('dateEntered')), closed: await count(within('closedDate')) }).toEqual({
      opened,
      closed,
    });
  }
  expect(await count('closedFlag=false')).toBe(2);
});

it('kept the service level for 38 of 48', async () => {
  expect(await count('closedFlag=true and isInSla=true')).toBe(38);
  expect(await count('closedFlag=true and isInSla=false')).toBe(10);
});

it('reopened three tickets', async () => {
  const log = await list('/service/tickets/changelogs', "companyName='Story Bakery'");
  const isReopened = (row: LogRow, index: number, rows: LogRow[]): boolean => {
    const before = rows.slice(0, index).findLast(({ ticketNumber }) => ticketNumber === row.ticketNumber);
    return row.closedFlag === false && before?.closedFlag === true;
  };
  const reopened = log.filter(isReopened);
  expect(reopened).toHaveLength(3);
});

it('owes 15,000, of which 14,000 are late', async () => {
  const invoices = await list('/finance/invoices');
  expect(sum(invoices, 'balance')).toBe(15_000);
  const late = await list('/finance/invoices', `${OURS} and dueDate<[2026-11-24T00:00:00Z]`);
  expect(late.map(({ balance }: { balance: number }) => balance)).toEqual([2000, 3000, 4000, 5000]);
});

it('kept its technicians busy for 35, 25 and 15 of 40 hours last week', async () => {
  const hours = [];
  for (const [member] of STORY.technicians)
    hours.push(
      sum(await list('/time/entries', `member/identifier='${member}' and billableOption='Billable'`), 'actualHours'),
    );
  expect(hours).toEqual([35, 25, 15]);
});

it('leaves all other records as they are without it', async () => {
  const plain = await startSandbox({ now: NOW, tickets: 20 });
  const other = restOf(plain);
  for (const path of ['/service/tickets', '/time/entries', '/finance/invoices']) {
    const page = `${path}?pageSize=20`;
    expect((await rest('GET', page)).body.map(({ id }: { id: number }) => id)).toEqual(
      (await other('GET', page)).body.map(({ id }: { id: number }) => id),
    );
  }
  await plain.close();
});
