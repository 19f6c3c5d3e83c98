import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

const total = ({ text }: { text: string }): number => Number(/\d+ of (\d+) /.exec(text)?.[1]);
const counted = async (list: string, conditions: string): Promise<number> =>
  (await session.get(`${list}/count?conditions=${encodeURIComponent(conditions)}`)).count;

describe('a name in where', () => {
  it.each([
    [{ field: 'board', op: 'eq', value: 'helpdesk' }, 'board/name="Help Desk"'],
    [{ field: 'company/name', op: 'eq', value: 'Acme' }, 'company/id=2'],
    [{ field: 'company', op: 'eq', value: 'Globx' }, 'company/identifier="Globex"'],
    [{ field: 'priority', op: 'in', value: 'high, critical' }, 'priority/id in (1,2)'],
    [{ field: 'owner', op: 'eq', value: 'unassigned' }, 'owner/id=null'],
    [{ field: 'status', op: 'eq', value: 'waiting' }, 'status/name in ("Waiting on Customer","Waiting on Vendor")'],
    [
      {
        any: [
          { field: 'owner', op: 'eq', value: 'me' },
          { field: 'board/name', op: 'eq', value: 'internal' },
        ],
      },
      'owner/id=1 or board/name="Internal"',
    ],
  ])('%j is the record that people call so', async (entry, conditions) => {
    const found = await session.ok('search_tickets', { where: [entry], kind: 'service', state: 'any', limit: 1 });
    expect(total(found)).toBe(await counted('/service/tickets', conditions));
    expect(total(found)).toBeGreaterThan(0);
  });

  it('is left out under that name, too', async () => {
    const where = [{ field: 'board', op: 'ne', value: 'helpdesk' }];
    const found = await session.ok('call_read_operation', {
      operation: 'GET /service/tickets/count',
      query: { where },
    });
    expect(found.text).toContain(`{"count":${await counted('/service/tickets', 'board/name!="Help Desk"')}}`);
  });

  it('is looked up where members are listed, too', async () => {
    const { rows } = (await session.ok('search_members', { where: [{ field: 'workRole', op: 'eq', value: 'tech' }] }))
      .structured;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('Technician');
  });

  it('adds up the hours of the person who is meant, in every list', async () => {
    const where = [{ field: 'member', op: 'eq', value: 'Priya' }];
    const { text } = await session.ok('search_time_entries', { period: 'last week', where });
    expect(text).toMatch(/^28\.25 h/);
  });

  it.each([
    ['search_tickets', 'status/name', 'Nwe', 'no status "Nwe". There are: New'],
    ['search_time_entries', 'member', 'Priscilla', 'no member "Priscilla"'],
    ['search_tickets', 'owner', 'Alex', 'fits several'],
  ])('of %s that nobody has, or several, is refused: %s %s', async (tool, field, value, says) => {
    expect(await session.refused(tool, { where: [{ field, op: 'eq', value }] })).toContain(says);
  });
});

describe('a word for nothing', () => {
  it.each([
    ['save_catalog_item', { item: '6', vendor: 'N/A' }, 'clear: ["vendor"]'],
    ['save_configuration', { configuration: '1', serialNumber: 'n/a' }, 'clear: ["serialNumber"]'],
    ['update_ticket', { ticketId: 596, owner: 'unassigned' }, 'clear: ["owner"]'],
    ['update_agreement', { agreement: '3', purchaseOrder: 'none' }, 'clear: ["purchaseOrder"]'],
    ['update_contact', { contact: '22', phone: 'n/a' }, 'not a phone number'],
    ['update_contact', { contact: '22', add: [{ type: 'Mobile', value: 'TBD' }] }, 'not a phone number'],
    ['create_contact', { firstName: 'Nia', company: 'Globex', mobile: 'none' }, 'not a phone number'],
    ['create_company', { name: 'Zed', phone: 'unknown' }, 'not a phone number'],
    ['create_company', { name: 'Zed', website: 'none yet' }, 'not the address of a website'],
    ['update_company', { company: 'Hooli', website: 'none' }, 'clear: ["website"]'],
    ['save_site', { company: 'Hooli', site: 'Main', phone: 'null' }, 'clear: ["phone"]'],
    // Not Nadia Novak of Acme.
    ['create_ticket', { summary: 'Toner', company: 'Acme', contact: 'N/A' }, 'no contact "N/A"'],
    ['update_company', { company: 'Hooli', customFields: { 'Account tier': '' } }, 'clear: true beside its caption'],
  ])('is not stored by %s: %j', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toContain(says);
  });

  it('can be a job, and a number may have letters', async () => {
    const input = { contact: '22', title: 'Clear', phone: '0800 FLOWERS', dryRun: true };
    expect((await session.ok('update_contact', input)).text).toContain('0800 FLOWERS');
  });
});

describe('a number in a text', () => {
  it.each([
    ['log_expense', { ticketId: 596, amount: '1.000', notes: 'Server part' }, 'can be read as 1 or 1000'],
    ['update_project', { project: '1', budgetHours: '1.500' }, 'can be read as 1.5 or 1500'],
    [
      'create_purchase_order',
      { vendor: 'Cyberdyne', lines: [{ product: 'DOCK', quantity: 1, cost: 9 }] },
      'Allowed: product, quantity',
    ],
  ])('is refused by %s where it has two meanings: %j', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toContain(says);
  });

  it('is one inside a list as well', async () => {
    const input = { vendor: 'Cyberdyne', lines: [{ product: 'DOCK', quantity: '3' }], dryRun: true };
    expect((await session.ok('create_purchase_order', input)).text).toContain('line 1: 3 x DOCK');
  });
});

describe('a request that would do something else than it seems to', () => {
  const put = { operation: 'PUT /company/contacts/23', body: { firstName: 'Ina' } };

  it('asks before a PUT empties what it leaves out', async () => {
    const asked = await session.refused('call_write_operation', put);
    expect(asked).toMatch(/PUT replaces the whole record: without lastName, company, .*communicationItems/);
    expect(asked).not.toContain('_info');
    const { text } = await session.ok('call_write_operation', { ...put, dryRun: true });
    expect(text).toContain('PATCH changes only what it names');
  });

  it('puts a whole record without a question', async () => {
    const { types: _, ...record } = await session.get('/company/contacts/23');
    const body = { ...record, title: 'Director' };
    await session.ok('call_write_operation', { operation: put.operation, body });
    expect(await session.get('/company/contacts/23')).toMatchObject({ title: 'Director', lastName: 'Tanaka' });
  });

  it('refuses a body that a GET cannot have', async () => {
    const input = { operation: 'GET /service/tickets', body: { conditions: 'id=1' } };
    expect(await session.refused('call_read_operation', input)).toContain('GET /service/tickets takes no body');
  });

  it('says in its question who is mailed', async () => {
    const input = { operation: 'PATCH /service/tickets/596', body: { automaticEmailContactFlag: true } };
    expect(await session.refused('call_write_operation', input)).toContain('It mails the contact.');
  });
});

describe('two calls at once', () => {
  it('make two records where both say that another one is meant', async () => {
    const input = { summary: 'VPN down', company: 'Globex', board: 'Help Desk', allowDuplicate: true };
    const made = await Promise.all([input, input].map((one) => session.ok('create_ticket', one)));
    expect(new Set(made.map(({ structured }) => structured.id)).size).toBe(2);
  });
});

describe('a phase', () => {
  const change = (project: number, phase: unknown) => ({
    project: String(project),
    phase,
    budgetHours: 3,
    dryRun: true,
  });

  it('is found by its WBS code', async () => {
    const [, build] = await session.get('/project/projects/2/phases');
    const { text } = await session.ok('save_project_phase', change(2, build.wbsCode));
    expect(text).toContain(`/phases/${build.id}`);
  });

  it('is asked for where its WBS code is the id of another', async () => {
    const [plan, build] = await session.get('/project/projects/3/phases');
    const wbsCode = String(build.id);
    await session.rest('PATCH', `/project/projects/3/phases/${plan.id}`, [
      { op: 'replace', path: 'wbsCode', value: wbsCode },
    ]);
    expect(await session.refused('save_project_phase', change(3, wbsCode))).toContain('fits several');
    expect((await session.ok('save_project_phase', change(3, `id ${build.id}`))).text).toContain(`/phases/${build.id}`);
  });
});

describe('a figure', () => {
  it('of unbilled expenses is what they will be invoiced at', async () => {
    const [expense] = await session.get('/expense/entries?conditions=company/identifier="Globex"');
    expect(expense.invoiceAmount).toBeGreaterThan(0);
    const { text } = await session.ok('find_unbilled', { company: 'Globex' });
    expect(text).toContain(`1 expense: ${expense.invoiceAmount.toFixed(2)} USD.`);
  });

  it('of an expense report does not add miles to dollars', async () => {
    const asked = await session.refused('submit_expense_report', {});
    expect(asked).toContain('47 miles, 13.00 USD in 2 expenses');
    expect((await session.ok('get_expense_report')).structured.total).toBe('47 miles, 13.00 USD');
  });

  it('of the backlog is what is open now, with or without a period', async () => {
    const open = await counted('/service/tickets', 'closedFlag=false');
    for (const period of [undefined, 'today', 'this month'])
      expect((await session.ok('report', { measures: ['backlog'], period })).text).toContain(`backlog ${open}.`);
  });

  it('of the top hours or weekdays is that of the busiest', async () => {
    const { text } = await session.ok('report', { measures: ['hours'], by: ['weekday'], period: 'last month', top: 2 });
    const all = await session.ok('report', { measures: ['hours'], by: ['weekday'], period: 'last month' });
    const days = [...all.text.matchAll(/^(\w+day) \| ([\d.]+)/gm)].sort((a, b) => Number(b[2]) - Number(a[2]));
    for (const [line] of days.slice(0, 2)) expect(text).toContain(line);
    for (const [line] of days.slice(2)) expect(text).not.toContain(line);
  });

  it('of margins is refused where nobody has an hourly cost', async () => {
    const { id } = (await session.get('/system/members?conditions=identifier="bwest"'))[0];
    await session.rest('PATCH', `/system/members/${id}`, [{ op: 'replace', path: 'hourlyCost', value: 0 }]);
    const time = { chargeToType: 'ServiceTicket', timeStart: '2026-11-29T14:00:00Z', actualHours: 0.5 };
    await session.rest('POST', '/time/entries', { ...time, chargeToId: 589, member: { id } });
    const where = [{ field: 'member', value: 'bwest' }];
    expect(await session.refused('report', { measures: ['labourCost'], period: 'today', where })).toContain(
      'has an hourly cost',
    );
  });
});

describe('a caption with more blanks than it has', () => {
  it('is the same caption', async () => {
    const customFields = [{ caption: ' contract   signed', value: '2026-11-12' }];
    const { text } = await session.ok('update_company', { company: 'Hooli', customFields, dryRun: true });
    expect(text).toMatch(/Contract signed: .*2026-11-12/);
  });
});

describe('a custom field in where', () => {
  const signed = (op: string, value: unknown) => [{ field: 'customFields/Contract signed', op, value }];
  const affected = (value: unknown) => [{ field: 'customFields/Devices affected', op: 'gte', value }];

  beforeAll(async () => {
    for (const [company, value] of [
      ['Globex', '2026-11-10'],
      ['Initech', '2026-10-20'],
    ])
      await session.ok('update_company', { company, customFields: [{ caption: 'Contract signed', value }] });
  });

  it.each([
    ['eq', '2026-11-10', ['Globex']],
    ['eq', '10 Nov 2026', ['Globex']],
    ['eq', '11/10/2026', ['Globex']],
    ['lte', '2026-11-10', ['Globex', 'Initech']],
    ['lt', '2026-11-10', ['Initech']],
    ['gt', '2026-11-10', []],
    ['eq', 'last month', ['Initech']],
    ['between', ['1 Nov 2026', '11/30/2026'], ['Globex']],
    ['notNull', undefined, ['Globex', 'Initech']],
  ])('reads a day as people say it: %s %j', async (op, value, names) => {
    const where = signed(op, value);
    const { text } = await session.ok('search_companies', { where });
    for (const name of ['Globex', 'Initech']) expect(text.includes(name)).toBe(names.includes(name));
    const raw = await session.ok('call_read_operation', {
      operation: 'GET /company/companies/count',
      query: { where },
    });
    expect(raw.text).toContain(`{"count":${names.length}}`);
  });

  it.each([
    ['search_companies', signed('eq', 'banana'), 'has to be a date'],
    ['search_companies', signed('gt', 'banana'), 'has to be a date'],
    ['search_tickets', affected('two'), 'has to be a number'],
    ['search_tickets', affected('5 devices'), 'has to be a number'],
  ])('refuses in %s what its type does not take: %j', async (tool, where, says) => {
    expect(await session.refused(tool, { where })).toContain(says);
  });

  it('compares numbers as numbers, and text as text', async () => {
    const most = await session.ok('search_tickets', { where: affected('3'), state: 'any', kind: 'service', limit: 1 });
    expect(total(most)).toBe(
      (await session.get('/service/tickets/count?customFieldConditions=caption="Devices affected" and value>=3')).count,
    );
    const where = [{ field: 'customFields/Root cause', op: 'gt', value: 'Software' }];
    expect(
      total(await session.ok('search_tickets', { where, state: 'any', kind: 'service', limit: 1 })),
    ).toBeGreaterThan(0);
  });
});

describe('a date in a custom field', () => {
  it.each([
    ['1 Nov 2026', '2026-11-01'],
    ['today', '2026-11-29'],
    ['11/20/2026', '2026-11-20'],
    ['last Friday', '2026-11-27'],
    ['2026-11-24T00:00:00Z', '2026-11-24'],
  ])('is read as people say it: %s', async (value, day) => {
    const customFields = [{ caption: 'Contract signed', value }];
    const { text } = await session.ok('update_company', { company: 'Hooli', customFields });
    expect(text).toContain(day);
    const [{ customFields: stored }] = await session.get('/company/companies?conditions=identifier="Hooli"');
    expect(stored).toContainEqual(expect.objectContaining({ caption: 'Contract signed', value: `${day}T00:00:00Z` }));
  });
});

describe('a custom field without a value', () => {
  const forms = [{ 'Root cause': null }, { 'Root cause': '' }, [{ caption: 'Root cause', value: '' }]];

  it.each(forms)('is said to be as it was beside another change: %j', async (customFields) => {
    const { text } = await session.ok('update_ticket', { ticketId: 596, priority: 'High', customFields });
    expect(text).toContain('customFields: Root cause came without a value and was not emptied; clear: true');
  });

  it.each(forms)('changes nothing alone, and the error says what empties it: %j', async (customFields) => {
    const said = await session.refused('update_ticket', { ticketId: 596, customFields });
    expect(said).toContain('Nothing to change');
    expect(said).toContain('clear: true beside its caption');
  });
});

describe('an empty list', () => {
  it.each([
    [
      'search_companies',
      [{ field: 'customFields/Contract signed', op: 'gt', value: '2031-01-01' }],
      /without where there (?:is|are) \d+/,
    ],
    ['search_agreements', [{ field: 'endDate', op: 'lt', value: '1999-01-01' }], /without where there (?:is|are) \d+/],
    [
      'search_companies',
      [
        { field: 'identifier', op: 'eq', value: 'Globex' },
        { field: 'city', op: 'eq', value: 'Nowhere' },
      ],
      /without where on city there (?:is|are) \d+/,
    ],
  ])('of %s names where for what came in it: %j', async (tool, where, says) => {
    const { text } = await session.ok(tool, { where });
    expect(text).toMatch(says);
    expect(text).not.toMatch(/without (ending|value|caption|city)/);
  });
});

describe('what a call takes for granted is said', () => {
  it.each([
    [
      'the contact that Manage puts on a ticket',
      'create_ticket',
      { company: 'Acme Corporation', summary: 'VPN', dryRun: true },
      /contact: Grace Keller \(the company's default contact/,
    ],
    [
      'the references of a new customer, by id alone',
      'update_ticket',
      { ticketId: 567, company: 'Globex', dryRun: true },
      /^(?!.*_info)(?=.*contact: Jonas Novak -> Ben Petrov).*"path":"contact","value":\{"id":22\}/s,
    ],
    [
      'a work role that is a job as well',
      'find_free_time',
      { who: ['Technician'], period: 'this week' },
      /who "Technician": the work role Technician, 5 members\./,
    ],
    [
      'a member whose name only holds the word',
      'report',
      { measures: ['hours'], where: [{ field: 'member', value: 'Technician' }], period: 'last week' },
      /Only: member Technician \(API Technician\)/,
    ],
    [
      'miles among the money of a report',
      'run_report',
      { report: 'Expense', sum: ['Expense_Cost'] },
      /Amounts of mileage can be miles, not money: group by expense_type/,
    ],
    [
      'a time that has not come yet',
      'log_time',
      { chargeCode: 'Lunch', start: '4pm', hours: '1h', dryRun: true },
      /16:00 has not come yet: it is Sun 29 Nov 2026 14:30/,
    ],
    [
      'what two arguments of a report have wrong',
      'report',
      { measures: ['hourz'], period: 'blurgh' },
      /no measure "hourz".*period "blurgh" is not a period/s,
    ],
  ])('%s', async (_, tool, input, says) => {
    expect((await session.call(tool, input)).text).toMatch(says);
  });

  it('the words of a preview are in its structured content', async () => {
    const input = { ticketId: 564, start: 'yesterday 2pm', hours: '45 minutes', dryRun: true };
    const { structured, text } = await session.ok('log_time', input);
    expect(structured.says).toContainEqual(expect.stringMatching(/^0\.75 h for Jordan Doe on ticket 564/));
    for (const line of structured.says) expect(text).toContain(line);
  });

  it('a field twice in groups and sums counts once', async () => {
    const operation = 'GET /time/entries';
    const input = { operation, groupBy: ['member', 'Member'], sum: ['actualHours', 'actualHours'] };
    expect((await session.ok('call_read_operation', input)).structured.columns).toEqual([
      'member',
      'count',
      'actualHours',
    ]);
  });

  it('how many more are at risk without a filter, and none that are not', async () => {
    const risk = { only: 'slaAtRisk', board: 'Internal', priority: 'Priority 1' };
    const { text } = await session.ok('search_tickets', { ...risk, mine: true });
    const { text: all } = await session.ok('search_tickets', risk);
    expect(text).toContain(`without mine there is ${total({ text: all })}`);
  });
});

describe('what the role may not read', () => {
  it.each([
    ['get_project', { project: '1' }, '/teamMembers', 'Not known, because the security role may not read them: Team.'],
    ['get_project', { project: '1' }, '/phases', 'may not read them: Phases.'],
    ['get_project', { project: '1' }, '/projects/1/notes', 'may not read them: Notes.'],
    ['get_member', { member: 'Alex Chen' }, '/skills', 'may not read them: Skills.'],
    ['get_member', { member: 'Alex Chen' }, '/schedule/entries', 'may not read them: Scheduled today or later.'],
    ['get_member', { member: 'Alex Chen' }, '/project/tickets', 'Open tickets; project tickets may not be read'],
    ['get_board', { board: 'Help Desk' }, '/boards/1/statuses', 'may not read them: Statuses.'],
    ['get_ticket', { ticketId: 564 }, '/564/tasks', 'may not read them: tasks.'],
    ['get_ticket', { ticketId: 564 }, '/time/entries', 'may not read them: time.'],
    ['list_stopwatches', { member: 'all' }, '/activitystopwatches', 'of the kind activity cannot be read here'],
    ['list_holidays', {}, '/schedule/calendars', 'No calendar is set up, or this role may not read them.'],
    ['list_holidays', {}, '/holidays', 'the holidays of Office hours may not be read with this role'],
    [
      'find_missing_time',
      { who: 'me', period: 'last week' },
      '/schedule/calendars',
      'Of Jordan Doe: no calendar is known',
    ],
    ['get_timesheet', {}, '/holidays', 'may not be read with this role, so they count as working days'],
    ['list_locations', {}, '/departmentlocations', 'Which departments are where may not be read'],
    ['search_members', { text: 'Alex' }, '/system/members', 'titles and e-mails are neither searched nor shown'],
  ])('is not told as nothing by %s %j without %s', async (tool, input, path, says) => {
    session.sandbox.faults.add({ kind: 'error', status: 403, method: 'GET', path, times: 3 });
    const { text } = await session.ok(tool, input);
    session.sandbox.faults.clear();
    expect(text).toContain(says);
  });
});

describe('an argument', () => {
  it.each([
    ['a length beside from when to when', 'update_time_entry', { start: '9am to 9:30am', hours: '2 hours' }, 'not 2 h'],
    ['columns without a report', 'run_report', { columns: ['Summary'] }, 'Send report: columns is of the rows of one'],
    ['saving beside a part of the text', 'get_attachments', { attachmentId: 1, save: true, offset: 9 }, 'leave offset'],
  ])('of %s is refused', async (_, tool, input, says) => {
    const entryId = (
      await session.ok('search_time_entries', {
        member: 'me',
        where: [{ field: 'status', op: 'eq', value: 'Open' }],
        limit: 1,
      })
    ).structured.rows[0][0];
    expect(await session.refused(tool, tool === 'update_time_entry' ? { ...input, entryId } : input)).toContain(says);
  });

  it('of more words than are looked for says which ones', async () => {
    const query = 'outlook keeps asking password after laptop update mailbox printer router';
    expect((await session.ok('search_knowledge_base', { query })).text).toContain(
      'Only the first 8 words were looked for',
    );
  });

  it('of a page is kept to by the list of reports, and its overlaps by the calendar', async () => {
    const { structured } = await session.ok('run_report', { limit: 3 });
    expect(structured.rows).toHaveLength(3);
    const at = { member: 'Priya Nair', start: '2026-12-10 9am', hours: '1', allowConflicts: true };
    for (const title of ['One', 'Two', 'Three']) await session.ok('schedule_work', { ...at, title });
    const list = { member: 'Priya Nair', period: '2026-12-10' };
    expect((await session.ok('search_schedule', { ...list, limit: 2 })).text).toMatch(
      /Overlapping on this page: \d+ and \d+/,
    );
    expect((await session.ok('search_schedule', list)).text).toMatch(/Overlapping: \d+ and \d+/);
  });

  it('that says no to what is done holds for a ticket as well', async () => {
    const { id } = (
      await session.ok('schedule_work', { ticketId: 564, member: 'me', date: 'Friday', allowConflicts: true })
    ).structured;
    await session.ok('update_schedule_entry', { entryId: id, done: true });
    const ids = async (more: object) =>
      (await session.ok('search_schedule', { ticketId: 564, ...more })).structured.rows.map(([one]: string[]) => one);
    expect(await ids({})).toContain(String(id));
    expect(await ids({ includeDone: false })).not.toContain(String(id));
  });
});

describe('what goes along with a change', () => {
  it('is what it shares its time with, where that is allowed', async () => {
    const at = { member: 'Alex Rivera', start: '2026-12-09 9am', hours: '1' };
    const first = await session.ok('schedule_work', { ...at, title: 'Training' });
    const same = `At the same time as entry ${first.structured.id}: Wed 9 Dec 2026 09:00-10:00 Training.`;
    const second = await session.ok('schedule_work', { ...at, ticketId: 556, allowConflicts: true });
    expect(second.text).toContain(same);
    const { id } = second.structured;
    const later = await session.ok('update_schedule_entry', { entryId: id, hours: '30 minutes', allowConflicts: true });
    expect(later.text).toContain(same);
    const given = await session.ok('update_schedule_entry', { entryId: id, member: 'Alex Chen' });
    expect(given.text).toContain('That takes Alex Rivera off ticket 556.');
    const work = { chargeCode: 'Training', start: '2026-11-22 9am', hours: '1 hour' };
    const logged = await session.ok('log_time', work);
    const beside = await session.ok('log_time', { ...work, chargeCode: 'Lunch', allowOverlap: true });
    expect(beside.text).toContain(`overlaps entry ${logged.structured.id}: Sun 22 Nov 2026 09:00-10:00 on Training`);
  });

  it('is how time bills that moves to a charge code, and a closed project in the list of those there are', async () => {
    const ticketId = 556;
    const { id } = (
      await session.ok('log_time', { ticketId, start: '2026-11-21 3pm', hours: '15 minutes', notes: 'x' })
    ).structured;
    const { text } = await session.ok('update_time_entry', { entryId: id, chargeCode: 'Training' });
    expect(text).toContain('billableOption: billable -> do not bill');
    expect(text).toMatch(/ticket: (?!record)\S.* -> -/);
    await session.ok('update_project', { project: '3', status: 'Closed' });
    const { rows } = (await session.ok('lookup_values', { table: 'projects', company: 'Initech' })).structured;
    expect(rows).toContainEqual(['3', 'Initech Server refresh', 'closed']);
  });

  it('shows the rate that comes with another work type', async () => {
    const { structured } = await session.ok('log_time', {
      ticketId: 580,
      hours: 1,
      notes: 'Drove there',
      start: '6am',
    });
    const { text } = await session.ok('update_time_entry', { entryId: structured.id, workType: 'Travel' });
    expect(text).toMatch(/hourlyRate: 140\.00 -> 70\.00/);
  });

  it('is what a converted ticket has no more', async () => {
    const { id } = (
      await session.ok('create_ticket', {
        company: 'Wayne Logistics',
        summary: 'To be a project',
        type: 'Incident',
        board: 'Help Desk',
      })
    ).structured;
    const { text } = await session.ok('convert_ticket', { ticketId: id, project: '4', phase: 'Plan', confirm: true });
    expect(text).toContain('Changed with it: type: Incident -> none');
  });

  it('is what a merged ticket does not hand over', async () => {
    const one = async (summary: string, priority: string) =>
      (await session.ok('create_ticket', { company: 'Wayne Logistics', summary, priority })).structured.id;
    const [into, other] = [await one('Stays here', 'Priority 3'), await one('Goes there', 'Priority 1')];
    const { text } = await session.ok('merge_tickets', { into, tickets: [other], confirm: true });
    expect(text).toContain(`Ticket ${into} does not take over: Priority 1`);
  });

  it('is that a status closes a project, whose tickets stay open', async () => {
    const { text } = await session.ok('update_project', { project: 'Mueller Office move', status: 'Closed' });
    expect(text).toMatch(/closedFlag: false -> true/);
    const open = await counted('/project/tickets', 'project/id=2 and closedFlag=false');
    expect(text).toContain(`${open} tickets of it stay open.`);
  });

  it('is told where a long text differs behind what a line shows, and of two records of one name', async () => {
    const text = (end: string) => `${'The office moves in three stages. '.repeat(9)}${end}`;
    const change = (description: string) => session.ok('update_project', { project: '1', description });
    await change(text('Lifts are booked.'));
    const { text: said, structured } = await change(text('Lifts are broken.'));
    expect(said).toContain('Lifts are booked. -> ... ');
    expect(structured.changes).toHaveLength(1);
    expect((await change(text('Lifts are broken.'))).text).toContain('already');
    const { id } = (await session.ok('create_ticket', { company: 'Initech', summary: 'Of another customer' }))
      .structured;
    const { text: moved } = await session.ok('update_ticket', { ticketId: id, company: 'Globex', confirm: true });
    expect(moved).toMatch(/site: Main \(id \d+\) -> Main \(id \d+\)/);
  });

  it('is time on a ticket whose creation is taken back', async () => {
    const ticket = await session.ok('create_ticket', { company: 'Globex', summary: 'By mistake, with time' });
    const ticketId = ticket.structured.id;
    const change = async (tool: string) =>
      (await session.ok('list_changes', { tool, record: `ticket ${ticketId}`, limit: 1 })).structured.rows[0][0];
    const logged = await session.ok('log_time', { ticketId, start: '2026-11-22 3pm', hours: '15 minutes', notes: 'x' });
    const [made, worked] = [await change('create_ticket'), await change('log_time')];
    expect(await session.refused('undo_change', { id: made, confirm: true })).toContain(
      `Undo first: created time entry ${logged.structured.id}`,
    );
    await session.ok('undo_change', { id: worked, confirm: true });
    // Somebody else answers, of which the journal knows nothing.
    const note = { text: 'Thank you', detailDescriptionFlag: true };
    await session.rest('POST', `/service/tickets/${ticketId}/notes`, note);
    expect(await session.refused('undo_change', { id: made })).toMatch(/remove ticket \d+ \(.*\) with 1 note\?/);
    await session.ok('undo_change', { id: made, confirm: true });
    expect((await session.rest('GET', `/service/tickets/${ticketId}`)).status).toBe(404);
  });
});
