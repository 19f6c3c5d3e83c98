import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintSessionId, readSessionId, sessionAlias } from '../../src/server/sessions/session-id.ts';
import { answerIn, callOf as call, clientOf, eventsOf, REVISION } from '../support/handshake.ts';
import { type HttpSession, startHttpSession } from '../support/session.ts';

let session: HttpSession;
beforeAll(async () => {
  session = await startHttpSession({ sandbox: { tickets: 20 } });
});
afterAll(() => session.close());

describe('a session', () => {
  it('has a name of visible characters that says nothing in logs, and is the opener’s alone', async () => {
    const id = await clientOf(session.url).open();
    expect(id).toMatch(/^[\x21-\x7e]{40,1200}$/);
    expect(id).not.toContain(sessionAlias(id));
    const secret = new Uint8Array(32);
    const facts = {
      owner: 'ada',
      opened: 100,
      protocolVersion: REVISION,
      capabilities: {},
      clientInfo: { name: '', version: '' },
    };
    const own = mintSessionId(facts, secret);
    expect(readSessionId(own, secret, 200)).toMatchObject(facts);
    expect(readSessionId(own, secret, 100 + 8 * 86_400)).toBeUndefined();
    expect(readSessionId(own, new Uint8Array(32).fill(1), 200)).toBeUndefined();
    for (const forged of ['', '.', 'x.y', own.slice(0, -2), `${own}x`, own.replace(/^.{8}/, 'AAAAAAAA')])
      expect(readSessionId(forged, secret, 200)).toBeUndefined();
  });

  it('ends when its client says so, and one that is not ours was never there', async () => {
    const client = clientOf(session.url);
    const id = await client.open();
    expect((await client.end(id)).status).toBe(200);
    for (const gone of [id, 'not-a-session', `${id}x`]) {
      const answer = await client.post({ id: 2, method: 'tools/list' }, gone);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: -32001 } });
    }
  });

  it('goes on with another process of the same configuration, which can ask as well', async () => {
    const id = await clientOf(session.url).open({ elicitation: {} });
    const { structured } = await session.ok('log_time', { chargeCode: 'Training', start: '9am', hours: '15 minutes' });
    const other = await session.restart();
    try {
      const client = clientOf(other.url);
      const asking = await client.post(call('delete_time_entry', { entryId: structured.id }), id);
      for await (const { message } of eventsOf(asking)) {
        if (message?.method === 'elicitation/create')
          await client.post({ id: message.id, result: { action: 'accept', content: { confirm: true } } }, id);
        else if (message?.result) expect(message.result.isError ?? false).toBe(false);
      }
      expect((await session.rest('GET', `/time/entries/${structured.id}`)).status).toBe(404);
    } finally {
      await other.close();
    }
  });

  it('takes no answer that does not fit the form', async () => {
    const client = clientOf(session.url);
    const id = await client.open({ elicitation: {} });
    const { structured } = await session.ok('log_time', { chargeCode: 'Training', start: '10am', hours: '15 minutes' });
    const said: string[] = [];
    for (const content of [{ confirm: 'yes' }, {}]) {
      const asking = await client.post(call('delete_time_entry', { entryId: structured.id }), id);
      for await (const { message } of eventsOf(asking)) {
        if (message?.method === 'elicitation/create')
          await client.post({ id: message.id, result: { action: 'accept', content } }, id);
        else if (message?.result) said.push(JSON.stringify(message.result));
      }
    }
    expect(said).toEqual([
      expect.stringContaining('closed the question'),
      expect.stringContaining('closed the question'),
    ]);
    expect((await session.rest('GET', `/time/entries/${structured.id}`)).status).toBe(200);
  });

  it('gives the rest of a stream that broke, after the last event that came', async () => {
    const client = clientOf(session.url);
    const id = await client.open();
    session.sandbox.faults.add({ kind: 'slow', delayMs: 200 });
    const broken = new AbortController();
    const streaming = await client.post(call('get_ticket', { ticketId: 7 }), id, broken.signal);
    const { value: first } = await eventsOf(streaming).next();
    expect(first).toMatchObject({ message: undefined });
    broken.abort();
    const rest = await client.get(id, { 'last-event-id': String(first?.id) });
    expect(rest.status).toBe(200);
    expect(await answerIn(rest)).toMatchObject({ id: 7, result: { content: [{ type: 'text' }] } });
  });

  it('can cancel its calls', async () => {
    const client = clientOf(session.url);
    const id = await client.open();
    session.writes();
    session.sandbox.faults.add({ kind: 'slow', delayMs: 400, method: 'GET' });
    const before = session.sandbox.requests.length;
    await client.post(call('add_ticket_note', { ticketId: 7, text: 'Never written' }), id);
    while (session.sandbox.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.post({ method: 'notifications/cancelled', params: { requestId: 7 } }, id);
    expect(await answerIn(await client.post(call('whoami', {}, 8), id))).toMatchObject({ id: 8 });
    expect(session.writes()).toEqual([]);
  });
});

describe('a client without a session', () => {
  it('is answered request by request', async () => {
    const client = clientOf(session.url);
    const answer = await client.post(call('whoami', {}));
    expect(answer.headers.get('mcp-session-id')).toBeNull();
    expect(await answer.text()).toContain('"structuredContent"');
    expect((await fetch(session.url, { headers: { accept: 'text/event-stream' } })).status).toBe(405);
  });
});
