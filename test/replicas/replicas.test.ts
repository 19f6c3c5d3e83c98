import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as HandshakeClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerIn, callOf, clientOf, eventsOf } from '../support/handshake.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';
import { restOf } from '../support/session.ts';
import { type Cluster, missing, startCluster } from './cluster.ts';

const SESSIONS = HAS_ALL_CASES ? 50 : 20;
const CALLS = 3;
/** Tries of one call: a replica dies once, and Redis does. */
const MOST_TRIES = 6;
/** An answer that is lost without a word takes this long to be missed, in milliseconds: longer than any answer here. */
const PATIENCE_MS = 60_000;

const info = { name: 'test', version: '1.0.0' };

interface Caller {
  call(tool: string, given: Record<string, unknown>): Promise<{ readonly isError: boolean; readonly text: string }>;
  close(): Promise<void>;
}

const answerOf = ({ isError, content }: { isError?: unknown; content?: unknown }) => ({
  isError: isError === true,
  text: (content as { text?: string }[]).map(({ text = '' }) => text).join('\n'),
});

async function connect(url: string, era: 'modern' | 'handshake'): Promise<Caller> {
  const timeout = PATIENCE_MS;
  if (era === 'handshake') {
    const client = new HandshakeClient(info);
    await client.connect(new HandshakeTransport(new URL(url)) as never);
    return {
      call: async (name, given) =>
        answerOf((await client.callTool({ name, arguments: given }, undefined, { timeout })) as never),
      close: () => client.close(),
    };
  }
  const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return {
    call: async (name, given) => answerOf(await client.callTool({ name, arguments: given }, { timeout })),
    close: () => client.close(),
  };
}

/** What says that a call may be made again: our words, the load balancer's, or a connection that broke. */
const SAYS_SO = /call again|fetch failed|terminated|other side closed/i;

const why = missing.length === 0 ? '' : ` (skipped: there is no ${missing.join(' and no ')})`;

describe.skipIf(missing.length > 0)(`three replicas behind a load balancer${why}`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(3);
  }, 120_000);
  afterAll(() => cluster?.close());

  /** Everything that was said of calls that did not succeed at once. */
  const errors: string[] = [];
  let done = 0;

  /** Does something, and again where it ends with an error; each of those is kept. */
  async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        errors.push(`${error instanceof Error ? `${error.message} ${error.cause ?? ''}` : error}`);
        if (attempt === MOST_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
  }

  async function write(client: Caller, text: string): Promise<void> {
    const { isError, text: said } = await client.call('add_ticket_note', { ticketId: 7, text });
    if (isError && !said.includes('already')) throw new Error(said);
  }

  it('carry a session between them: its questions, answers, and streams that broke', async () => {
    const [first, second, third] = cluster.replicaUrls.map(clientOf);
    const id = String(await first?.open({ elicitation: {} }));
    const given = { chargeCode: 'Training', hours: '15 minutes' };
    const made = await answerIn((await second?.post(callOf('log_time', given), id)) as Response);
    const { id: entryId } = (made.result?.structuredContent ?? {}) as { id?: number };
    expect(entryId).toBeGreaterThan(0);
    const asking = (await second?.post(callOf('delete_time_entry', { entryId }, 8), id)) as Response;
    for await (const { message } of eventsOf(asking)) {
      const yes = { id: message?.id, result: { action: 'accept', content: { confirm: true } } };
      if (message?.method === 'elicitation/create') expect((await third?.post(yes, id))?.status).toBe(202);
      else if (message?.result) expect(message).toMatchObject({ id: 8, result: { content: [{ type: 'text' }] } });
    }
    expect((await restOf(cluster.sandbox)('GET', `/time/entries/${entryId}`)).status).toBe(404);
    cluster.sandbox.faults.add({ kind: 'slow', delayMs: 400 });
    const broken = new AbortController();
    const streaming = (await second?.post(callOf('get_ticket', { ticketId: 9 }, 9), id, broken.signal)) as Response;
    const { value: event } = await eventsOf(streaming).next();
    broken.abort();
    const rest = (await third?.get(id, { 'last-event-id': String(event?.id) })) as Response;
    expect(await answerIn(rest)).toMatchObject({ id: 9, result: { content: [{ type: 'text' }] } });
    cluster.sandbox.faults.clear();
    expect((await first?.end(id))?.status).toBe(200);
    expect((await third?.post(callOf('whoami', {}), id))?.status).toBe(404);
  });

  it('loses no call and makes nothing twice, when one of them and then Redis is killed', async () => {
    const { sandbox, url } = cluster;
    const texts: string[] = [];
    const session = async (index: number): Promise<void> => {
      const client = await again(() => connect(url, index % 2 === 0 ? 'modern' : 'handshake'));
      for (let call = 0; call < CALLS; call += 1) {
        const text = `Note ${index}.${call} of the replicas`;
        texts.push(text);
        await again(() => write(client, text));
        done += 1;
      }
      await client.close().catch(() => undefined);
    };
    sandbox.faults.add({ kind: 'slow', delayMs: 60, method: 'POST', times: 10_000 });
    const until = async (count: number): Promise<void> => {
      while (done < count) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const sessions = Promise.allSettled(Array.from({ length: SESSIONS }, (_, index) => session(index)));
    await until(SESSIONS * 0.6);
    await cluster.killReplica(0);
    await until(SESSIONS * 1.6);
    await cluster.killRedis();
    const failed = (await sessions).flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    sandbox.faults.clear();
    expect(failed).toEqual([]);
    expect(errors.filter((error) => !SAYS_SO.test(error))).toEqual([]);
    const { body } = await restOf(sandbox)('GET', '/service/tickets/7/notes?pageSize=1000');
    const stored = (body as { text: string }[]).map(({ text }) => text);
    const counts = texts.map((text) => [text, stored.filter((one) => one === text).length]);
    expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
  }, 180_000);

  it('is ready without Redis, and says so', async () => {
    const ready = await fetch(new URL('/readyz', cluster.replicaUrls[1]));
    expect(ready.status).toBe(200);
    expect(await ready.text()).toContain('Redis is away');
  });
});
