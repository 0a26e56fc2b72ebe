import { DropError } from '#domain/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { announceWebhook } from '#store/changes.ts';
import { databaseError, type Database } from '#store/database.ts';
import { storeWebhook } from '#store/webhook-inbox.ts';
import type { WebhookDelivery, WebhookSource } from './webhook-source.ts';

export const webhookBytesMax = 262_144;

export type Receipt = 'stored' | 'duplicate';

/**
 * Takes a webhook in: verifies the raw bytes, stores them, and only then returns. A duplicate is recognised for ever
 * and changes nothing.
 *
 * @throws {DropError} `webhook_signature_invalid`, `webhook_malformed`; `database_unavailable`, upon which the sender
 * tries again.
 */
export async function receiveWebhook(
  { database, clock }: { database: Database; clock: Clock },
  source: WebhookSource,
  delivery: WebhookDelivery,
): Promise<Receipt> {
  const verdict = await source.verify(delivery);
  const { provider } = source;
  if (verdict.kind !== 'accepted') {
    const code = verdict.kind === 'malformed' ? 'webhook_malformed' : 'webhook_signature_invalid';
    throw new DropError(code, { message: `${provider}: ${verdict.reason}`, provider });
  }
  const { deduplicationKey, subject, eventType } = verdict;
  const webhook = {
    provider,
    deduplicationKey,
    subject,
    eventType,
    rawBody: delivery.rawBody,
    at: clock.now(),
  };
  const storing = database.transaction().execute(async (transaction) => {
    const isNew = await storeWebhook(transaction, webhook);
    if (isNew) await announceWebhook(transaction);
    return isNew ? 'stored' : 'duplicate';
  });
  return storing.catch((error: unknown) => {
    throw databaseError(error);
  });
}
