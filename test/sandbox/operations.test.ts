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

const count = async (path: string, conditions: string): Promise<number> =>
  (await rest('GET', `${path}/count?${new URLSearchParams({ conditions })}`)).body.count;

describe('usages', () => {
  it('count who refers to a row, name them, and keep the row', async () => {
    const tickets = await count('/service/tickets', 'priority/id = 3');
    const { body } = await rest('GET', '/service/priorities/3/usages');
    expect(body.find(({ type }: { type: string }) => type === 'Ticket').count).toBe(tickets);
    const listed = (await rest('GET', '/service/priorities/3/usages/list?pageSize=1000')).body;
    expect(listed.filter(({ type }: { type: string }) => type === 'Ticket')).toHaveLength(tickets);
    const { status, body: refused } = await rest('DELETE', '/service/priorities/3');
    expect([status, refused.code]).toEqual([409, 'ObjectInUse']);
    const made = await rest('POST', '/service/priorities', { name: 'Nobody has it', color: 'Blue' });
    expect((await rest('GET', `/service/priorities/${made.body.id}/usages`)).body).toEqual([]);
    expect((await rest('DELETE', `/service/priorities/${made.body.id}`)).status).toBe(204);
  });
});

describe('bulk operations', () => {
  it('do each row by itself and say how it went', async () => {
    const rows = [
      { name: 'Bulk 1', type: { id: 1 }, company: { id: 2 } },
      { name: 'Bulk 2' },
      { name: 'Bulk 3', type: { id: 1 }, company: { id: 987654 } },
    ];
    const { status, body } = await rest('POST', '/company/configurations/bulk', rows);
    expect([status, body.payload.map(({ statusCode }: { statusCode: number }) => statusCode)]).toEqual([
      207,
      [201, 400, 400],
    ]);
    expect(body.payload[2]).toMatchObject({ success: false, originalIndex: 2, error: { code: 'InvalidObject' } });
    const { id } = body.payload[0].data;
    const changed = await rest('PUT', '/company/configurations/bulk', [{ ...rows[0], id, name: 'Bulk changed' }]);
    expect(changed.body.payload[0].success).toBe(true);
    expect((await rest('GET', `/company/configurations/${id}`)).body.name).toBe('Bulk changed');
    const gone = await rest('DELETE', '/company/configurations/bulk', { ids: [id, 987654] });
    expect(gone.body.payload.map(({ statusCode }: { statusCode: number }) => statusCode)).toEqual([204, 404]);
    expect((await rest('GET', `/company/configurations/${id}`)).status).toBe(404);
  });
});

describe('bundles', () => {
  it('ask for several lists at once, each with its own answer', async () => {
    const requests = [
      { sequenceNumber: 1, resourceType: 'ticket', apiRequest: { filters: { conditions: 'id <= 3' }, fields: 'id' } },
      { sequenceNumber: 2, resourceType: 'Company', apiRequest: { id: 2 } },
      { sequenceNumber: 3, resourceType: 'ticket', apiRequest: { filters: { conditions: 'nothing = 1' } } },
      { sequenceNumber: 4, resourceType: 'spaceship', apiRequest: {} },
    ];
    const { status, body } = await rest('POST', '/system/bundles', { requests });
    expect(status).toBe(200);
    expect(body.results[0]).toMatchObject({ entities: [{ id: 1 }, { id: 2 }, { id: 3 }], success: true });
    expect(body.results[1].entities[0].identifier).toBe('Acme');
    expect(body.results.slice(2).map(({ statusCode }: { statusCode: number }) => statusCode)).toEqual([400, 404]);
    const counted = await rest('POST', '/system/bundles/count', { requests });
    expect(counted.body.results[0].count).toBe(3);
  });
});

describe('numbers out of range', () => {
  it('are refused in the words of the server', async () => {
    const company = { identifier: 'Old', name: 'Old', site: { name: 'Main' }, yearEstablished: 1800 };
    const { body } = await rest('POST', '/company/companies', company);
    expect(body.errors[0]).toMatchObject({
      code: 'OutOfRange',
      message: 'The field yearEstablished must be between 1900 and 9999.',
    });
  });
});

describe('copies', () => {
  it('are records of their own; a board brings its statuses and types', async () => {
    const { body: board } = await rest('POST', '/service/boards/copy', { id: 1, name: 'Copied' });
    expect(board).toMatchObject({ name: 'Copied' });
    for (const table of ['statuses', 'types', 'teams']) {
      const [own, source] = [board.id, 1].map((id) => rest('GET', `/service/boards/${id}/${table}?pageSize=1000`));
      const names = async (answer: typeof own) => (await answer)?.body.map(({ name }: { name: string }) => name);
      expect(await names(own)).toEqual(await names(source));
    }
    const { body: ticket } = await rest('POST', '/service/tickets', {
      summary: 'On the copy',
      company: { id: 2 },
      board: { id: board.id },
    });
    expect(ticket.status._info.status_href).toContain(`/service/boards/${board.id}/statuses/`);
  });
});

describe('audits', () => {
  it('tell of a time entry and its sheet what was done to them', async () => {
    const { body: entry } = await rest('POST', '/time/entries', {
      company: { id: 2 },
      member: { id: 2 },
      timeStart: '2026-12-16T15:00:00Z',
      actualHours: 1,
    });
    await rest('PATCH', `/time/entries/${entry.id}`, [{ op: 'replace', path: 'actualHours', value: 2 }]);
    const { body } = await rest('GET', `/time/entries/${entry.id}/audits`);
    expect(body[0]).toMatchObject({ type: 'Record', source: 'API', member: { identifier: 'apimcp' } });
    expect(body).toContainEqual(expect.objectContaining({ type: 'ActualHours', oldValue: '1', newValue: '2' }));
    const sheet = `/time/sheets/${entry.timeSheet.id}`;
    await rest('POST', `${sheet}/submit`);
    const audits = (await rest('GET', `${sheet}/audits`)).body;
    expect(audits.at(-1)).toMatchObject({ type: 'Status', oldValue: 'Open', newValue: 'PendingApproval' });
    expect((await rest('GET', `${sheet}/audits/count`)).body.count).toBe(audits.length);
  });
});
