import { expect, test } from 'vitest';
import { createMetrics } from '#process/metrics/metrics.ts';
import { answer, guard, reset, startProvider } from './guarded.ts';
import { SocketClock } from '../support/socket-clock.ts';

const once = { repeatable: false };

/** The lines of a metric, without the port, which varies. */
function linesOf(text: string, name: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.map((line) => line.replace(/server_port="\d+"/, 'server_port="0"'));
}

test('requests are measured under the names of OpenTelemetry, and refused calls are counted separately', async () => {
  const provider = await startProvider(answer(200), answer(404), ...Array.from({ length: 5 }, () => reset));
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 3,
  });
  const { send, fail } = guard(provider.origin, new SocketClock(), { onAttempt: metrics.observeAttempt });
  await send(once);
  await send(once);
  for (let call = 0; call < 6; call += 1) await fail(once);
  const text = await metrics.text();
  const labels = (status: string, error: string): string =>
    `{provider="test",operation="test.act",http_request_method="POST",server_address="localhost",` +
    `server_port="0",http_response_status_code="${status}",error_type="${error}"}`;
  expect(linesOf(text, 'http_client_request_duration_seconds_count')).toEqual([
    `http_client_request_duration_seconds_count${labels('200', '')} 1`,
    `http_client_request_duration_seconds_count${labels('404', '404')} 1`,
    `http_client_request_duration_seconds_count${labels('', 'provider_unavailable')} 5`,
  ]);
  expect(linesOf(text, 'drop_outbound_refusals_total')).toEqual([
    'drop_outbound_refusals_total{provider="test",refused_by="breaker"} 1',
  ]);
  expect(text).toContain('drop_outbound_records_dropped 3');
});

test('unreadable items of answers are counted by provider and operation', async () => {
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
  });
  metrics.countOddItems({ provider: 'test', operation: 'test.act', count: 2 });
  metrics.countOddItems({ provider: 'test', operation: 'test.act', count: 1 });
  expect(linesOf(await metrics.text(), 'drop_provider_odd_items_total')).toEqual([
    'drop_provider_odd_items_total{provider="test",operation="test.act"} 3',
  ]);
});

test('breaker, limit and budget of a guard are read when the metrics are requested', async () => {
  const provider = await startProvider(reset);
  const { fail, outbound } = guard(provider.origin, new SocketClock());
  const metrics = createMetrics({
    outbounds: () => [outbound.snapshot()],
    droppedCalls: () => 0,
  });
  for (let call = 0; call < 5; call += 1) await fail(once);
  const text = await metrics.text();
  for (const line of [
    'drop_outbound_breaker_state{provider="test"} 2',
    'drop_outbound_open_scopes{provider="test"} 0',
    'drop_outbound_active_calls{provider="test"} 0',
    'drop_outbound_waiting_calls{provider="test"} 0',
    'drop_outbound_retry_tokens{provider="test"} 2.5',
  ])
    expect(text).toContain(line);
});

test('a bank that has taken its whole share is shown', async () => {
  const gate = Promise.withResolvers<undefined>();
  const provider = await startProvider(
    (_request, response) => void gate.promise.then(() => response.end('{}')),
  );
  const limits = { concurrentMax: 2, queueMax: 2 };
  const { send, outbound } = guard(provider.origin, new SocketClock(), { limits });
  const metrics = createMetrics({
    outbounds: () => [outbound.snapshot()],
    droppedCalls: () => 0,
  });
  const call = { ...once, scope: 'DNB', timeoutMs: 60_000 };
  const hanging = [send(call), send(call)];
  const text = await metrics.text();
  for (const line of [
    'drop_outbound_active_calls{provider="test"} 1',
    'drop_outbound_waiting_calls{provider="test"} 1',
    'drop_outbound_full_scopes{provider="test"} 1',
  ])
    expect(text).toContain(line);
  gate.resolve(undefined);
  await Promise.all(hanging);
});
