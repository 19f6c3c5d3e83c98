import { SpanKind } from '@opentelemetry/api';
import { happened } from '../telemetry/channels.ts';
import { inSpan } from '../telemetry/spans.ts';
import type { RawAnswer } from './answers/read-answer.ts';

/** One try of a request. */
export interface Try {
  /** `GET /service/tickets/{id}`. */
  readonly operation: string;
  readonly attempt: number;
  /** How long it waited for its place, in milliseconds. */
  readonly waitedMs: number;
}

/** Sends a request as a span of its own, and says how it ended. Spans name operations: ids, queries and bodies are customers'. */
export async function observed(one: Try, server: URL, send: () => Promise<RawAnswer>): Promise<RawAnswer> {
  const [method = '', template = ''] = one.operation.split(' ');
  const attributes = {
    'http.request.method': method,
    'url.template': template,
    'server.address': server.hostname,
    'server.port': Number(server.port) || (server.protocol === 'http:' ? 80 : 443),
    ...(one.attempt > 1 && { 'http.request.resend_count': one.attempt - 1 }),
  };
  const started = performance.now();
  let status: number | undefined;
  try {
    return await inSpan(one.operation, { kind: SpanKind.CLIENT, attributes }, async (traced) => {
      const answer = await send();
      status = answer.status;
      traced.set({ 'http.response.status_code': status });
      if (status >= 400) traced.failed(String(status));
      return answer;
    });
  } finally {
    happened.request.publish({ ...one, status, ms: performance.now() - started });
  }
}
