import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { startHttp } from '../../src/server/http/http.ts';
import { createServices } from '../../src/server/services.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW } from '../support/session.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

type Server = Awaited<ReturnType<typeof startHttp>>;

let sandbox: Awaited<ReturnType<typeof borrowSandbox>>;
let server: Server;
const lines: Record<string, unknown>[] = [];

async function serve(environment: Readonly<Record<string, string>> = {}): Promise<Server> {
  const config = readConfig(
    {
      ...sandbox.environment,
      CWM_API_VERSION: sandbox.apiVersion,
      CWM_HTTP_PORT: '0',
      CWM_METRICS_PORT: '0',
      ...environment,
    },
    true,
  );
  const logger = createLogger('info', { write: (line) => void lines.push(JSON.parse(line)) });
  return startHttp(createServices({ ...config, stateDir: undefined }, logger, { clock: () => NOW }));
}

beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 20 });
  server = await serve();
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
});

interface Carried {
  readonly headers?: Readonly<Record<string, string>>;
  readonly meta?: object;
}

const post = (url: string, name: string, given: object, { headers, meta = {} }: Carried = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: given, _meta: meta },
    }),
  });

describe('metrics', () => {
  it('count calls, requests, waits and what is remembered, and name no customer', async () => {
    await (await post(server.url, 'search_tickets', { company: 'Acme Corporation' })).text();
    await (await post(server.url, 'search_tickets', { company: 'Nobody At All' })).text();
    const response = await fetch(String(server.metricsUrl));
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    for (const sample of [
      /^cwm_mcp_tool_calls_total\{tool="search_tickets",outcome="done"\} [1-9]/m,
      /^cwm_mcp_tool_calls_total\{tool="search_tickets",outcome="refused"\} [1-9]/m,
      /^cwm_mcp_tool_call_seconds_bucket\{le="40",outcome="done"\} [1-9]/m,
      /^cwm_mcp_manage_requests_total\{method="GET",status="200"\} [1-9]/m,
      /^cwm_mcp_manage_wait_seconds_count [1-9]/m,
      /^cwm_mcp_cache_lookups_total\{cache="names",result="(hit|miss)"\} [1-9]/m,
      /^cwm_mcp_manage_requests_per_minute 600$/m,
      /^cwm_mcp_calls_running 0$/m,
      /^nodejs_eventloop_lag_p99_seconds /m,
    ])
      expect(text).toMatch(sample);
    expect(text).not.toMatch(/acme|nobody/i);
    expect((await fetch(new URL('/', server.metricsUrl))).status).toBe(404);
    expect((await fetch(new URL('/metrics', server.url))).status).toBe(404);
  });
});

describe('the log', () => {
  it('has one line a call: who, what, how long, how many requests, how it ended, and whose trace', async () => {
    lines.length = 0;
    await (await post(server.url, 'get_ticket', { ticketId: 7 }, { headers: { traceparent: TRACEPARENT } })).text();
    await (await post(server.url, 'get_ticket', { ticketId: 999_999 })).text();
    const calls = lines.filter(({ msg }) => msg === 'tool call');
    expect(calls).toMatchObject([
      {
        tool: 'get_ticket',
        outcome: 'done',
        caller: 'local',
        ms: expect.any(Number),
        requests: expect.any(Number),
        waitedMs: expect.any(Number),
        traceparent: TRACEPARENT,
      },
      { tool: 'get_ticket', outcome: 'refused', error: expect.any(String) },
    ]);
    expect(calls[0]?.requests).toBeGreaterThan(0);
  });
});

describe('spans', () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  });
  afterAll(() => {
    context.disable();
    propagation.disable();
    trace.disable();
  });

  it.each([
    ['_meta', {}, { traceparent: TRACEPARENT }],
    ['headers', { traceparent: TRACEPARENT }, {}],
  ])('continue the trace that the %s name, from the call to Manage', async (_, headers, meta) => {
    exporter.reset();
    lines.length = 0;
    await (await post(server.url, 'get_ticket', { ticketId: 7 }, { headers, meta })).text();
    const spans = exporter.getFinishedSpans();
    const call = spans.find(({ name }) => name === 'tools/call get_ticket');
    const request = spans.find(({ name }) => name === 'GET /service/tickets/{id}');
    expect(call?.spanContext().traceId).toBe(TRACE);
    expect(call?.attributes).toMatchObject({
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_ticket',
      'cwm_mcp.outcome': 'done',
    });
    expect(request?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
    expect(request?.attributes).toMatchObject({
      'http.request.method': 'GET',
      'url.template': '/service/tickets/{id}',
      'http.response.status_code': 200,
    });
    expect(lines.find(({ msg }) => msg === 'tool call')?.traceparent).toContain(
      `${TRACE}-${call?.spanContext().spanId}`,
    );
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toMatch(/sandboxP|conditions/);
  });

  it('say how a call went wrong', async () => {
    exporter.reset();
    await (await post(server.url, 'get_ticket', { ticketId: 999_999 })).text();
    const call = exporter.getFinishedSpans().find(({ name }) => name === 'tools/call get_ticket');
    expect(call?.attributes['error.type']).toBeDefined();
    expect(call?.status.code).toBe(2);
  });
});

describe('a stop under load', () => {
  it('takes no new calls, and lets those that run end and be read', async () => {
    const stopping = await serve();
    sandbox.faults.add({ kind: 'slow', delayMs: 300, times: 99 });
    const before = sandbox.requests.length;
    const running = Array.from({ length: 12 }, (_, index) => post(stopping.url, 'get_ticket', { ticketId: index + 1 }));
    while (sandbox.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    const stopped = stopping.close();
    const late = await post(stopping.url, 'get_ticket', { ticketId: 7 });
    expect(late.status).toBe(503);
    expect(late.headers.get('connection')).toBe('close');
    expect(late.headers.get('retry-after')).toBe('1');
    expect(await late.text()).toContain('Nothing of this call was done: make it again');
    const texts = await Promise.all(running.map(async (one) => (await one).text()));
    await stopped;
    sandbox.faults.clear();
    const done = texts.filter((text) => text.includes('"structuredContent"'));
    expect(done.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !done.includes(text) && !text.includes('make it again'))).toEqual([]);
    await expect(fetch(stopping.url)).rejects.toThrow();
  });
});
