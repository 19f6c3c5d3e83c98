import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

interface Listed {
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
const search = async (input: Record<string, unknown>): Promise<Listed & { text: string }> => {
  const { structured, text } = await session.ok('search_tickets', { limit: 200, ...input });
  return { ...structured, text };
};
const column = ({ columns, rows }: Listed, title: string): string[] => {
  const at = columns.indexOf(title);
  expect(at, `column ${title} of ${columns}`).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at] ?? '');
};
const refused = (input: Record<string, unknown>) => session.refused('search_tickets', input);

describe('what is asked for beats a default', () => {
  it.each([
    [{ conditions: "status/name='Closed'" }],
    [{ where: [{ field: 'status/name', op: 'eq', value: 'Closed' }] }],
    [{ conditions: 'closedFlag = true' }],
    [{ status: 'Closed' }],
  ])('lists closed tickets for %j', async (input) => {
    expect((await search(input)).total).toBeGreaterThan(100);
  });

  it('takes a status with its board in brackets, as answers write it', async () => {
    const found = await search({ status: 'Resolved (Help Desk)' });
    expect(found.total).toBe((await search({ status: 'Resolved', board: 'Help Desk' })).total);
    expect(new Set(column(found, 'board'))).toEqual(new Set(['Help Desk']));
    expect(await refused({ status: 'Resolved (Nowhere)' })).toContain('there is no status "Resolved (Nowhere)"');
  });

  it('counts all for the status "all"', async () => {
    expect((await search({ status: 'all' })).total).toBe((await search({ state: 'any' })).total);
  });

  it('counts closed tickets by the month in which they were closed', async () => {
    const found = await search({ groupBy: ['closedDate:month'] });
    expect(found.rows.map(([month]) => month)).toContain('2026-10');
    expect(column(await search({ orderBy: 'closedDate desc', limit: 5 }), 'closed').every((text) => text !== '')).toBe(
      true,
    );
  });

  it('keeps open ones where a condition is about something else', async () => {
    const { text } = await search({ conditions: 'summary contains "vpn"' });
    expect(text).toMatch(/open tickets/);
  });

  it.each(['New,Assigned', '["New", "Assigned"]', 'New, Assigned'])('takes the list %s', async (value) => {
    const found = await search({ where: [{ field: 'status/name', op: 'in', value }] });
    expect(new Set(column(found, 'status'))).toEqual(new Set(['New', 'Assigned']));
    const others = await search({ where: [{ field: 'status/name', op: 'notIn', value }] });
    expect(found.total + others.total).toBe((await search({ state: 'any' })).total);
  });
});

describe('arguments that contradict each other', () => {
  it.each([
    [
      { mine: true, assignedTo: 'unassigned' },
      /mine asks for tickets of Jordan Doe and assignedTo for unassigned ones/,
    ],
    [{ mine: true, assignedTo: 'achen' }, /mine .* Alex Chen/],
    [{ state: 'closed', status: 'New' }, /status New are open, and closed ones are asked for/],
    [{ state: 'open', status: 'Closed' }, /status Closed are closed, and open ones/],
    [{ state: 'closed', status: 'open' }, /status asks for open tickets/],
    [{ state: 'open', closed: 'last month' }, /closed asks for closed tickets and state for open ones/],
    [{ state: 'closed', only: 'overdue' }, /only: "overdue" is about open tickets/],
    [{ state: 'any', only: 'overdue' }, /only: "overdue" is about open tickets, and all are asked for/],
    [{ status: 'Closed', only: 'slaAtRisk' }, /status Closed are closed, and only: "slaAtRisk"/],
    [{ kind: 'project', only: 'slaAtRisk' }, /Project tickets have no SLA/],
    [{ kind: 'project', orderBy: 'severity desc' }, /Project tickets have no severity/],
    [{ team: 'Service Team', project: 'Office' }, /project|team/],
  ])('are refused with the reason: %j', async (input, reason) => {
    expect(await refused(input)).toMatch(reason);
  });

  it("lets mine and one's own name agree", async () => {
    expect((await search({ mine: true, assignedTo: 'me' })).total).toBe((await search({ mine: true })).total);
  });
});

describe('orders', () => {
  it.each(['priority', 'priority desc', 'priority/sort'])('%s puts the most urgent first', async (orderBy) => {
    const priorities = column(await search({ mine: true, orderBy }), 'prio');
    expect(priorities).toEqual(priorities.toSorted());
    expect(new Set(priorities).size).toBeGreaterThan(1);
  });

  it.each(['urgency', 'most urgent first'])('%s shows first what is to be done next', async (orderBy) => {
    const [first] = column(await search({ only: 'slaAtRisk', due: 'tomorrow' }), 'id');
    // It is Sunday: a deadline of the next two hours has to be made.
    const soon = { op: 'replace', path: 'requiredDate', value: '2026-11-29T20:01:00Z' };
    await session.rest('PATCH', `/service/tickets/${first}`, [soon]);
    const found = await search({ orderBy });
    expect(found.text).toContain(
      'Most urgent first: Priority 1 - Critical, then due within 2 hours, then by priority, equal ones by',
    );
    expect(found.text).toContain('Last: on hold, waiting or planned without a deadline; Resolved, Completed.');
    const [prio, status, sla, due] = ['prio', 'status', 'SLA', 'due'].map((title) => column(found, title));
    const place = (at: number): number => {
      if (/Resolved|Completed/.test(status?.[at] ?? '')) return 4;
      if (/hold|planned|waiting/i.test(status?.[at] ?? '') && `${sla?.[at]}${due?.[at]}` === '') return 3;
      if (prio?.[at] === 'P1') return 0;
      return /29 Nov (14:[345]|15:|16:[012])/.test(`${sla?.[at]}, ${due?.[at]}`) ? 1 : 2;
    };
    const places = found.rows.map((_, at) => place(at));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(5);
    expect(places[column(found, 'id').indexOf(first ?? '')]).toBe(1);
    const others = (prio ?? []).filter((_, at) => places[at] === 2);
    expect(others).toEqual(others.toSorted());
    await session.rest('PATCH', `/service/tickets/${first}`, [{ op: 'remove', path: 'requiredDate' }]);
  });

  it.each(['priority', 'priority/sortOrder', 'priority/rank'])(
    '%s puts the nearest deadline first among equals',
    async (orderBy) => {
      const found = await search({ orderBy });
      expect(found.text).toContain('By priority; equal ones by the nearest of due date and SLA');
      const [due, sla] = [column(found, 'due'), column(found, 'SLA')];
      // A service level names its goals in their order.
      const moment = (texts: string | undefined): number => {
        const [text] = (texts ?? '').split(', ');
        if (!/\d/.test(text ?? '')) return Number.MAX_SAFE_INTEGER;
        const [, day, month, time = '23:59'] = /(\d+) (\w{3})\w?(?: (\d\d:\d\d))?$/.exec(text ?? '') ?? [];
        return DateTime.fromFormat(`${day} ${month} 2026 ${time}`, 'd LLL yyyy HH:mm').toMillis();
      };
      const keys = column(found, 'prio').map((prio, at) => [prio, Math.min(moment(due[at]), moment(sla[at]))] as const);
      expect(keys.some(([, at]) => Number.isNaN(at))).toBe(false);
      expect(keys).toEqual(keys.toSorted((a, b) => a[0].localeCompare(b[0]) || a[1] - b[1]));
      expect(new Set(keys.map(([, at]) => at)).size).toBeGreaterThan(10);
      const second = await search({ orderBy, limit: 10, page: 2 });
      expect(column(second, 'id')).toEqual(column(found, 'id').slice(10, 20));
    },
  );

  it('names the whole path of what was probably meant', async () => {
    expect(await refused({ orderBy: 'company/nam' })).toContain('Did you mean company/name?');
  });

  it('by a field of service tickets lists those, and says so', async () => {
    const found = await search({ orderBy: 'severity desc' });
    expect(found.text).toContain('Service tickets only: project tickets have no severity.');
    expect(column(found, 'severity')[0]).toBe('Medium');
  });

  it('show what they go by', async () => {
    const due = column(await search({ orderBy: 'due' }), 'due');
    expect(due.some((text) => /^\d+ \w{3}/.test(text))).toBe(true);
  });
});

describe('new filters', () => {
  it('finds what was closed in a period, or at all', async () => {
    const { total, text } = await search({ closed: 'last month' });
    expect(text).toContain('closed: Thu 1 Oct to Sat 31 Oct (America/New_York)');
    expect(text).toContain('closed tickets');
    const where = [
      { field: 'closedDate', op: 'gte', value: '2026-10-01' },
      { field: 'closedDate', op: 'lte', value: '2026-10-31' },
    ];
    expect((await search({ where })).total).toBe(total);
    expect((await search({ closed: true })).total).toBe((await search({ state: 'closed' })).total);
    expect((await search({ closed: false })).total).toBe((await search({})).total);
  });

  it('reads words of time in where', async () => {
    const found = await search({ where: [{ field: 'closedDate', op: 'gte', value: 'last week' }] });
    expect(found.text).toContain('closedDate last week: Mon 16 Nov to Sun 22 Nov (America/New_York)');
    expect(found.total).toBeGreaterThan(0);
  });

  it('refuses a closed that is neither a period nor a switch', async () => {
    expect(await refused({ closed: 'perhaps' })).toMatch(/closed "perhaps" is not a period/);
    expect(await refused({ open: 'last week' })).toMatch(/open takes true or false/);
  });

  it('finds what is due, by its date in every zone', async () => {
    const { structured } = await session.ok('create_ticket', { summary: 'Due on a day', company: 'Globex' });
    const patch = [{ op: 'add', path: 'requiredDate', value: '2026-12-04T00:00:00Z' }];
    await session.rest('PATCH', `/service/tickets/${structured.id}`, patch);
    const found = await search({ due: 'Friday' });
    expect(found.text).toContain('due: Fri 4 Dec (America/New_York)');
    expect(column(found, 'id')).toContain(String(structured.id));
    expect(column(found, 'due')[column(found, 'id').indexOf(String(structured.id))]).toBe('4 Dec');
    expect(column(await search({ due: 'Thursday' }), 'id')).not.toContain(String(structured.id));
  });

  it('takes a due date without a time for the whole day', async () => {
    const { structured } = await session.ok('create_ticket', { summary: 'Due today', company: 'Globex' });
    const patch = [{ op: 'add', path: 'requiredDate', value: '2026-11-29T00:00:00Z' }];
    await session.rest('PATCH', `/service/tickets/${structured.id}`, patch);
    expect(column(await search({ only: 'overdue' }), 'id')).not.toContain(String(structured.id));
    expect(column(await search({ only: 'dueToday' }), 'id')).toContain(String(structured.id));
  });

  it('finds the tickets of a team and of a project', async () => {
    const [board] = await session.get('/service/boards?conditions=name="Help Desk"');
    const [team] = await session.get(`/service/boards/${board.id}/teams`);
    const byTeam = await search({ team: team.name, board: 'Help Desk', state: 'any' });
    expect(byTeam.text).toContain('Service tickets only: project tickets have no team.');
    expect(byTeam.total).toBeGreaterThan(0);
    const [project] = await session.get('/project/projects?pageSize=1');
    const byProject = await search({ project: String(project.id), state: 'any' });
    expect(byProject.text).toContain('Project tickets only');
    expect(byProject.total).toBeGreaterThan(0);
    const without = await search({ where: [{ field: 'project', op: 'isNull' }], state: 'any' });
    expect(without.text).toContain('Service tickets only: every project ticket has a project.');
    expect(without.total).toBe((await session.get('/service/tickets/count')).count);
  });

  it.each([undefined, 'urgency'])(
    'lists what can be saved, what is breached and what is done apart: %s',
    async (orderBy) => {
      const found = await search({ only: 'slaAtRisk', orderBy });
      const statuses = column(found, 'status');
      const groups = column(found, 'SLA').map((text, at) => {
        if (/Resolved|Completed/.test(statuses[at] ?? '')) return 'done';
        return text.startsWith('breached') ? 'breached' : 'at risk';
      });
      const counted = ['at risk', 'breached', 'done'].map((group) => groups.filter((one) => one === group).length);
      expect(groups).toEqual(['at risk', 'breached', 'done'].flatMap((group, at) => Array(counted[at]).fill(group)));
      expect(counted).not.toContain(0);
      const [toSave, breached, done] = counted;
      const how = orderBy === undefined ? 'by their deadline' : 'by priority and deadline';
      // Those without a response in time can still be resolved in time.
      expect(found.text).toMatch(
        new RegExp(
          `${toSave} at risk, ${how}; then ${breached} breached \\(\\d+ of them by an earlier goal alone, such as a late response\\); then ${done} in Completed \\(Onsite Services\\), Resolved \\(Help Desk\\), where the board lets the time run\\.`,
        ),
      );
      const prios = column(found, 'prio').slice(0, toSave);
      if (orderBy !== undefined) expect(prios).toEqual(prios.toSorted());
    },
  );

  it('lists deadlines of service levels within a period', async () => {
    const found = await search({ only: 'slaAtRisk', due: 'tomorrow' });
    expect(found.text).toContain("due: the deadline in column SLA, not the ticket's own due date.");
    // What the whole list shows is not told beside it, nor which of its statuses sound done.
    expect(found.text).not.toMatch(/Next to miss|Open includes/);
    expect(found.total).toBeGreaterThan(0);
    expect(column(found, 'SLA').every((text) => text.includes(' by 30 Nov '))).toBe(true);
    // Those that were missed before are not among them, and counted.
    const all = await search({ only: 'slaAtRisk', limit: 200 });
    const breached = Number(/(\d+) breached/.exec(all.text)?.[1]);
    const [, missed] = /Not among them: (\d+) breached before that\./.exec(found.text) ?? [];
    const own = column(found, 'SLA').filter((text) => text.startsWith('breached')).length;
    expect(Number(missed)).toBeGreaterThan(0);
    expect(Number(missed)).toBeGreaterThanOrEqual(breached - own);
    const counted = await search({ only: 'slaAtRisk', due: 'tomorrow', groupBy: ['board'] });
    expect(counted.rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(found.total);
    const week = await search({ only: 'slaAtRisk', due: 'next 7 days' });
    expect(week.total).toBeGreaterThan(found.total);
    expect((await search({ only: 'slaAtRisk', due: '2026-12-25' })).text).toContain('Without due: ');
    // One that nobody responded to is due by its response, although Manage's words name the resolution.
    const made = await session.ok('create_ticket', { summary: 'Nobody answered', company: 'Globex' });
    const id = String(made.structured.id);
    const today = await search({ only: 'slaAtRisk', due: 'today', limit: 200 });
    expect(column(today, 'SLA')[column(today, 'id').indexOf(id)]).toMatch(
      /^Respond by 29 Nov \d\d:\d\d, .*Resolve by /,
    );
    await session.ok('update_ticket', { ticketId: id, status: 'In Progress' });
    const answered = await search({ only: 'slaAtRisk', due: 'today', limit: 200 });
    expect(column(answered, 'id')).not.toContain(id);
    await session.rest('DELETE', `/service/tickets/${id}`);
  });

  it('names the next to miss and the worst breached of what is at risk, however short the list', async () => {
    const whole = await search({ only: 'slaAtRisk' });
    const found = await search({ only: 'slaAtRisk', limit: 1 });
    const rows = whole.rows.map((row) => ({
      id: row[0],
      prio: column(whole, 'prio')[whole.rows.indexOf(row)] ?? '',
      isLost: column(whole, 'SLA')[whole.rows.indexOf(row)]?.startsWith('breached'),
      isDone: /Resolved|Completed/.test(column(whole, 'status')[whole.rows.indexOf(row)] ?? ''),
    }));
    const lost = rows.filter(({ isLost, isDone }) => isLost && !isDone);
    const urgent = lost.map(({ prio }) => prio).toSorted()[0];
    expect(found.text).toContain(`Next to miss: #${rows.find(({ isLost, isDone }) => !isLost && !isDone)?.id} `);
    expect(found.text).toContain(`Worst breached: #${lost.find(({ prio }) => prio === urgent)?.id} `);
  });

  it('says how overdue differs from a breached service level', async () => {
    expect((await search({ only: 'overdue', company: 'Initech', text: 'xyzzy' })).text).toContain(
      'Those past their service level: only: "slaAtRisk"',
    );
  });
});

describe('lists that could mislead', () => {
  it('say which statuses count as open although they sound closed', async () => {
    const { text } = await session.ok('search_tickets', {});
    expect(text).toContain('Open includes Resolved (Help Desk), Completed (Onsite Services)');
    const grouped = await session.ok('search_tickets', { groupBy: ['status'] });
    expect(grouped.text).toContain('Open includes Resolved (Help Desk), Completed (Onsite Services)');
    // On which no project ticket can be.
    const projects = await session.ok('search_tickets', { kind: 'project', groupBy: ['project'] });
    expect(projects.text).not.toContain('Open includes');
  });

  it('show the first of many groups by several fields, and how to get more', async () => {
    const groupBy = ['company', 'summary'];
    const { text, structured } = await session.ok('search_tickets', { groupBy });
    expect(structured.rows).toHaveLength(25);
    expect(structured.total).toBeGreaterThan(50);
    expect(text).toMatch(/\n25 of \d+ groups/);
    const all = await session.ok('search_tickets', { groupBy, limit: 200 });
    expect(all.structured.rows.slice(0, 25)).toEqual(structured.rows);
    expect(all.structured.subtotals).toEqual(structured.subtotals);
  });

  it('say what to loosen when they are empty', async () => {
    const { text } = await search({ company: 'Acme Corporation', status: 'New', text: 'xyzzy' });
    expect(text).toMatch(/without text there (?:is|are) \d+/);
    expect((await search({ text: '567' })).text).toContain('get_ticket reads it');
  });

  it('stay short', async () => {
    const { text, structured } = await session.ok('search_tickets', {});
    expect(encode(text).length).toBeLessThanOrEqual(1_300);
    expect(encode(JSON.stringify(structured)).length).toBeLessThanOrEqual(1_300);
  });
});

describe.each([
  ['Pacific/Auckland', '2026-11-30'],
  ['Pacific/Honolulu', '2026-11-29'],
  ['Asia/Kolkata', '2026-11-30'],
])('a due date without a time in %s, where today is %s', (zone, today) => {
  let there: Session;
  let id: string;
  beforeAll(async () => {
    there = await startSession({ now: SUNDAY, environment: { CWM_TIME_ZONE: zone } });
    id = String((await there.ok('create_ticket', { summary: 'Due on a day', company: 'Globex' })).structured.id);
  });
  afterAll(() => there.close());

  const due = (day: string) =>
    there.rest('PATCH', `/service/tickets/${id}`, [{ op: 'add', path: 'requiredDate', value: `${day}T00:00:00Z` }]);
  const found = async (only: string): Promise<boolean> => {
    const { structured } = await there.ok('search_tickets', { only, limit: 200 });
    return column(structured, 'id').includes(id);
  };
  const beside = (days: number): string => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

  it('is due the whole day, and overdue from the next', async () => {
    await due(today);
    expect([await found('dueToday'), await found('overdue')]).toEqual([true, false]);
    await due(beside(-1));
    expect([await found('dueToday'), await found('overdue')]).toEqual([false, true]);
    await due(beside(1));
    expect([await found('dueToday'), await found('overdue')]).toEqual([false, false]);
  });
});
