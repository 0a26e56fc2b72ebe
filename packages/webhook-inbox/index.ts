// The exports of `@drop/webhook-inbox`: the inbox of src/inbox/, and a clock for it.
export { ManualClock, systemClock } from '../../src/domain/clock.ts';
export type { Clock } from '../../src/inbox/clock.ts';
export { InboxError } from '../../src/inbox/errors.ts';
export type { InboxErrorCode, InboxErrors } from '../../src/inbox/errors.ts';
export type { DeadWebhook } from '../../src/inbox/handling.ts';
export { createWebhookReceiver } from '../../src/inbox/receive.ts';
export type { Receipt, ReceiverOptions, WebhookReceiver } from '../../src/inbox/receive.ts';
export type {
  ClaimedWebhook,
  NewWebhook,
  ReceiverStorage,
  WebhookClaim,
  WorkerStorage,
} from '../../src/inbox/storage.ts';
export type {
  StoredWebhook,
  WebhookDelivery,
  WebhookHeaders,
  WebhookRequest,
  WebhookSource,
  WebhookVerdict,
} from '../../src/inbox/webhook-source.ts';
export { startInboxWorker } from '../../src/inbox/worker.ts';
export type { InboxWorker, InboxWorkerOptions } from '../../src/inbox/worker.ts';
