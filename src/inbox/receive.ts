import type { Clock } from './clock.ts';
import { InboxError, plainErrors, type InboxErrors } from './errors.ts';
import { createGroupCommit } from './group-commit.ts';
import type { NewWebhook, ReceiverStorage } from './storage.ts';
import type { WebhookDelivery, WebhookRequest, WebhookSource, WebhookVerdict } from './webhook-source.ts';

export const webhookBytesMax = 262_144;

export type Receipt = 'stored' | 'duplicate';

export interface WebhookReceiver {
  /**
   * Takes a webhook in: verifies the raw bytes, stores them, and returns only when they are durable. A duplicate is
   * recognised for ever and changes nothing.
   *
   * @throws {InboxError} Or what `errors` makes of it: `webhook_signature_invalid`, `webhook_malformed`;
   * `database_unavailable`, upon which the sender tries again.
   */
  receive(source: WebhookSource, delivery: WebhookDelivery, request?: WebhookRequest): Promise<Receipt>;
}

export interface ReceiverOptions {
  storage: ReceiverStorage;
  clock: Pick<Clock, 'now' | 'afterTurn'>;
  /** An application's own errors; `InboxError` unless given. */
  errors?: InboxErrors;
}

/** Made once per process: webhooks that arrive at the same time share a statement and a commit. */
export function createWebhookReceiver(options: ReceiverOptions): WebhookReceiver {
  const { storage, clock, errors = plainErrors } = options;
  const storing = createGroupCommit<NewWebhook, boolean>({
    clock,
    commit: (webhooks) => storage.store(webhooks),
    isFaultOfAnItem: storage.isFaultOfData,
    bytesOf: ({ rawBody }) => rawBody.length,
  });
  const turnEnd = createTurnEnd(clock);
  return {
    async receive(source, delivery, request) {
      await turnEnd();
      const verdict = await verdictOf(source, delivery, errors);
      const { provider } = source;
      if (verdict.kind !== 'accepted') {
        const code = verdict.kind === 'malformed' ? 'webhook_malformed' : 'webhook_signature_invalid';
        throw errors.toError(new InboxError(code, { message: `${provider}: ${verdict.reason}`, provider }));
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
        throw errors.toError(storingError(error, storage.isFaultOfData(error), provider));
      }
    },
  };
}

/** Until a delivery is verified, anyone may have sent it, and so caused a failure to verify it. */
async function verdictOf(
  source: WebhookSource,
  delivery: WebhookDelivery,
  errors: InboxErrors,
): Promise<WebhookVerdict> {
  try {
    return await source.verify(delivery);
  } catch (error) {
    throw errors.ofVerify(error);
  }
}

/**
 * Resolves, for all callers together, when this turn of the event loop has read everything that arrived. Each step is
 * then done for all webhooks before the next step: the code of one step stays in the processor's caches, the code of
 * all steps does not.
 */
function createTurnEnd(clock: Pick<Clock, 'afterTurn'>): () => Promise<void> {
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
function storingError(cause: unknown, isFaultOfData: boolean, provider: string): InboxError {
  if (isFaultOfData) {
    const message = `${provider}: it holds what the database does not take`;
    return new InboxError('webhook_malformed', { message, provider, cause });
  }
  return new InboxError('database_unavailable', { message: 'the webhook could not be stored', cause });
}
