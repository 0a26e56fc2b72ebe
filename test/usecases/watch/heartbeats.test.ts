import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createHeartbeatMock } from '#services/better-stack/mock.ts';
import { noteRun } from '#store/scheduled-runs.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { sendHeartbeats } from '#usecases/watch/heartbeats.ts';
import { testContext } from '../../support/context.ts';

const minuteMs = 60_000;
const schedules = [{ job: 'often', periodMs: minuteMs }];

test('a worker that does its work in time sends a heartbeat, and one that is late does not', async () => {
  const { store, clock } = await testContext();
  const heartbeats = createHeartbeatMock();
  const send = () => sendHeartbeats({ store, clock, services: { heartbeats } }, schedules);
  await send();
  expect(heartbeats.beats()).toEqual({ scheduled_work: 1, webhook_inbox: 1, outbox: 1 });

  const mail = {
    id: crypto.randomUUID(),
    channel: 'mail',
    recipient: 'user:1',
    code: 'payment_settled',
  } as const;
  await addEntries(store.database, [{ ...mail, parameters: {}, at: clock.now() }]);
  clock.advance(11 * minuteMs);
  await send();
  expect(heartbeats.beats()).toEqual({ scheduled_work: 1, webhook_inbox: 2, outbox: 1 });

  await noteRun(store.database, 'often', clock.now());
  await send();
  expect(heartbeats.beats()).toEqual({ scheduled_work: 2, webhook_inbox: 3, outbox: 1 });
});

test('without addresses nothing is read and nothing is sent', async () => {
  const heartbeats = { names: [], beat: () => Promise.reject(new Error('it was sent')) };
  const context = {
    clock: new ManualClock(),
    services: { heartbeats },
    get store(): never {
      throw new Error('the database was read');
    },
  };
  await sendHeartbeats(context, schedules);
});
