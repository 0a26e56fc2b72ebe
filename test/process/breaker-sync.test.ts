import { expect, onTestFinished, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import type { Judgement } from '#outbound/judge.ts';
import { openStore, type Store } from '#store/database.ts';
import { listen } from '#store/listener.ts';
import { readBreakerNews } from '#store/announcements.ts';
import { announceBreaker, openBreakers } from '#store/provider-breakers.ts';
import { createBreakerSync } from '#process/breaker-sync.ts';
import { testStore } from '../support/database.ts';
import { answer, guard, startProvider, type Provider } from '../outbound/guarded.ts';

const once = { repeatable: false };
const unjittered = { ...systemEntropy, fraction: () => 0 };

/** One process of Drop, as far as breakers go. */
async function startProcess(store: Store, provider: Provider) {
  const guarded = guard(provider.origin, new ManualClock(), {
    onBreaker: (change) => announced.publish(change),
  });
  const announced = createBreakerSync({ store, outbounds: () => [guarded.outbound], entropy: unjittered });
  const connected = Promise.withResolvers<undefined>();
  const listener = listen(
    store,
    { clock: systemClock, entropy: systemEntropy },
    {
      onChange: () => undefined,
      onWebhook: () => undefined,
      onBreaker: announced.receive,
      onOutbox: () => undefined,
      onDropped: () => undefined,
      onConnected() {
        announced.catchUp();
        connected.resolve(undefined);
      },
    },
  );
  onTestFinished(() => listener.close());
  await connected.promise;
  return { ...guarded, announced, state: () => guarded.outbound.breakerState };
}

async function fail(process: Awaited<ReturnType<typeof startProcess>>, times = 5): Promise<void> {
  for (let call = 0; call < times; call += 1) await process.send(once).catch(() => undefined);
}

test('what one process found out the others need not', async () => {
  const provider = await startProvider(...Array.from({ length: 5 }, () => answer(503)), answer(200));
  const store = await testStore();
  const [first, second] = await Promise.all([startProcess(store, provider), startProcess(store, provider)]);
  await fail(first);
  await expect.poll(second.state).toBe('open');
  expect((await second.fail(once)).details).toMatchObject({ outcome: 'not_sent' });
  expect(provider.received).toHaveLength(5);

  first.clock.advance(30_000);
  await first.send(once);
  await expect.poll(second.state).toBe('closed');
  expect(await openBreakers(store.database)).toEqual([]);
});

test('a process that begins later reads what it must not ask', async () => {
  const provider = await startProvider(answer(503));
  const store = await testStore();
  await fail(await startProcess(store, provider));
  await expect.poll(async () => openBreakers(store.database)).toHaveLength(1);
  const late = await startProcess(store, provider);
  await expect.poll(late.state).toBe('open');
  expect(provider.received).toHaveLength(5);
});

test('a bank that is down is told of as that bank', async () => {
  const judge = (): Judgement => ({ failure: 'scope' });
  const provider = await startProvider(answer(500));
  const store = await testStore();
  const [first, second] = await Promise.all([startProcess(store, provider), startProcess(store, provider)]);
  for (let call = 0; call < 5; call += 1) await first.send({ ...once, scope: 'DNB', judge });
  await expect.poll(() => second.outbound.snapshot().scopes).toEqual({ DNB: 'open' });
  expect(second.state()).toBe('closed');
});

test('without a database every process finds out for itself, and no call fails for it', async () => {
  const provider = await startProvider(answer(503));
  const store = openStore('postgres://nobody@127.0.0.1:1/nothing');
  onTestFinished(() => store.close());
  const announced = createBreakerSync({ store, outbounds: () => [outbound], entropy: unjittered });
  const {
    outbound,
    send,
    fail: failCall,
  } = guard(provider.origin, new ManualClock(), { onBreaker: announced.publish });
  announced.catchUp();
  for (let call = 0; call < 5; call += 1) expect((await send(once)).status).toBe(503);
  expect((await failCall(once)).details.outcome).toBe('not_sent');
});

test('news of another provider, and news of an hour, change nothing here for longer than usual', async () => {
  const provider = await startProvider(answer(200));
  const store = await testStore();
  const process = await startProcess(store, provider);
  const news = { scope: '', state: 'open', openMs: 3_600_000, by: 'another' } as const;
  process.announced.receive({ ...news, provider: 'other' });
  expect(process.state()).toBe('closed');
  await announceBreaker(store.database, { ...news, provider: 'test' });
  await expect.poll(process.state).toBe('open');
  expect((await process.fail(once)).details.retryAfterMs).toBe(31_000);
});

test.each([
  '',
  'null',
  '{}',
  '[]',
  '7',
  '{"provider":"test","scope":"","state":"half_open","openMs":1,"by":"x"}',
])('news that make no sense (%s) are no news', (payload) => {
  expect(readBreakerNews(payload)).toBeUndefined();
});

test('a breaker that opens or closes is a line of the log, and one that others report is not', async () => {
  const lines: unknown[] = [];
  const store = await testStore();
  const log = (...line: unknown[]): unknown => lines.push(line);
  const sync = createBreakerSync({ store, outbounds: () => [], entropy: unjittered, log });
  const bank = { provider: 'bank', scope: 'dnb' };
  sync.publish({ ...bank, state: 'open', openMs: 30_000 });
  sync.publish({ ...bank, state: 'half_open', openMs: 0 });
  sync.publish({ provider: 'bank', scope: undefined, state: 'closed', openMs: 0 });
  sync.receive({ ...bank, state: 'open', openMs: 1, by: 'another process' });
  expect(lines).toEqual([
    ['warn', 'a breaker opened', { ...bank, openMs: 30_000 }],
    ['info', 'a breaker closed', { provider: 'bank' }],
  ]);
});
