import type { ServerContext } from '@modelcontextprotocol/server';
import { SpanKind } from '@opentelemetry/api';
import { requestsSoFar } from '../../manage/index.ts';
import { happened, type Outcome } from '../../telemetry/channels.ts';
import { type Carrier, carrierOf, inSpan, traceparent } from '../../telemetry/spans.ts';
import type { CallOptions } from '../create-server.ts';
import type { Services } from '../services.ts';
import { sessionAlias } from '../sessions/session-id.ts';

/** Who calls which tool. */
export interface ObservedCall {
  readonly tool: string;
  readonly services: Pick<Services, 'caller' | 'logger'>;
  readonly context: ServerContext;
  readonly options: CallOptions;
  /** Milliseconds that it has waited for other calls. */
  readonly waited: number;
}

/** How a call ended, and with which error of ours where it was refused. */
export interface Ending {
  readonly outcome: Outcome;
  readonly error?: string;
}

const carrierIn = ({ mcpReq, http }: ServerContext): Carrier | undefined =>
  carrierOf(mcpReq._meta as Carrier | undefined, http?.req?.headers);

/** One log line for a call, and what counts calls: who, what, how long, how it ended. Nothing of it is a customer's. */
function record({ tool, services, context, options }: ObservedCall, { outcome, error }: Ending, ms: number): void {
  const { requests, waitedMs } = requestsSoFar();
  happened.call.publish({ tool, outcome, ms });
  services.logger.info(
    {
      tool,
      outcome,
      error,
      caller: services.caller.name,
      client: options.client,
      session: sessionAlias(context.sessionId),
      ms: Math.round(ms),
      requests,
      waitedMs: Math.round(waitedMs),
      traceparent: traceparent(carrierIn(context)),
    },
    'tool call',
  );
}

/** A wait that a client is told of, in milliseconds: people take less for the tool's own time. */
const LONG_WAIT_MS = 5_000;

/** Tells a client that shows its server's log why a call took long. */
function tellOfWait({ tool, context }: ObservedCall): void {
  const { requests, waitedMs } = requestsSoFar();
  if (waitedMs < LONG_WAIT_MS) return;
  const seconds = Math.round(waitedMs / 1000);
  const said = `${tool} made ${requests} requests to Manage, which waited ${seconds} seconds together for others: the requests a minute are limited.`;
  void context.mcpReq.log?.('warning', said, 'manage')?.catch(() => undefined);
}

/** Runs a call in a span of its own, and records how it ended. @param run says how the call ended; a call that throws has failed */
export function observedCall<T>(call: ObservedCall, run: (ended: (ending: Ending) => void) => Promise<T>): Promise<T> {
  const { tool, context, waited } = call;
  const { mcpReq, http } = context;
  const started = performance.now() - waited;
  const attributes = {
    'mcp.method.name': mcpReq.method,
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool,
    'jsonrpc.request.id': String(mcpReq.id),
    'network.transport': http === undefined ? 'pipe' : 'tcp',
    'mcp.session.id': sessionAlias(context.sessionId),
  };
  const kind = mcpReq.method === 'tools/call' ? SpanKind.SERVER : SpanKind.INTERNAL;
  return inSpan(`tools/call ${tool}`, { kind, attributes, carrier: carrierIn(context) }, async (traced) => {
    let ending: Ending = { outcome: 'failed' };
    try {
      return await run((said) => {
        ending = said;
      });
    } finally {
      const { outcome, error } = ending;
      traced.set({ 'cwm_mcp.outcome': outcome, 'cwm_mcp.manage_requests': requestsSoFar().requests });
      if (outcome !== 'done' && outcome !== 'asked') traced.failed(error ?? outcome);
      tellOfWait(call);
      record(call, ending, performance.now() - started);
    }
  });
}

/** Records a call that was turned away before it began. */
export const turnedAway = (call: Omit<ObservedCall, 'waited'>, error: Error): void =>
  record({ ...call, waited: 0 }, { outcome: 'busy', error: error.name }, 0);
