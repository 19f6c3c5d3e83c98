import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectTools } from '../../src/server/select-tools.ts';
import { tools } from '../../tools/index.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { type Session, startSession } from '../support/session.ts';

let session: Session;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-journal-'));
  session = await startSession({
    toolsets: 'all',
    timing: noWaiting(),
    environment: { CWM_JOURNAL_DIR: join(folder, 'journal') },
  });
});
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true });
});

type Row = Record<'id' | 'when' | 'who' | 'tool' | 'what' | 'changes' | 'outcome', string>;

/** Rows of `list_changes` by column, the newest first. */
async function changes(input: Record<string, unknown> = {}): Promise<Row[]> {
  const { structured } = await session.ok('list_changes', { limit: 200, ...input });
  const { columns, rows } = structured as { columns: string[]; rows: string[][] };
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])) as Row);
}

const newest = async (): Promise<Row> => (await changes())[0] as Row;
const journal = (): string =>
  readdirSync(join(folder, 'journal'))
    .map((name) => readFileSync(join(folder, 'journal', name), 'utf8'))
    .join('');

const undo = (id: string) => session.ok('undo_change', { id, confirm: true });

/** A write that is done, and the id of its line. */
async function done(tool: string, input: Record<string, unknown>) {
  const { structured } = await session.ok(tool, input);
  return { structured, change: (await newest()).id };
}

const ticket = async (): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary: 'Before', company: { id: 2 } })).body.id;

describe('a whole order', () => {
  it('is undone with its lines, which nothing else can take back', async () => {
    const lines = [
      { product: 'LT-14', quantity: 2 },
      { product: 'DOCK', quantity: 1 },
    ];
    const order = { vendor: 'Cyberdyne Robotics', lines, confirm: true };
    const { structured, change } = await done('create_purchase_order', order);
    const call = change.replace(/-\d+$/, '');
    const along = /With that goes: created line \d+ of purchase order \d+; created line/;
    expect((await session.ok('undo_change', { id: call, dryRun: true })).text).toMatch(along);
    expect(await session.refused('undo_change', { id: `${call}-2`, confirm: true })).toContain(
      `It goes with its whole call: send id: "${call}"`,
    );
    expect((await newest()).outcome).toBe(`done, undone with its whole call ${call} alone`);
    expect((await undo(call)).text).toMatch(/^Undid .*: removed purchase order \d+.*\nWith that went: /);
    expect((await session.rest('GET', `/procurement/purchaseorders/${structured.id}`)).status).toBe(404);
  });
});

describe('what came to a new record since', () => {
  it('is not taken along, nor left without it', async () => {
    const made = await done('create_ticket', {
      summary: 'Busy ticket',
      company: 'Globex',
      assignTo: 'me',
      internalNote: 'x',
    });
    const { id } = made.structured;
    const call = made.change.replace(/-\d+$/, '');
    expect((await session.ok('undo_change', { id: call, dryRun: true })).text).toContain(`remove ticket ${id}`);
    const logged = await done('log_time', { ticketId: id, start: 'yesterday 5am', hours: 0.25, notes: 'a' });
    await session.ok('add_attachment', { record: `ticket ${id}`, name: 'a.txt', text: 'x' });
    const child = await done('create_ticket', { summary: 'Child of it', company: 'Globex', parentTicketId: id });
    const refused = await session.refused('undo_change', { id: call, confirm: true });
    expect(refused).toMatch(/it has 1 time entry, 1 child ticket, 1 attachment now\. Move or delete that first/);
    await undo(logged.change);
    await undo(child.change);
    expect(await session.refused('undo_change', { id: call, confirm: true })).toContain('it has 1 attachment now');
  });

  it('counts what others added, to customers and phases as well', async () => {
    const company = await done('create_company', { name: 'Undo Holding', identifier: 'UndoHold', address: 'Road 1' });
    const owner = { id: company.structured.id };
    await session.rest('POST', '/service/tickets', { summary: 'Of theirs', company: owner });
    expect(await session.refused('undo_change', { id: company.change.replace(/-\d+$/, ''), confirm: true })).toMatch(
      /it has 1 service ticket now/,
    );
    const phase = await done('save_project_phase', { project: '2', name: 'Undo me' });
    await session.rest('POST', '/project/tickets', {
      summary: 'In it',
      project: { id: 2 },
      phase: { id: phase.structured.id },
    });
    expect(await session.refused('undo_change', { id: phase.change, confirm: true })).toMatch(/1 project ticket now/);
  });
});

describe('a converted ticket', () => {
  it('is turned back by the tool that converts', async () => {
    const [phase] = await session.get('/project/projects/2/phases');
    const id = (await session.rest('POST', '/service/tickets', { summary: 'Move it', company: { id: 15 } })).body.id;
    const { company } = await session.get('/project/projects/2');
    await session.rest('PATCH', `/service/tickets/${id}`, [
      { op: 'replace', path: 'company', value: { id: company.id } },
    ]);
    const input = { ticketId: id, project: '2', phase: phase.description, confirm: true };
    const { change } = await done('convert_ticket', input);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toContain(
      'convert_ticket turns the ticket back',
    );
  });
});

describe('list_changes', () => {
  it('tells what was written, by which tool, for whom, with before and after', async () => {
    const id = await ticket();
    await session.ok('update_ticket', { ticketId: id, summary: 'VPN is down', priority: 'high' });
    expect(await newest()).toMatchObject({
      tool: 'update_ticket',
      who: 'jdoe (test 1.0.0)',
      what: `changed ticket ${id} (VPN is down)`,
      changes: 'summary: Before -> VPN is down; priority: Priority 3 - Medium -> Priority 2 - High',
      outcome: 'done',
      when: expect.stringContaining('Tue 24 Nov'),
    });
  });

  it('tells what a new record was given, and what of a change only follows from another', async () => {
    const id = await ticket();
    await session.ok('log_time', { ticketId: id, hours: 0.75, start: 'today 08:00', notes: 'Looked at the VPN' });
    const logged = await newest();
    expect(logged.changes).toMatch(/^ticket: \d+ \(Before\); actualHours: 0\.75; .*notes: Looked at the VPN/);
    expect(logged.outcome).toBe('done');
    await session.ok('add_ticket_note', { ticketId: id, text: 'They call back on Friday' });
    expect((await newest()).changes).toMatch(/^text: They call back on Friday/);
    await session.ok('update_ticket', { ticketId: id, company: 'Globex' });
    const moved = (await newest()).changes;
    expect(moved).toMatch(/^company: Acme Corporation -> Globex Manufacturing/);
    const other = moved.includes('Ben Petrov') ? 'Ines Tanaka' : 'Ben Petrov';
    await session.ok('update_ticket', { ticketId: id, contact: other });
    expect((await newest()).changes).toMatch(/^contact: [^;]+ -> [^;]+$/);
  });

  it('says of a record that was deleted since that it was', async () => {
    const id = await ticket();
    const logged = await done('log_time', { ticketId: id, hours: 0.5, start: 'today 07:00', notes: 'Gone soon' });
    const entry = logged.structured.id;
    const deletion = await done('delete_time_entry', { entryId: entry, confirm: true });
    const rows = await changes();
    const made = rows.find((row) => row.id === logged.change);
    expect(made?.outcome).toBe(`done; the record was deleted since by ${deletion.change}`);
    expect(rows.find((row) => row.id === deletion.change)?.outcome).toBe('done');
    // What is created again is what Manage takes, not what it works out.
    const again = await session.ok('undo_change', { id: deletion.change, dryRun: true });
    expect(again.text).toContain('Gone soon');
    expect(again.text).not.toMatch(/companyType|hourlyCost|extendedInvoiceAmount|ticketBoard|locationName/);
  });

  it.each(['by', 'member', 'who'])('takes %s "me" for all that it has, and nobody else', async (name) => {
    const { text, structured } = await session.ok('list_changes', { [name]: 'me' });
    expect(text).toContain('Changes made through this server.');
    expect(structured.total).toBe((await session.ok('list_changes', {})).structured.total);
    const refused = await session.refused('list_changes', { [name]: 'Robin' });
    expect(refused).toContain(`There is no argument ${name}: the column who tells who asked for each change.`);
  });

  it('names no other tool for an argument that does not do there what is meant', async () => {
    expect(await session.refused('list_changes', { explain: true })).not.toContain('report');
  });

  it('says what cannot be undone, and why', async () => {
    const [into, one] = [await ticket(), await ticket()];
    await session.ok('merge_tickets', { into, tickets: [one], confirm: true });
    const merged = await newest();
    expect(merged.outcome).toBe('done, cannot be undone: Manage cannot take merged records apart');
    expect(await session.refused('undo_change', { id: merged.id, confirm: true })).toContain(
      'take merged records apart',
    );
  });

  it('tells a switch by what it switches, and another type with the one before', async () => {
    await session.ok('update_contact', { contact: '22', inactive: true, confirm: true });
    expect((await newest()).changes).toBe('inactive: false -> true');
    const id = await ticket();
    const body = [{ op: 'replace', path: 'automaticEmailContactFlag', value: true }];
    const path = { id };
    await session.ok('call_write_operation', { operation: 'PATCH /service/tickets/{id}', path, body, confirm: true });
    expect((await newest()).changes).toMatch(/^mail to the contact: false -> true/);
    await session.ok('save_configuration', { configuration: 'STARK-PRI-01', type: 'Switch', confirm: true });
    expect(await newest()).toMatchObject({
      what: expect.stringMatching(/^changed the type of configuration \d+ \(STARK-PRI-01\)$/),
      changes: expect.stringMatching(/^type: Printer -> Switch/),
      outcome: expect.stringContaining('save_configuration with that type changes it back'),
    });
  });

  it('tells an action in words, with its numbers', async () => {
    const [into, one, two] = [await ticket(), await ticket(), await ticket()];
    await session.ok('merge_tickets', { into, tickets: [one, two], confirm: true });
    expect((await newest()).what).toMatch(new RegExp(`^merged tickets ${one}, ${two} into ticket ${into}`));
    const child = await ticket();
    await session.ok('merge_tickets', { into, tickets: [child], as: 'children', confirm: true });
    expect((await newest()).what).toMatch(new RegExp(`^made ticket ${child} a child of ticket ${into}`));
  });

  it('has writes of operations, the raw writer, and tools that are run by their name', async () => {
    await session.ok('call_write_operation', {
      operation: 'PATCH /company/companies/7',
      body: { website: 'https://new.example' },
    });
    expect(await newest()).toMatchObject({
      tool: 'call_write_operation',
      what: expect.stringMatching(/^changed company 7/),
    });
    await session.ok('call_write_operation', {
      operation: 'add_company_note',
      arguments: { company: 'Globex', text: 'Renewal in May' },
    });
    expect(await newest()).toMatchObject({
      tool: 'add_company_note',
      what: expect.stringMatching(/^created note \d+ of company 7$/),
    });
  });

  it('has one line for each request of a call, tied by the id of the call', async () => {
    await session.ok('create_ticket', { company: 'Globex', summary: 'Printer jam', assignTo: 'jdoe' });
    const [second, first] = await changes();
    expect([first?.what, second?.what]).toEqual([
      expect.stringMatching(/^created ticket \d+ \(Printer jam\)$/),
      expect.stringMatching(/^created schedule entry \d+/),
    ]);
    expect(second?.id).toBe(first?.id.replace(/-1$/, '-2'));
  });

  it('has what failed, and what nobody knows of', async () => {
    const id = await ticket();
    session.sandbox.faults.add({ kind: 'error', status: 500, method: 'PATCH', times: 9 });
    await session.call('update_ticket', { ticketId: id, summary: 'Never' });
    session.sandbox.faults.clear();
    expect(await newest()).toMatchObject({
      changes: 'asked for summary: Before -> Never',
      outcome: expect.stringMatching(/^(failed|unknown): /),
    });
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/notes' });
    session.sandbox.faults.add({ kind: 'error-html', status: 502, method: 'GET', path: '/notes', times: 200 });
    const lost = await session.call('call_write_operation', {
      operation: `POST /service/tickets/${id}/notes`,
      body: { text: 'Lost', internalAnalysisFlag: true },
    });
    session.sandbox.faults.clear();
    expect(lost.isError).toBe(true);
    const unknown = await newest();
    expect(unknown).toMatchObject({
      what: expect.stringContaining('/notes'),
      outcome: expect.stringMatching(/^unknown: /),
    });
    expect((await changes({ outcome: 'unknown' })).map((row) => row.id)).toContain(unknown.id);
    expect(await session.refused('undo_change', { id: unknown.id, confirm: true })).toMatch(
      new RegExp(`nobody knows whether it happened. Look .*GET /service/tickets/${id}/notes whether there is one more`),
    );
  });

  it('has nothing of what was only previewed, refused or read', async () => {
    const before = (await changes()).length;
    await session.ok('update_ticket', { ticketId: 577, summary: 'Only asked', dryRun: true });
    await session.call('call_write_operation', { operation: 'PATCH /company/companies/7', body: { nonsense: 1 } });
    await session.call('delete_callback', { callback: 1 });
    await session.ok('search_tickets', { limit: 1 });
    expect(await changes()).toHaveLength(before);
  });

  it('has of a record what became of its appointments, people and doubles, and no new name of a reference', async () => {
    const [one, other] = [await ticket(), await ticket()];
    const booked = await session.ok('schedule_work', { ticketId: one, member: 'swright', start: 'tomorrow 9am' });
    const entryId = booked.structured.id;
    await session.ok('update_schedule_entry', { entryId, member: 'dlopez' });
    const contact = { firstName: 'Zoe', lastName: 'Abara', company: { id: 2 } };
    const { id } = (await session.rest('POST', '/company/contacts', contact)).body;
    await session.ok('update_contact', { contact: String(id), title: 'CFO' });
    await session.ok('update_ticket', { ticketId: one, contact: String(id) });
    await session.rest('PATCH', `/company/contacts/${id}`, [{ op: 'replace', path: 'lastName', value: 'Abara-Cole' }]);
    const closed = await session.ok('update_ticket', { ticketId: one, close: true, confirm: true });
    expect(closed.text).not.toContain('Abara-Cole');
    expect((await newest()).changes).not.toMatch(/contact/i);
    await session.ok('merge_tickets', { into: one, tickets: [other], confirm: true });
    const toolsOf = async (record: string) => (await changes({ record })).map(({ tool }) => tool);
    expect(await toolsOf(`ticket ${one}`)).toEqual(
      expect.arrayContaining(['merge_tickets', 'update_schedule_entry', 'schedule_work', 'update_ticket']),
    );
    expect(await toolsOf(`ticket ${other}`)).toEqual(['merge_tickets']);
    expect(await toolsOf('company 2')).toEqual(expect.arrayContaining(['update_contact', 'update_ticket']));
  });

  it('narrows by period, tool, record and outcome', async () => {
    const id = await ticket();
    await session.ok('add_ticket_note', { ticketId: id, text: 'One' });
    await session.ok('update_ticket', { ticketId: id, summary: 'Narrowed' });
    const tools = async (input: Record<string, unknown>) => (await changes(input)).map(({ tool }) => tool);
    expect(await tools({ record: `ticket ${id}` })).toEqual(['update_ticket', 'add_ticket_note']);
    expect(await tools({ record: `company ${id}` })).toEqual([]);
    expect(await tools({ record: 'narrowed' })).toEqual(['update_ticket']);
    expect(await tools({ record: String(id), tool: 'add_ticket_note' })).toEqual(['add_ticket_note']);
    expect(await tools({ ticketId: id, period: 'today', outcome: 'done' })).toHaveLength(2);
    expect(await tools({ period: 'yesterday' })).toEqual([]);
  });
});

describe('undo_change', () => {
  it('without an id takes nothing back, and tells the latest changes', async () => {
    const ticketId = await ticket();
    const { change } = await done('update_ticket', { ticketId, summary: 'After' });
    const text = await session.refused('undo_change', { confirm: true });
    expect(text).toContain('Say which change to take back, by its id.');
    expect(text).toMatch(new RegExp(`Allowed: ${change} \\(.*: changed ticket ${ticketId} `));
  });

  it('shows what it would do, asks, and writes itself down', async () => {
    const id = await ticket();
    const { change } = await done('update_ticket', { ticketId: id, summary: 'After' });
    const preview = await session.ok('undo_change', { id: change, dryRun: true });
    expect(preview.text).toMatch(
      /^Dry run.*Undo .*change ticket \d+ \(After\) back\?\nsummary: After -> Before\nPATCH /s,
    );
    expect(await session.refused('undo_change', { id: change })).toMatch(/Undo .*\nsummary: After -> Before/s);
    expect((await undo(change)).text).toMatch(
      /^Undid \w+-1: changed ticket \d+ \(After\) back\.\nsummary: After -> Before/,
    );
    expect(await session.get(`/service/tickets/${id}`)).toMatchObject({ summary: 'Before' });
    const [own, undone] = await changes();
    expect(own).toMatchObject({ tool: 'undo_change', what: expect.stringContaining(`undoing ${change}`) });
    expect(undone).toMatchObject({ id: change, outcome: `undone by ${own?.id}` });
  });

  it('can be undone itself, and then again', async () => {
    const id = await ticket();
    const summary = async () => (await session.get(`/service/tickets/${id}`)).summary;
    const { change } = await done('update_ticket', { ticketId: id, summary: 'After' });
    await undo(change);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(/undone already by \w+-1/);
    await undo((await newest()).id);
    expect(await summary()).toBe('After');
    await undo(change);
    expect(await summary()).toBe('Before');
  });

  it('empties what was empty, and restores references, custom fields and what Manage changed along', async () => {
    const id = await ticket();
    const before = await session.get(`/service/tickets/${id}`);
    const { change } = await done('update_ticket', {
      ticketId: id,
      dueDate: 'friday',
      company: 'Globex',
      customFields: [{ caption: 'Root cause', value: 'Hardware' }],
    });
    expect((await session.get(`/service/tickets/${id}`)).company.id).toBe(7);
    await undo(change.replace(/-\d+$/, ''));
    const after = await session.get(`/service/tickets/${id}`);
    for (const member of ['requiredDate', 'company', 'contact', 'site', 'customFields'])
      expect(after[member], member).toEqual(before[member]);
  });

  it('tells what Manage keeps of it: time comes back under the agreement that runs now', async () => {
    const where = encodeURIComponent('agreement/id=1 and status="Open"');
    const [entry] = await session.get(`/time/entries?conditions=${where}&orderBy=id desc`);
    const elsewhere = (await session.rest('POST', '/service/tickets', { summary: 'Else', company: { id: 8 } })).body.id;
    const { change } = await done('update_time_entry', { entryId: entry.id, ticketId: elsewhere });
    const { text } = await undo(change);
    const stored = await session.get(`/time/entries/${entry.id}`);
    expect(stored.chargeToId).toBe(entry.chargeToId);
    expect(stored.agreement).toBeUndefined();
    expect(text).toContain('Manage stored agreement differently');
    expect(text).not.toContain('agreement: - ->');
  });

  it('brings back the probability that a won opportunity had', async () => {
    const before = (await session.get('/sales/opportunities/2')).probability;
    await undo((await done('update_opportunity', { opportunity: '2', status: 'won' })).change);
    expect(before.name).toBe('30');
    expect((await session.get('/sales/opportunities/2')).probability).toEqual(before);
  });

  it('removes what a call created, the last thing first', async () => {
    const { structured, change } = await done('create_ticket', {
      company: 'Globex',
      summary: 'By mistake',
      assignTo: 'jdoe',
    });
    const call = change.replace(/-\d+$/, '');
    const { text } = await undo(call);
    expect(text).toMatch(/^Undid \w+: removed schedule entry \d+ .*; removed ticket \d+ \(By mistake\)\./);
    expect((await session.rest('GET', `/service/tickets/${structured.id}`)).status).toBe(404);
  });

  it('removes nothing that was filled in or built on since', async () => {
    const days = { start: '2026-12-01', end: '2027-02-26' };
    const { structured, change } = await done('create_project', { name: 'By mistake', company: 'Globex', ...days });
    const project = String(structured.id);
    const phase = await done('save_project_phase', { project, name: 'Network' });
    const noted = await done('save_project_phase', { project, phase: 'Network', notes: 'Worked on.' });
    expect(await session.refused('undo_change', { id: phase.change, confirm: true })).toMatch(/notes changed since/);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(
      new RegExp(`created in it since\\. Undo first: created phase ${phase.structured.id} .*\\(${phase.change}\\)`),
    );
    for (const id of [noted.change, phase.change, change]) await undo(id);
    expect((await session.rest('GET', `/project/projects/${project}`)).status).toBe(404);
  });

  it('says that a record without its kind is looked for by words', async () => {
    const { text } = await session.ok('list_changes', { record: 'Globex' });
    expect(text).toContain('With its kind, as "company Acme"');
    expect((await session.ok('list_changes', { record: 'company Globex' })).text).not.toContain('With its kind');
  });

  it('names the whole call where one step of it holds another up', async () => {
    await session.ok('create_ticket', { summary: 'Assigned at once', company: 'Globex', assignTo: 'me' });
    const whole = (await newest()).id.replace(/-\d+$/, '');
    const text = await session.refused('undo_change', { id: `${whole}-1`, confirm: true });
    expect(text).toContain(`send id: "${whole}"`);
    await undo(whole);
  });

  it('creates again what was deleted, and that can be undone', async () => {
    const entry = await session.ok('log_time', {
      chargeCode: 'Training',
      start: 'today 6am',
      hours: 0.25,
      notes: 'Gone',
    });
    const { change } = await done('delete_time_entry', { entryId: entry.structured.id, confirm: true });
    expect((await newest()).changes).toMatch(/member: Jordan Doe.*notes: Gone/);
    const { text } = await undo(change);
    const id = Number(/again, with the id (\d+)/.exec(text)?.[1]);
    expect(await session.get(`/time/entries/${id}`)).toMatchObject({ notes: 'Gone', actualHours: 0.25 });
    await undo((await newest()).id);
    expect((await session.rest('GET', `/time/entries/${id}`)).status).toBe(404);
  });

  it('creates a ticket again without mail, links what was unlinked, and goes back from a PUT', async () => {
    const id = await ticket();
    await session.ok('set_ticket_configurations', { ticketId: id, add: ['1'] });
    const configurations = async () => (await session.get(`/service/tickets/${id}/configurations`)).length;
    const unlinked = await done('call_write_operation', {
      operation: `DELETE /service/tickets/${id}/configurations/1`,
      confirm: true,
    });
    expect(await configurations()).toBe(0);
    await undo(unlinked.change);
    expect(await configurations()).toBe(1);

    const audience = async () => (await session.get('/marketing/groups/1/contacts?pageSize=1'))[0];
    const left = await audience();
    const out = await done('save_marketing_group', { group: '1', contacts: [String(left.id)], remove: true });
    expect((await audience()).id).not.toBe(left.id);
    await undo(out.change);
    expect(await audience()).toMatchObject({ id: left.id, note: left.note });

    const whole = await session.get('/company/companies/7/notes?pageSize=1');
    const { _info, ...note } = whole[0];
    const put = await done('call_write_operation', {
      operation: `PUT /company/companies/7/notes/${note.id}`,
      body: { ...note, text: 'Put' },
    });
    await undo(put.change);
    expect((await session.get(`/company/companies/7/notes/${note.id}`)).text).toBe(note.text);

    await session.rest('PATCH', `/service/tickets/${id}`, [
      { op: 'replace', path: 'automaticEmailContactFlag', value: true },
    ]);
    const gone = await done('call_write_operation', { operation: `DELETE /service/tickets/${id}`, confirm: true });
    const { text } = await session.ok('undo_change', { id: gone.change, dryRun: true });
    expect(text).toMatch(
      /create ticket \d+ \(Before\) \(.*company: .*\) again, with a new id and without what hung on it/,
    );
    expect(text).toContain('"processNotifications":false');
    expect(text).not.toContain('automaticEmailContactFlag');
    await undo(gone.change);
    expect(await newest()).toMatchObject({ what: expect.stringMatching(/^created ticket \d+ \(Before\), undoing/) });
  });

  it.each<[string, (id: number) => Promise<[string, Record<string, unknown>]>, RegExp]>([
    [
      'a note that was mailed',
      async () => [
        'add_ticket_note',
        { ticketId: 577, text: 'To you', kind: 'discussion', notify: true, confirm: true },
      ],
      /people were mailed about it/,
    ],
    [
      'a merge',
      async (into) => ['merge_tickets', { tickets: [await ticket()], into, confirm: true }],
      /cannot take merged records apart/,
    ],
    ['a submitted sheet', async () => ['submit_timesheet', { confirm: true }], /went through approval/],
  ])('refuses %s, with the reason', async (_, prepare, reason) => {
    const [tool, input] = await prepare(await ticket());
    const { change } = await done(tool, input);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(reason);
  });

  it('refuses what somebody changed since, and names it', async () => {
    const id = await ticket();
    const { change } = await done('update_ticket', { ticketId: id, summary: 'Ours', priority: 'high' });
    await session.rest('PATCH', `/service/tickets/${id}`, [{ op: 'replace', path: 'summary', value: 'Theirs' }]);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(/summary changed since/);
    expect(await session.get(`/service/tickets/${id}`)).toMatchObject({ summary: 'Theirs' });
  });

  it('is not there in read-only mode; what was changed can still be read', () => {
    const shown = selectTools(tools, { toolsets: new Set(['system']), readOnly: true }).map(({ name }) => name);
    expect(shown).toContain('list_changes');
    expect(shown).not.toContain('undo_change');
  });

  it('refuses what is gone, and what it does not know', async () => {
    const { structured, change } = await done('add_company_note', { company: 'Globex', text: 'Short-lived' });
    await session.rest('DELETE', `/company/companies/7/notes/${structured.id}`);
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(/not there any more/);
    expect(await session.refused('undo_change', { id: 'nothing-1' })).toMatch(/has no change nothing-1.*list_changes/s);
  });
});

describe('the journal', () => {
  it('holds no secrets, and no keys in addresses', async () => {
    const url = 'https://hooks.example.com/in?token=s3cr3t-token&recordId=';
    await session.ok('save_callback', { type: 'Ticket', level: 'Board', object: 'Help Desk', url, confirm: true });
    await session.call('call_write_operation', {
      operation: 'PATCH /company/contacts/1',
      body: { portalPassword: 's3cr3t-password' },
    });
    expect(journal()).toContain('portalPassword');
    expect(journal()).not.toMatch(/s3cr3t/);
    expect(journal()).not.toContain(session.sandbox.credentials.privateKey);
    const { change } = await done('delete_callback', { callback: (await changesOfCallback()).id, confirm: true });
    expect(await session.refused('undo_change', { id: change, confirm: true })).toMatch(/address holds a key/);
  });

  const changesOfCallback = async (): Promise<{ id: number }> =>
    (await session.get('/system/callbacks?orderBy=id desc&pageSize=1'))[0];

  it("keeps long texts short, and Manage's request id", async () => {
    const id = await ticket();
    const text = `Dear all, ${'x'.repeat(5_000)} the end`;
    await session.ok('add_ticket_note', { ticketId: id, text });
    const last = journal().trim().split('\n').slice(-2);
    expect(last.join('').length).toBeLessThan(2_500);
    expect(last[0]).toMatch(/\(5018 characters, sha256 [0-9a-f]{16}\)/);
    expect(JSON.parse(last[1] ?? '')).toMatchObject({ outcome: 'done', status: 201, requestId: expect.any(String) });
  });

  it('is found by what people ask, and read by tools that are not listed', async () => {
    const found = async (query: string) => (await session.ok('search_operations', { query })).text;
    expect(await found('what did you change today')).toMatch(/^Tools:\n- list_changes/);
    expect(await found('undo the last change')).toMatch(/^Tools:\n- undo_change/);
    const input = { operation: 'list_changes', arguments: { limit: 1 } };
    expect((await session.ok('call_read_operation', input)).structured.rows).toHaveLength(1);
  });

  it('that cannot be written is said with the write, and does not hold it up', async () => {
    const id = await ticket();
    renameSync(join(folder, 'journal'), join(folder, 'away'));
    writeFileSync(join(folder, 'journal'), '');
    const { text } = await session.ok('update_ticket', { ticketId: id, summary: 'Done all the same' });
    rmSync(join(folder, 'journal'));
    renameSync(join(folder, 'away'), join(folder, 'journal'));
    expect(text).toMatch(/The journal could not be written \(.*not a folder\.?\): this change is not in list_changes/);
    expect(await session.get(`/service/tickets/${id}`)).toMatchObject({ summary: 'Done all the same' });
  });

  it('stops what it cannot hold where it is required', async () => {
    writeFileSync(join(folder, 'file'), '');
    const strict = await startSession({
      environment: { CWM_JOURNAL_DIR: join(folder, 'file', 'journal'), CWM_JOURNAL: 'required' },
    });
    try {
      expect(await strict.refused('update_ticket', { ticketId: 577, summary: 'Never' })).toMatch(
        /The journal in .* cannot be written .*; nothing was sent\./,
      );
    } finally {
      await strict.close();
    }
  });

  it('is said by whoami', async () => {
    expect((await session.ok('whoami')).text).toContain(`journal: ${join(folder, 'journal')}, kept 90 days`);
  });
});
