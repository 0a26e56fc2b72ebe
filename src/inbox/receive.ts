import { asCausedByCaller, DropError, isDropError } from '#domain/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { isFaultOfData, type Store } from '#store/database.ts';
import { storeWebhooks, type NewWebhook } from '#store/inbox/inbox.ts';
import { createGroupCommit } from './group-commit.ts';
import type { WebhookDelivery, WebhookRequest, WebhookSource, WebhookVerdict } from './webhook-source.ts';

export const webhookBytesMax = 262_144;

export type Receipt = 'stored' | 'duplicate';

export interface WebhookReceiver {
  /**
   * Takes a webhook in: verifies the raw bytes, stores them, and returns only when they are durable. A duplicate is
   * recognised for ever and changes nothing.
   *
   * @throws {DropError} `webhook_signature_invalid`, `webhook_malformed`; `database_unavailable`, upon which the sender
   * tries again.
   */
  receive(source: WebhookSource, delivery: WebhookDelivery, request?: WebhookRequest): Promise<Receipt>;
}

/** Made once per process: webhooks that arrive at the same time share a statement and a commit. */
export function createWebhookReceiver({
  store,
  clock,
}: {
  store: Pick<Store, 'pool'>;
  clock: Clock;
}): WebhookReceiver {
  const storing = createGroupCommit<NewWebhook, boolean>({
    clock,
    commit: (webhooks) => storeWebhooks(store.pool, webhooks),
    isFaultOfAnItem: isFaultOfData,
    bytesOf: ({ rawBody }) => rawBody.length,
  });
  const turnEnd = createTurnEnd(clock);
  return {
    async receive(source, delivery, request) {
      await turnEnd();
      const verdict = await verdictOf(source, delivery);
      const { provider } = source;
      if (verdict.kind !== 'accepted') {
        const code = verdict.kind === 'malformed' ? 'webhook_malformed' : 'webhook_signature_invalid';
        throw new DropError(code, { message: `${provider}: ${verdict.reason}`, provider });
      }
      const { deduplicationKey, subject, eventType, kept: rawBody = delivery.rawBody } = verdict;
      const webhook = {
        provider,
        deduplicationKey,
        subject,
        eventType,
        rawBody,
        at: clock.now(),
        ...request,
      };
      try {
        return (await storing.add(webhook)) ? 'stored' : 'duplicate';
      } catch (error) {
        throw storingError(error, provider);
      }
    },
  };
}

/** Until a delivery is verified, anyone may have sent it, and so caused a failure to verify it. */
async function verdictOf(source: WebhookSource, delivery: WebhookDelivery): Promise<WebhookVerdict> {
  try {
    return await source.verify(delivery);
  } catch (error) {
    throw isDropError(error) && error.code !== 'internal_error' ? asCausedByCaller(error) : error;
  }
}

/**
 * Resolves, for all callers together, when this turn of the event loop has read everything that arrived. Each step is
 * then done for all webhooks before the next step: the code of one step stays in the processor's caches, the code of
 * all steps does not (docs/decisions/0011).
 */
function createTurnEnd(clock: Clock): () => Promise<void> {
  let waiting: Promise<void> | undefined;
  return () =>
    (waiting ??= new Promise((resolve) => {
      clock.afterTurn(() => {
        waiting = undefined;
        resolve();
      });
    }));
}

/** The sender tries again, unless the database can never hold this webhook. */
function storingError(error: unknown, provider: string): DropError {
  if (isFaultOfData(error)) {
    const message = `${provider}: it holds what the database does not take`;
    return new DropError('webhook_malformed', { message, provider, cause: error });
  }
  return new DropError('database_unavailable', { message: 'the webhook could not be stored', cause: error });
}
