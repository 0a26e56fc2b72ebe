/**
 * How the inbox refuses or fails: `webhook_signature_invalid` and `webhook_malformed` are the sender's fault;
 * `database_unavailable` asks the sender to deliver again; `provider_unavailable` (no source handles this provider's
 * webhooks) and `provider_timeout` (handling took too long) are failures of a stored webhook.
 */
export type InboxErrorCode =
  | 'webhook_signature_invalid'
  | 'webhook_malformed'
  | 'database_unavailable'
  | 'provider_unavailable'
  | 'provider_timeout';

/** The only error of the inbox. Its message is for the log and quotes nothing of the webhook. */
export class InboxError extends Error {
  override readonly name = 'InboxError';
  readonly code: InboxErrorCode;
  readonly provider: string | undefined;

  constructor(
    code: InboxErrorCode,
    { message, cause, provider }: { message: string; cause?: unknown; provider?: string },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.provider = provider;
  }
}

/** How an application's own errors take the place of `InboxError`. */
export interface InboxErrors {
  /** The error that a caller or the log gets. */
  toError(error: InboxError): Error;
  /** The error that the caller of `receive` gets when the source's `verify` throws. */
  ofVerify(thrown: unknown): unknown;
  /** The code that is stored when the source's `handle` throws. */
  codeOf(thrown: unknown): string;
}

export const plainErrors: InboxErrors = {
  toError: (error) => error,
  ofVerify: (thrown) => thrown,
  codeOf: (thrown) => (thrown instanceof InboxError ? thrown.code : 'handling_failed'),
};
