import { afterEach, describe, expect, it } from 'vitest';
import { happened } from '../../src/telemetry/channels.ts';
import { type Session, startHttpSession } from '../support/session.ts';

let session: Session | undefined;
afterEach(() => session?.close());

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until the sandbox has seen a request whose path holds a text. */
async function seen(open: Session, path: string): Promise<void> {
  while (!open.sandbox.requests.some((request) => request.path.includes(path))) await pause(10);
}

describe('a call that is cancelled', () => {
  it('sends no more requests to Manage', async () => {
    session = await startHttpSession();
    const { sandbox, client } = session;
    await session.call('lookup_values', { table: 'boards' });
    sandbox.faults.add({ kind: 'slow', delayMs: 700, path: '/service/tickets/577' });
    const cancelled = new AbortController();
    const call = client.callTool({ name: 'get_ticket', arguments: { ticketId: 577 } }, { signal: cancelled.signal });
    const ended = call.then(
      () => 'answered',
      () => 'cancelled',
    );
    await seen(session, '/service/tickets/577');
    cancelled.abort();
    expect(await ended).toBe('cancelled');
    // Past the slow answer: notes, time and schedule would have been asked for by now.
    await pause(1_200);
    expect(sandbox.requests.filter(({ path }) => /allNotes|time\/entries|schedule\/entries/.test(path))).toEqual([]);
    expect((await session.call('get_ticket', { ticketId: 577 })).isError).toBe(false);
  });

  it('writes nothing after that', async () => {
    session = await startHttpSession();
    const { sandbox, client } = session;
    sandbox.faults.add({ kind: 'slow', delayMs: 700, path: '/company/companies' });
    const cancelled = new AbortController();
    const input = { summary: 'Cancelled', company: 'Globex' };
    const call = client.callTool({ name: 'create_ticket', arguments: input }, { signal: cancelled.signal });
    const ended = call.then(
      () => 'answered',
      () => 'cancelled',
    );
    await seen(session, '/company/companies');
    cancelled.abort();
    expect(await ended).toBe('cancelled');
    await pause(1_200);
    expect(session.writes()).toEqual([]);
  });
});

describe('a call that has not begun to write', () => {
  it('ends when its caller is gone', async () => {
    session = await startHttpSession();
    const { sandbox, client } = session;
    sandbox.faults.add({ kind: 'slow', delayMs: 60_000, method: 'GET', path: '/service/tickets/577' });
    const ending = new Promise<unknown>((resolve) => happened.call.subscribe(resolve));
    const gone = new AbortController();
    const call = client.callTool({ name: 'get_ticket', arguments: { ticketId: 577 } }, { signal: gone.signal });
    const ended = call.catch(() => 'gone');
    await seen(session, '/service/tickets/577');
    gone.abort();
    expect(await ended).toBe('gone');
    expect(await ending).toMatchObject({ tool: 'get_ticket', outcome: 'cancelled' });
  });
});

describe('a call that has begun to write', () => {
  it('finishes its steps though its caller is gone', async () => {
    session = await startHttpSession();
    const { sandbox, client } = session;
    const { body: ticket } = await session.rest('POST', '/service/tickets', { summary: 'Left', company: { id: 7 } });
    session.writes();
    sandbox.faults.add({ kind: 'slow', delayMs: 400, method: 'POST', path: '/notes' });
    const gone = new AbortController();
    const input = { ticketId: ticket.id, internalNote: 'Called them', summary: 'Left behind' };
    const call = client.callTool({ name: 'update_ticket', arguments: input }, { signal: gone.signal });
    const ended = call.catch(() => 'gone');
    await seen(session, `/service/tickets/${ticket.id}/notes`);
    while (!sandbox.requests.some(({ method, path }) => method === 'POST' && path.includes('/notes'))) await pause(10);
    gone.abort();
    expect(await ended).toBe('gone');
    while (session.writes().every((write) => !write.startsWith('PATCH'))) await pause(20);
    expect((await session.get(`/service/tickets/${ticket.id}`)).summary).toBe('Left behind');
    // The same call again finds everything done.
    expect((await session.call('update_ticket', input)).text).toContain('no second one was written');
    expect(await session.get(`/service/tickets/${ticket.id}/notes`)).toHaveLength(1);
  });

  it('is one call for its deadline, however many requests it makes', async () => {
    session = await startHttpSession({ environment: { CWM_DEADLINE_SECONDS: '1' } });
    for (let count = 0; count < 8; count += 1)
      session.sandbox.faults.add({ kind: 'slow', delayMs: 700, path: '/service', method: 'GET' });
    const { isError, text } = await session.call('get_ticket', { ticketId: 577, detail: 'full' });
    expect(isError).toBe(true);
    expect(text).toMatch(/took its whole time|did not answer in time/);
  });
});

describe('a long read', () => {
  it('reports its progress', async () => {
    session = await startHttpSession();
    const told: number[] = [];
    const result = await session.client.callTool(
      { name: 'search_time_entries', arguments: { member: 'all', period: 'all', groupBy: ['member'] } },
      { onprogress: ({ progress }) => told.push(progress) },
    );
    expect(result.isError ?? false).toBe(false);
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });
});
