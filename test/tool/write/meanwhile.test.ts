import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

// Somebody else changes a record between our reading it and our writing to it: theirs stays, or it is said and asked.

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());
afterEach(() => session.sandbox.faults.clear());

const ticketFor = async (summary: string): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary, company: { id: 7 } })).body.id;

const patch = (path: string, member: string, value: unknown) =>
  session.rest('PATCH', path, [{ op: 'replace', path: member, value }]);

/** Runs when the sandbox has answered so many reads of a path, before our next request. */
async function afterReads(path: string, reads: number, change: () => Promise<unknown>): Promise<void> {
  const before = session.sandbox.requests.length;
  const seen = (): number =>
    session.sandbox.requests.slice(before).filter(({ method, path: asked }) => method === 'GET' && asked.includes(path))
      .length;
  while (seen() < reads) await new Promise((done) => setTimeout(done, 1));
  await change();
}

describe('a field that somebody changed since it was read', () => {
  it('by the model is said once, and written when the call is made again', async () => {
    const ticketId = await ticketFor('Changed since');
    await session.ok('get_ticket', { ticketId });
    await patch(`/service/tickets/${ticketId}`, 'summary', 'Theirs');
    const input = { ticketId, summary: 'Ours' };
    const { isError, text } = await session.call('update_ticket', input);
    expect(isError).toBe(true);
    expect(text).toMatch(/changed.* since it was read: summary was Changed since and is Theirs.*same call again/s);
    expect((await session.get(`/service/tickets/${ticketId}`)).summary).toBe('Theirs');
    expect((await session.ok('update_ticket', input)).text).toContain('summary: Theirs -> Ours');
  });

  it('is no matter where another field is written, or by ourselves', async () => {
    const ticketId = await ticketFor('Another field');
    await session.ok('get_ticket', { ticketId });
    await patch(`/service/tickets/${ticketId}`, 'budgetHours', 3);
    await session.ok('update_ticket', { ticketId, summary: 'First' });
    await session.ok('update_ticket', { ticketId, summary: 'Second' });
    const operation = `PATCH /service/tickets/${ticketId}`;
    await session.ok('call_write_operation', { operation, body: { summary: 'Third' } });
    await session.ok('update_ticket', { ticketId, summary: 'Fourth' });
  });

  it('is said of a ticket that was closed meanwhile', async () => {
    const ticketId = await ticketFor('Closed meanwhile');
    const { record } = { record: (await session.ok('get_ticket', { ticketId })).structured };
    expect(record).toBeDefined();
    const { board } = await session.get(`/service/tickets/${ticketId}`);
    const statuses = await session.get(`/service/boards/${board.id}/statuses?conditions=closedStatus=true`);
    await patch(`/service/tickets/${ticketId}`, 'status', { id: statuses[0].id });
    const { text } = await session.call('update_ticket', { ticketId, summary: 'Still open?' });
    expect(text).toMatch(/closedFlag was (no|false|-) and is (yes|true)/);
  });
});

describe('a list that somebody changed while we changed it', () => {
  it('keeps both changes of custom fields', async () => {
    const ticketId = await ticketFor('Both kept');
    const { customFields } = await session.get(`/service/tickets/${ticketId}`);
    const theirs = customFields.map((field: { caption: string }) =>
      field.caption === 'Root cause' ? { ...field, value: 'Power supply' } : field,
    );
    session.sandbox.faults.add({ kind: 'slow-body', delayMs: 60, method: 'GET', path: `/service/tickets/${ticketId}` });
    const update = session.ok('update_ticket', { ticketId, customFields: { 'Devices affected': 9 } });
    await afterReads(`/service/tickets/${ticketId}`, 1, () =>
      patch(`/service/tickets/${ticketId}`, 'customFields', theirs),
    );
    await update;
    const after = (await session.get(`/service/tickets/${ticketId}`)).customFields as {
      caption: string;
      value: unknown;
    }[];
    const values = Object.fromEntries(after.map(({ caption, value }) => [caption, value]));
    expect(values).toMatchObject({ 'Root cause': 'Power supply', 'Devices affected': 9 });
  });
});
