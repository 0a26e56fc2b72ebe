/**
 * Every way in which Drop refuses or fails, in one closed table. `status` is the HTTP answer; `repeat` tells the caller
 * whether the request may be repeated: `never` (the same request fails again), `later` (after `retryAfterMs`, or after
 * a while), `now` (once the cause named in the message is corrected). The texts for customers are in
 * `src/http/problem-texts.ts`.
 */
export const errorTable = {
  invalid_request: { status: 400, repeat: 'never' },
  idempotency_key_missing: { status: 400, repeat: 'now' },
  idempotency_key_reused: { status: 422, repeat: 'never' },
  not_signed_in: { status: 401, repeat: 'now' },
  forbidden_origin: { status: 403, repeat: 'never' },
  not_found: { status: 404, repeat: 'never' },
  method_not_allowed: { status: 405, repeat: 'never' },
  rate_limited: { status: 429, repeat: 'later' },
  payload_too_large: { status: 413, repeat: 'never' },
  unsupported_media_type: { status: 415, repeat: 'never' },
  internal_error: { status: 500, repeat: 'later' },
  configuration_invalid: { status: 500, repeat: 'never' },
  database_unavailable: { status: 503, repeat: 'later' },

  sign_in_state_mismatch: { status: 400, repeat: 'now' },
  sign_in_cancelled: { status: 409, repeat: 'now' },
  sign_in_expired: { status: 409, repeat: 'now' },
  sign_in_code_exchange_failed: { status: 500, repeat: 'now' },
  sign_in_token_invalid: { status: 401, repeat: 'now' },
  sign_in_under_age: { status: 403, repeat: 'never' },
  sign_in_identity_conflict: { status: 409, repeat: 'never' },
  sign_in_unavailable: { status: 503, repeat: 'later' },

  national_id_required: { status: 403, repeat: 'now' },

  kyc_required: { status: 403, repeat: 'now' },
  kyc_rejected: { status: 403, repeat: 'never' },
  kyc_unavailable: { status: 503, repeat: 'later' },
  kyc_conflict: { status: 409, repeat: 'never' },

  bank_unknown: { status: 404, repeat: 'never' },
  bank_unavailable: { status: 503, repeat: 'later' },
  bank_rate_limited: { status: 429, repeat: 'later' },
  consent_cancelled: { status: 409, repeat: 'now' },
  consent_failed: { status: 502, repeat: 'now' },
  consent_expired: { status: 409, repeat: 'now' },
  consent_revoked: { status: 409, repeat: 'now' },
  consent_ended: { status: 409, repeat: 'now' },
  consent_state_mismatch: { status: 400, repeat: 'now' },
  account_unknown: { status: 404, repeat: 'never' },

  payment_creditor_account_invalid: { status: 422, repeat: 'now' },
  payment_kid_invalid: { status: 422, repeat: 'now' },
  payment_amount_invalid: { status: 422, repeat: 'now' },
  payment_above_own_limit: { status: 422, repeat: 'now' },
  payment_above_day_limit: { status: 422, repeat: 'now' },
  payment_insufficient_funds: { status: 422, repeat: 'now' },
  payment_refused_by_bank: { status: 422, repeat: 'never' },
  payment_outcome_unknown: { status: 503, repeat: 'never' },
  payment_unknown: { status: 404, repeat: 'never' },
  payment_not_cancellable: { status: 409, repeat: 'never' },
  payment_not_dismissable: { status: 409, repeat: 'never' },
  payment_document_missing: { status: 409, repeat: 'later' },
  payment_statement_too_long: { status: 422, repeat: 'now' },
  payment_repeated: { status: 409, repeat: 'now' },
  creditor_unknown: { status: 404, repeat: 'never' },
  creditors_too_many: { status: 409, repeat: 'now' },
  payment_in_progress: { status: 409, repeat: 'later' },

  cards_off: { status: 404, repeat: 'never' },
  card_unknown: { status: 404, repeat: 'never' },
  card_canceled: { status: 409, repeat: 'never' },
  card_exists: { status: 409, repeat: 'never' },
  cards_too_many: { status: 409, repeat: 'never' },

  email_address_invalid: { status: 422, repeat: 'now' },
  email_link_unknown: { status: 404, repeat: 'never' },
  email_link_used: { status: 409, repeat: 'never' },
  email_link_expired: { status: 409, repeat: 'never' },

  account_has_open_payments: { status: 409, repeat: 'later' },
  file_address_invalid: { status: 403, repeat: 'never' },
  file_address_expired: { status: 403, repeat: 'now' },

  provider_unavailable: { status: 503, repeat: 'later' },
  provider_timeout: { status: 503, repeat: 'later' },
  provider_rate_limited: { status: 503, repeat: 'later' },
  provider_rejected_credentials: { status: 502, repeat: 'never' },
  provider_invalid_response: { status: 502, repeat: 'never' },
  provider_refused: { status: 502, repeat: 'never' },

  webhook_signature_invalid: { status: 401, repeat: 'never' },
  webhook_malformed: { status: 400, repeat: 'never' },
} as const satisfies Record<string, { status: number; repeat: 'never' | 'later' | 'now' }>;

export type ErrorCode = keyof typeof errorTable;

/**
 * The outcome of a failed call to a provider: `not_sent` (no byte of the request was sent, so nothing happened),
 * `refused` (the provider refused it), `unknown` (the provider may have acted on it: read its state, never repeat the
 * call blindly).
 */
export type Outcome = 'not_sent' | 'refused' | 'unknown';

/** A fault in one field of a request. */
export interface FieldFault {
  /** Its path, such as `creditor.name`. */
  field: string;
  /**
   * Whether the sender may have chosen the path, because it is not from Drop's schemas. Such a path is never logged.
   */
  isNamedBySender?: boolean;
  /** A code of the table above or of `src/http/field-texts.ts`; any other text is shown unchanged. */
  message: string;
  /** The characters that are not accepted. The customer typed them, so they are never logged. */
  characters?: string[];
  /** The maximum length of the field, in characters. */
  lengthMax?: number;
}

export interface ErrorDetails {
  /** For the log and the operator; never shown to a customer and never holding secrets or personal data. */
  message?: string;
  cause?: unknown;
  outcome?: Outcome;
  provider?: string;
  /** Drop's id of the bank, where the call was about one bank of the provider. */
  bank?: string;
  operation?: string;
  httpStatus?: number;
  /** The provider's own code, as on the wire. */
  providerCode?: string;
  /** The request id to quote to the provider's support. */
  providerRequestId?: string;
  retryAfterMs?: number;
  /**
   * Whether the request alone can have caused the failure, such as by a made-up code. Such a failure is logged, and not
   * counted as Drop's, because any stranger could raise an alert with it.
   */
  causedByCaller?: boolean;
  /** The invalid fields of the request, for `invalid_request` and similar codes. */
  fields?: FieldFault[];
}

/**
 * Drop's only error class. `code` is stable, `message` is for the log, and `details` tells the caller how to proceed.
 */
export class DropError extends Error {
  override readonly name = 'DropError';
  readonly code: ErrorCode;
  readonly details: Omit<ErrorDetails, 'message' | 'cause'>;

  constructor(code: ErrorCode, { message, cause, ...details }: ErrorDetails = {}) {
    super(message ?? code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

/** Narrows `error` to a `DropError`, optionally of one of `codes`. */
export function isDropError(error: unknown, ...codes: ErrorCode[]): error is DropError {
  return error instanceof DropError && (codes.length === 0 || codes.includes(error.code));
}

/** The same error as one that the request alone can have caused. */
export function asCausedByCaller({ code, message, cause, details }: DropError): DropError {
  return new DropError(code, { message, cause, ...details, causedByCaller: true });
}

/** For states that only a bug in Drop's own code can reach. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new DropError('internal_error', { message: `assertion failed: ${message}` });
}
