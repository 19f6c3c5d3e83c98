import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { type Session, startSession } from '../support/session.ts';

// Something between us and Manage answers a write with success and without a record: what a tool says of it is looked up.

let gateway: Gateway;
let session: Session;
beforeAll(async () => {
  gateway = await startGateway();
  session = await startSession({ toolsets: 'all', timing: noWaiting(), environment: { CWM_SITE: gateway.url } });
  gateway.target = session.sandbox.baseUrl;
});
afterAll(async () => {
  await session.close();
  gateway.close();
});

const ANSWERS = [
  ['200 with a message', { status: 200, body: { message: 'Session expired' } }],
  ['204', { status: 204 }],
  ['an empty body', { status: 200 }],
  ['an id of something else', { status: 200, body: { id: 987_654, ok: true } }],
] as const;

const ticket = async (): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary: 'Before', company: { id: 7 } })).body.id;

describe.each(ANSWERS)('a write answered with %s', (what, answer) => {
  it.each([true, false])('is told as it is by create_ticket (it arrived: %s)', async (arrives) => {
    const summary = `${what} ${arrives}`;
    gateway.next({ arrives: arrives ? 'once' : 'never', answer });
    const { isError, text, structured } = await session.call('create_ticket', { summary, company: 'Globex' });
    const found = await session.get(`/service/tickets?conditions=summary="${summary}"`);
    expect(found).toHaveLength(arrives ? 1 : 0);
    expect(text).not.toContain('NaN');
    expect(isError, text).toBe(!arrives);
    if (arrives) expect(structured.id).toBe(found[0].id);
    else expect(text).toMatch(/Session expired|answered with(out a record| nothing)/);
  });

  it.each([true, false])(
    'is looked up by update_ticket, and sent again if need be (it arrived: %s)',
    async (arrives) => {
      const ticketId = await ticket();
      gateway.next({ arrives: arrives ? 'once' : 'never', answer });
      const { text } = await session.ok('update_ticket', { ticketId, summary: 'After' });
      expect(text).toContain('summary: Before -> After');
      expect((await session.get(`/service/tickets/${ticketId}`)).summary).toBe('After');
    },
  );

  it.each([true, false])('is told as it is by merge_tickets (it arrived: %s)', async (arrives) => {
    const [into, merged] = [await ticket(), await ticket()];
    gateway.next({ arrives: arrives ? 'once' : 'never', answer });
    const { isError, text } = await session.call('merge_tickets', { into, tickets: [merged], confirm: true });
    const { mergedParentTicket } = await session.get(`/service/tickets/${merged}`);
    expect(mergedParentTicket?.id).toBe(arrives ? into : undefined);
    if (!arrives) expect(isError, text).toBe(true);
    if (isError) expect(text).not.toMatch(/^Merged/);
  });
});
