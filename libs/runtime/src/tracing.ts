import Type from 'typebox';

/** A piece of work on one post, as its trace shows it. */
export interface TraceStep {
  /** What a message that follows from it carries on (W3C Trace Context). */
  readonly headers: { readonly traceparent: string };
  /** @param outcome from a bounded set */
  end(outcome?: string): void;
}

type Attributes = Readonly<Record<string, string | number>>;

/**
 * The way of single posts through the fleet. Every method says undefined of a post that is not among those traced, and all of them do
 * when tracing is off.
 */
export interface Tracing {
  readonly on: boolean;
  /** At the source: the first step of a post. */
  begin(postId: string, what: string, attributes?: Attributes): TraceStep | undefined;
  /** The step after the one that wrote a message with this header. */
  follow(traceparent: string | undefined, what: string, attributes?: Attributes): TraceStep | undefined;
  /** Where no header comes, because PostgreSQL lies between: a later step, told from the post's id. */
  resume(postId: string, what: string, attributes?: Attributes): TraceStep | undefined;
  /** Sends what waits to be sent. */
  close(): Promise<void>;
}

const nothing = () => undefined;
export const NO_TRACING: Tracing = {
  ...{ on: false, begin: nothing, follow: nothing, resume: nothing },
  close: async () => undefined,
};

export const tracingSettings = {
  SIAGA_TRACE_SHARE: Type.Number({
    ...{ default: 0, minimum: 0, maximum: 1 },
    description: 'share of the posts whose way through the fleet is traced, the same ones in every service',
  }),
  SIAGA_TRACE_URL: Type.String({
    default: 'http://127.0.0.1:4318/v1/traces',
    pattern: '^https?://',
    description: 'where an OpenTelemetry collector takes OTLP over HTTP',
  }),
};

/** Loads OpenTelemetry's SDK only when there is something to trace. */
export async function openTracing(
  service: string,
  { share, url }: { readonly share: number; readonly url: string },
): Promise<Tracing> {
  if (share === 0) return NO_TRACING;
  const { collectorTracing } = await import('./tracing-sdk.js');
  return collectorTracing(service, { share, url });
}
