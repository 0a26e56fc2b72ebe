import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { Journey } from '#cli/journey.ts';
import { drop, linesOf } from '../cli/program.ts';
import { portUntilTestEnds } from '../support/loopback.ts';
import { startSandbox } from '../support/sandbox.ts';

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(attribute).default([]),
  links: z.array(z.object({ traceId: z.string() })).default([]),
});
type Span = z.output<typeof span>;
/** The part of OTLP's JSON that the test reads. */
const exported = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** A trace collector. */
async function startCollector(): Promise<{ origin: string; spans: Span[]; authorization: Set<string> }> {
  const spans: Span[] = [];
  const authorization = new Set<string>();
  const server = createServer((request, response) => {
    authorization.add(request.headers.authorization ?? '');
    void json(request).then((body) => {
      const { resourceSpans } = exported.parse(body);
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.end('{}');
    });
  });
  const port = await portUntilTestEnds(server);
  return { origin: `http://127.0.0.1:${port}`, spans, authorization };
}

test('one trace covers a payment from the request to the webhook that settles it, without personal data', async () => {
  const collector = await startCollector();
  const sandbox = await startSandbox({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20demo-collector',
      OTEL_METRICS_EXPORTER: 'none',
    },
  });
  onTestFinished(() => sandbox.remove());
  const journey = new Journey(sandbox.appOrigin);
  await journey.checkHealth();
  await journey.complete();
  await journey.signOut();
  await journey.close();
  const calls = linesOf(await drop(['calls', 'list', '--json'], { DROP_DATA_DIR: sandbox.dataDirectory }));
  await sandbox.stop();

  const payment = collector.spans.find(({ name }) => name === 'POST /api/payments');
  const together = collector.spans.filter(({ traceId }) => traceId === payment?.traceId);
  const names = together.map(({ name }) => name);
  expect(names).toContain('payment webhook');
  expect(names.filter((name) => name.startsWith('POST') && name.endsWith('create_payment'))).toHaveLength(1);
  const followed = together.find(({ name }) => name === 'payment webhook');
  const linked = collector.spans.filter(({ traceId }) => traceId === followed?.links[0]?.traceId);
  expect(linked.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^webhook /));
  expect(collector.spans.map(({ name }) => name)).toContain('review');
  expect([...collector.authorization]).toEqual(['Bearer demo-collector']);
  expectNothingPersonal(collector.spans);

  const lines = (await readFile(`${sandbox.dataDirectory}/drop.log`, 'utf8')).trim().split('\n');
  expectIds(
    lines.map((line) => logged.parse(JSON.parse(line))),
    calls.map((call) => recorded.parse(call)),
  );
});

const id = z.string().optional();
const logged = z.object({ msg: z.string(), requestId: id, userId: id, paymentId: id, traceId: id }).loose();
const recorded = z.object({
  operation: z.string(),
  requestId: z.string().nullable(),
  userId: z.string().nullable(),
  paymentId: z.string().nullable(),
});

/** Lines and calls say what they belong to, so that an operator gets from one to the others. */
function expectIds(
  lines: readonly z.output<typeof logged>[],
  calls: readonly z.output<typeof recorded>[],
): void {
  const requests = lines.filter(({ msg }) => msg === 'a request was answered');
  const paid = requests.find(({ method, route }) => method === 'POST' && route === '/api/payments');
  expect(paid).toMatchObject({ status: 201, durationMs: expect.any(Number) as number });
  const { requestId, userId, traceId } = paid ?? {};
  expect([requestId, userId, traceId].map((each) => typeof each)).toEqual(['string', 'string', 'string']);
  expect(requests.filter(({ route }) => String(route).startsWith('/api/health'))).toEqual([]);
  expect(requests.filter(({ route }) => /webhook/.test(String(route))).length).toBeGreaterThan(1);
  expect(JSON.stringify(requests)).not.toMatch(/[?&](code|state)=/);

  const moves = lines.filter(({ msg }) => msg === 'a payment moved');
  expect(moves.map(({ from, to }) => [from, to])).toEqual(
    expect.arrayContaining([
      ['created', 'initiating'],
      ['initiating', 'awaiting_authorisation'],
      [expect.anything(), 'settled'],
    ]),
  );
  const [first] = moves;
  expect(first).toMatchObject({ requestId, userId, traceId });
  expect(moves.every(({ paymentId }) => paymentId === first?.paymentId)).toBe(true);

  const [created] = calls.filter(({ operation }) => operation.endsWith('create_payment'));
  expect(created).toMatchObject({ requestId, userId, paymentId: first?.paymentId });
  const webhooks = requests.filter(({ route }) => /webhook/.test(String(route)));
  const reading = calls.filter((call) => webhooks.some((webhook) => webhook.requestId === call.requestId));
  expect(reading.length).toBeGreaterThan(0);
}

/** Attributes are methods, routes, hosts, statuses, codes, operation names and request ids. */
function expectNothingPersonal(spans: readonly Span[]): void {
  const known = [
    ...['http.request.method', 'http.route', 'http.response.status_code', 'http.request.resend_count'],
    ...['server.address', 'server.port', 'error.type', 'drop.provider', 'drop.operation', 'drop.request_id'],
  ];
  const attributes = spans.flatMap((each) => each.attributes);
  expect(attributes.map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([]);
  const text = JSON.stringify(spans.map(({ name, attributes: of }) => ({ name, of })));
  expect(text).not.toMatch(/\b\d{11}\b|eyJ|[?&](code|state)=/);
}
