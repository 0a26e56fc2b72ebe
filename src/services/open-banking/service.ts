import type { ConsentStatus } from '#domain/banking/consent.ts';
import type { Locale } from '#domain/locale.ts';
import type { Money } from '#domain/money.ts';
import type { OrderReading, PaymentOrder } from '#domain/payment/order.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';

/** A bank as a provider offers it. `id` is the provider's own name for it and means nothing to another provider. */
export interface Bank {
  id: string;
  name: string;
  bic: string | undefined;
  /** The longest consent that the bank grants, in seconds. */
  maximumConsentValiditySeconds: number;
  readsBalances: boolean;
  initiatesPayments: boolean;
}

/**
 * Whether the customer is there. Attended access carries the customer's true address, which is one of the internet, and
 * browser; unattended access carries nothing and is limited to four calls a day and account (RTS Article 36(5)). There
 * is no third kind: a bank that is not told what is not known counts the call as unattended.
 */
export type Access =
  { kind: 'attended'; ipAddress: string | undefined; userAgent: string | undefined } | { kind: 'unattended' };

export type AttendedAccess = Extract<Access, { kind: 'attended' }>;

/** Where the customer goes next, and the provider's reference for what was begun, where it has one already. */
export interface Redirect {
  redirectUrl: string;
  reference: string | undefined;
}

export interface ConsentRequest {
  bankId: string;
  /** Opaque; comes back in the callback. */
  state: string;
  redirectUri: string;
  /** Drop's opaque id of the customer. */
  customerId: string;
  locale: Locale;
}

/**
 * An account within a consent. `reference` reads it and lives as long as the consent. What outlives it is the account
 * number and the provider's `identity`; at least one of them is there.
 */
export interface ConsentedAccount {
  reference: string;
  /** Stable over re-consent: the same account has the same identity in every consent of this provider. */
  identity: string | undefined;
  /** Eleven digits. */
  accountNumber: string | undefined;
  name: string | undefined;
  ownerName: string | undefined;
  /** ISO 4217 code; undefined where the bank names none. */
  currency: string | undefined;
}

export interface ConsentGrant {
  /** The provider's reference of the consent. */
  reference: string;
  /** Whose consent it is, as the provider names it; to be compared with the bank that was asked. */
  bankId: string;
  validUntil: Date;
  /** At least one. */
  accounts: ConsentedAccount[];
}

/**
 * A balance that a customer may spend, with the kind that the bank named. A balance that counts credit as money is
 * never reported as available.
 */
export interface Balance {
  money: Money;
  kind: 'available' | 'booked' | 'other';
  /** ISO 20022 code as on the wire, e.g. `ITAV`. */
  wireType: string;
}

/** Account information (AISP). `bankId` says whose breaker and places a call takes, where the caller knows the bank. */
export interface AccountInformation {
  listBanks(): Promise<Bank[]>;

  /** @throws {DropError} `bank_unknown`, `bank_unavailable`. */
  startConsent(request: ConsentRequest, access: AttendedAccess): Promise<Redirect>;

  /**
   * Judges the callback of a consent and fetches what was granted. What was granted and cannot be used is ended at the
   * provider.
   *
   * @throws {DropError} `consent_cancelled` when the customer said no, `consent_failed`: both are final. After any
   * other error the same callback may be judged again, by which a code that was used meanwhile is `consent_failed`.
   */
  completeConsent(
    parameters: URLSearchParams,
    access: AttendedAccess,
    bankId?: string,
  ): Promise<ConsentGrant>;

  /** The consent as the provider sees it now. */
  readConsent(reference: string): Promise<{ status: ConsentStatus; validUntil: Date | undefined }>;

  /** Ends the consent at the provider; ending one that has ended is success. */
  revokeConsent(reference: string, bankId?: string): Promise<void>;

  /**
   * The balance to show and to check a payment against.
   *
   * @throws {DropError} `consent_expired`, `consent_revoked`, `account_unknown`, `bank_unavailable`,
   * `bank_rate_limited`.
   */
  readBalance(accountReference: string, access: Access): Promise<Balance>;
}

export interface PaymentRequest {
  bankId: string;
  order: PaymentOrder;
  /** Drop's id of the payment: the same for every attempt. Travels as end-to-end identification (`endToEndIdOf`). */
  paymentId: string;
  /** Opaque; comes back in the callback. */
  state: string;
  redirectUri: string;
  /** Where the provider shall report changes, where it takes an address per payment. */
  webhookUrl: string | undefined;
  customerId: string;
  locale: Locale;
}

/** Which payment a provider is asked about. */
export interface PaymentKey {
  /** The provider's id of it. */
  reference: string;
  /** Whose breaker and places the call takes; undefined where Drop does not know the payment yet. */
  bankId: string | undefined;
}

/** What a provider says of a payment. */
export interface PaymentReport {
  /** The reference of the payment that the answer is about; the caller compares it. */
  reference: string;
  status: ReportedStatus;
  /** As on the wire, e.g. `ACSC`: kept as evidence. */
  wireStatus: string;
  /** Why, in the provider's code (ISO 20022 status reason), where it says so. */
  reasonCode: string | undefined;
  /** Whether the creditor's account is known to have been credited, which few banks report. */
  creditorCredited: boolean;
  /** What the provider believes was ordered, to compare with what the customer approved (RTS Article 5). */
  order: OrderReading;
}

/** The answer to an initiation. */
export interface StartedPayment extends PaymentReport {
  /** Where the customer approves; undefined when the answer names no address that can be read. */
  redirectUrl: string | undefined;
}

/** Payment initiation (PISP). */
export interface PaymentInitiation {
  /**
   * Whether the bank carries out nothing but what the customer approves on its page. An order whose answer was lost,
   * and with it the way to that page, then never happens.
   */
  readonly needsApproval: boolean;

  /**
   * For how long, in milliseconds, an initiation without an answer may still turn up: longer than Drop's own call can
   * last and than a bank takes at the longest, approval included. Before it is over, that the provider does not know a
   * payment says nothing.
   */
  readonly quarantineMs: number;

  /**
   * Hands the order to the bank. Never repeated: an error with outcome `unknown` must be resolved by reading.
   *
   * @throws {DropError} `payment_refused_by_bank` and others with outcome `not_sent` or `refused`;
   * `payment_outcome_unknown` with outcome `unknown`.
   */
  initiatePayment(request: PaymentRequest, access: AttendedAccess): Promise<StartedPayment>;

  /** @throws {DropError} `payment_unknown`, `bank_unavailable`. */
  readPayment(payment: PaymentKey): Promise<PaymentReport>;

  /** Present only where the provider can call a payment back. */
  cancelPayment?(reference: string, access: AttendedAccess): Promise<PaymentReport>;
}

/** A signed hint that a payment changed; it is read back before it counts. */
export interface PaymentHint {
  provider: string;
  /** The provider's reference of the payment. */
  reference: string;
}

/** One open banking provider. What it cannot do is absent. */
export interface OpenBankingProvider {
  readonly id: string;
  readonly ais?: AccountInformation;
  readonly pis?: PaymentInitiation;
  /** The hosts, subdomains included, that it sends customers to; absent where it names none. */
  readonly redirectHosts?: readonly string[];
  /** Registers what to do when the provider says that a payment changed. */
  onPaymentHint(callback: (hint: PaymentHint) => Promise<void>): void;
  readonly webhooks?: WebhookSource;
}
