import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewWebhook } from '#inbox/storage.ts';
import { storeWebhooks } from '#store/inbox/inbox.ts';
import { testStore } from '../support/database.ts';

/** Characters with a meaning in arrays, JSON and SQL. Only NUL is refused, by PostgreSQL itself. */
const special = fc.constantFrom(
  '',
  'NULL',
  'null',
  '{}',
  '{a,b}',
  '"',
  '\\',
  '\\n',
  '\n',
  "'",
  ',',
  ' ',
  'æøå',
  '🙂',
);
const text = fc
  .array(fc.oneof(special, fc.string({ unit: 'binary' })))
  .map((pieces) => pieces.join('').replaceAll('\0', ''));

const webhook: fc.Arbitrary<NewWebhook> = fc.record({
  provider: text,
  deduplicationKey: text,
  subject: text,
  eventType: text,
  rawBody: fc.uint8Array({ maxLength: 300 }),
  at: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
});
const batch = fc.uniqueArray(webhook, {
  minLength: 1,
  maxLength: 20,
  selector: ({ provider, deduplicationKey }) => JSON.stringify([provider, deduplicationKey]),
});

test('webhooks with any texts and bytes are stored unchanged and in order', async () => {
  const { pool, database } = await testStore();
  await fc.assert(
    fc.asyncProperty(batch, async (webhooks) => {
      await database.deleteFrom('webhook_inbox').execute();
      expect(await storeWebhooks(pool, webhooks)).toEqual(webhooks.map(() => true));
      const rows = await database.selectFrom('webhook_inbox').selectAll().orderBy('id').execute();
      const stored = rows.map((row) => ({
        provider: row.provider,
        deduplicationKey: row.deduplication_key,
        subject: row.subject,
        eventType: row.event_type,
        rawBody: new Uint8Array(row.raw_body),
        at: row.received_at,
      }));
      expect(stored).toEqual(webhooks);
    }),
  );
});
