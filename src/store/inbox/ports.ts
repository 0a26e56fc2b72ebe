import { asCausedByCaller, DropError, isDropError } from '#domain/errors.ts';
import type { InboxErrors } from '#inbox/errors.ts';
import { isFaultOfData } from '#inbox/postgres/run.ts';
import type { ReceiverStorage, WorkerStorage } from '#inbox/storage.ts';
import type { Database, OpenTransaction, Store } from '../database.ts';
import { claimWebhooks, releaseWebhooks, storeWebhooks, webhookFailed, webhooksHandled } from './inbox.ts';

/** Drop's errors in place of the inbox's. Until a delivery is verified, anyone may have caused a failure of it. */
const errors: InboxErrors = {
  toError: ({ code, message, cause, provider }) =>
    new DropError(code, { message, cause, ...(provider !== undefined && { provider }) }),
  ofVerify: (thrown) =>
    isDropError(thrown) && thrown.code !== 'internal_error' ? asCausedByCaller(thrown) : thrown,
  codeOf: (thrown) => (isDropError(thrown) ? thrown.code : 'internal_error'),
};

/** What the receiver of webhooks has from Drop. */
export function receiverPorts({ pool }: Pick<Store, 'pool'>): {
  storage: ReceiverStorage;
  errors: InboxErrors;
} {
  return { storage: { isFaultOfData, store: (webhooks) => storeWebhooks(pool, webhooks) }, errors };
}

/** What the worker of the inbox has from Drop. */
export function workerPorts(database: Database): {
  storage: WorkerStorage<OpenTransaction>;
  errors: InboxErrors;
} {
  const storage: WorkerStorage<OpenTransaction> = {
    isFaultOfData,
    claim: (now, options) => claimWebhooks(database, now, options),
    release: (claims, now) => releaseWebhooks(database, claims, now),
    markHandled: (claims, at) => webhooksHandled(database, claims, at),
    markFailed: (claim, failure) => webhookFailed(database, claim, failure),
    giveUp: (claim, error, also) =>
      database.transaction().execute(async (transaction) => {
        const isOurs = await webhookFailed(transaction, claim, { error, retryAt: undefined });
        if (isOurs) await also(transaction);
        return isOurs;
      }),
  };
  return { storage, errors };
}
