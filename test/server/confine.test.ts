import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startHttpSession } from '../support/session.ts';

type Row = Record<string, never> & { id: number; company: { id: number; identifier: string }; board: { id: number } };
type Input = Record<string, unknown>;

let session: Session;
/** Records of Acme on the Help Desk, and of Globex elsewhere. */
const ours = { ticket: 0, note: 0, contact: 0, entry: 0, schedule: 0, opportunity: 0 };
const theirs = {
  ticket: 0,
  note: 0,
  contact: 0,
  entry: 0,
  schedule: 0,
  site: 0,
  agreement: 0,
  configuration: 0,
  invoice: 0,
  activity: 0,
  opportunity: 0,
  document: 0,
  otherBoard: 0,
};
const ACME = 2;
let globex = 0;
let helpDesk = 0;
let elsewhere = 0;

const rows = async (path: string, conditions = ''): Promise<Row[]> =>
  session.get(
    `${path}${path.includes('?') ? '&' : '?'}pageSize=1000${conditions && `&conditions=${encodeURIComponent(conditions)}`}`,
  );
const idOf = async (path: string, conditions?: string): Promise<number> => (await rows(path, conditions))[0]?.id ?? 0;

beforeAll(async () => {
  session = await startHttpSession({
    toolsets: 'all',
    environment: { CWM_COMPANIES: 'Acme', CWM_BOARDS: 'Help Desk' },
  });
  globex = await idOf('/company/companies', 'identifier = "Globex"');
  helpDesk = await idOf('/service/boards', 'name = "Help Desk"');
  elsewhere = await idOf('/service/boards', 'name = "Network Operations"');
  const made = async (path: string, body: Input | FormData): Promise<number> =>
    (await session.rest('POST', path, body)).body.id;
  ours.ticket = await made('/service/tickets', { summary: 'Ours', company: { id: ACME }, board: { id: helpDesk } });
  theirs.ticket = await made('/service/tickets', {
    summary: 'Secret plan',
    company: { id: globex },
    board: { id: helpDesk },
  });
  theirs.otherBoard = await made('/service/tickets', {
    summary: 'Secret plan',
    company: { id: ACME },
    board: { id: elsewhere },
  });
  for (const side of [ours, theirs]) {
    const note = { text: 'Secret note', internalAnalysisFlag: true };
    side.note = await made(`/service/tickets/${side.ticket}/notes`, note);
    side.contact = await idOf('/company/contacts', `company/id = ${side === ours ? ACME : globex}`);
    side.entry = await made('/time/entries', {
      chargeToId: side.ticket,
      chargeToType: 'ServiceTicket',
      member: { id: 1 },
      timeStart: '2026-11-24T14:00:00Z',
      actualHours: 0.5,
      notes: 'Secret work',
    });
    const type = { id: await idOf('/schedule/types', 'identifier = "S"') };
    side.schedule = await made('/schedule/entries', {
      objectId: side.ticket,
      type,
      member: { id: 1 },
      dateStart: '2026-12-01T15:00:00Z',
      dateEnd: '2026-12-01T16:00:00Z',
    });
  }
  theirs.site = await idOf(`/company/companies/${globex}/sites`);
  theirs.agreement = await idOf('/finance/agreements', `company/id = ${globex}`);
  theirs.configuration = await idOf('/company/configurations', `company/id = ${globex}`);
  theirs.invoice = await idOf('/finance/invoices', `company/id = ${globex}`);
  theirs.activity = await idOf('/sales/activities', `company/id != ${ACME}`);
  theirs.document = await made('/system/documents', upload(theirs.ticket));
  ours.opportunity = await idOf('/sales/opportunities', `company/id = ${ACME}`);
  theirs.opportunity = await idOf('/sales/opportunities', `company/id != ${ACME}`);
  session.writes();
});
afterAll(() => session.close());

function upload(ticket: number): FormData {
  const form = new FormData();
  const said = { recordType: 'Ticket', recordId: String(ticket), title: 'Secret picture' };
  for (const [name, value] of Object.entries(said)) form.set(name, value);
  form.set('file', new Blob(['Secret']), 'secret.txt');
  return form;
}

/** Everything that would show that a read got out. */
const SECRET = /Globex|Secret|Network Operations|@rekall/;

const read = (operation: string, more: Input = {}) => ['call_read_operation', { operation, ...more }] as const;
const write = (operation: string, body?: unknown, more: Input = {}) =>
  ['call_write_operation', { operation, body, confirm: true, ...more }] as const;

describe('reads that try to get out', () => {
  const attempts: readonly (readonly [string, () => readonly [string, Input]])[] = [
    ['a ticket of another company', () => read(`GET /service/tickets/${theirs.ticket}`)],
    ['a ticket of another board', () => read(`GET /service/tickets/${theirs.otherBoard}`)],
    ['by id', () => read('getServiceTicketsById', { path: { id: theirs.ticket } })],
    ['in other letters', () => read(`GET /SERVICE/Tickets/${theirs.ticket}/`)],
    ['by a link', () => read(`${session.sandbox.baseUrl}//service/tickets/${theirs.ticket}`)],
    ['by dots in the path', () => read(`GET /service/tickets/${ours.ticket}/../${theirs.ticket}`)],
    [
      'by dots in an id',
      () => read('GET /service/tickets/{id}', { path: { id: `${ours.ticket}/../${theirs.ticket}` } }),
    ],
    ['by an encoded id', () => read('GET /service/tickets/{id}', { path: { id: `%2e%2e/${theirs.ticket}` } })],
    ['by a query behind an id', () => read('GET /service/tickets/{id}', { path: { id: `${theirs.ticket}?x=` } })],
    ['with few fields', () => read(`GET /service/tickets/${theirs.ticket}`, { query: { fields: 'summary' } })],
    [
      'with fields of other companies',
      () => read('GET /company/companies', { query: { fields: 'name,parentCompany/name,billToCompany/name' } }),
    ],
    ['by conditions', () => read('GET /service/tickets', { query: { conditions: `company/id = ${globex}` } })],
    ['by an OR', () => read('GET /service/tickets', { query: { conditions: `id > 0 OR company/id = ${globex}` } })],
    [
      'by an OR in a list of all',
      () =>
        read('GET /service/tickets', {
          all: true,
          query: { conditions: `id = 1 OR id > 0`, fields: 'id,summary,company/name' },
        }),
    ],
    [
      'by closing a parenthesis',
      () => read('GET /service/tickets', { query: { conditions: `id = 1) OR (company/id = ${globex}` } }),
    ],
    ['by a comment', () => read('GET /service/tickets', { query: { conditions: `id > 0 OR id > 0 --` } })],
    [
      'by other letters of a parameter',
      () => read('GET /service/tickets', { query: { Conditions: `company/id = ${globex}` } }),
    ],
    [
      'by two parameters',
      () => read(`GET /service/tickets?CONDITIONS=id>0`, { query: { conditions: 'id > 0 OR id > 1' } }),
    ],
    [
      'by a filter',
      () =>
        read('GET /service/tickets', {
          query: {
            where: [
              {
                any: [
                  { field: 'company/id', op: 'eq', value: globex },
                  { field: 'id', op: 'gt', value: 0 },
                ],
              },
            ],
          },
        }),
    ],
    [
      'by a long filter',
      () =>
        read('GET /service/tickets', {
          query: { where: [{ field: 'id', op: 'in', value: Array.from({ length: 900 }, (_, id) => id + 1) }] },
        }),
    ],
    [
      'by custom fields',
      () => read('GET /service/tickets', { query: { customFieldConditions: 'caption = "x" OR caption != "x"' } }),
    ],
    [
      'by a search',
      () => read('POST /service/tickets/search', { body: { conditions: `id > 0 OR company/id = ${globex}` } }),
    ],
    [
      'by a search in two letters',
      () =>
        read('POST /service/tickets/search', { body: { conditions: 'id > 0', Conditions: `company/id = ${globex}` } }),
    ],
    ['by a search without conditions', () => read('POST /service/tickets/search', { body: {} })],
    ['by groups', () => read('GET /service/tickets', { groupBy: ['company', 'board'] })],
    ['by pages', () => read('GET /service/tickets', { query: { page: 3, pageSize: 200 } })],
    ['notes', () => read(`GET /service/tickets/${theirs.ticket}/notes`)],
    ['all notes', () => read(`GET /service/tickets/${theirs.ticket}/allNotes`)],
    ['a note below our ticket', () => read(`GET /service/tickets/${ours.ticket}/notes/${theirs.note}`)],
    ['notes by the other collection', () => read(`GET /project/tickets/${theirs.ticket}/notes`)],
    ['tasks', () => read(`GET /service/tickets/${theirs.ticket}/tasks`)],
    ['configurations of a ticket', () => read(`GET /service/tickets/${theirs.ticket}/configurations`)],
    ['schedule of a ticket', () => read(`GET /service/tickets/${theirs.ticket}/scheduleentries`)],
    ['times of a ticket', () => read(`GET /service/tickets/${theirs.ticket}/timeentries`)],
    ['facts of a ticket', () => read(`GET /service/tickets/${theirs.ticket}/info`)],
    ['another company', () => read(`GET /company/companies/${globex}`)],
    ['its sites', () => read(`GET /company/companies/${globex}/sites`)],
    ['its notes', () => read(`GET /company/companies/${globex}/notes`)],
    ['a contact', () => read(`GET /company/contacts/${theirs.contact}`)],
    ['addresses of a contact', () => read(`GET /company/contacts/${theirs.contact}/communications`)],
    ['a picture of a contact', () => read(`GET /company/contacts/${theirs.contact}/image`)],
    ['a configuration', () => read(`GET /company/configurations/${theirs.configuration}`)],
    ['an agreement', () => read(`GET /finance/agreements/${theirs.agreement}`)],
    ['its additions', () => read(`GET /finance/agreements/${theirs.agreement}/additions`)],
    ['an invoice', () => read(`GET /finance/invoices/${theirs.invoice}`)],
    ['its page', () => read(`GET /finance/invoices/${theirs.invoice}/pdf`)],
    ['its payments', () => read(`GET /finance/invoices/${theirs.invoice}/payments`)],
    ['an activity', () => read(`GET /sales/activities/${theirs.activity}`)],
    ['a forecast', () => read(`GET /sales/opportunities/${theirs.opportunity}/forecast`)],
    ['a time entry', () => read(`GET /time/entries/${theirs.entry}`)],
    ['its audits', () => read(`GET /time/entries/${theirs.entry}/audits`)],
    ['a schedule entry', () => read(`GET /schedule/entries/${theirs.schedule}`)],
    ['the schedule', () => read('GET /schedule/entries', { all: true })],
    ['the audit trail', () => read('GET /system/audittrail', { query: { type: 'Ticket', id: theirs.ticket } })],
    ['the whole audit trail', () => read('GET /system/audittrail')],
    ['documents', () => read('GET /system/documents', { query: { recordType: 'Ticket', recordId: theirs.ticket } })],
    [
      'documents by two spellings',
      () =>
        read('GET /system/documents', {
          query: { RecordId: theirs.ticket, recordType: 'Ticket', recordId: ours.ticket },
        }),
    ],
    [
      'the audit trail by two spellings',
      () => read('GET /system/audittrail', { query: { ID: theirs.ticket, type: 'Ticket', id: ours.ticket } }),
    ],
    ['documents of nobody', () => read('GET /system/documents')],
    ['a document by id', () => read('GET /system/documents/1')],
    ['a download', () => read('GET /system/documents/1/download')],
    ['a report', () => read('GET /system/reports/Service', { query: { conditions: 'id > 0' } })],
    ['usages', () => read('GET /service/priorities/1/usages/list')],
    ['webhooks', () => read('GET /system/callbacks')],
    ['an answer to a survey', () => read('GET /service/surveys/1/results/1')],
    ['members of a group', () => read('GET /marketing/groups/1/companies')],
    ['boards', () => read('GET /service/boards')],
    ['another board', () => read(`GET /service/boards/${elsewhere}`)],
    ['statuses of another board', () => read(`GET /service/boards/${elsewhere}/statuses`)],
    ['a ticket by its tool', () => ['get_ticket', { ticketId: theirs.ticket }]],
    ['tickets by text', () => ['search_tickets', { text: 'Secret', state: 'any' }]],
    ['companies by name', () => ['search_companies', { text: 'obex' }]],
    ['a misspelt company', () => ['search_tickets', { company: 'Globx' }]],
    ['contacts by company', () => ['search_contacts', { company: String(globex) }]],
    ['sites as values', () => ['lookup_values', { table: 'sites', company: 'Globex' }]],
    ['boards as values', () => ['lookup_values', { table: 'boards' }]],
    ['time by its tool', () => ['search_time_entries', { member: 'all', period: 'this week', groupBy: ['company'] }]],
    ['schedule by its tool', () => ['search_schedule', { member: 'all', period: 'next week' }]],
    ['what is not billed', () => ['find_unbilled', {}]],
    ['history by its tool', () => ['get_change_history', { record: `ticket ${theirs.ticket}` }]],
  ];

  it.each(attempts)('%s', async (_, attempt) => {
    const [tool, input] = attempt();
    const { text } = await session.call(tool, input);
    expect(text.replaceAll('"Globx"', '').replaceAll('"Globex"', '').replaceAll('"Secret"', '')).not.toMatch(SECRET);
    expect(text).not.toContain(`"id":${theirs.ticket},`);
  });

  it('send nothing that could be read in two ways', async () => {
    const before = session.sandbox.requests.length;
    await session.refused('call_read_operation', {
      operation: 'GET /system/documents',
      query: { RecordId: theirs.ticket, recordType: 'Ticket', recordId: ours.ticket },
    });
    expect(session.sandbox.requests.slice(before).filter(({ path }) => /documents/.test(path))).toEqual([]);
  });

  it('count nothing either', async () => {
    const count = async (operation: string, query: Input = {}) =>
      (await session.ok('call_read_operation', { operation, query })).structured.count;
    const own = (await rows('/service/tickets', `company/id = ${ACME} AND board/id = ${helpDesk}`)).length;
    expect(await count('GET /service/tickets/count')).toBe(own);
    expect(await count('GET /service/tickets/count', { conditions: 'id > 0 OR id < 0' })).toBe(own);
    expect(await count('GET /company/companies/count')).toBe(1);
    expect(await count('GET /schedule/entries/count', { conditions: `objectId = ${theirs.ticket}` })).toBe(0);
    expect(await count('GET /schedule/entries/count', { conditions: `objectId = ${ours.ticket}` })).toBe(1);
  });

  it('by resources and completions', async () => {
    for (const uri of [`cwm://tickets/${theirs.ticket}`, `cwm://companies/${globex}`, 'cwm://companies/Globex'])
      await expect(session.client.readResource({ uri })).rejects.not.toThrow(/Secret|Manufacturing/);
    const { completion } = await session.client.complete({
      ref: { type: 'ref/resource', uri: 'cwm://companies/{id}' },
      argument: { name: 'id', value: '' },
    });
    expect(completion.values).toEqual(['Acme']);
  });
});

describe('writes that try to get out', () => {
  const ticket = () => `PATCH /service/tickets/${ours.ticket}`;
  const set = (path: string, value: unknown) => [{ op: 'replace', path, value }];
  const attempts: readonly (readonly [string, () => readonly [string, Input]])[] = [
    ['change a ticket', () => write(`PATCH /service/tickets/${theirs.ticket}`, { summary: 'x' })],
    ['change a ticket of another board', () => write(`PATCH /service/tickets/${theirs.otherBoard}`, { summary: 'x' })],
    [
      'replace a ticket',
      () =>
        write(`PUT /service/tickets/${theirs.ticket}`, {
          summary: 'x',
          company: { id: ACME },
          board: { id: helpDesk },
        }),
    ],
    ['delete a ticket', () => write(`DELETE /service/tickets/${theirs.ticket}`)],
    ['give ours away', () => write(ticket(), { company: { id: globex } })],
    ['give ours away as text', () => write(ticket(), { company: { id: String(globex) } })],
    ['give ours away by identifier', () => write(ticket(), { company: { identifier: 'Globex' } })],
    ['give ours away by name', () => write(ticket(), { company: { name: 'Globex Manufacturing' } })],
    ['give ours away by two names', () => write(ticket(), { company: { id: ACME, identifier: 'Globex' } })],
    ['give ours away by a part of a path', () => write(ticket(), set('company/id', globex))],
    ['give ours away by a slash', () => write(ticket(), set('/company', { id: globex }))],
    [
      'give ours away in the second step',
      () => write(ticket(), [...set('summary', 'x'), ...set('company', { id: globex })]),
    ],
    ['take the company away', () => write(ticket(), [{ op: 'remove', path: 'company' }])],
    ['empty the company', () => write(ticket(), { company: null })],
    ['another board', () => write(ticket(), { board: { id: elsewhere } })],
    ['another board by name', () => write(ticket(), { board: { name: 'Network Operations' } })],
    ['their contact', () => write(ticket(), { contact: { id: theirs.contact } })],
    ['their agreement', () => write(ticket(), { agreement: { id: theirs.agreement } })],
    ['their site', () => write(ticket(), { site: { id: theirs.site } })],
    ['their ticket as parent', () => write(ticket(), { parentTicketId: theirs.ticket })],
    [
      'a ticket for them',
      () => write('POST /service/tickets', { summary: 'x', company: { id: globex }, board: { id: helpDesk } }),
    ],
    ['a ticket for nobody', () => write('POST /service/tickets', { summary: 'x', board: { id: helpDesk } })],
    ['a ticket on no board', () => write('POST /service/tickets', { summary: 'x', company: { id: ACME } })],
    [
      'a ticket on another board',
      () => write('POST /service/tickets', { summary: 'x', company: { id: ACME }, board: { id: elsewhere } }),
    ],
    [
      'merge theirs into ours',
      () => write(`POST /service/tickets/${ours.ticket}/merge`, { mergeTicketIds: [theirs.ticket], status: { id: 1 } }),
    ],
    [
      'merge ours into theirs',
      () => write(`POST /service/tickets/${theirs.ticket}/merge`, { mergeTicketIds: [ours.ticket], status: { id: 1 } }),
    ],
    [
      'take theirs as a child',
      () => write(`POST /service/tickets/${ours.ticket}/attachChildren`, { childTicketIds: [theirs.ticket] }),
    ],
    [
      'a note on theirs',
      () => write(`POST /service/tickets/${theirs.ticket}/notes`, { text: 'x', internalAnalysisFlag: true }),
    ],
    ['their note below ours', () => write(`PATCH /service/tickets/${ours.ticket}/notes/${theirs.note}`, { text: 'x' })],
    ['delete their note below ours', () => write(`DELETE /service/tickets/${ours.ticket}/notes/${theirs.note}`)],
    [
      'their configuration on ours',
      () => write(`POST /service/tickets/${ours.ticket}/configurations`, { id: theirs.configuration }),
    ],
    [
      'their configuration by name',
      () => write(`POST /service/tickets/${ours.ticket}/configurations`, { deviceIdentifier: 'x' }),
    ],
    [
      'time on theirs',
      () =>
        write('POST /time/entries', {
          chargeToId: theirs.ticket,
          chargeToType: 'ServiceTicket',
          timeStart: '2026-11-24T14:00:00Z',
          actualHours: 1,
        }),
    ],
    [
      'time on theirs for our company',
      () =>
        write('POST /time/entries', {
          company: { id: ACME },
          chargeToId: theirs.ticket,
          chargeToType: 'ServiceTicket',
          timeStart: '2026-11-24T14:00:00Z',
          actualHours: 1,
        }),
    ],
    [
      'time on a charge code',
      () =>
        write('POST /time/entries', {
          chargeToId: 1,
          chargeToType: 'ChargeCode',
          timeStart: '2026-11-24T14:00:00Z',
          actualHours: 1,
        }),
    ],
    ['time of nobody', () => write('POST /time/entries', { timeStart: '2026-11-24T14:00:00Z', actualHours: 1 })],
    ['move time to theirs', () => write(`PATCH /time/entries/${ours.entry}`, { chargeToId: theirs.ticket })],
    ['change their time', () => write(`PATCH /time/entries/${theirs.entry}`, { notes: 'x' })],
    ['delete their time', () => write(`DELETE /time/entries/${theirs.entry}`)],
    [
      'move a schedule entry to theirs',
      () => write(`PATCH /schedule/entries/${ours.schedule}`, { objectId: theirs.ticket }),
    ],
    ['delete their schedule entry', () => write(`DELETE /schedule/entries/${theirs.schedule}`)],
    [
      'somebody on theirs',
      () => write('POST /schedule/entries', { objectId: theirs.ticket, type: { id: 4 }, member: { id: 1 } }),
    ],
    ['an entry for nothing', () => write('POST /schedule/entries', { name: 'x', type: { id: 4 }, member: { id: 1 } })],
    [
      'delete a contact into theirs',
      () => write(`DELETE /company/contacts/${ours.contact}?transferContactId=${theirs.contact}`),
    ],
    [
      'a picture that may be theirs',
      () => write(`PATCH /company/contacts/${ours.contact}`, { photo: { id: theirs.document } }),
    ],
    [
      'a project on the board that Manage chooses',
      () => write(`POST /sales/opportunities/${ours.opportunity}/convertToProject`, {}),
    ],
    [
      'a ticket on the board that Manage chooses',
      () => write(`POST /sales/opportunities/${ours.opportunity}/convertToServiceTicket`, {}),
    ],
    [
      'ours into a phase of whoever',
      () => write(`POST /service/tickets/${ours.ticket}/convert`, { phase: { id: 1 }, wbsCode: '1' }),
    ],
    ['change their contact', () => write(`PATCH /company/contacts/${theirs.contact}`, { title: 'x' })],
    ['give a contact away', () => write(`PATCH /company/contacts/${ours.contact}`, { company: { id: globex } })],
    ['a contact of nobody', () => write('POST /company/contacts', { firstName: 'x' })],
    ['change another company', () => write(`PATCH /company/companies/${globex}`, { phoneNumber: '1' })],
    ['merge ours into another company', () => write(`POST /company/companies/${ACME}/merge`, { toCompanyId: globex })],
    ['a new company', () => write('POST /company/companies', { identifier: 'New', name: 'New' })],
    ['a site elsewhere', () => write(`POST /company/companies/${globex}/sites`, { name: 'x' })],
    [
      'an addition elsewhere',
      () => write(`POST /finance/agreements/${theirs.agreement}/additions`, { product: { id: 1 }, quantity: 1 }),
    ],
    ['a payment elsewhere', () => write(`POST /finance/invoices/${theirs.invoice}/payments`, { amount: 1 })],
    [
      'an invoice for their ticket',
      () => write('POST /finance/invoices', { company: { id: ACME }, applyToType: 'Ticket', applyToId: theirs.ticket }),
    ],
    [
      'a webhook',
      () => write('POST /system/callbacks', { url: 'https://x.example/', type: 'ticket', level: 'owner', objectId: 1 }),
    ],
    ['many at once', () => write('PUT /company/configurations/bulk', [{ id: theirs.configuration, name: 'x' }])],
    ['a table', () => write('PATCH /service/boards/1/statuses/1', { name: 'x' })],
    ['a member', () => write('PATCH /system/members/1', { title: 'x' })],
    [
      'convert their opportunity',
      () => write(`POST /sales/opportunities/${theirs.opportunity}/convertToServiceTicket`, {}),
    ],
    ['submit a sheet', () => write('POST /time/sheets/1/submit')],
    ['a note by its tool', () => ['add_ticket_note', { ticketId: theirs.ticket, text: 'x' }]],
    ['a file by its tool', () => ['add_attachment', { record: `ticket ${theirs.ticket}`, name: 'x.txt', text: 'x' }]],
    ['merging by its tool', () => ['merge_tickets', { tickets: [theirs.ticket], into: ours.ticket, confirm: true }]],
    ['a company by its tool', () => ['create_ticket', { company: String(globex), summary: 'x', board: 'Help Desk' }]],
    ['an id by its tool', () => ['update_ticket', { ticketId: ours.ticket, contact: String(theirs.contact) }]],
  ];

  it.each(attempts)('%s', async (_, attempt) => {
    const [tool, input] = attempt();
    const text = await session.refused(tool, input);
    expect(text.replaceAll(/"Globex[^"]*"|Secret note/g, '')).not.toMatch(SECRET);
  });
});

describe('work within the scope', () => {
  it('goes on as ever', async () => {
    const { ticket } = ours;
    await session.ok('get_ticket', { ticketId: ticket });
    await session.ok('update_ticket', { ticketId: ticket, summary: 'Still ours' });
    await session.ok('add_ticket_note', { ticketId: ticket, text: 'Within' });
    await session.ok('log_time', { ticketId: ticket, start: '1pm', hours: 0.25, notes: 'Within' });
    await session.ok('create_ticket', { company: 'Acme', board: 'Help Desk', summary: 'Within' });
    await session.ok('call_write_operation', write(`PATCH /service/tickets/${ticket}`, { company: { id: ACME } })[1]);
    await session.ok('schedule_work', { ticketId: ticket, member: 'me', start: 'Thursday 3pm', hours: 1 });
    await session.ok('add_attachment', { record: `ticket ${ticket}`, name: 'x.txt', text: 'Within' });
    await session.ok('add_product', { ticketId: ticket, product: 'LT-14', quantity: 1 });
    const listed = await session.ok('get_attachments', { record: `ticket ${ticket}` });
    await session.ok('get_attachments', { attachmentId: Number(listed.structured.rows[0][0]) });
    const missing = await session.ok('find_missing_time', {});
    expect(missing.text).toMatch(/Only work within CWM_COMPANIES and CWM_BOARDS is seen/);
  });
});
