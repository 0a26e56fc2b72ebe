import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { createMetrics, type Metrics } from '#process/metrics/metrics.ts';
import { startMetricsExport } from '#telemetry/export-metrics.ts';
import { portUntilTestEnds } from '../support/loopback.ts';

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([])
  .transform((pairs) =>
    pairs.map(({ key, value }) => `${key}="${String(Object.values(value)[0])}"`).join(','),
  );
const numbers = z.object({ dataPoints: z.array(z.object({ attributes, asDouble: z.number() })) });
const buckets = z.object({
  aggregationTemporality: z.literal(2),
  dataPoints: z.array(
    z.object({
      attributes,
      count: z.coerce.number(),
      sum: z.number(),
      bucketCounts: z.array(z.coerce.number()),
      explicitBounds: z.array(z.number()),
      startTimeUnixNano: z.string(),
      timeUnixNano: z.string(),
    }),
  ),
});
const sum = numbers.extend({ isMonotonic: z.literal(true), aggregationTemporality: z.literal(2) });
const metric = z.object({
  name: z.string(),
  description: z.string().min(1),
  gauge: numbers.optional(),
  sum: sum.optional(),
  histogram: buckets.optional(),
});
type Exported = z.output<typeof metric>;
/** OTLP's JSON. */
const request = z.object({
  resourceMetrics: z.tuple([
    z.object({
      resource: z.object({ attributes }),
      scopeMetrics: z.tuple([z.object({ metrics: z.array(metric) })]),
    }),
  ]),
});

/** A collector that answers with `status`, and keeps what it was sent. */
async function startCollector(status = 200) {
  const received: { resource: string; metrics: Exported[]; path: string; authorization: string }[] = [];
  const server = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      const [{ resource, scopeMetrics }] = request.parse(body).resourceMetrics;
      const { authorization = '' } = incoming.headers;
      const [{ metrics }] = scopeMetrics;
      received.push({ resource: resource.attributes, metrics, path: incoming.url ?? '', authorization });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return { url: `http://127.0.0.1:${await portUntilTestEnds(server)}/v1/metrics`, received };
}

function start(url: string, metrics: Metrics) {
  const clock = new ManualClock();
  const failures: unknown[] = [];
  const started = startMetricsExport({
    clock,
    url,
    headers: { authorization: 'Bearer demo-collector' },
    serviceName: 'drop',
    version: '1.2.3',
    registry: metrics.registry,
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(() => started.close());
  return { clock, failures, close: started.close };
}

function measured(): Metrics {
  const metrics = createMetrics({ outbounds: () => [], droppedCalls: () => 3 });
  metrics.countAlert('slack');
  for (const durationMs of [4, 40, 40, 60_000])
    metrics.observeRequest({ method: 'GET', route: '/api/me', status: 200, durationMs });
  return metrics;
}

test('the collector gets every metric of /metrics, with the same names, labels and values', async () => {
  const collector = await startCollector();
  const metrics = measured();
  const { close } = start(collector.url, metrics);
  await close();
  const [sent] = collector.received;
  expect(sent).toMatchObject({ path: '/v1/metrics', authorization: 'Bearer demo-collector' });
  expect(sent?.resource).toBe('service.name="drop",service.version="1.2.3"');
  const lines = (await metrics.text()).split('\n').filter((line) => /^(drop|http)_/.test(line));
  expect(lines.length).toBeGreaterThan(300);
  const exported = (sent?.metrics ?? []).flatMap(linesOf);
  expect(exported.filter((line) => /^(drop|http)_/.test(line)).toSorted()).toEqual(lines.toSorted());
  const names = (text: string): string[] =>
    [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  expect(sent?.metrics.map(({ name }) => name).toSorted()).toEqual(names(await metrics.text()).toSorted());
});

/** The lines by which Prometheus' text format would show the same. */
function linesOf({ name, gauge, sum: counted, histogram }: Exported): string[] {
  const line = (suffix: string, labels: string, value: number): string =>
    `${name}${suffix}${labels === '' ? '' : `{${labels}}`} ${value}`;
  const points = [...(gauge?.dataPoints ?? []), ...(counted?.dataPoints ?? [])];
  const series = histogram?.dataPoints ?? [];
  return [
    ...points.map(({ attributes: labels, asDouble }) => line('', labels, asDouble)),
    ...series.flatMap(({ attributes: labels, count, sum: total, bucketCounts, explicitBounds }) => {
      let below = 0;
      const bounds = [...explicitBounds.map(String), '+Inf'];
      expect(bucketCounts).toHaveLength(bounds.length);
      const counts = bounds.map((le, index) =>
        line('_bucket', `le="${le}",${labels}`, (below += bucketCounts[index] ?? 0)),
      );
      return [...counts, line('_sum', labels, total), line('_count', labels, count)];
    }),
  ];
}

test('the metrics are exported once a minute, cumulative since the start', async () => {
  const collector = await startCollector();
  const { clock } = start(collector.url, measured());
  clock.advance(59_999);
  clock.advance(1);
  await expect.poll(() => collector.received).toHaveLength(1);
  await expect.poll(() => (clock.advance(60_000), collector.received.length)).toBeGreaterThan(1);
  const times = collector.received.map(({ metrics }) => {
    const [point] = metrics.find(({ name }) => name.startsWith('http_server'))?.histogram?.dataPoints ?? [];
    return point && [point.startTimeUnixNano, point.timeUnixNano];
  });
  expect(times[0]?.[0]).toBe(`${Date.parse('2026-02-23T14:30:00Z')}000000`);
  expect(times[0]?.[1]).toBe(`${Date.parse('2026-02-23T14:31:00Z')}000000`);
  expect(times[1]?.[0]).toBe(times[0]?.[0]);
});

test('a collector that refuses is reported once, and the next minute is tried again', async () => {
  const collector = await startCollector(400);
  const { clock, failures } = start(collector.url, measured());
  await expect.poll(() => (clock.advance(60_000), collector.received.length)).toBeGreaterThan(2);
  expect(failures).toHaveLength(1);
  expect(String(failures[0])).not.toContain('demo-collector');
});

/** A collector whose first answer is what `lie` makes of it. */
async function startLiar(lie: (response: ServerResponse) => void) {
  let asked = 0;
  let open = 0;
  const server = createServer((incoming, response) => {
    asked += 1;
    open += 1;
    response.on('close', () => (open -= 1));
    const isFirst = asked === 1;
    incoming.resume().on('end', () => (isFirst ? lie(response) : response.end('{}')));
  });
  const url = `http://127.0.0.1:${await portUntilTestEnds(server)}/v1/metrics`;
  return { url, asked: () => asked, open: () => open };
}

/** OpenTelemetry's own limit begins anew with each byte. */
function drip(response: ServerResponse): void {
  response.writeHead(400);
  const again = (): void => {
    if (response.write(' ')) systemClock.schedule(500, again);
  };
  again();
}

const long = { 'content-length': '1000000000' };

test.each<[string, (response: ServerResponse) => void]>([
  ['sends its body a byte at a time', drip],
  ['announces a body of a gigabyte and waits', (response) => response.writeHead(400, long).write('{')],
  ['never answers', () => undefined],
])(
  'a collector that %s holds an export for five seconds, and the next minute is tried again',
  async (_how, lie) => {
    const collector = await startLiar(lie);
    const { clock, failures } = start(collector.url, measured());
    clock.advance(60_000);
    await expect.poll(collector.open).toBe(1);
    clock.advance(4_999);
    expect(failures).toHaveLength(0);
    clock.advance(1);
    await expect.poll(() => failures.length).toBe(1);
    await expect.poll(collector.open).toBe(0);
    await expect.poll(() => (clock.advance(60_000), collector.asked())).toBeGreaterThan(1);
  },
);

test('a collector that repeats its secret in the words of its status does not bring it into the log', async () => {
  const collector = await startLiar((response) => {
    response.writeHead(403, 'Bearer demo-collector', { 'x-secret': 'demo-collector' });
    response.end('demo-collector');
  });
  const { clock, failures } = start(collector.url, measured());
  clock.advance(60_000);
  await expect.poll(() => failures.length).toBe(1);
  expect(failures[0]).toMatchObject({ message: 'the collector answered 403' });
  expect(inspect(failures[0], { depth: 20 })).not.toContain('demo-collector');
});
