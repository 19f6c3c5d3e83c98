import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  propagation,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { PRODUCT } from '../product.ts';

/** Trace context as headers and `_meta` carry it. */
export interface Carrier {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

export interface SpanFacts {
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** What came with a request from outside; a span of this process goes before it. */
  readonly carrier?: Carrier;
}

/** The trace that a request from outside belongs to: what the client says in `_meta`, else what its HTTP request does. */
export function carrierOf(meta: Carrier | undefined, headers: Headers | undefined): Carrier | undefined {
  if (typeof meta?.traceparent === 'string') return meta;
  const given = headers?.get('traceparent');
  // Where the SDK watches the HTTP server, its span has that already.
  if (given == null || trace.getActiveSpan() !== undefined) return undefined;
  return {
    traceparent: given,
    tracestate: headers?.get('tracestate') ?? undefined,
    baggage: headers?.get('baggage') ?? undefined,
  };
}

/** What goes on with a span. */
export interface Traced {
  set(attributes: Attributes): void;
  /** Says that it ended badly. @param type a word of few, as `timeout` or `404` */
  failed(type: string): void;
}

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

function parentOf(carrier: Carrier | undefined): Context {
  const active = context.active();
  return carrier?.traceparent === undefined ? active : propagation.extract(active, carrier);
}

/**
 * Runs work in a span. Spans go nowhere unless the process that hosts this program has loaded an OpenTelemetry SDK
 * (`NODE_OPTIONS=--import ...`); this program brings none.
 */
export function inSpan<T>(
  name: string,
  { kind, attributes, carrier }: SpanFacts,
  run: (traced: Traced) => Promise<T>,
): Promise<T> {
  // Asked for each time: the SDK may be loaded after this module.
  const tracer = trace.getTracer(PRODUCT.name, PRODUCT.version);
  return tracer.startActiveSpan(name, { kind, attributes }, parentOf(carrier), async (span: Span) => {
    const failed: Traced['failed'] = (type) => {
      span.setAttribute('error.type', type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    };
    try {
      return await run({ set: (more) => void span.setAttributes(more), failed });
    } catch (error) {
      failed(error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The trace that the code at hand is part of, as W3C writes it: for log lines. Without an SDK, what the client sent. */
export function traceparent(carrier?: Carrier): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (span !== undefined && isSpanContextValid(span))
    return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
  const given = carrier?.traceparent ?? '';
  return TRACEPARENT.test(given) ? given : undefined;
}
