import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const created = async (path: string, body: unknown) => {
  const answer = await rest('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};
const found = async (path: string, conditions: string): Promise<number[]> =>
  (await rest('GET', `${path}?pageSize=1000&conditions=${encodeURIComponent(conditions)}`)).body.map(
    ({ id }: { id: number }) => id,
  );

describe('a record that was made with the least', () => {
  it.each([
    ['/service/boards/1/statuses', { name: 'Parked' }, 'board', 1, { parentId: 1, escalationStatus: 'NoEscalation' }],
    ['/service/boards/1/types', { name: 'Odd' }, 'board', 1, { parentId: 1, inactiveFlag: false }],
    ['/company/companies/3/sites', { name: 'Annex' }, 'company', 3, { inactiveFlag: false }],
    ['/company/companies/3/notes', { text: 'Called.' }, 'company', 3, { type: { id: 1 }, flagged: false }],
    [
      '/project/projects/1/phases',
      { description: 'Extra' },
      'status',
      1,
      { projectId: 1, billingMethod: 'ActualRates' },
    ],
  ])('of %s names what it is part of, and lists find it by that', async (path, body, ...expected) => {
    const [member, id, shown] = expected as [string, number, Record<string, unknown>];
    const record = await created(path, body);
    expect(record).toMatchObject({ [member]: { id }, ...shown });
    expect(await found(path, `${member}/id = ${id}`)).toContain(record.id);
    expect(await found(path, `${member}/id != ${id}`)).not.toContain(record.id);
  });

  it('has the defaults of its tables', async () => {
    const activity = await created('/sales/activities', { name: 'Call', assignTo: { id: 2 } });
    expect(activity).toMatchObject({
      type: { id: 1 },
      status: { id: 1, name: 'Open' },
      assignedBy: { identifier: 'apimcp' },
      notifyFlag: false,
    });
    expect(await found('/sales/activities', 'status/name = "Open"')).toContain(activity.id);
    const ticket = await created('/project/tickets', { summary: 'Survey', phase: { id: 1 } });
    expect(ticket).toMatchObject({ priority: { id: 3 }, site: { name: 'Main' }, serviceLocation: {}, source: {} });
    const board = await created('/service/boards', { name: 'Night', location: { id: 1 }, department: { id: 1 } });
    expect(board).toMatchObject({
      problemSort: 'Ascending',
      percentageCalculation: 'ActualHours',
      billTime: 'NoDefault',
    });
    const role = await created('/time/workRoles', { name: 'Trainee' });
    expect(role).toMatchObject({ hourlyRate: 0, inactiveFlag: false, locationIds: [] });
  });

  it('copies the address and the contact of each party of returned goods', async () => {
    const company = 3;
    const contact = (await rest('GET', `/company/companies/${company}`)).body.defaultContact;
    const tag = await created('/procurement/rmaTags', {
      product: { id: 1 },
      productDescription: 'Monitor',
      summary: 'No picture',
      status: { id: 1 },
      location: { id: 1 },
      department: { id: 1 },
      rmaDisposition: { id: 1 },
      returnedCompany: { id: company },
      returnedContact: { id: contact.id },
    });
    const { body: site } = await rest('GET', `/company/companies/${company}/sites/${tag.returnedSite.id}`);
    expect(tag).toMatchObject({ returnedContactCity: site.city, returnedContactZip: site.zip, customFields: [] });
    expect(tag.returnedContactEmail).toMatch(/@/);
    expect(await found('/procurement/rmaTags', `returnedContactCity = "${site.city}"`)).toContain(tag.id);
    expect(tag).not.toHaveProperty('repairContactCity');
  });

  it('is found by the members that only the list for few rights has', async () => {
    const names = async (conditions: string): Promise<string[]> =>
      (
        await rest('GET', `/service/boards/1/statuses/info?${new URLSearchParams({ conditions, pageSize: '100' })}`)
      ).body.map(({ name }: { name: string }) => name);
    await created('/service/boards/1/statuses', { name: 'Shut', closedStatus: true, inactive: true });
    expect(await names('closedFlag = true and inactiveFlag = true')).toEqual(['Shut']);
    expect(await names('closedFlag = false')).not.toContain('Shut');
    const by = new URLSearchParams({ conditions: 'fullName = "Jordan Doe"' });
    expect((await rest('GET', `/system/info/members?${by}`)).body).toMatchObject([{ identifier: 'jdoe' }]);
    expect((await rest('GET', `/system/info/members/count?${by}`)).body).toEqual({ count: 1 });
    expect(await rest('GET', `/system/members?${by}`)).toMatchObject({ status: 400 });
  });

  it('is whole where it is an item of another', async () => {
    const item = await created('/company/contacts/3/communications', { type: { id: 1 }, value: 'x@y.example' });
    expect(item).toMatchObject({ contactId: 3, mobileGuid: expect.any(String), _info: { updatedBy: 'apimcp' } });
    const { body } = await rest('GET', `/company/contacts/3/communications/${item.id}`);
    expect(body).toEqual(item);
  });

  it('is found among all notes of a ticket, but not by the kind of note', async () => {
    const note = await created('/service/tickets/1/notes', { text: 'Left a message', internalAnalysisFlag: true });
    expect(await found('/service/tickets/1/allNotes', 'text = "Left a message"')).toEqual([note.id]);
    const kind = await rest(
      'GET',
      `/service/tickets/1/allNotes?conditions=${encodeURIComponent('noteType = "TicketNote"')}`,
    );
    expect(kind).toMatchObject({ status: 400, body: { message: 'noteType is not a recognized name.' } });
  });

  it('takes the names of enumerations in any letter case', async () => {
    const ticket = await created('/service/tickets', { summary: 'Case', company: { id: 2 }, severity: 'hIGH' });
    expect(ticket.severity).toBe('High');
    const patch = [{ op: 'replace', path: 'severity', value: 'low' }];
    expect((await rest('PATCH', `/service/tickets/${ticket.id}`, patch)).body.severity).toBe('Low');
  });

  it('keeps the ends of lists of copies, and names project and phase of time', async () => {
    const copied = { summary: 'Copies', company: { id: 2 }, automaticEmailCc: 'a@b.example' };
    expect(await created('/service/tickets', copied)).toMatchObject({ automaticEmailCc: 'a@b.example;' });
    const [ticket] = (await rest('GET', '/project/tickets?pageSize=1')).body;
    const entry = await created('/time/entries', {
      chargeToType: 'ProjectTicket',
      chargeToId: ticket.id,
      member: { id: 1 },
      timeStart: '2026-11-21T18:00:00Z',
      actualHours: 1,
    });
    expect(entry).toMatchObject({ project: { id: ticket.project.id }, phase: { id: ticket.phase.id } });
    expect(await found('/time/entries', `project/id = ${ticket.project.id}`)).toContain(entry.id);
  });
});
