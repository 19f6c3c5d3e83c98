import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const replace = (path: string, name: string, value: unknown) =>
  rest('PATCH', path, [{ op: 'replace', path: name, value }]);
const newTicket = async (more: Record<string, unknown> = {}) =>
  (await rest('POST', '/service/tickets', { summary: 'Scanner jams', company: { id: 2 }, ...more })).body;
const logTime = (more: Record<string, unknown>) =>
  rest('POST', '/time/entries', {
    chargeToType: 'ServiceTicket',
    member: { identifier: 'jdoe' },
    timeStart: '2026-11-24T15:00:00Z',
    timeEnd: '2026-11-24T15:40:00Z',
    ...more,
  });

describe('projects', () => {
  it('place phases by their code', async () => {
    const { body: project } = await rest('POST', '/project/projects', {
      name: 'Move',
      company: { id: 2 },
      board: { name: 'Projects' },
      billingMethod: 'ActualRates',
      estimatedStart: '2026-12-01T00:00:00Z',
      estimatedEnd: '2026-12-20T00:00:00Z',
    });
    expect(project).toMatchObject({ status: { name: 'Open' }, closedFlag: false, billTime: 'Billable' });
    const path = `/project/projects/${project.id}`;
    const phase = async (more: Record<string, unknown>) =>
      (await rest('POST', `${path}/phases`, { description: 'Phase', ...more })).body;
    const [first, second] = [await phase({}), await phase({})];
    expect([first.wbsCode, second.wbsCode]).toEqual(['1', '2']);
    expect((await phase({ wbsCode: '2.1' })).parentPhase.id).toBe(second.id);
    expect((await phase({ parentPhase: { id: second.id } })).wbsCode).toBe('2.2');
    expect((await phase({ billSeparatelyFlag: true })).errors[0].field).toBe('billingMethod');
    expect((await replace(path, 'estimatedEnd', '2026-11-01T00:00:00Z')).body.errors[0].field).toBe('estimatedEnd');
    const ticket = await rest('POST', '/project/tickets', { summary: 'Pack', phase: { id: first.id } });
    expect(ticket.body).toMatchObject({ project: { id: project.id }, company: { id: 2 }, status: { name: 'Planned' } });
    expect((await rest('GET', `/service/tickets/${ticket.body.id}`)).status).toBe(404);
  });
});

describe('tickets', () => {
  it('become project tickets and come back, with their notes and time', async () => {
    const ticket = await newTicket({ initialDescription: 'It hums.' });
    const entry = (await logTime({ chargeToId: ticket.id })).body;
    const [phase] = (await rest('GET', '/project/projects/1/phases')).body;
    const convert = (side: string, body: unknown) => rest('POST', `/${side}/tickets/${ticket.id}/convert`, body);
    expect((await convert('service', { recordType: 'ProjectTicket', phase: { id: 999 }, wbsCode: '1.9' })).status).toBe(
      400,
    );
    const body = { recordType: 'ProjectTicket', project: { id: 1 }, phase: { id: phase.id }, wbsCode: '1.9' };
    expect((await convert('service', body)).body).toEqual({ success: true, message: '' });
    expect((await rest('GET', `/service/tickets/${ticket.id}`)).status).toBe(404);
    const moved = (await rest('GET', `/project/tickets/${ticket.id}`)).body;
    expect(moved).toMatchObject({
      summary: 'Scanner jams',
      project: { id: 1 },
      board: { name: 'Projects' },
      wbsCode: '1.9',
    });
    expect((await rest('GET', `/project/tickets/${ticket.id}/notes`)).body).toMatchObject([{ text: 'It hums.' }]);
    expect((await rest('GET', `/time/entries/${entry.id}`)).body.chargeToType).toBe('ProjectTicket');
    expect((await convert('project', { recordType: 'ServiceTicket' })).status).toBe(200);
    expect((await rest('GET', `/service/tickets/${ticket.id}`)).body).toMatchObject({
      board: { name: 'Help Desk' },
      status: { name: 'New' },
    });
    expect((await rest('GET', `/time/entries/${entry.id}`)).body.chargeToType).toBe('ServiceTicket');
  });

  it('merge into one: children get the closing status', async () => {
    const [parent, child] = [await newTicket(), await newTicket()];
    const merge = (body: unknown) => rest('POST', `/service/tickets/${parent.id}/merge`, body);
    expect((await merge({ mergeTicketIds: [parent.id], status: { id: 7 } })).status).toBe(400);
    expect((await merge({ mergeTicketIds: [child.id], status: { id: 7 } })).status).toBe(200);
    expect((await rest('GET', `/service/tickets/${child.id}`)).body).toMatchObject({
      mergedParentTicket: { id: parent.id },
      status: { id: 7, name: 'Closed' },
      closedFlag: true,
      closedBy: 'apimcp',
    });
  });

  it('show first texts as notes and nowhere else', async () => {
    const ticket = await newTicket({ initialDescription: 'a', initialInternalAnalysis: 'b', initialResolution: 'c' });
    expect(Object.keys(ticket).filter((name) => name.startsWith('initial'))).toEqual([]);
    const notes = (await rest('GET', `/service/tickets/${ticket.id}/notes`)).body;
    expect(notes).toMatchObject([
      { text: 'a', detailDescriptionFlag: true, externalFlag: true },
      { text: 'b', internalAnalysisFlag: true, internalFlag: true },
      { text: 'c', resolutionFlag: true },
    ]);
  });

  it('find their contact by e-mail address', async () => {
    const contact = (await rest('GET', '/company/contacts/6')).body;
    const email = contact.communicationItems[0].value.toUpperCase();
    const ticket = await newTicket({ company: { id: contact.company.id }, contactEmailLookup: email });
    expect(ticket).toMatchObject({ contact: { id: 6 }, contactEmailAddress: email.toLowerCase() });
  });

  it('have the people who are scheduled on them', async () => {
    const { id } = await newTicket();
    const assign = (identifier: string) =>
      rest('POST', '/schedule/entries', { type: { identifier: 'S' }, objectId: id, member: { identifier } });
    const first = await assign('achen');
    expect(first.body).toMatchObject({
      status: { name: 'Firm' },
      name: `Acme Corporation / Ticket# ${id} - Scanner jams`,
    });
    await assign('jdoe');
    expect((await rest('GET', `/service/tickets/${id}`)).body.resources).toBe('achen, jdoe');
    await rest('DELETE', `/schedule/entries/${first.body.id}`);
    expect((await rest('GET', `/service/tickets/${id}`)).body.resources).toBe('jdoe');
  });
});

describe('time', () => {
  it('counts hours from start and end, rounds what is billed, and adds up on the ticket', async () => {
    const { id } = await newTicket();
    const entry = (await logTime({ chargeToId: id, hoursDeduct: 0.1, actualHours: 7, emailContactFlag: true })).body;
    expect(entry).toMatchObject({ actualHours: 0.57, hoursBilled: 0.75, billableOption: 'Billable', status: 'Open' });
    expect(entry).toMatchObject({ emailContactFlag: true, emailResourceFlag: false });
    expect((await replace(`/time/entries/${entry.id}`, 'actualHours', 3)).body.actualHours).toBe(0.57);
    expect((await rest('GET', `/service/tickets/${id}`)).body.actualHours).toBe(0.57);
    await rest('DELETE', `/time/entries/${entry.id}`);
    expect((await rest('GET', `/service/tickets/${id}`)).body.actualHours ?? 0).toBe(0);
  });

  it('copies notes to the ticket where asked', async () => {
    const { id } = await newTicket();
    await logTime({ chargeToId: id, notes: 'Cleaned it', addToResolutionFlag: true });
    await logTime({ chargeToId: id, notes: 'Kept here' });
    expect((await rest('GET', `/service/tickets/${id}/notes`)).body).toMatchObject([{ text: 'Cleaned it' }]);
    const all = (await rest('GET', `/service/tickets/${id}/allNotes`)).body as { noteType: string }[];
    expect(all.map(({ noteType }) => noteType).sort()).toEqual(['TicketNote', 'TimeEntryNote', 'TimeEntryNote']);
  });

  it.each([
    [{ timeStart: '2026-11-24T10:00:00-05:00' }, 'timeStart', 'Unsupported format applied to timeStart'],
    [{ timeEnd: '2026-11-24T14:00:00Z' }, 'timeEnd', 'timeEnd'],
    [{ member: { identifier: 'rgone' } }, 'member/id', 'inactive'],
    [{ member: { identifier: 'apimcp' } }, 'member/id', 'API member'],
    [
      { workRole: { name: 'Architect' }, locationId: 2 },
      'workRole/id',
      'The default Work Role is not valid for the selected location',
    ],
    [{ chargeToId: 987654 }, 'chargeToId', 'not found'],
  ])('with %j is refused for %s', async (more, field, message) => {
    const { status, body } = await logTime({ chargeToId: 3, ...more });
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ field, message: expect.stringContaining(message) });
  });

  it('is not taken where the status forbids it', async () => {
    const { id } = await newTicket({ status: { name: 'Cancelled' } });
    const { status, body } = await logTime({ chargeToId: id });
    expect([status, body.errors.map(({ field }: { field: string }) => field)]).toEqual([400, ['chargeToId']]);
  });

  it('wants an end from members who have to give one', async () => {
    const { body } = await logTime({
      chargeToId: 3,
      member: { identifier: 'swright' },
      timeEnd: undefined,
      actualHours: 1,
    });
    expect(body.errors[0].field).toBe('timeEnd');
  });

  it('falls on the day of its member, wherever the server is', async () => {
    // Sunday 20:00 UTC is already Monday for the colleague in India.
    const times = { timeStart: '2026-11-22T20:00:00Z', timeEnd: '2026-11-22T20:30:00Z' };
    const here = await logTime({ chargeToId: 3, ...times, member: { identifier: 'jdoe' } });
    const there = await logTime({ chargeToId: 3, ...times, member: { identifier: 'pnair' } });
    expect(there.body.timeSheet.name).toBe('2026-11-23 to 2026-11-29');
    expect(here.body.timeSheet?.name ?? '2026-11-16 to 2026-11-22').toBe('2026-11-16 to 2026-11-22');
  });

  it('says what it would fill in, without storing', async () => {
    const count = async () => (await rest('GET', '/time/entries/count')).body.count;
    const before = await count();
    const { status, body } = await rest('POST', '/time/entries/defaults', {
      chargeToId: 3,
      chargeToType: 'ServiceTicket',
      member: { identifier: 'achen' },
    });
    expect([status, body.workRole.name, body.workType.name]).toEqual([200, 'Engineer', 'Regular']);
    expect(await count()).toBe(before);
  });
});
