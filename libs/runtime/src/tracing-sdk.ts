import { ROOT_CONTEXT, trace, TraceFlags, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  RandomIdGenerator,
  TracerProvider,
  type IdGenerator,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { postHash } from './post-hash.js';
import type { Tracing, TraceStep } from './tracing.js';

const SPAN_ID_LENGTH = 16;
const SHARE_DIGITS = 8;

/** As {@link tracingTo}, to a collector that takes OTLP over HTTP. */
export const collectorTracing = (service: string, { share, url }: { readonly share: number; readonly url: string }) =>
  tracingTo(new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) }), { service, share });

/**
 * A post's trace has the post's hash for its id, and its first span the beginning of that. So every service knows which posts are
 * traced, and can go on with a trace of which it has only the post's id.
 */
export function tracingTo(
  processor: SpanProcessor,
  { service, share }: { readonly service: string; readonly share: number },
): Tracing {
  const ids = firstSpanIds();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `siaga-${service}` }),
    sampler: new AlwaysOnSampler(), // who asks for a span has decided that the post is traced
    spanProcessors: [processor],
    idGenerator: ids,
  });
  const tracer = provider.getTracer('siaga');
  const isTraced = (traceId: string) => parseInt(traceId.slice(-SHARE_DIGITS), 16) < share * 16 ** SHARE_DIGITS;
  const start = (what: string, attributes: Readonly<Record<string, string | number>> = {}, context: Context) =>
    stepOf(tracer.startSpan(what, { attributes }, context));
  const below = (parent: SpanContext) => trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
  return {
    on: true,
    begin(postId, what, attributes) {
      const traceId = postHash(postId);
      if (!isTraced(traceId)) return undefined;
      return ids.withFirst(traceId, () => start(what, attributes, ROOT_CONTEXT));
    },
    follow(traceparent, what, attributes) {
      const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
      return parent === null || (parent.traceFlags & TraceFlags.SAMPLED) === 0
        ? undefined
        : start(what, attributes, below(parent));
    },
    resume(postId, what, attributes) {
      const traceId = postHash(postId);
      if (!isTraced(traceId)) return undefined;
      return start(what, attributes, below({ traceId, spanId: firstSpanOf(traceId), traceFlags: TraceFlags.SAMPLED }));
    },
    close: () => provider.shutdown(),
  };
}

const firstSpanOf = (traceId: string): string => traceId.slice(0, SPAN_ID_LENGTH);

/** Random ids, but for a first span, whose ids follow from its post. */
function firstSpanIds(): IdGenerator & { withFirst<T>(traceId: string, work: () => T): T } {
  const random = new RandomIdGenerator();
  let first: string | undefined;
  return {
    generateTraceId: () => first ?? random.generateTraceId(),
    generateSpanId: () => (first === undefined ? random.generateSpanId() : firstSpanOf(first)),
    withFirst(traceId, work) {
      first = traceId;
      try {
        return work();
      } finally {
        first = undefined;
      }
    },
  };
}

function stepOf(span: Span): TraceStep {
  const { traceId, spanId } = span.spanContext();
  return {
    headers: { traceparent: `00-${traceId}-${spanId}-01` },
    end(outcome) {
      if (outcome !== undefined) span.setAttribute('siaga.outcome', outcome);
      span.end();
    },
  };
}
