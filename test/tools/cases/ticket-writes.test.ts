import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noWaiting } from '../../support/no-waiting.ts';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeEach(async () => {
  session = await startSession({ now: NOW, toolsets: 'all', timing: noWaiting() });
});
afterEach(() => session.close());

const ticket = (id: number) => session.get(`/service/tickets/${id}`);
const notesOf = (id: number) => session.get(`/service/tickets/${id}/notes?pageSize=1000`);
const fieldsOf = async (id: number): Promise<Map<string, unknown>> =>
  new Map(
    (await ticket(id)).customFields.map(({ caption, value }: { caption: string; value: unknown }) => [caption, value]),
  );
/** A service ticket of Acme, whose contact is Grace Keller. */
const open = async (more: Record<string, unknown> = {}): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary: 'Case', company: { identifier: 'Acme' }, ...more })).body
    .id;
/** A contact of Acme without an e-mail address. */
const silentContact = async (): Promise<number> =>
  (
    await session.rest('POST', '/company/contacts', {
      firstName: 'Silent',
      lastName: 'Sam',
      company: { identifier: 'Acme' },
    })
  ).body.id;

describe('a change that could mail somebody', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['update_ticket', { summary: 'Printer jams' }, /^mailed: nobody$/m],
    ['update_ticket', { contact: 'Grace Keller' }, /^mailed: nobody$/m],
    ['update_ticket', { status: 'In Progress' }, /^mailed: nobody, unless the board itself mails at this status$/m],
    ['update_ticket', { assignTo: 'achen' }, /^mailed: nobody$/m],
    ['schedule_work', { member: 'achen', start: 'tomorrow 9am' }, /^mailed: nobody$/m],
    ['log_time', { start: 'yesterday 6am', hours: '15 minutes', notes: 'Called' }, /^mailed: nobody$/m],
    ['add_ticket_note', { text: 'Called' }, /nobody was mailed\)\.$/m],
  ])('says that nobody was mailed: %s %j', async (tool, input, said) => {
    const contact = await silentContact();
    const { text, structured } = await session.ok(tool, {
      ticketId: await open({ contact: { id: contact } }),
      ...input,
    });
    expect(text).toMatch(said);
    expect(text.match(/mailed/g)).toHaveLength(1);
    expect(structured.mailed).toBeDefined();
  });
});

describe('an argument without a value', () => {
  it('empties nothing and writes no note', async () => {
    const before = await ticket(507);
    const notes = await notesOf(507);
    const input = { ticketId: 507, status: 'Scheduled', dueDate: '', resolution: '', internalNote: '', contact: null };
    await session.ok('update_ticket', { ...input, clear: [], customFields: {} });
    const after = await ticket(507);
    expect(after.status.name).toBe('Scheduled');
    expect(after.requiredDate).toBe(before.requiredDate);
    expect(after.contact).toEqual(before.contact);
    expect(await notesOf(507)).toEqual(notes);
  });

  it('leaves the resolution of a task alone', async () => {
    const task = { ticketId: 507, text: 'Order it', resolution: 'Ordered' };
    const { structured } = await session.ok('save_ticket_task', task);
    await session.ok('save_ticket_task', { ticketId: 507, task: String(structured.id), done: true, resolution: '' });
    const stored = () => session.get(`/service/tickets/507/tasks/${structured.id}`);
    expect(await stored()).toMatchObject({ closedFlag: true, resolution: 'Ordered' });
    await session.ok('save_ticket_task', { ticketId: 507, task: String(structured.id), clear: ['resolution'] });
    expect((await stored()).resolution ?? '').toBe('');
  });
});

describe('clear', () => {
  it('empties what it names, and what cannot stand without it', async () => {
    await session.ok('update_ticket', { ticketId: 507, dueDate: 'friday' });
    const { text } = await session.ok('update_ticket', { ticketId: 507, clear: 'dueDate, contact, type' });
    const after = await ticket(507);
    for (const member of ['requiredDate', 'contact', 'type', 'subType']) expect(after[member] ?? null, text).toBeNull();
    expect(text).toContain('requiredDate: Fri 4 Dec 2026 17:00 -> -');
  });

  it('and a value for the same field are refused together', async () => {
    const input = { ticketId: 507, clear: ['dueDate'], dueDate: 'friday' };
    expect(await session.refused('update_ticket', input)).toContain('dueDate is both set and cleared');
  });

  it.each(['dueDate', 'contact', 'owner', 'type'])('is what "none" for %s leads to', async (argument) => {
    const text = await session.refused('update_ticket', { ticketId: 507, [argument]: 'none' });
    expect(text).toContain(`clear: ["${argument}"]`);
  });
});

describe('moving a ticket', () => {
  it('asks first where the new board lacks its type', async () => {
    const input = { ticketId: 577, board: 'Onsite', status: 'Scheduled' };
    expect(await session.refused('update_ticket', input)).toMatch(/does not have type Request, subtype Network/);
    const { text } = await session.ok('update_ticket', { ...input, confirm: true });
    expect(text).toMatch(/type: Request -> -[\s\S]*team: Service Team -> Field Team/);
  });

  it('asks nothing where another type was named', async () => {
    const board = (await session.get('/service/boards?conditions=name="Onsite Services"'))[0].id;
    const [type] = await session.get(`/service/boards/${board}/types`);
    const id = await open({ board: { name: 'Help Desk' }, type: { name: 'Request' } });
    await session.ok('update_ticket', { ticketId: id, board: 'Onsite', status: 'Scheduled', type: type.name });
    expect((await ticket(id)).type.id).toBe(type.id);
  });
});

describe('the owner of a ticket', () => {
  it('is the owner, not who is assigned', async () => {
    const { resources } = await ticket(577);
    const owned = await session.ok('update_ticket', { ticketId: 577, owner: 'achen' });
    expect(owned.text).toContain('Alex Chen answers for it and is not assigned to it; assignTo does that.');
    expect(await ticket(577)).toMatchObject({ owner: { identifier: 'achen' }, resources });
    const made = await session.ok('create_ticket', { summary: 'Owned', company: 'Globex', owner: 'achen' });
    // Manage puts the owner of a new ticket on it, without an appointment.
    expect(made.text).toMatch(/owner: Alex Chen\n.*assigned: Alex Chen$/ms);
    expect((await ticket(made.structured.id)).resources).toBe('achen');
    const both = { summary: 'Owned by one', company: 'Globex', owner: 'achen', assignTo: 'Jordan Doe' };
    const { text, structured } = await session.ok('create_ticket', both);
    const [, said = ''] = /^assigned: (.*)$/m.exec(text) ?? [];
    expect(said).toMatch(/Alex Chen/);
    expect(said).toMatch(/Jordan Doe \(\w+ \d+ \w+, no time set\)/);
    expect((await ticket(structured.id)).resources.split(', ').sort()).toEqual(['achen', 'jdoe']);
    expect((await ticket(made.structured.id)).owner.identifier).toBe('achen');
    expect(await session.get(`/schedule/entries?conditions=objectId=${made.structured.id}`)).toEqual([]);
  });
});

describe('a due time', () => {
  it('that has passed is asked about', async () => {
    for (const [tool, input] of [
      ['update_ticket', { ticketId: 577 }],
      ['create_ticket', { summary: 'Late', company: 'Globex' }],
    ] as const)
      expect(await session.refused(tool, { ...input, dueDate: 'yesterday' })).toMatch(
        /dueDate: Sat 28 Nov 2026 17:00 is in the past[\s\S]*confirm: true/,
      );
  });

  it('is 17:00 only where no time was given, and the answer says so', async () => {
    await session.ok('update_ticket', { ticketId: 577, dueDate: 'Friday 4pm' });
    // Today's, or that of the day when it is due.
    expect(await session.refused('update_ticket', { ticketId: 577, dueDate: '6pm' })).toMatch(
      /dueDate names no day: 18:00 can be on Sun 29 Nov 2026, which is today, or on Fri 4 Dec 2026/,
    );
    const { text } = await session.ok('update_ticket', { ticketId: 577, dueDate: 'tomorrow' });
    expect(text).toMatch(/Mon 30 Nov 2026 17:00\nNo time was given for dueDate, so 17:00 was taken/);
    const timed = await session.ok('update_ticket', { ticketId: 577, dueDate: 'tomorrow 3pm' });
    expect(timed.text).not.toContain('No time was given');
    expect((await ticket(577)).requiredDate).toBe('2026-11-30T20:00:00Z');
  });
});

describe('a call that was interrupted', () => {
  it('is finished by calling again, without a second note', async () => {
    const input = { ticketId: 577, internalNote: 'Third time this month', priority: 'P1', assignTo: 'achen' };
    session.sandbox.faults.add({
      kind: 'error',
      status: 500,
      method: 'PATCH',
      path: '/service/tickets/577',
      times: 99,
    });
    const failed = await session.call('update_ticket', input);
    expect(failed.text).toMatch(/Done: internal note added\. Not done: priority changed/);
    session.sandbox.faults.clear();
    const { text } = await session.ok('update_ticket', input);
    expect(text).toMatch(/internal note \d+ already says this; no second one was written/);
    expect(await ticket(577)).toMatchObject({ priority: { id: 1 } });
    expect((await ticket(577)).resources).toContain('achen');
    const same = (await notesOf(577)).filter((note: { text: string }) => note.text === input.internalNote);
    expect(same).toHaveLength(1);
  });

  it('leaves one truth about a new ticket, and calling again assigns', async () => {
    const input = { summary: 'Half done', company: 'Globex', assignTo: 'achen' };
    session.sandbox.faults.add({ kind: 'error', status: 500, method: 'POST', path: '/schedule/entries', times: 99 });
    const { text, structured } = await session.ok('create_ticket', input);
    expect(text).not.toContain('assigned: ');
    expect(text).toMatch(
      /Alex Chen is not assigned; once nothing stands against it, the same call again finishes it\.\nNot done: Alex Chen assigned/,
    );
    session.sandbox.faults.clear();
    const again = await session.ok('create_ticket', input);
    expect(again.structured.id).toBe(structured.id);
    expect(again.text).toMatch(/An earlier call created ticket \d+; this one finished it[\s\S]*assigned: Alex Chen/);
    expect((await ticket(structured.id)).resources).toBe('achen');
    expect(await session.refused('create_ticket', input)).toContain(`already has ticket ${structured.id}`);
  });

  it('merges the rest', async () => {
    const into = await open();
    const [one, other] = [await open({ summary: 'One' }), await open({ summary: 'Other' })];
    const input = { into, status: 'Closed', confirm: true };
    await session.ok('merge_tickets', { ...input, tickets: [one] });
    const { structured } = await session.ok('merge_tickets', { ...input, tickets: [one, other] });
    expect(structured.merged).toEqual([one, other]);
    expect((await ticket(other)).mergedParentTicket.id).toBe(into);
  });
});

describe('a custom field that a colleague sets meanwhile', () => {
  it('is kept beside the one that is set', async () => {
    const { customFields } = await ticket(577);
    // The tool has read the ticket before it asks for the statuses of its board.
    session.sandbox.faults.add({ kind: 'slow', method: 'GET', path: '/statuses', delayMs: 2_000 });
    const before = session.sandbox.requests.length;
    const call = session.ok('update_ticket', {
      ticketId: 577,
      status: 'In Progress',
      customFields: { 'Devices affected': 9 },
    });
    const isAsked = () => session.sandbox.requests.slice(before).some(({ path }) => path.includes('/statuses'));
    await expect.poll(isAsked, { timeout: 10_000, interval: 5 }).toBe(true);
    const value = customFields.map((field: { caption: string }) =>
      field.caption === 'Root cause' ? { ...field, value: 'Hardware' } : field,
    );
    await session.rest('PATCH', '/service/tickets/577', [{ op: 'replace', path: 'customFields', value }]);
    await call;
    const fields = await fieldsOf(577);
    expect([fields.get('Root cause'), fields.get('Devices affected')]).toEqual(['Hardware', 9]);
  });

  it('is sent again when the answer was that of a proxy', async () => {
    session.sandbox.faults.add({ kind: 'error-html', status: 502, method: 'PATCH', path: '/service/tickets/577' });
    const { text } = await session.ok('update_ticket', { ticketId: 577, customFields: { 'Devices affected': 9 } });
    expect(text).toMatch(/Devices affected: .* -> 9/);
    expect((await fieldsOf(577)).get('Devices affected')).toBe(9);
  });
});

describe('the same change twice at once', () => {
  it.each([
    ['add_ticket_note', { ticketId: 577, text: 'Said once' }],
    ['update_ticket', { ticketId: 577, internalNote: 'Said once', priority: 'P2' }],
  ])('of %s is one, and both calls get it', async (tool, input) => {
    const answers = await Promise.all([session.call(tool, input), session.call(tool, input)]);
    for (const { isError, text } of answers) expect(isError, text).toBe(false);
    const same = (await notesOf(577)).filter((note: { text: string }) => note.text === 'Said once');
    expect(same).toHaveLength(1);
  });
});

describe('a note', () => {
  it('is not public because a switch was filled with words', async () => {
    const input = { ticketId: 589, text: 'y', internal: 'Customer called' };
    expect(await session.refused('add_ticket_note', input)).toContain('internal takes true or false');
  });

  it('is not written where it was to be mailed and nobody has an address', async () => {
    const id = await open({ contact: { id: await silentContact() } });
    const input = { ticketId: id, text: 'Hello', kind: 'discussion', notify: true, confirm: true };
    const text = await session.refused('add_ticket_note', input);
    expect(text).toContain('Nobody would be mailed: contact Silent Sam has no e-mail address');
    expect(await notesOf(id)).toEqual([]);
  });

  it('names who it is mailed to and what it says, before and after', async () => {
    const input = { ticketId: 589, text: 'We are on our way', kind: 'discussion', notify: true };
    const asked = await session.refused('add_ticket_note', input);
    expect(asked).toMatch(/e-mail it to Marco Rossi \(marco\.rossi@\S+\)\?\n.*\nWe are on our way/);
    // By which it is mailed, as with recipients that are chosen.
    expect(asked).toContain("Before that: the ticket's e-mail switches set to contact (were off)");
    const { text } = await session.ok('add_ticket_note', { ...input, confirm: true });
    expect(text).toMatch(/mailed to Marco Rossi \(marco\.rossi@\S+\)\)\.$/m);
    expect(await ticket(589)).toMatchObject({ automaticEmailContactFlag: true, automaticEmailResourceFlag: false });
    const second = await session.ok('add_ticket_note', { ...input, text: 'We are there', confirm: true });
    expect(second.text).not.toContain('switches');
    const off = [{ op: 'replace', path: 'automaticEmailContactFlag', value: false }];
    await session.rest('PATCH', '/service/tickets/589', off);
  });

  it('goes to the recipients that are chosen', async () => {
    const given = { ticketId: 589, text: 'For both', kind: 'discussion', recipients: ['contact', 'resources'] };
    expect(await session.refused('add_ticket_note', given)).toContain(
      "Before that: the ticket's e-mail switches set to contact, resources (were off), and stay so for later mails.",
    );
    const { text } = await session.ok('add_ticket_note', { ...given, confirm: true });
    expect(text).toMatch(/mailed to Marco Rossi .*, Jordan Doe /);
    expect(await ticket(589)).toMatchObject({ automaticEmailContactFlag: true, automaticEmailResourceFlag: true });
    const internal = { ticketId: 589, text: 'Only us', confirm: true };
    expect(await session.refused('add_ticket_note', { ...internal, recipients: ['contact'] })).toContain('not mailed');
    await session.ok('add_ticket_note', { ...internal, recipients: ['resources'] });
    expect(await ticket(589)).toMatchObject({ automaticEmailContactFlag: false, automaticEmailResourceFlag: true });
  });

  it('can say the same again when that is meant', async () => {
    const first = await session.ok('add_ticket_note', { ticketId: 589, text: 'No answer' });
    expect(await session.refused('add_ticket_note', { ticketId: 589, text: 'No answer' })).toContain(
      `Note ${first.structured.id}`,
    );
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/notes' });
    const second = await session.ok('add_ticket_note', { ticketId: 589, text: 'No answer', allowDuplicate: true });
    expect(second.structured.id).toBeGreaterThan(first.structured.id);
  });

  it('keeps code as it was written', async () => {
    const text = 'Use Dictionary<int, string> instead of List<string>';
    const { structured } = await session.ok('add_ticket_note', { ticketId: 589, text });
    expect((await session.get(`/service/tickets/589/notes/${structured.id}`)).text).toBe(text);
  });
});

describe('an existing note', () => {
  const note = async (input: Record<string, unknown> = {}): Promise<number> =>
    (await session.ok('add_ticket_note', { ticketId: 589, text: 'Router rebooted', ...input })).structured.id;

  it('is corrected by words of it, with before and after', async () => {
    const id = await note();
    const input = { ticketId: 589, note: 'router reb', text: 'Router replaced' };
    const { text } = await session.ok('update_ticket_note', input);
    expect(text).toContain('text: Router rebooted -> Router replaced');
    expect((await session.get(`/service/tickets/589/notes/${id}`)).text).toBe('Router replaced');
  });

  it('is shown to the customer only after a yes to its text', async () => {
    const id = await note();
    const input = { ticketId: 589, noteId: id, kind: 'public' };
    expect(await session.refused('update_ticket_note', input)).toMatch(
      /Let the customer see note[\s\S]*Router rebooted/,
    );
    await session.ok('update_ticket_note', { ...input, confirm: true });
    expect(await session.get(`/service/tickets/589/notes/${id}`)).toMatchObject({
      detailDescriptionFlag: true,
      internalAnalysisFlag: false,
    });
  });

  it('is deleted only after a yes to its text', async () => {
    const id = await note({ kind: 'discussion' });
    const input = { ticketId: 589, note: String(id), delete: true };
    expect(await session.refused('update_ticket_note', input)).toContain('(discussion): Router rebooted');
    await session.ok('update_ticket_note', { ...input, confirm: true });
    expect((await notesOf(589)).map((one: { id: number }) => one.id)).not.toContain(id);
  });

  it('has to be one note', async () => {
    await note({ text: 'Called at nine' });
    await note({ text: 'Called at ten' });
    const input = { ticketId: 589, text: 'x' };
    expect(await session.refused('update_ticket_note', { ...input, note: 'called at' })).toMatch(
      /several notes fit[\s\S]*Called at nine[\s\S]*Called at ten/,
    );
    expect(await session.refused('update_ticket_note', { ...input, note: 'never said' })).toContain('no note of');
  });
});

describe('update_ticket', () => {
  it('says what was so already, and all that is wrong at once', async () => {
    const id = await open({ serviceLocation: { name: 'Remote' } });
    const input = { ticketId: id, serviceLocation: 'Remote', priority: 'Priority 2 - High' };
    const { text, structured } = await session.ok('update_ticket', input);
    expect(text).toMatch(/^priority: .* -> Priority 2 - High\nserviceLocation is Remote already$/m);
    expect(structured.unchanged).toEqual(['serviceLocation is Remote already']);
    const again = { ...input, resolution: 'Done', dryRun: true };
    const preview = await session.ok('update_ticket', again);
    expect(preview.text).toContain('serviceLocation is Remote already');
    expect(preview.text).toContain('resolution note added');
    expect(preview.text).not.toMatch(/changed$|PATCH/m);
    const moved = await session.ok('update_ticket', { ticketId: id, company: 'Globex', dryRun: true });
    expect(moved.text).toMatch(/^contact: Ben Petrov \(the company's default contact, who gets what is mailed/m);
    expect(moved.text).not.toContain('already');
    const wrong = { ticketId: id, status: 'Xyz', contact: 'Dana', priority: 'foo', assignTo: 'zork' };
    expect(await session.refused('update_ticket', wrong)).toMatch(
      /^4 arguments .*\n1\. priority: .*\n2\. status: .*\n3\. contact: .*\n4\. assignTo: /,
    );
    const { priority: _, ...others } = wrong;
    expect(await session.refused('update_ticket', others)).toMatch(/^3 arguments .*\n1\. status: /);
  });
});

describe('create_ticket', () => {
  it('does not open a ticket that was to be mailed to a contact without an address', async () => {
    await silentContact();
    const input = { summary: 'Quiet', company: 'Acme Corporation', contact: 'Silent Sam', notify: true, confirm: true };
    expect(await session.refused('create_ticket', input)).toContain('contact Silent Sam has no e-mail address');
  });

  it("names the company's own contact, who would be mailed, by address", async () => {
    const input = { summary: 'Loud', company: 'Globex', description: 'It is loud', notify: true };
    const asked = await session.refused('create_ticket', input);
    expect(asked).toMatch(/e-mail it to Ben Petrov \(\S+@\S+\)\?\nIt is loud/);
    const { text } = await session.ok('create_ticket', { ...input, confirm: true });
    expect(text).toMatch(/mailed: Ben Petrov \(\S+@\S+\)/);
    expect(text).not.toContain('differently');
  });

  it('previews the assignment of a ticket that there is not yet', async () => {
    const { text } = await session.ok('create_ticket', {
      summary: 'Later',
      company: 'Globex',
      assignTo: 'achen',
      dryRun: true,
    });
    expect(text).toMatch(/"objectId":"new","member":\{"id":2\}/);
    expect(text).toContain('Alex Chen assigned');
  });
});

describe('what cannot be undone', () => {
  it.each([
    ['merge_tickets', { into: 564, tickets: [507], status: 'Closed' }, /cannot be undone/],
    ['merge_tickets', { into: 564, tickets: [507], as: 'children' }, /only in Manage's own screens/],
    ['convert_ticket', { ticketId: 564, project: '1', phase: 'Build' }, /Its number stays/],
  ])('%s %o asks first', async (tool, input, says) => {
    const text = await session.refused(tool, input);
    expect(text).toMatch(says);
    expect(text).toContain('confirm: true');
  });
});

describe('a ticket that is over', () => {
  it('takes nothing more once it was merged into another one, which is named', async () => {
    const [into, merged] = [await open(), await open({ summary: 'The same' })];
    await session.ok('merge_tickets', { into, tickets: [merged], confirm: true });
    for (const [tool, input] of [
      ['log_time', { ticketId: merged, hours: 1, notes: 'x' }],
      ['add_ticket_note', { ticketId: merged, text: 'x' }],
      ['schedule_work', { ticketId: merged, member: 'me', start: 'tomorrow 1pm' }],
      ['update_ticket', { ticketId: merged, close: false }],
      ['save_ticket_task', { ticketId: merged, text: 'x' }],
      ['set_ticket_configurations', { ticketId: merged, attach: 'ACME-FIR-03' }],
      ['add_product', { ticketId: merged, product: 'DOCK' }],
      ['log_expense', { ticketId: merged, amount: 5, type: 'Parking' }],
      ['add_attachment', { record: `ticket ${merged}`, name: 'a.txt', text: 'x' }],
      ['create_ticket', { summary: 'Child', company: 'Acme Corporation', parentTicketId: merged }],
    ] as const) {
      const text = await session.refused(tool, input);
      expect(text, tool).toContain(`Ticket ${merged} was merged into ticket ${into}`);
    }
  });

  it('is said to be closed where time or a note is added to it', async () => {
    const note = await session.ok('add_ticket_note', { ticketId: 538, text: 'One more thing' });
    expect(note.text).toContain('The ticket is closed.');
    const time = await session.ok('log_time', { ticketId: 538, hours: 1, notes: 'Tidied up', dryRun: true });
    expect(time.text).toContain('on ticket 538 "VPN connection drops" (Wayne Logistics) (closed)');
  });
});

describe('taking everybody off', () => {
  it('asks where an appointment is still ahead, and names it', async () => {
    const id = await open();
    await session.ok('schedule_work', { ticketId: id, member: 'achen', start: 'tomorrow 9am', hours: 1 });
    const text = await session.refused('update_ticket', { ticketId: id, assignTo: 'nobody' });
    expect(text).toContain('Alex Chen taken off, with an appointment still ahead');
    await session.ok('update_ticket', { ticketId: id, assignTo: 'nobody', confirm: true });
    expect(await session.get(`/schedule/entries?conditions=objectId=${id}`)).toEqual([]);
  });
});

describe('where the work is done', () => {
  it('is a matter of the ticket', async () => {
    const { text } = await session.ok('update_ticket', { ticketId: 589, remote: true });
    expect(text).toMatch(/serviceLocation: .*-> Remote/);
    expect((await ticket(589)).serviceLocation.name).toBe('Remote');
    const on = { ticketId: 589, serviceLocation: 'on site' };
    expect((await session.ok('update_ticket', on)).text).toContain('Remote -> On-Site');
    const said = { ticketId: 589, hours: '15m', location: 'remote' };
    expect(await session.refused('log_time', said)).toContain('the ticket does (update_ticket, serviceLocation)');
  });
});

describe('arguments that contradict one another', () => {
  it.each([
    ['update_ticket', { ticketId: 577, close: true, status: 'In Progress' }, /does not count In Progress as closed/],
    ['update_ticket', { ticketId: 577, close: false, status: 'Closed' }, /Closed is a closed status/],
    ['update_ticket', { ticketId: 577, subtype: 'Network', clear: ['type'] }, /subtype belongs to the type that clear/],
    ['update_ticket', { ticketId: 577, item: 'Repair', clear: ['subtype'] }, /item belongs to the subtype that clear/],
    ['merge_tickets', { into: 564, tickets: [507], as: 'children', status: 'Closed' }, /Children keep their status/],
    ['add_ticket_note', { ticketId: 577, text: 'x', notify: false, recipients: ['contact'] }, /notify: false/],
    ['set_ticket_configurations', { ticketId: 564, attach: 'ACME-FIR-03', detach: 'ACME-FIR-03' }, /detach/],
  ])('are refused by %s', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toMatch(says);
  });
});
