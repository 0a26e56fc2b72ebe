/** The headers of a webhook, by their names in lower case; null for one that is missing. */
export interface WebhookHeaders {
  get(name: string): string | null;
}

/** A webhook as it arrived, before anything is parsed. Signatures cover any part of it. */
export interface WebhookDelivery {
  /** In capitals, e.g. `POST`. */
  method: string;
  /** With the query, as the sender requested it, e.g. `/api/openbanking/webhook?attempt=1`. */
  path: string;
  /** The exact bytes. */
  rawBody: Uint8Array;
  headers: WebhookHeaders;
}

/** The request that brings a webhook. */
export interface WebhookRequest {
  requestId: string;
  traceparent?: string | undefined;
}

/**
 * The result of verification. `deduplicationKey` is the same for every repetition of one event;
 * `subject` groups events whose order matters. `kept` is stored in place of the raw bytes, where those hold more than
 * their handling needs, such as personal data; the raw bytes are then kept nowhere.
 */
export type WebhookVerdict =
  | { kind: 'accepted'; deduplicationKey: string; subject: string; eventType: string; kept?: Uint8Array }
  | { kind: 'signature_invalid'; reason: string }
  | { kind: 'malformed'; reason: string };

/**
 * A webhook as it is handled: the stored bytes, in order per subject, again after each failure. They are the raw ones,
 * unless its verdict said what to keep in their place.
 */
export interface StoredWebhook {
  id: string;
  eventType: string;
  subject: string;
  rawBody: Uint8Array;
  /** The id of the request that brought it, and its trace. */
  requestId?: string | null;
  traceparent?: string | null;
  receivedAt?: Date;
}

/** A provider's side of the inbox. */
export interface WebhookSource {
  readonly provider: string;
  /**
   * Checks the signature over the raw bytes, and over method and path where the provider signs them. Throws only when
   * the answer cannot be known now (a key that cannot be fetched): the provider is then asked to deliver again.
   */
  verify(delivery: WebhookDelivery): WebhookVerdict | Promise<WebhookVerdict>;
  /** Acts on a stored webhook. A throw means "try again later". */
  handle(webhook: StoredWebhook): Promise<void>;
}
