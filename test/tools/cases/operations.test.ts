import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

const read = (operation: string, query?: object) =>
  session.ok('call_read_operation', { operation, ...(query && { query }) });

describe('a record whose end lies before its start', () => {
  const entry = { member: { id: 1 }, chargeToId: 577, chargeToType: 'ServiceTicket', notes: 'x' };
  it.each([
    [
      'POST /time/entries',
      { ...entry, timeStart: '2026-11-24T15:00:00Z', timeEnd: '2026-11-24T14:00:00Z' },
      /timeEnd .*lies before timeStart/,
    ],
    ['PATCH /finance/agreements/1', { endDate: '2001-01-01T00:00:00Z' }, /endDate .*lies before startDate \(20/],
    [
      'PATCH /sales/activities/5',
      [{ op: 'replace', path: '/dateStart', value: '2041-01-01T00:00:00Z' }],
      /dateEnd .*lies before dateStart \(2041/,
    ],
    [
      'PATCH /project/projects/1',
      { estimatedStart: '2026-11-02T00:00:00Z', estimatedEnd: '2026-11-01T00:00:00Z' },
      /estimatedEnd .*lies before estimatedStart/,
    ],
  ])('is not sent: %s', async (operation, body, expected) => {
    session.writes();
    expect(await session.refused('call_write_operation', { operation, body })).toMatch(expected);
    expect(session.writes()).toEqual([]);
  });

  it('is none that ends later, or at the same moment', async () => {
    const day = '2026-12-01T00:00:00Z';
    for (const body of [{ endDate: '2031-01-01T00:00:00Z' }, { startDate: day, endDate: day }])
      await session.ok('call_write_operation', { operation: 'PATCH /finance/agreements/1', body, dryRun: true });
  });
});

describe('an operation as people paste it', () => {
  it('keeps the query that stands in its path', async () => {
    const { text } = await read('GET /service/tickets/count?conditions=closedFlag=false');
    const { count } = await session.get('/service/tickets/count?conditions=closedFlag=false');
    expect(text).toContain(`{"count":${count}}`);
    expect(count).toBeLessThan((await session.get('/service/tickets/count')).count);
  });

  it('keeps the query of a deletion, in its preview and in its question', async () => {
    const [{ id }] = await session.get('/company/contacts?pageSize=1');
    const operation = `DELETE /company/contacts/${id}?transferContactId=61`;
    const { text } = await session.ok('call_write_operation', { operation, dryRun: true });
    expect(text).toMatch(/DELETE .*\/company\/contacts\/\d+\?transferContactId=61/);
    expect(await session.refused('call_write_operation', { operation })).toContain('{"transferContactId":"61"}');
  });

  it('may be the whole address of a cloud site', async () => {
    const { text } = await read('GET https://na.myconnectwise.net/v4_6_release/apis/3.0/service/tickets/589');
    expect(text).toMatch(/GET \/service\/tickets\/\{id\}\n\{"id":589,/);
  });

  it('takes null for a parameter that was not given, in any case of letters', async () => {
    expect((await read('GET /service/boards', { childconditions: null })).text).toContain('5 rows');
  });
});

describe('a list of one row more than a page', () => {
  it.each([
    ['id<27', /: 26 rows/],
    ['id<30', /: 25 of 29 rows; more with query\.page 2/],
  ])('is shown whole: %s', async (conditions, says) => {
    const input = { operation: 'GET /company/contacts', query: { conditions, fields: 'id' } };
    expect((await session.ok('call_read_operation', input)).text).toMatch(says);
  });
});

describe('what an operation leaves out or ignores', () => {
  it('is said of fields that there are not', async () => {
    const { text } = await read('GET /service/tickets', { fields: 'id,summary,statusName', pageSize: 1 });
    expect(text).toMatch(/no statusName.*status\?/);
  });

  it.each([
    ['PATCH /service/tickets/589', { closedFlag: true }, /Manage ignores closedFlag.*status that closes it/],
    ['PATCH /time/entries/340', { actualHours: 3 }, /Manage ignores actualHours.*change timeEnd or hoursDeduct/],
  ])('is said of %s %o, with what to do instead', async (operation, body, says) => {
    expect((await session.ok('call_write_operation', { operation, body })).text).toMatch(says);
  });
});

describe('a write without anything in it', () => {
  it.each([
    ['PATCH /service/tickets/589', {}, /nothing to change\.\nSend the members to replace/],
    ['PATCH /service/tickets/589', [], /nothing to change\./],
    ['PATCH /service/tickets/589', undefined, /nothing to change\./],
    ['PATCH /service/tickets/589', { requiredDate: '' }, /nothing to change: requiredDate came without a value/],
    ['PUT /service/tickets/589', {}, /body is empty: PUT \/service\/tickets\/\{id\} needs one/],
    ['PUT /service/tickets/589', { summary: null }, /body is empty/],
    ['POST /service/tickets', undefined, /body is empty/],
    ['POST /service/tickets/589/tasks', {}, /body is empty/],
    ['POST /company/companies/2/merge', {}, /toCompanyId is required/],
  ])('is refused: %s %j', async (operation, body, says) => {
    session.writes();
    for (const dryRun of [true, false])
      expect(await session.refused('call_write_operation', { operation, ...(body && { body }), dryRun })).toMatch(says);
    expect(session.writes()).toEqual([]);
  });

  it('is taken where an operation needs no body', async () => {
    const operation = 'POST /time/sheets/27/submit';
    const { text } = await session.ok('call_write_operation', { operation, dryRun: true });
    expect(text).toContain('POST /time/sheets/{id}/submit for id 27');
  });
});

describe('what came of the conversation itself', () => {
  it.each([
    ['what did you change today', 'list_changes'],
    ['take it back', 'undo_change'],
    ['revert', 'undo_change'],
  ])('is found by "%s"', async (query, tool) => {
    expect((await session.ok('search_operations', { query })).structured.tools[0]).toBe(tool);
  });
});

describe('an order by what may be empty', () => {
  it.each([{}, { kind: 'service' }, { kind: 'service', page: 2 }])(
    'has the tickets without it last: %j',
    async (input) => {
      const query = { state: 'any', orderBy: 'dueDate', limit: 20, ...input };
      const list = 'GET /service/tickets';
      const { structured } = await session.ok('search_tickets', query);
      const at = structured.columns.indexOf('due');
      const due = structured.rows.map((row: string[]) => row[at]);
      const conditions = 'requiredDate != null';
      const order = { conditions, orderBy: 'requiredDate,id', fields: 'id', pageSize: 1000 };
      const { structured: filled } = await session.ok('call_read_operation', { operation: list, query: order });
      const emptyFrom = due.indexOf('');
      expect(due.slice(0, emptyFrom < 0 ? undefined : emptyFrom).every((text: string) => text !== '')).toBe(true);
      expect(due[0] === '').toBe(('page' in input ? 20 : 0) >= filled.rows.length);
      const { structured: all } = await session.ok('search_tickets', { ...query, limit: 200, page: 1 });
      const ids = (rows: string[][]): unknown[] => rows.map(([id]) => id);
      const from = 'page' in input ? 20 : 0;
      expect(ids(structured.rows)).toEqual(ids(all.rows).slice(from, from + 20));
      expect(structured.total).toBe(all.total);
    },
  );

  it('says so of the rest of an order, and where Manage orders', async () => {
    const tickets = await session.ok('search_tickets', { orderBy: 'priority, dueDate' });
    expect(tickets.text).toContain('Among equals, those without requiredDate come first.');
    const query = { orderBy: 'requiredDate', fields: 'id,requiredDate' };
    expect((await read('GET /service/tickets', query)).text).toContain('Those without requiredDate come first.');
    expect((await read('GET /service/tickets', { orderBy: 'id' })).text).not.toContain('come first');
  });
});

describe('conditions on custom fields', () => {
  it('count together, wherever they stand', async () => {
    const fields = { fields: 'id', pageSize: 1000 };
    const ids = async (query: object): Promise<number[]> =>
      [...(await read('GET /service/tickets', { ...fields, ...query })).text.matchAll(/\{"id":(\d+)\}/g)].map(
        ([, id]) => Number(id),
      );
    const customFieldConditions = 'caption="Devices affected" AND value > 1';
    const where = [{ field: 'customFields/Root cause', op: 'eq', value: 'Hardware' }];
    const [devices, causes, both] = [
      await ids({ customFieldConditions }),
      await ids({ where }),
      await ids({ customFieldConditions, where }),
    ];
    expect(both).toEqual(devices.filter((id) => causes.includes(id)));
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(Math.min(devices.length, causes.length));
  });
});

describe('secrets', () => {
  it.each([
    ['/system/ePayConfigurations', ['encryptionKey', 'initializationVector']],
    ['/finance/taxIntegrations', ['licenseKey']],
  ])('of %s are masked', async (path, members) => {
    const [setup] = await session.get(path);
    const patch = members.map((member) => ({ op: 'add', path: member, value: 'open-sesame' }));
    expect((await session.rest('PATCH', `${path}/${setup.id}`, patch)).status).toBe(200);
    expect(JSON.stringify(await session.get(path))).toContain('open-sesame');
    for (const query of [{}, { fields: members.join(',') }]) {
      const { text, structured } = await read(`GET ${path}`, query);
      expect(text).toContain(`"${members[0]}":"[hidden]"`);
      expect(text + JSON.stringify(structured)).not.toContain('open-sesame');
    }
  });
});

describe('an operation that mails, deactivates or sends data away', () => {
  it.each([
    ['POST /service/tickets/8/notes', { text: 'Hello', detailDescriptionFlag: true, processNotifications: true }],
    ['PATCH /system/members/3', { inactiveFlag: true }],
    ['POST /system/callbacks', { url: 'https://example.com/x', type: 'Ticket', level: 'Owner', objectId: 1 }],
  ])('%s asks, as the direct tools do', async (operation, body) => {
    const asked = await session.refused('call_write_operation', { operation, body });
    expect(asked).toMatch(/Nothing was done. Ask the person.*confirm: true/s);
  });
});

describe('what hosts add to every call', () => {
  it.each([
    ['get_ticket', { ticketId: 490, toolCallId: 'call_1' }],
    ['whoami', { random_string: 'x' }],
    ['search_tickets', { task_progress: 'x' }],
    ['search_tickets', { board: '', state: '', page: 0, groupBy: [] }],
  ])('%s ignores it in %o', async (tool, input) => {
    const { text } = await session.ok(tool, input);
    expect(text).toMatch(tool === 'search_tickets' ? /25 of 173 open tickets/ : /Jordan Doe/);
  });
});

describe('a change through an operation names its record', () => {
  it('in the question of a deletion, by id and title', async () => {
    const [{ id, firstName, lastName }] = await session.get('/company/contacts?pageSize=1');
    const answer = await session.call('call_write_operation', { operation: `DELETE /company/contacts/${id}` });
    expect(answer.text).toContain(`for "${firstName} ${lastName}", id ${id}`);
    const [entry] = await session.get('/time/entries?pageSize=1&conditions=notes != null');
    const time = await session.call('call_write_operation', { operation: `DELETE /time/entries/${entry.id}` });
    expect(time.text).toContain(`id ${entry.id}, ${entry.member.name}`);
    expect(time.text).toContain(entry.notes.slice(0, 20));
  });

  it('in the question of a change, with before and after in a preview', async () => {
    const [{ id, firstName, lastName }] = await session.get('/system/members?pageSize=1&conditions=inactiveFlag=false');
    const change = { operation: `PATCH /system/members/${id}`, body: { inactiveFlag: true } };
    expect((await session.call('call_write_operation', change)).text).toContain(`"${firstName} ${lastName}", id ${id}`);
    const preview = await session.ok('call_write_operation', { ...change, dryRun: true });
    expect(preview.text).toContain('inactiveFlag: false -> true');
  });

  it('and says that there is none before anybody is asked', async () => {
    expect(await session.refused('call_write_operation', { operation: 'DELETE /time/entries/999999' })).toMatch(
      /999999 not found/,
    );
  });
});

describe('an operation as models write it', () => {
  it.each([
    [{ operation: 'GET /service/tickets', query: '?pageSize=2&orderBy=id desc&fields=id' }, [600, 599]],
    [{ operation: 'GET /service/tickets', query: { fields: 'id', orderBy: '-id' }, limit: 1 }, [600]],
    [
      {
        operation: 'service/tickets',
        query: { fields: 'id', where: [{ field: 'id', op: 'between', value: [490, 492] }] },
      },
      [490, 491, 492],
    ],
    [
      {
        operation: 'GET /company/companies',
        query: { fields: 'id', where: [{ field: 'name', op: 'startsWith', value: 'Acme' }] },
      },
      [2, 3],
    ],
  ])('%j', async (input, ids) => {
    const { structured } = await session.ok('call_read_operation', input);
    expect(structured.rows.map((row: { id: number }) => row.id)).toEqual(ids);
  });

  it('takes the one id of a path under any name', async () => {
    const input = { operation: 'GET /service/tickets/{id}', path: { ticketId: 589 }, query: { fields: 'id' } };
    expect((await session.ok('call_read_operation', input)).structured.result).toEqual({ id: 589 });
    const notes = { operation: 'GET /service/tickets/{parentId}/notes', path: { id: 589 } };
    expect((await session.ok('call_read_operation', notes)).isError).toBe(false);
  });

  it.each([
    { operation: 'GET /service/tickets', query: 'pageSize=2&pageSize=3' },
    { operation: 'GET /service/tickets', query: { where: [{ field: 'id', op: 'between', value: [490] }] } },
    { operation: 'GET /service/tickets', query: { pageSize: 1 }, limit: 3 },
  ])('refuses what has no one meaning: %j', async (input) => {
    await session.refused('call_read_operation', input);
  });
});

describe('a filter or a group that is written otherwise', () => {
  it('is understood where it can be nothing else', async () => {
    const { structured } = await session.ok('search_time_entries', { period: 'November', groupBy: 'work type' });
    expect(structured.columns[0]).toBe('workType');
  });

  it('is refused with the form of an entry, not taken for a field of that name', async () => {
    const query = { where: [{ name: 'Acme Corporation' }] };
    expect(await session.refused('call_read_operation', { operation: 'GET /company/companies', query })).toContain(
      '{field, op, value}',
    );
  });
});

describe('the records that a body refers to by their ids', () => {
  it('are named in the preview of a change', async () => {
    const body = [
      { op: 'replace', path: 'owner', value: { id: 2 } },
      { op: 'replace', path: 'status', value: { id: 2 } },
      { op: 'replace', path: 'contact', value: { id: 5 } },
      { op: 'replace', path: 'type', value: { id: 999 } },
    ];
    const operation = 'PATCH /service/tickets/589';
    const { text } = await session.ok('call_write_operation', { operation, body, dryRun: true });
    expect(text).toContain(
      'owner: Jordan Doe -> Alex Chen\nstatus: In Progress -> Assigned\ncontact: Marco Rossi -> Grace Keller\n',
    );
    // There is no such type, and the preview makes none up.
    expect(text).toContain('type: Email -> record 999');
  });

  it('may be named by a path to the name, and are those of the customer', async () => {
    const operation = 'PATCH /service/tickets/589';
    const to = (value: string) => ({ operation, body: [{ op: 'replace', path: 'contact/name', value }], dryRun: true });
    expect((await session.ok('call_write_operation', to('Marco Rossi'))).text).toContain(
      '"path":"contact","value":{"id":',
    );
    expect(await session.refused('call_write_operation', to('Grace Keller'))).toMatch(/no contact "Grace Keller" of/);
  });

  it.each([
    [
      'contacts/5',
      [{ op: 'replace', path: 'company/id', value: 7 }],
      /Of Acme Corporation, and not changed.*: site Main\./,
    ],
    ['configurations/15', { company: { id: 7 } }, /Of Acme Corporation, and not changed.*: contact .*, site Main\./],
    ['configurations/15', { company: { id: 2 } }, /^(?!.*not changed by this)/s],
  ])('that stay those of the old customer are told: %s', async (record, body, says) => {
    const input = { operation: `PATCH /company/${record}`, body, dryRun: true };
    expect((await session.ok('call_write_operation', input)).text).toMatch(says);
  });

  it('are named in the preview of a creation', async () => {
    const body = { firstName: 'Otto', lastName: 'Keller', company: { id: 18 } };
    const input = { operation: 'POST /company/contacts', body, dryRun: true };
    expect((await session.ok('call_write_operation', input)).text).toContain('company: Oscorp Laboratories (id 18)');
  });
});

describe('amounts of records without a currency', () => {
  it('are shown in that of their customer', async () => {
    const [{ id }] = await session.get('/procurement/products?pageSize=1');
    const input = { operation: `PATCH /procurement/products/${id}`, body: { price: 12.345 }, dryRun: true };
    expect((await session.ok('call_write_operation', input)).text).toMatch(/price: [\d,.]+ USD -> 12\.345 USD/);
  });
});

describe('a second creation by an operation', () => {
  it.each([
    ['POST /company/contacts', { firstName: 'omar', lastName: 'Keller', company: { id: 18 } }, '"Omar Keller", id 61'],
    ['POST /company/companies', { identifier: 'X1', name: 'Globex manufacturing', site: { id: 1 } }, '"Globex Manuf'],
    ['POST /procurement/catalog', { identifier: 'lt-14', description: 'x' }, 'id 6'],
  ])('is refused with the first: %s', async (operation, body, first) => {
    const text = await session.refused('call_write_operation', { operation, body });
    expect(text).toContain('There is already');
    expect(text).toContain(first);
  });

  it('is refused with the first where it says the customer before the name', async () => {
    const made = { name: 'Office move', company: 'Acme Corporation', start: '2026-12-01', end: '2026-12-20' };
    await session.ok('create_project', made);
    await session.ok('create_project', { ...made, name: 'Office move two' });
    const { board, status, billingMethod, estimatedStart, estimatedEnd } = (await session.get('/project/projects'))[0];
    const body = { company: { id: 2 }, board, status, billingMethod, estimatedStart, estimatedEnd };
    const input = { operation: 'POST /project/projects', body: { ...body, name: 'Acme: Office move' } };
    expect(await session.refused('call_write_operation', input)).toContain('There is already "Office move"');
    const [{ id }] = await session.get('/project/projects?conditions=name="Office move two"');
    const renamed = await session.refused('update_project', {
      project: String(id),
      name: 'Acme Corporation - Office move',
    });
    expect(renamed).toContain('has this name as well');
  });

  it('is made where it is meant, and where only the name is the same', async () => {
    const operation = 'POST /company/contacts';
    const body = { firstName: 'Omar', lastName: 'Keller', company: { id: 7 } };
    await session.ok('call_write_operation', { operation, body });
    await session.ok('call_write_operation', { operation, body, allowDuplicate: true });
    const made = await session.get('/company/contacts?conditions=company/id=7 and lastName="Keller"');
    expect(made.map(({ firstName }: { firstName: string }) => firstName)).toEqual(['Omar', 'Omar']);
  });
});

describe('a name that several records have', () => {
  it('is told as what it stands for in where', async () => {
    const where = [{ field: 'contact', op: 'eq', value: 'Tara Dietrich' }];
    const { text } = await session.ok('search_tickets', { where });
    expect(text).toMatch(/contact "Tara Dietrich" is 2 records, all of them listed: .*id 13, .*id 83, /);
    const agreements = [{ field: 'agreement/name', op: 'eq', value: 'Managed Services 2026' }];
    const entries = await session.ok('search_time_entries', { where: agreements, limit: 1 });
    expect(entries.text).toMatch(/is 8 records, .*\(id 3, .*\) and 4 more\. agreement\/id takes one/);
  });
});

describe('what has no effect on an operation', () => {
  const search = 'POST /service/tickets/search';
  it.each([
    ['call_write_operation', { operation: 'PATCH /company/companies/2', query: { conditions: 'id=3' } }, /conditions/],
    [
      'call_write_operation',
      { operation: 'PATCH /company/companies/2', query: { where: [{ field: 'city', value: 'Rome' }], orderBy: 'id' } },
      /conditions, orderBy would change nothing/,
    ],
    ['call_write_operation', { operation: 'PATCH /company/companies/2', query: { page: 2 } }, /page and pageSize/],
    ['call_read_operation', { operation: search, groupBy: ['status'] }, /takes no groupBy and sum/],
    ['call_read_operation', { operation: search, all: true }, /takes no all/],
    [
      'call_read_operation',
      { operation: 'GET /finance/invoices/1/pdf', query: { conditions: 'id=2' } },
      /gives one file, whatever conditions says/,
    ],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', groupBy: ['status'], query: { fields: 'id' } },
      /query.fields belongs to rows/,
    ],
  ])('is refused: %s %j', async (tool, input, says) => {
    const body = tool === 'call_write_operation' ? { website: 'https://case.example' } : undefined;
    session.writes();
    expect(await session.refused(tool, { ...input, ...(body && { body }) })).toMatch(says);
    expect(session.writes()).toEqual([]);
  });

  it('is no end of a list: a search says that there may be more, and a page that it is none', async () => {
    const body = { conditions: 'id > 0' };
    const found = await session.ok('call_read_operation', { operation: search, body });
    expect(found.text).toContain('A search gives the first 25 rows, and there may be more.');
    const few = await session.ok('call_read_operation', { operation: search, body: { conditions: 'id = 7' } });
    expect(few.text).not.toContain('there may be more');
    const { text } = await read('GET /service/tickets', { page: 900 });
    expect(text).toMatch(/: 0 of \d+ rows: page 900 is behind the last one$/);
    const members = await session.ok('search_marketing_groups', { group: 'Customers', page: 9 });
    expect(members.text).toContain('page 9 is behind the last one');
  });

  it('is told of groups that there are none of', async () => {
    const groups = await session.ok('call_read_operation', {
      operation: 'GET /service/tickets',
      groupBy: ['status'],
      query: { conditions: 'id = 999999 and closedFlag = false' },
    });
    expect(groups.text).toMatch(/0 of 0 groups\nTo find more, leave out one filter: without id there are \d+/);
  });
});

describe('a list that a PATCH replaces whole', () => {
  it('asks before it loses what stood in it', async () => {
    const [contact] = await session.get('/company/contacts?conditions=company/id=9');
    const items = contact.communicationItems as { communicationType: string; value: string }[];
    const [email, other] = [items.find((item) => item.communicationType === 'Email'), items.at(-1)];
    const call = (communicationItems: unknown) => ({
      operation: `PATCH /company/contacts/${contact.id}`,
      body: { communicationItems },
    });
    const asked = await session.refused('call_write_operation', call([email]));
    expect(asked).toContain(`A list is replaced whole: ${other?.communicationType} ${other?.value}`);
    await session.ok('call_write_operation', call(items));
    const after = await session.get(`/company/contacts/${contact.id}`);
    expect(after.communicationItems).toHaveLength(items.length);
  });
});
