import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { localServer } from '../support/localServer.ts';
import { freshServer } from '../support/server.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** A receiver of traces, as OTLP/HTTP has it (JSON). */
async function receiver(t: TestContext): Promise<{ url: string; spans: Span[]; texts: string[] }> {
  const spans: Span[] = [];
  const texts: string[] = [];
  const url = await localServer(t, async (request, response) => {
    assert.equal(request.url, '/v1/traces');
    const body = (await json(request)) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    texts.push(JSON.stringify(body));
    for (const { scopeSpans } of body.resourceSpans) {
      for (const { spans: some } of scopeSpans) spans.push(...some);
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  return { url, spans, texts };
}

const attribute = (span: Span | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

test('a request is a span below its caller, with its statements below it', async (t) => {
  const { url, spans, texts } = await receiver(t);
  const server = await freshServer({ RELAIS_OTLP_URL: url });
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('Promoteur X');
  const traced = { traceparent: `00-${TRACE}-${PARENT}-01` };
  const reply = await server.send(key, { operation: 'pullContacts' }, traced);
  assert.match(reply.text, /Dupont/);
  await server.send(key, { operation: 'invented' });
  await fetch(`${server.url}/healthz`);
  // What is left is sent before the server has ended.
  await server.close();

  const pull = spans.find((span) => span.name === 'POST /api/v1 pullContacts');
  assert.equal(pull?.traceId, TRACE);
  assert.equal(pull.parentSpanId, PARENT);
  assert.equal(attribute(pull, 'http.route'), '/api/v1');
  assert.equal(attribute(pull, 'relais.operation'), 'pullContacts');
  assert.equal(attribute(pull, 'http.response.status_code'), 200);
  assert.equal(attribute(pull, 'relais.request_id'), reply.headers.get('request-id'));
  const below = spans.filter((span) => span.parentSpanId === pull.spanId);
  const verbs = below.map((span) => attribute(span, 'db.operation.name'));
  assert.ok(verbs.includes('begin') || verbs.includes('start'), String(verbs));
  assert.ok(verbs.includes('commit'), String(verbs));
  assert.ok(verbs.includes('select'), String(verbs));
  assert.ok(below.every((span) => span.traceId === TRACE));
  const refused = spans.find((span) => attribute(span, 'error.type') === 'unknown_operation');
  assert.equal(refused?.name, 'POST /api/v1');
  assert.ok(!spans.some((span) => span.name.includes('healthz')));
  const whole = texts.join();
  for (const secret of ['Dupont', 'jean@email.com', '33612345678', key, 'invented']) {
    assert.ok(!whole.includes(secret), secret);
  }
});

test('a receiver that is away is no failure of any request, nor of the end', async () => {
  const server = await freshServer({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('Promoteur X');
  assert.equal((await server.send(key, { operation: 'getRegions' })).status, 200);
  await server.close();
});

test('OpenTelemetry is loaded where traces are asked for alone', () => {
  const src = new URL('../../src/', import.meta.url);
  const loading = globSync('**/*.ts', { cwd: src }).filter((file) =>
    /^import (?!type )[^;]*'@opentelemetry\//m.test(readFileSync(new URL(file, src), 'utf8')),
  );
  assert.deepEqual(loading, []);
});
