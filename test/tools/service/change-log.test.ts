import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,service' });
});
afterAll(() => session.close());

/** Rows that the ticket's change log adds to its audit trail. */
const fromLog = async (record: string) => {
  const answer = await session.ok('get_change_history', { record, limit: 200 });
  return answer.structured.rows.filter((row: string[]) => row[3] === 'Change log').map((row: string[]) => row[2]);
};

const open = async (summary: string): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary, company: { id: 2 }, board: { id: 1 } })).body.id;

const raise = (id: number) =>
  session.rest('PATCH', `/service/tickets/${id}`, [{ op: 'replace', path: 'priority', value: { id: 1 } }]);

describe("a ticket's change log", () => {
  it('adds what the audit trail does not tell, and nothing twice', async () => {
    const id = await open('Logged');
    const { slaStatus: before } = await session.get(`/service/tickets/${id}`);
    await raise(id);
    const { slaStatus: after } = await session.get(`/service/tickets/${id}`);
    expect(after).not.toBe(before);
    expect(await fromLog(`ticket ${id}`)).toEqual([`SLA Status changed from "${before}" to "${after}".`]);
    const { text } = await session.ok('get_change_history', { ticketId: id, field: 'sla status' });
    expect(text).toContain('apimcp');
  });

  it('is not asked for by other records', async () => {
    expect(await fromLog('company 2')).toEqual([]);
  });

  it('speaks alone where the audit trail is forbidden, and is missed aloud where it is itself', async () => {
    const id = await open('Half told');
    await raise(id);
    const forbid = (path: string) => session.sandbox.faults.add({ kind: 'error', path, status: 403 });
    forbid('/system/audittrail');
    const alone = await session.ok('get_change_history', { ticketId: id });
    expect(alone.text).toMatch(/from the change log alone: the audit trail is forbidden/);
    expect(alone.text).toContain('Priority changed from');
    forbid('/service/tickets/changelogs');
    const { text } = await session.ok('get_change_history', { ticketId: id });
    expect(text).toContain("the ticket's change log could not be read");
    expect(text).toContain('Priority changed from');
  });

  it('is kept for seeded tickets', async () => {
    const rows = await session.get('/service/tickets/changelogs?conditions=ticketNumber=577&orderBy=id');
    expect(rows).toMatchObject([{ action: 'Insert', status: 'New' }, { action: 'Update' }]);
  });
});

describe('on a site before 2025.1', () => {
  it('the audit trail alone is told', async () => {
    const old = await startSession({ toolsets: 'core,service', sandbox: { apiVersion: '2022.1' } });
    try {
      const { structured } = await old.ok('get_change_history', { record: 'ticket 577' });
      expect(structured.rows.some((row: string[]) => row[3] === 'Change log')).toBe(false);
      expect(structured.total).toBeGreaterThan(0);
      expect(structured.note).not.toContain('change log');
    } finally {
      await old.close();
    }
  });
});
