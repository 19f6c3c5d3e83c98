import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReport } from '../../src/cli/report.ts';
import { prompts } from '../../tools/prompts.ts';
import { type Session, startSession } from '../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core' });
});
afterAll(() => session?.close());

const text = async (input: Record<string, unknown>): Promise<string> => (await session.ok('report', input)).text;

/** How many requests reach the sandbox for a report. */
async function requestsOf(input: Record<string, unknown>): Promise<number> {
  const before = session.sandbox.requests.length;
  await session.ok('report', input);
  return session.sandbox.requests.length - before;
}

describe('a report refuses', () => {
  it.each([
    [
      { measures: ['churn'] },
      /^There is no measure "churn"\. Did you mean lostMrr or netMrr or expired\?\n(?!Allowed)/,
    ],
    [{ measures: ['pipelin'] }, /no measure "pipelin"\. Did you mean pipeline/],
    [{ measures: ['hours'], by: ['stage'] }, /hours cannot be split by stage\.\nAllowed: company, /],
    [{ measures: ['endpoints'], by: ['month'] }, /no history of it.*as of now only/],
    [{ measures: ['opened'], by: ['Root couse'] }, /nor a custom field of its records\. Did you mean Root cause\?/],
    [{ measures: ['opened'], by: ['company', 'board', 'type'] }, /at most two/],
    [{ measures: ['billed', 'hours'], by: ['type'] }, /type means different things for billed, hours/],
    [
      { measures: ['billableUtilization'], by: ['board'] },
      /billableShare can be split by board: billable hours \/ hours/,
    ],
    [{ measures: ['effectiveRate'], by: ['type'] }, /effectiveRate cannot be split by type/],
    [
      {
        measures: ['opened'],
        where: [
          { field: 'board', value: 'Internal' },
          { field: 'queue', value: 'Help Desk' },
        ],
      },
      /board cannot be Internal and Help Desk at once\. For either of them send one entry with op in/,
    ],
    [{ measures: ['opened'], by: ['configurationType'] }, /"configurationType" is neither a dimension/],
    [{ measures: ['opened'], by: ['invoice type'] }, /"invoice type" is neither a dimension/],
    [{ measures: ['expenses'], by: ['ticketType'] }, /"ticketType" is neither a dimension/],
    [{ measures: ['hours', 'endpoints'], by: ['ticketType'] }, /"ticketType" is neither a dimension/],
    [
      { measures: ['opened'], where: [{ field: 'configurationType', value: 'Incident' }] },
      /service tickets have no configurationType/,
    ],
    [{ measures: ['opened'], by: ['week', 'month'] }, /one unit of the calendar/],
    [{ measures: ['opened'], period: 'next month' }, /has not begun/],
    [{ measures: ['hours'], by: ['day'], period: 'all time' }, /too many of by: day/],
    [
      { measures: ['opened'], by: ['board'], orderBy: 'hours' },
      /orderBy: "hours" is not in this report\.\nAllowed: opened, board/,
    ],
    [{ measures: ['opened'], where: [{ field: 'type', value: 'Nonsense' }] }, /no type "Nonsense".*Incident/],
    [{ measures: ['opened'], where: [{ field: 'board', value: 'Help Dsk Two' }] }, /no board/],
    [{ measures: ['opened'], where: [{ field: 'colour', value: 'red' }] }, /colour/],
    [
      { measures: ['mrr'], where: [{ field: 'product', value: 'LT-99' }] },
      /have no product "LT-99"\.\nAllowed: .*MS-SEAT/,
    ],
    [{ measures: ['capacity'], where: [{ field: 'company', value: 'Initech' }] }, /working days have no company/],
    [{ measures: ['endpoints'], compare: 'previous' }, /no history of it, so there is nothing to compare/],
    [
      { measures: ['won', 'pipeline'], period: 'December' },
      /"December" is Mon 1 Dec 2025 .*for won, and Tue 1 Dec 2026|"December" is .*Dec 2025.* for won, and .*Dec .*for pipeline\. Say the year/,
    ],
    [{ measures: ['margin'], by: ['currency'] }, /margin cannot be split by currency/],
    [{ measures: [] }, /measures/],
    [{ measures: ['opened'], top: -1 }, /top has to be 1 or more/],
    [{ measures: ['opened'], top: 3 }, /top: without by there is one total and nothing to rank/],
    [{ measures: ['opened'], orderBy: 'opened' }, /orderBy: without by there is one total/],
    [{ measures: ['opened', 'closed', 'hours', 'billed', 'mrr', 'age', 'csat'] }, /one to 6/],
    [
      { measures: ['overdue'], by: ['member'] },
      /overdue cannot be split by member\. overdueTickets, overdueDeals can\./,
    ],
    [{ measures: ['opened'], where: [{ field: 'age', op: '>', value: '30' }] }, /opened has no age/],
    [
      { measures: ['backlog'], where: [{ field: 'age', op: '>', value: 'long' }] },
      /age is compared by size with a number of days/,
    ],
    [
      { measures: ['average revenue of all customers of ours'] },
      /is a ratio, .*\nAllowed: .* billed\{,Agreements,Expenses,Hours,.* csat surveys\.(?!.*\[cut)/s,
    ],
    [{ measures: ['weather'] }, /Allowed: opened closed backlog .* csat surveys\./],
    [{ measures: ['share of csat'], by: ['company'] }, /csat does not add up over groups, so there is no share of it/],
    [{ measures: ['share of mrr'], by: ['month'] }, /share of mrr stands anew in each month/],
    [{ measures: ['payments'], period: 'last 6 months' }, /This takes \d+ requests .* confirm: true/],
  ])('%j', async (input, expected) => {
    expect(await session.refused('report', input)).toMatch(expected);
  });

  it.each([
    ['company = Initech', { field: 'company', op: 'eq', value: 'Initech' }],
    ['board != "Help Desk"', { field: 'board', op: 'ne', value: 'Help Desk' }],
  ])('a filter in the language of Manage, with one that it takes: %s', async (where, entry) => {
    const said = await session.refused('report', { measures: ['opened'], where });
    expect(said).toContain(`Send where: ${JSON.stringify([entry])}`);
    expect(said).not.toContain('conditions');
    await session.ok('report', { measures: ['opened'], where: [entry] });
  });

  it('several filters in the language of Manage, with what it takes', async () => {
    const where = 'board = "Help Desk" and type = Incident';
    const said = await session.refused('report', { measures: ['opened'], where });
    expect(said).toContain('where takes entries such as [{"field":"company","op":"eq","value":"Acme"}]');
  });

  it('to add up what no record has', async () => {
    // The hourly cost of members is a matter of rights, and zero where nobody entered it; labour would cost nothing.
    const members = await session.get('/system/members?pageSize=1000');
    const hasCost = members.some((row: { hourlyCost?: number }) => (row.hourlyCost ?? 0) > 0);
    const { text: said, isError } = await session.call('report', { measures: ['labour cost'], period: 'last month' });
    if (hasCost) expect(said).toMatch(/labourCost [\d,]+/);
    else expect(said).toMatch(/none of these \d+ time entries has an hourly cost/);
    expect(isError).toBe(!hasCost);
  });

  it('many requests that nobody agreed to', async () => {
    const asked = await session.refused('report', { measures: ['reopened'], period: 'last 30 days' });
    expect(asked).toMatch(/This takes \d{2,} requests to Manage, one for each of the tickets.*confirm: true/);
  });

  it('nothing but the measure that takes them', async () => {
    const input = { period: 'last month', compare: 'previous', by: ['member'] };
    const { text: said, structured } = await session.ok('report', { ...input, measures: ['closed', 'reopened'] });
    expect(said).toMatch(/^In all: closed \d+ \(before/m);
    expect(said).toMatch(
      /reopened is not told\. This takes \d+ requests .*send measures: \["reopened"\] with confirm: true\./,
    );
    expect(structured.rows).toEqual((await session.ok('report', { ...input, measures: ['closed'] })).structured.rows);
    // Who closed nothing has a row as well.
    const members = await session.get('/system/members?pageSize=1000&conditions=inactiveFlag=false');
    const people = members.filter((member: { licenseClass: string }) => member.licenseClass !== 'A');
    expect(structured.rows).toHaveLength(people.length);
  });
});

describe('a report says', () => {
  it.each([
    [
      'its period, by default',
      { measures: ['opened'] },
      /^Period: last 30 days by default, Sun 25 Oct to Tue 24 Nov 16:20/,
    ],
    ['its zone', { measures: ['backlog'] }, /^As of Tue 24 Nov 2026 16:20 \(America\/New_York\)/],
    ['what was read', { measures: ['hours'], period: 'last week' }, /Based on \d+ time entries\.$/],
    [
      'what it divides by nothing',
      { measures: ['dso'], period: 'yesterday' },
      /dso: billed comes to 0, so there is nothing to divide by\./,
    ],
    [
      'the moment that it is compared with',
      { measures: ['mrr'], compare: 'lastYear' },
      /; before: as of Mon 24 Nov 2025 16:20\./,
    ],
    [
      'that moment at the end of a day',
      { measures: ['mrr'], period: 'last month', compare: 'prior period' },
      /^As of the end of Sat 31 Oct 2026 .*; before: as of the end of Wed 30 Sept 2026\./,
    ],
    [
      'what it is compared with, by other words',
      { measures: ['closed'], compare: 'yoy' },
      /; before: \w+ 25 Oct 2025 to/,
    ],
    [
      'which names a part of one was taken for',
      { measures: ['backlog'], where: [{ field: 'status', value: 'wait' }] },
      /Only: status wait \(Waiting on Customer, Waiting on Vendor\)\./,
    ],
    ['what is not over', { measures: ['opened'], by: ['month'] }, /2026-11\*\|[\s\S]*\* not over yet/],
    [
      'what a ratio is',
      { measures: ['hours/closed'], period: 'last month' },
      /hours\/closed: hours \(.*\) \/ closed \(/,
    ],
    ['what lacks a value', { measures: ['first response time'], period: 'Q3' }, /\d+ of \d+ lack a response/],
    [
      'what the top leaves out',
      { measures: ['opened'], by: ['company'], top: 2, period: 'Q3' },
      /Left out: \d+ of \d+, together opened \d+\./,
    ],
    [
      'who has no hours',
      { measures: ['hours'], by: ['member'], period: '2026-11-22' },
      /Alex Chen; .*Théo Moreau\|0\n/,
    ],
    ['months without records', { measures: ['billed'], by: ['month'], period: 'this year' }, /2026-02\|0\n/],
    ['the currency', { measures: ['mrr'] }, /mrr [\d,.]+ USD/],
    [
      'what it is compared with',
      { measures: ['opened'], compare: 'previous', period: 'this month' },
      /before: Thu 1 Oct to Sat 24 Oct 16:20/,
    ],
    [
      'that weeks are compared with weeks',
      { measures: ['opened'], by: ['week'], compare: 'previous', period: 'last 4 weeks' },
      /before: Tue 22 Sept to Tue 20 Oct/,
    ],
    [
      'that another year is the same days',
      { measures: ['opened'], compare: 'lastYear', period: 'last month' },
      /before: Wed 1 Oct 2025 to Fri 31 Oct 2025/,
    ],
    [
      'nothing of boards of projects',
      { measures: ['opened', 'hours'], by: ['board'], period: 'last month' },
      /Projects\|-\|/,
    ],
    [
      'whose clock weekdays and hours are',
      { measures: ['hours'], by: ['weekday'], period: 'last month' },
      /Weekdays and hours are those of America\/New_York, also for who is elsewhere: .*Priya Nair \(Asia\/Kolkata\)/,
    ],
    [
      'that response times are hours on the clock',
      { measures: ['responseHours'], period: 'last month' },
      /responseHours: average of the hours on the clock/,
    ],
    [
      'that a renewal is lost and new',
      { measures: ['lostMrr'], period: 'this month' },
      /lostMrr: monthly amounts .*renewed ones among them/,
    ],
    [
      'what a share of a part may mean',
      { measures: ['share of billable'], by: ['member'] },
      /^share of billable: what a group is of all billable\. billable hours \/ hours of time entries: billableShare; billable hours \/ capacity: billableUtilization\.\n/,
    ],
    [
      'what else a share of all may mean',
      { measures: ['share of unbilled'] },
      /^share of unbilled: what a group is of all unbilled\. "unbilled\/b": its part of another measure b\.\n/,
    ],
    ['what all shares are', { measures: ['share of hours'], by: ['member'] }, /In all: share of hours 100%\./],
    [
      'what is as of now beside what was',
      { measures: ['billed', 'endpoints'], period: 'last month' },
      /endpoints: as of now; Manage keeps no history of it\./,
    ],
    [
      'the present of what has no history, whatever the period',
      { measures: ['unscheduled'], period: 'last month' },
      /^As of Tue 24 Nov 2026 16:20/,
    ],
    ...['balance', 'overdue', 'unscheduled', 'untouched', 'endpoints', 'budget', 'staff', 'prepaidLeft'].map(
      (measure): [string, Record<string, unknown>, RegExp] => [
        `that ${measure} has no past`,
        { measures: [measure], period: 'last month' },
        new RegExp(`${measure}: as of now, whatever the period; Manage keeps no history of it\\.`),
      ],
    ),
    [
      'which of several filters is enough',
      {
        measures: ['opened'],
        where: [
          {
            any: [
              { field: 'board', value: 'Help Desk' },
              { field: 'priority', op: 'ne', value: 'Priority 1 - Critical' },
            ],
          },
        ],
      },
      /\nOnly: \(board eq Help Desk or priority ne Priority 1 - Critical\)\.\n/,
    ],
    [
      'the days of midnights in UTC, where only dates are counted',
      { measures: ['billed', 'opened'], period: '2026-10-01T00:00:00Z..2026-10-02T00:00:00Z' },
      /^Period: Thu 1 Oct \(America\/New_York\)\.\nIn all: billed 29,000 USD, opened \d+\./,
    ],
    [
      'that a month of what is expected is the coming one',
      { measures: ['weighted', 'deals'], period: 'December' },
      /^Period: Tue 1 Dec to Thu 31 Dec \(/,
    ],
    [
      'the definitions, when asked',
      { measures: ['backlog'], explain: true },
      /backlog: service tickets that were open/,
    ],
  ])('%s', async (_, input, expected) => {
    expect(await text(input)).toMatch(expected);
  });

  it('what has no date apart, whatever the period', async () => {
    const asked = { measures: ['unbilled'], period: 'last month' };
    const { structured: before } = await session.ok('report', asked);
    const [ticket] = await session.get('/service/tickets?conditions=closedFlag=false&pageSize=1');
    const product = { catalogItem: { id: 1 }, quantity: 10, price: 7.5, billableOption: 'Billable' };
    const link = { ticket: { id: ticket.id } };
    const made = await session.rest('POST', '/procurement/products', { ...product, ...link });
    expect(made.status, made.text).toBe(201);
    const later = await session.restart();
    for (const by of [[], ['month']]) {
      const { text: said, structured } = await later.ok('report', { ...asked, by });
      expect(structured.totals.unbilled).toBeCloseTo(before.totals.unbilled + 75, 2);
      expect(said).toContain('Without a date, and in it whatever the period: unbilled 75 USD.');
      if (by.length > 0) expect(structured.rows.at(-1)).toEqual(['(no date)', 75]);
    }
    await later.close();
    await session.rest('DELETE', `/procurement/products/${made.body.id}`);
  });

  it('why one measure is missing, and tells the others', async () => {
    for (const { id } of await session.get('/sales/opportunities?conditions=closedDate!=null'))
      await session.rest('DELETE', `/sales/opportunities/${id}/forecast`);
    const input = { measures: ['won', 'winRate'], period: 'this year' };
    const lack = /^won: none of these \d+ closed opportunities has a forecast, so there is nothing to add up\.$/m;
    expect(await session.refused('report', { ...input, measures: ['won'] })).toMatch(lack);
    const { text: said, structured } = await session.ok('report', input);
    expect(said).toMatch(lack);
    expect(structured.totals).toEqual({ winRate: expect.any(Number) });
    const ordered = await session.ok('report', { ...input, by: ['month'], orderBy: 'won' });
    expect(ordered.structured.columns).toEqual(['month', 'winRate']);
    expect(ordered.text).toMatch(lack);
  });

  it('nothing of before where Manage keeps no history', async () => {
    const { structured } = await session.ok('report', {
      measures: ['opened', 'endpoints'],
      compare: 'previous',
      by: ['company'],
      top: 1,
    });
    const [, opened, before, , endpoints, endpointsBefore] = structured.rows[0];
    expect([typeof opened, typeof before, typeof endpoints, endpointsBefore]).toEqual([
      'number',
      'number',
      'number',
      null,
    ]);
  });

  it('what stands now in the period that ends now', async () => {
    const { structured } = await session.ok('report', {
      measures: ['backlog'],
      by: ['month'],
      period: 'last 6 months',
    });
    expect(structured.rows.at(-1)).toEqual(['2026-11*', structured.totals.backlog]);
  });

  it('when a ticket counts for several people', async () => {
    const [ticket] = await session.get('/service/tickets?conditions=closedFlag=false and owner/identifier="jdoe"');
    const [, other] = await session.get('/system/members?orderBy=id');
    const { status } = await session.rest('POST', '/schedule/entries', {
      objectId: ticket.id,
      member: { id: other.id },
      type: { id: 4 },
      allowScheduleConflictsFlag: true,
    });
    expect(status).toBe(201);
    const { text: said, structured } = await session.ok('report', { measures: ['backlog'], by: ['member'] });
    expect(said).toContain(
      'A ticket of several people (its owner, who is assigned) counts for each of them; in the total it counts once.',
    );
    const sum = structured.rows.reduce((total: number, [, count]: [string, number]) => total + count, 0);
    expect(sum).toBeGreaterThan(structured.totals.backlog);
  });

  it('when its owner is another than who works on it', async () => {
    const open = 'conditions=closedFlag=false and resources!=null and owner/identifier="jdoe"&orderBy=id desc';
    const [ticket] = await session.get(`/service/tickets?${open}`);
    await session.rest('PATCH', `/service/tickets/${ticket.id}`, [
      { op: 'replace', path: 'owner', value: { identifier: 'tmoreau' } },
    ]);
    const countOf = async (input: Record<string, unknown>): Promise<Record<string, number>> => {
      const { structured } = await session.ok('report', { measures: ['backlog'], ...input });
      return { all: structured.totals.backlog, ...Object.fromEntries(structured.rows ?? []) };
    };
    const of = { where: [{ field: 'owner', value: 'Théo Moreau' }] };
    const { all: owned, ...others } = await countOf({ by: ['owner'], ...of });
    expect([owned, Object.values(others).filter((count) => count > 0)]).toEqual([1, [1]]);
    expect((await countOf({ by: ['assignee'] }))['Théo Moreau'] ?? 0).toBe(0);
    expect(await countOf({ where: [...of.where, { field: 'assignee', value: 'Jordan Doe' }] })).toEqual({ all: 1 });
    expect((await countOf({ by: ['member'], ...of })).all).toBe(1);
  });
});

describe('a report takes', () => {
  it.each([
    [
      'names as people say them',
      { measures: ['Tickets Created'], by: ['Customer'] },
      { measures: ['opened'], by: ['company'] },
    ],
    [
      'one text for a list',
      { measures: 'opened, closed', by: 'board' },
      { measures: ['opened', 'closed'], by: ['board'] },
    ],
    [
      'the record with its type',
      { measures: ['endpoints'], by: ['configurationTypes'], orderBy: 'configuration type' },
      { measures: ['endpoints'], by: ['type'], orderBy: 'type' },
    ],
    [
      'the record with its type in a filter',
      { measures: ['hours'], by: ['ticket type'], where: [{ field: 'ticketType', value: 'Incident' }] },
      { measures: ['hours'], by: ['type'], where: [{ field: 'type', value: 'Incident' }] },
    ],
    ['the owner of hours', { measures: ['hours'], by: ['owner'] }, { measures: ['hours'], by: ['member'] }],
    ['British spelling', { measures: ['utilisation'] }, { measures: ['utilization'] }],
    ['groupBy and metrics', { metrics: ['opened'], groupBy: 'board' }, { measures: ['opened'], by: ['board'] }],
    [
      'dates',
      { measures: ['opened'], from: '2026-10-01', to: '2026-10-31' },
      { measures: ['opened'], period: 'last month' },
    ],
    [
      'a filter as an object',
      { measures: ['opened'], where: { company: 'Initech' } },
      { measures: ['opened'], where: [{ field: 'company', op: 'eq', value: 'Initech' }] },
    ],
    [
      'a filter as an argument',
      { measures: ['opened'], customer: 'Initech', board: 'Help Desk' },
      {
        measures: ['opened'],
        where: [
          { field: 'company', value: 'Initech' },
          { field: 'board', value: 'Help Desk' },
        ],
      },
    ],
    ['a fold before its measure', { measures: ['median resolution time'] }, { measures: ['resolutionHours:median'] }],
    ['an average per', { measures: ['average hours per opened'] }, { measures: ['hours/opened'] }],
    ['percent billable', { measures: ['% billable'] }, { measures: ['billableShare'] }],
    ['"share" behind its measure', { measures: ['revenue share'] }, { measures: ['share of billed'] }],
    ['"per"', { measures: ['hours per closed'] }, { measures: ['hours/closed'] }],
  ])('%s', async (_, said, meant) => {
    expect(await text(said)).toBe(await text(meant));
  });

  it('a ratio of names that together spell another measure', async () => {
    const input = { measures: ['billable/hours', 'billable hours', 'hours'], period: 'last month' };
    const { structured } = await session.ok('report', { ...input, by: ['company'], orderBy: 'billable/hours' });
    const { 'billable/hours': share, billable, hours } = structured.totals;
    expect(share).toBeCloseTo((billable / hours) * 100, 0);
    const shares = structured.rows.map(([, one]: [string, number | null]) => one ?? -1);
    expect(shares).toEqual([...shares].sort((a: number, b: number) => b - a));
  });

  it.each(['asc', 'desc'])('the %s order with what has no value last', async (way) => {
    const input = { measures: ['slaMet'], by: ['technician'], period: 'last week', orderBy: `slaMet ${way}` };
    const { structured } = await session.ok('report', input);
    const values: (number | null)[] = structured.rows.map(([, value]: [string, number | null]) => value);
    const known = values.filter((value) => value !== null);
    expect(values.slice(0, known.length)).toEqual(known.toSorted((a, b) => (way === 'asc' ? a - b : b - a)));
    expect(known.length).toBeGreaterThan(1);
    expect(values).toContain(null);
    const { structured: top } = await session.ok('report', { ...input, top: 2 });
    expect(top.rows.map(([, value]: [string, number | null]) => value)).toEqual(known.slice(0, 2));
  });

  it('custom fields by caption', async () => {
    const { structured } = await session.ok('report', { measures: ['opened'], by: ['root CAUSE'], period: 'Q3' });
    const tickets = await session.get(
      '/service/tickets?pageSize=1000&conditions=dateEntered>=[2026-07-01T04:00:00Z] and dateEntered<[2026-10-01T04:00:00Z]',
    );
    const causes: Record<string, number> = {};
    for (const { customFields } of tickets) {
      const cause = customFields.find(({ caption }: { caption: string }) => caption === 'Root cause').value ?? '(none)';
      causes[cause] = (causes[cause] ?? 0) + 1;
    }
    expect(Object.fromEntries(structured.rows)).toEqual(causes);
  });

  it('CSV that a spreadsheet does not run', async () => {
    const said = await text({ measures: ['opened'], by: ['company'], period: 'Q3', format: 'csv' });
    expect(said.split('\n')[0]).toBe('company,opened');
    expect(said).not.toMatch(/^[=+@-]/m);
  });
});

describe('a report reads tickets once', () => {
  it('for their hours and for all else', async () => {
    const said = await text({ measures: ['opened', 'closed'], period: 'last month' });
    const based = /Based on \d+ service tickets\./.exec(said)?.[0] ?? 'nothing';
    expect(await text({ measures: ['opened', 'ticketHours'], period: 'last month' })).toContain(based);
    const [june, july] = ['2026-06-01..2026-06-30', '2026-07-01..2026-07-31'];
    const alone = await requestsOf({ measures: ['ticketHours'], period: june });
    expect(await requestsOf({ measures: ['opened', 'ticketHours'], period: july })).toBe(alone);
  });
});

describe('a report is kept', () => {
  it('so that a review of a customer reads each list once, and sees what changed since', async () => {
    const where = [{ field: 'company', value: 'Wayne Logistics' }];
    const year = { period: 'this year', where };
    const first = await requestsOf({ measures: ['opened', 'closed', 'backlog'], by: ['month'], ...year });
    expect(first).toBeLessThanOrEqual(3);
    // The customer's name, what changed since, and how many there are.
    for (const by of ['type', 'priority', 'board', 'source'])
      expect(
        await requestsOf({ measures: ['opened', 'slaMet', 'responseHours'], by: [by], ...year }),
      ).toBeLessThanOrEqual(3);
    const opened = async (): Promise<number> =>
      (await session.ok('report', { measures: ['opened'], ...year })).structured.totals.opened;
    const before = await opened();
    const [company] = await session.get('/company/companies?conditions=name="Wayne Logistics"');
    const { body } = await session.rest('POST', '/service/tickets', { summary: 'New', company: { id: company.id } });
    expect(await opened()).toBe(before + 1);
    await session.rest('DELETE', `/service/tickets/${body.id}`);
    expect(await opened()).toBe(before);
  });
});

describe('a report made after a write of this server', () => {
  const write = (operation: string, body: unknown) =>
    session.ok('call_write_operation', { operation, body, confirm: true });
  const total = async (measure: string): Promise<number> =>
    (await session.ok('report', { measures: [measure] })).structured.totals[measure];

  it('knows what deals and members came to be', async () => {
    const before = {
      pipeline: await total('pipeline'),
      deals: await total('deals'),
      capacity: await total('capacity'),
    };
    const [deal] = await session.get('/sales/opportunities?conditions=closedDate=null&orderBy=id');
    const line = { opportunity: String(deal.id), type: 'Service', description: 'Training', revenue: 111 };
    await session.ok('call_write_operation', { operation: 'add_forecast_line', body: line });
    expect(await total('pipeline')).toBeCloseTo(before.pipeline + 111, 2);
    const name = {
      name: 'Newest',
      company: { id: 2 },
      primarySalesRep: { id: 1 },
      expectedCloseDate: '2026-12-20T00:00:00Z',
    };
    const contact = (await session.get('/company/contacts?conditions=company/id=2'))[0].id;
    await write('POST /sales/opportunities', { ...name, contact: { id: contact } });
    expect(await total('deals')).toBe(before.deals + 1);
    const [{ id, dailyCapacity }] = await session.get('/system/members?conditions=identifier="jdoe"');
    await write(`PATCH /system/members/${id}`, { dailyCapacity: dailyCapacity - 2 });
    expect(await total('capacity')).toBeLessThan(before.capacity);
    await write(`PATCH /system/members/${id}`, { dailyCapacity });
    expect(await total('capacity')).toBe(before.capacity);
  });

  it('has at once what somebody else wrote, where that takes few requests', async () => {
    const question = { measures: ['staff', 'capacity', 'unbilled'], period: 'last week' };
    const { totals: before } = (await session.ok('report', question)).structured;
    const [{ id, dailyCapacity }] = await session.get('/system/members?conditions=identifier="jdoe"');
    const inWeb = (path: string, member: string, value: unknown) =>
      session.rest('PATCH', path, [{ op: 'replace', path: member, value }]);
    await inWeb(`/system/members/${id}`, 'dailyCapacity', dailyCapacity - 2);
    const [{ id: entry, billableOption }] = await session.get(
      '/time/entries?pageSize=1&orderBy=id desc&conditions=billableOption="Billable" and invoice/id=null and hourlyRate>0',
    );
    await inWeb(`/time/entries/${entry}`, 'billableOption', 'DoNotBill');
    const byTerritory = { measures: ['opened'], by: ['territory'], period: 'this year' };
    const territories = await text(byTerritory);
    const [globex] = await session.get('/company/companies?conditions=identifier="Globex"');
    const other = (await session.get('/system/locations')).find(
      (one: { id: number }) => one.id !== globex.territory?.id,
    );
    await inWeb(`/company/companies/${globex.id}`, 'territory', { id: other.id });
    expect(await text(byTerritory)).not.toBe(territories);
    await inWeb(`/company/companies/${globex.id}`, 'territory', { id: globex.territory.id });
    const { totals } = (await session.ok('report', question)).structured;
    expect(totals.capacity).toBeLessThan(before.capacity);
    expect(totals.unbilled).not.toBe(before.unbilled);
    await inWeb(`/system/members/${id}`, 'inactiveFlag', true);
    expect((await session.ok('report', { measures: ['staff'] })).structured.totals.staff).toBe(before.staff - 1);
    await inWeb(`/system/members/${id}`, 'inactiveFlag', false);
    await inWeb(`/system/members/${id}`, 'dailyCapacity', dailyCapacity);
    await inWeb(`/time/entries/${entry}`, 'billableOption', billableOption);
  });

  it('has what was read before where the write does not change it', async () => {
    const mrr = { measures: ['mrr'] };
    const { structured } = await session.ok('report', mrr);
    expect(await requestsOf(mrr)).toBe(0);
    await write('PATCH /service/tickets/567', { summary: 'Slow VPN' });
    expect(await requestsOf(mrr)).toBe(0);
    await write('POST /service/tickets/567/notes', { text: 'Seen.', internalAnalysisFlag: true });
    expect(await requestsOf(mrr)).toBe(0);
    const { billAmount } = await session.get('/finance/agreements/9');
    await write('PATCH /finance/agreements/9', { billAmount: billAmount + 25 });
    expect((await session.ok('report', mrr)).structured.totals.mrr).toBe(structured.totals.mrr + 25);
    await write('PATCH /finance/agreements/9', { billAmount });
    expect((await session.ok('report', mrr)).structured.totals).toEqual(structured.totals);
  });
});

describe('a report of a request for each record', () => {
  it('goes on where it ended when it is asked again', async () => {
    const paid = await session.get('/finance/invoices?conditions=payments!=0&orderBy=id&pageSize=1000&fields=id');
    const question = { measures: ['payments'], period: 'last 6 months', confirm: true };
    const path = `/finance/invoices/${paid.at(-1).id}/payments`;
    session.sandbox.faults.add({ kind: 'error', status: 403, path });
    await session.refused('report', question);
    expect(await requestsOf(question)).toBeLessThan(paid.length / 2);
    expect((await session.ok('report', question)).structured.totals.payments).toBeGreaterThan(0);
  });
});

describe('figures of what people enter', () => {
  const totals = async (input: Record<string, unknown>): Promise<Record<string, number>> =>
    (await session.ok('report', input)).structured.totals;

  it('are labour and margin by the hourly cost of members, with what lacks one', async () => {
    const where = [{ field: 'member', value: 'jdoe' }];
    const { hourlyCost } = await session.get('/system/members/1');
    const { hours = 0 } = await totals({ measures: ['hours'], period: 'last month', where });
    const { labourCost } = await totals({ measures: ['labourCost'], period: 'last month', where });
    expect(labourCost).toBeCloseTo(hours * hourlyCost, 2);
    // An entry keeps what its member cost when it was entered.
    await session.rest('PATCH', '/system/members/2', [{ op: 'replace', path: 'hourlyCost', value: 0 }]);
    const { body } = await session.rest('POST', '/time/entries', {
      chargeToId: 589,
      chargeToType: 'ServiceTicket',
      member: { id: 2 },
      timeStart: '2026-11-24T14:00:00Z',
      actualHours: 0.5,
    });
    expect(body.hourlyCost).toBe('0.00');
    const all = await session.ok('report', { measures: ['labourCost'], period: 'this month' });
    expect(all.text).toMatch(/labourCost: 1 of \d+ lack an hourly cost and are not in it/);
  });

  it('are pipeline and weighted pipeline by forecasts and chances', async () => {
    const deals = await session.get('/sales/opportunities?conditions=status/name="Open"&orderBy=id');
    const [deal] = deals;
    const items = [100, 250].map((revenue) => ({
      forecastDescription: 'Line',
      forecastType: 'Product',
      quantity: 1,
      revenue,
      cost: 10,
      includeFlag: true,
      status: { id: 1 },
      opportunity: { id: deal.id },
    }));
    const { status, body } = await session.rest('POST', `/sales/opportunities/${deal.id}/forecast`, {
      forecastItems: items,
    });
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    const said = await session.ok('report', { measures: ['pipeline', 'weighted'] });
    let [pipeline, weighted, without] = [0, 0, 0];
    for (const { id, probability } of deals) {
      const [{ forecastItems }] = await session.get(`/sales/opportunities/${id}/forecast`);
      const sum = forecastItems.reduce((all: number, { revenue }: { revenue: number }) => all + revenue, 0);
      if (forecastItems.length === 0) without += 1;
      pipeline += sum;
      weighted += (sum * Number(probability.name)) / 100;
    }
    expect(without).toBeGreaterThan(0);
    expect(said.structured.totals).toEqual({ pipeline, weighted: expect.closeTo(weighted, 2) });
    expect(said.text).toContain(`pipeline: ${without} of ${deals.length} lack a forecast and are not in it`);
  });

  it('are overtime and work after hours', async () => {
    const [{ id }] = await session.get('/service/tickets?conditions=closedFlag=false and board/id=1&orderBy=id desc');
    const log = async (day: string, from: string, until: string): Promise<void> => {
      const { status, body } = await session.rest('POST', '/time/entries', {
        chargeToId: id,
        chargeToType: 'ServiceTicket',
        member: { id: 1 },
        timeStart: `${day}T${from}:00:00Z`,
        timeEnd: `${day}T${until}:00:00Z`,
        billableOption: 'Billable',
      });
      expect(status, JSON.stringify(body)).toBe(201);
    };
    const question = { measures: ['afterHours', 'overtime'], by: ['member'], period: '2026-11-23..2026-11-24' };
    const outOf = async (): Promise<(number | null)[]> => {
      const { structured } = await session.ok('report', question);
      return structured.rows.find(([name]: [string]) => name === 'Jordan Doe').slice(1);
    };
    const [usual = 0] = await outOf();
    // 17:00 to 18:00 in New York, where work ends at 18:00, 20:00 to 8:00 of the next day, where it begins at 8:30, and 0:00 to 7:00.
    await log('2026-11-23', '22', '23');
    await log('2026-11-24', '01', '13');
    await log('2026-11-23', '05', '12');
    const [after, over] = await outOf();
    expect((after ?? 0) - (usual ?? 0)).toBe(19);
    const entries = await session.get(
      '/time/entries?conditions=member/id=1 and timeStart>=[2026-11-23T05:00:00Z] and timeStart<[2026-11-25T05:00:00Z]&pageSize=1000',
    );
    const worked = entries.reduce((sum: number, row: { actualHours: number }) => sum + row.actualHours, 0);
    expect(over).toBe(worked - 16);
  });

  it('are tickets over their budget, by number', async () => {
    const rows = await session.get('/service/tickets?conditions=closedFlag=false and actualHours>1&orderBy=id');
    const [over, under] = rows;
    const budget = (value: number) => [{ op: 'replace', path: 'budgetHours', value }];
    await session.rest('PATCH', `/service/tickets/${over.id}`, budget(0.5));
    await session.rest('PATCH', `/service/tickets/${under.id}`, budget(500));
    const { structured } = await session.ok('report', { measures: ['tickets over budget'], by: ['ticket'] });
    const names = structured.rows.map(([name]: [string]) => name);
    expect(names).toContain(`#${over.id} ${over.summary}`);
    expect(names).not.toContain(`#${under.id} ${under.summary}`);
  });

  it('are tickets of each device, a request for each ticket', async () => {
    const tickets = await session.get('/service/tickets?conditions=board/id=3&orderBy=id desc&pageSize=2');
    for (const ticket of tickets) {
      const [device] = await session.get('/company/configurations?pageSize=1&orderBy=id');
      await session.rest('POST', `/service/tickets/${ticket.id}/configurations`, { id: device.id });
    }
    const question = {
      measures: ['opened'],
      by: ['device'],
      period: 'last 30 days',
      where: [{ field: 'board', value: tickets[0].board.name }],
    };
    const [device] = await session.get('/company/configurations?pageSize=1&orderBy=id');
    const { structured } = await session.ok('report', question);
    const found = structured.rows.find(([name]: [string]) => name.startsWith(device.name));
    const since = '2026-10-25T04:00:00Z';
    expect(found?.[1]).toBe(
      tickets.filter((row: { _info: { dateEntered: string } }) => row._info.dateEntered >= since).length,
    );
  });

  it('are late phases and projects', async () => {
    const [project] = await session.get('/project/projects?orderBy=id&pageSize=1');
    const [phase] = await session.get(`/project/projects/${project.id}/phases?orderBy=id&pageSize=1`);
    const set = (path: string, value: string) => [{ op: 'replace', path, value }];
    await session.rest('PATCH', `/project/projects/${project.id}`, set('estimatedEnd', '2026-11-23T00:00:00Z'));
    const path = `/project/projects/${project.id}/phases/${phase.id}`;
    await session.rest('PATCH', path, set('deadlineDate', '2026-11-24T00:00:00Z'));
    expect(await totals({ measures: ['late projects', 'late phases'] })).toEqual({ lateProjects: 1, latePhases: 0 });
    await session.rest('PATCH', path, set('deadlineDate', '2026-11-23T00:00:00Z'));
  });

  it('are tickets that were opened again, by their audit trails', async () => {
    const [ticket] = await session.get('/service/tickets?conditions=closedFlag=true and board/id=1&orderBy=id desc');
    const statuses = await session.get('/service/boards/1/statuses');
    const open = statuses.find(({ closedStatus }: { closedStatus: boolean }) => closedStatus !== true);
    await session.rest('PATCH', `/service/tickets/${ticket.id}`, [
      { op: 'replace', path: 'status', value: { id: open.id } },
    ]);
    const where = [
      { field: 'company', value: ticket.company.name },
      { field: 'board', value: 'Help Desk' },
    ];
    const said = await totals({ measures: ['reopened'], period: 'this month', where, confirm: true });
    expect(said.reopened).toBe(1);
  });
});

describe('the prompts', () => {
  const reports = prompts.flatMap(({ name, text: message, arguments: given }) => {
    const values: Record<string, string> = { company: 'Wayne Logistics', member: 'Alex Chen', board: 'Help Desk' };
    const said = message(Object.fromEntries(given.map((one) => [one.name, values[one.name] ?? 'last month'])));
    return [...said.matchAll(/report (\{.*\})/g)].map(([, json = '']) => [name, JSON.parse(json)] as const);
  });

  it.each(reports)('of %s ask for reports that there are: %j', async (_, input) => {
    await session.ok('report', input);
  });
});

describe('the command', () => {
  const command = async (measures: string[], flags: object): Promise<string> => {
    const printed: string[] = [];
    const environment = { ...session.sandbox.environment, CWM_TIME_ZONE: 'America/New_York' };
    await runReport(measures, { format: 'table', ...flags }, environment, (line) => printed.push(line));
    return printed.join('\n');
  };

  it('is split by what is said in the name of the measure', async () => {
    const plain = await text({ measures: ['closed'], by: ['member'], period: '2026-07-01..2026-09-30' });
    const said = { measures: ['tickets closed by member'], period: '2026-07-01..2026-09-30' };
    expect(await text(said)).toBe(plain);
  });

  it('makes the same report', async () => {
    const said = await command(['opened', 'closed'], { by: 'board', period: '2026-07-01..2026-09-30' });
    expect(said).toBe(await text({ measures: ['opened', 'closed'], by: ['board'], period: '2026-07-01..2026-09-30' }));
  });

  it('takes filters, and gives CSV and JSON', async () => {
    const flags = { by: 'priority', period: '2026-07-01..2026-09-30', where: ['board=Help Desk', 'type!=Request'] };
    const json = JSON.parse(await command(['opened'], { ...flags, format: 'json' }));
    expect(json.columns).toEqual(['priority', 'opened']);
    const csv = await command(['opened'], { ...flags, format: 'csv' });
    expect(csv.split('\n').slice(1)).toEqual(json.rows.map((row: unknown[]) => row.join(',')));
  });

  it('compares sizes and parts of texts', async () => {
    const then = { period: '2026-07-01..2026-09-30' };
    const said = await command(['backlog'], { by: 'board', where: ['age>30', 'summary~printer'], ...then });
    const where = [
      { field: 'age', op: 'gt', value: '30' },
      { field: 'summary', op: 'contains', value: 'printer' },
    ];
    expect(said).toBe(await text({ measures: ['backlog'], by: ['board'], where, ...then }));
    expect(said).toMatch(/In all: backlog [1-9]/);
  });

  it.each([
    [['oppened'], {}, /no measure "oppened"/],
    [['opened'], { format: 'xml' }, /--format has to be one of table, csv, json/],
    [['opened'], { where: ['Help Desk'] }, /--where takes/],
  ])('refuses %j %j', async (measures, flags, expected) => {
    await expect(command(measures, flags)).rejects.toThrow(expected);
  });
});
