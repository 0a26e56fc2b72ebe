import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { Faults } from './faults.ts';
import { webhookActions } from './webhook-actions.ts';
import { WebhookQueue } from './webhooks.ts';

let clock: ManualClock;
let queue: WebhookQueue<string>;
let delivered: string[];
let answer: number | undefined;

beforeEach(() => {
  clock = new ManualClock();
  delivered = [];
  answer = 204;
  queue = new WebhookQueue(
    {
      clock,
      origin: 'http://localhost:1',
      random: () => 0,
      faults: new Faults(systemClock, () => 0),
      async deliver({ body, headers }) {
        delivered.push(`${headers['signature'] ?? 'unsigned'} ${body}`);
        return answer;
      },
    },
    {
      sign: (body) => ({ url: 'http://localhost:2', body, headers: { signature: 'own' } }),
      redeliveryDelaysMs: () => [1_000, 5_000],
      acknowledges: (status) => status === 204,
      corruptions: {
        unsigned: ({ url, body }) => ({ url, body, headers: {} }),
        foreign_key: (webhook) => ({ ...webhook, headers: { signature: 'foreign' } }),
      },
    },
  );
});

const act = (name: string, parameters: Record<string, unknown> = {}): Promise<unknown> | undefined =>
  webhookActions(queue, { duplicates: 'next', corruption: 'body' })[name]?.(parameters);

test('a webhook that is not acknowledged comes again at the sender’s times, and then no more', async () => {
  answer = undefined;
  queue.send('a');
  const counts: number[] = [];
  for (const durationMs of [0, 999, 1, 4_999, 1, 1_000_000]) {
    clock.advance(durationMs);
    await setImmediate();
    counts.push(delivered.length);
  }
  expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
});

test('a webhook that is acknowledged comes once', async () => {
  queue.send('a');
  await setImmediate();
  clock.advance(1_000_000);
  expect(delivered).toEqual(['own a']);
});

test.each([
  ['sent', ['own a', 'own b']],
  ['as_sent', ['own a', 'own b']],
  ['reversed', ['own b', 'own a']],
])('webhooks that were held are released in the order "%s"', async (order, expected) => {
  await act('hold_webhooks');
  queue.send('a');
  queue.send('b');
  expect(delivered).toEqual([]);
  expect(await act('release_webhooks', { order })).toMatchObject({ released: 2 });
  expect(delivered).toEqual(expected);
});

test('webhooks that are delayed leave late', async () => {
  await act('delay_webhooks', { delayMs: 60_000 });
  queue.send('a');
  clock.advance(59_999);
  expect(delivered).toEqual([]);
  clock.advance(1);
  expect(delivered).toEqual(['own a']);
});

test.each([
  [{}, ['own a', 'own a', 'own b']],
  [{ times: 2 }, ['own a', 'own a', 'own a', 'own b']],
  [{ copies: 1, of: 'every' }, ['own a', 'own a', 'own b', 'own b']],
])('duplicate_webhooks %j', async (parameters, expected) => {
  await act('duplicate_webhooks', parameters);
  queue.send('a');
  queue.send('b');
  expect(delivered).toEqual(expected);
});

test('copies do not come again by themselves', async () => {
  answer = 500;
  await act('duplicate_webhooks');
  queue.send('a');
  await setImmediate();
  clock.advance(1_000);
  expect(delivered).toEqual(['own a', 'own a', 'own a']);
});

test.each([
  [{}, ['own a ', 'own b']],
  [{ how: 'unsigned' }, ['unsigned a', 'own b']],
  [{ how: 'foreign_key', times: 2 }, ['foreign a', 'foreign b']],
])('corrupt_webhooks %j', async (parameters, expected) => {
  await act('corrupt_webhooks', parameters);
  queue.send('a');
  queue.send('b');
  expect(delivered).toEqual(expected);
});

test('a webhook is replayed byte for byte: the latest, one by its id, or all', async () => {
  const { id } = queue.send('a');
  queue.send('b');
  delivered.length = 0;
  expect(await act('replay_webhook')).toMatchObject({ done: true, answers: [204, 204] });
  await act('replay_webhook', { id });
  expect(await act('replay_webhooks')).toMatchObject({ replayed: 2 });
  expect(delivered).toEqual(['own b', 'own a', 'own a', 'own b']);
  expect(await act('replay_webhook', { id: 'none' })).toMatchObject({ done: false });
});

test('a reset ends mischief, what is held and what is still to come', async () => {
  await act('delay_webhooks', { delayMs: 60_000 });
  queue.send('a');
  await act('hold_webhooks');
  queue.send('b');
  await act('corrupt_webhooks', { times: 9 });
  queue.reset();
  clock.advance(60_000);
  expect(await act('release_webhooks')).toMatchObject({ released: 0 });
  queue.send('c');
  expect(delivered).toEqual(['own c']);
});

test('a corruption that the emulator does not know is refused', async () => {
  await expect(act('corrupt_webhooks', { how: 'shout' })).rejects.toMatchObject({ code: 'invalid_request' });
});
