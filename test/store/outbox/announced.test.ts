import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { addEntries, type NewEntry } from '#store/outbox/entries.ts';
import { testStore } from '../../support/database.ts';

test('messages that wait are announced once for each channel; those in the app are not', async () => {
  const store = await testStore();
  const listener = new pg.Client({ connectionString: store.url });
  await listener.connect();
  onTestFinished(() => listener.end());
  const heard: (string | undefined)[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload));
  await listener.query('listen drop_outbox');
  const entry = (channel: NewEntry['channel']): NewEntry => {
    const at = new Date('2026-02-23T14:30:00Z');
    return { id: randomUUID(), channel, recipient: 'user:a', code: 'made_up', parameters: {}, at };
  };
  await addEntries(store.database, [entry('app'), entry('mail'), entry('mail'), entry('alert')]);
  // Notifications that were committed arrive with the answer to the next query.
  await listener.query('select 1');
  expect(heard.toSorted()).toEqual(['alert', 'mail']);
});
