/** A webhook that has arrived and is verified. */
export interface NewWebhook {
  provider: string;
  deduplicationKey: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  at: Date;
  /** The id of the request that brought it, and its trace. */
  requestId?: string | undefined;
  traceparent?: string | undefined;
}

/** A worker's claim on a webhook. `attempts` distinguishes it from earlier and later claims. */
export interface WebhookClaim {
  id: string;
  attempts: number;
}

export interface ClaimedWebhook extends WebhookClaim {
  provider: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  /** The number of failures since it arrived or was replayed. */
  failures: number;
  /** Whether the previous worker stopped without reporting a result. */
  isLeaseLost: boolean;
  /** Whether a later webhook of its subject was there when it was claimed, and may wait for it. */
  hasLater: boolean;
  requestId: string | null;
  traceparent: string | null;
  receivedAt: Date;
}

/** Where the receiver puts webhooks. */
export interface ReceiverStorage {
  /**
   * Makes webhooks durable by one commit, or none. Returns whether each is new; of duplicates within `webhooks`, the
   * first is. They are handled in the given order.
   */
  store(webhooks: readonly NewWebhook[]): Promise<readonly boolean[]>;
  /** Whether `store` failed because of one webhook's content, so that the others are stored without it. */
  isFaultOfData(error: unknown): boolean;
}

/** Where workers take webhooks from. A claim that another worker has taken over changes nothing. */
export interface WorkerStorage<Transaction> {
  /**
   * Claims up to `limit` due webhooks for `leaseMs` milliseconds, one of each subject. If the worker dies, they can be
   * claimed again when the lease ends, with `isLeaseLost` set.
   */
  claim(now: Date, options: { limit: number; leaseMs: number }): Promise<readonly ClaimedWebhook[]>;
  /** Hands back claims that were not begun, and tells other workers of it. */
  release(claims: readonly WebhookClaim[], now: Date): Promise<void>;
  /** Returns for each whether its claim was still valid. */
  markHandled(claims: readonly WebhookClaim[], at: Date): Promise<readonly boolean[]>;
  /** Counts a failure, after which the webhook is due at `retryAt`. False when the claim was no longer valid. */
  markFailed(claim: WebhookClaim, failure: { error: string; retryAt: Date }): Promise<boolean>;
  /**
   * Gives a webhook up. `also` runs in the same transaction, if the claim was still valid; the webhook stays if it
   * rejects. Returns whether it was given up.
   */
  giveUp(
    claim: WebhookClaim,
    error: string,
    also: (transaction: Transaction) => Promise<void>,
  ): Promise<boolean>;
  /** Whether a statement failed because of its data, so that it is repeated webhook by webhook. */
  isFaultOfData(error: unknown): boolean;
}
