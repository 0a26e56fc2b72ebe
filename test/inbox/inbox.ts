import type { WebhookDelivery, WebhookSource, WebhookVerdict } from '#inbox/webhook-source.ts';
import type { Database, Store } from '#store/database.ts';
import { storeWebhooks } from '#store/inbox/inbox.ts';
import { ManualClock } from '#domain/clock.ts';

const startedAt = new ManualClock().now();

export function deliveryOf(text: string): WebhookDelivery {
  return { method: 'POST', path: '/webhook', rawBody: Buffer.from(text), headers: new Headers() };
}

/** A provider whose verdict and whose handling the test decides. */
export function sourceOf(parts: {
  verdict?: WebhookVerdict;
  handle?: WebhookSource['handle'];
  provider?: string;
}): WebhookSource {
  const accepted = {
    kind: 'accepted',
    deduplicationKey: 'key',
    subject: 'subject',
    eventType: 'changed',
  } as const;
  return {
    provider: parts.provider ?? 'test',
    verify: () => Promise.resolve(parts.verdict ?? accepted),
    handle: parts.handle ?? (() => Promise.resolve()),
  };
}

/** A webhook in the inbox, due at the start of a `ManualClock`. `name` is its key and its body. */
export async function storeOne({ pool }: Store, name: string, subject = name): Promise<void> {
  const rawBody = Buffer.from(name);
  const webhook = { provider: 'test', deduplicationKey: name, subject, eventType: 'changed', rawBody };
  await storeWebhooks(pool, [{ ...webhook, at: startedAt }]);
}

export interface InboxRow {
  key: string;
  status: string;
  attempts: number;
  failures: number;
  inHand: boolean;
  /** Milliseconds since the start of a `ManualClock`. */
  dueAfterMs: number;
  error: string | null;
}

export async function inboxRows(database: Database): Promise<InboxRow[]> {
  const rows = await database.selectFrom('webhook_inbox').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    key: row.deduplication_key,
    status: row.status,
    attempts: row.attempts,
    failures: row.failures,
    inHand: row.in_hand,
    dueAfterMs: row.next_attempt_at.getTime() - startedAt.getTime(),
    error: row.last_error,
  }));
}

/** Hands out what is put in, in order, to whoever waits for it. */
export class Mailbox<Item> {
  readonly #items: Item[] = [];
  readonly #waiting: ((item: Item) => void)[] = [];

  put(item: Item): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(item);
    else this.#items.push(item);
  }

  next(): Promise<Item> {
    const item = this.#items.shift();
    return item === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(item);
  }
}
