import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { Context as TraceContext } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Config } from './config.ts';
import { type EndedStatement, endedStatements, statementName } from './db/statements.ts';
import { errorFields, type Logger } from './log/log.ts';

/** A request that has ended, as its span tells of it: nothing of a person, no path, no address. */
export interface TracedRequest {
  readonly method: string;
  readonly route: string;
  readonly operation: string | undefined;
  readonly status: number;
  readonly code: string | undefined;
  readonly request: string;
}

/** The span of a request. */
export interface RequestSpan {
  /** Goes on with the request: statements that it sends become spans below this one. */
  within(work: () => void): void;
  end(request: TracedRequest): void;
}

/** Traces of OpenTelemetry. */
export interface Tracing {
  /** Begins the span of a request, below the one that its `traceparent` names (W3C). */
  begin(headers: IncomingHttpHeaders): RequestSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** How long the receiver may take, and so the end of a server may wait for it, milliseconds. */
const PATIENCE = 2_000;
/** A receiver that is away is told of at most this often, milliseconds. */
const COMPLAIN_EVERY = 60_000;

/**
 * Starts to send traces by OTLP over HTTP, when the configuration names a receiver; only then is
 * OpenTelemetry loaded. To be called before pools are opened: it listens to their statements.
 */
export async function startTracing(
  { otlpUrl }: Pick<Config, 'otlpUrl'>,
  log: Logger,
): Promise<Tracing | undefined> {
  if (otlpUrl === undefined) return undefined;
  const [api, core, exporting, resources, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
  ]);
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const sender = new exporting.OTLPTraceExporter({
    url: `${otlpUrl}/v1/traces`,
    timeoutMillis: PATIENCE,
  });
  let complained = Number.NEGATIVE_INFINITY;
  const complain = (error: unknown) => {
    if (performance.now() - complained < COMPLAIN_EVERY) return;
    complained = performance.now();
    log.warn(errorFields(error), 'could not send traces');
  };
  const exporter: SpanExporter = {
    export: (spans, done) =>
      sender.export(spans, (result) => {
        if (result.code === core.ExportResultCode.FAILED) complain(result.error);
        done(result);
      }),
    shutdown: () => sender.shutdown(),
  };
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'relais' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: PATIENCE,
      }),
    ],
  });
  const tracer = provider.getTracer('relais');
  const propagator = new core.W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<TraceContext>();

  const statement = (message: unknown) => {
    const parent = current.getStore();
    if (!parent) return;
    const { text, milliseconds, failed } = message as EndedStatement;
    const { verb, table } = statementName(text);
    const now = Date.now();
    const span = tracer.startSpan(
      table ? `${verb} ${table}` : verb,
      {
        kind: SpanKind.CLIENT,
        startTime: now - milliseconds,
        attributes: {
          'db.system.name': 'postgresql',
          'db.operation.name': verb,
          ...(table ? { 'db.collection.name': table } : {}),
        },
      },
      parent,
    );
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(now);
  };
  endedStatements.subscribe(statement);

  return {
    begin(headers) {
      const above = propagator.extract(ROOT_CONTEXT, headers, api.defaultTextMapGetter);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, above);
      return {
        within: (work) => current.run(trace.setSpan(above, span), work),
        end({ method, route, operation, status, code, request }) {
          span.updateName([method, route, operation].filter(Boolean).join(' '));
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
            'relais.request_id': request,
            ...(operation ? { 'relais.operation': operation } : {}),
            ...(code ? { 'error.type': code } : {}),
          });
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    async close() {
      endedStatements.unsubscribe(statement);
      await provider.shutdown().catch(complain);
    },
  };
}
