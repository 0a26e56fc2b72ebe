import type { BalanceKind } from '#domain/banking/balance.ts';
import type { NextStep } from '#domain/banking/next-step.ts';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import type { Locale } from '#domain/locale.ts';
import type { Money } from '#domain/money.ts';
import type { OrderReading, PaymentOrder } from '#domain/payment/order.ts';
import type { Payee, PayeeCheck } from '#domain/payment/payee-check.ts';
import type { PaymentFailureReason } from '#domain/payment/reason.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import type { Secret } from '#domain/secret.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import type { SecretState } from './secret-state.ts';

/**
 * A bank as a provider offers it. `id` is the provider's own name for it, for consents, and means nothing to another
 * provider.
 */
export interface Bank {
  id: string;
  name: string;
  bic: string | undefined;
  /** The longest consent that the bank grants, in seconds. */
  maximumConsentValiditySeconds: number;
  readsBalances: boolean;
  /** The provider's name for the bank in payments, which may be another; undefined where it initiates none. */
  paymentBankId: string | undefined;
  /** What the bank takes in a payment; absent where the provider does not say, or initiates none. */
  paymentRules?: PaymentRules | undefined;
}

/** What a provider may need to know of a customer beyond Drop's opaque id. */
export type IdentityNeed = 'name' | 'national_identity_number';

/** A customer, as far as a provider is told: everything but `id` is there only where the provider declares it. */
export interface Customer {
  /** Drop's opaque id of the customer. */
  id: string;
  name?: string | undefined;
  /** From the session that the customer signed in with; Drop does not keep it. */
  nationalIdentityNumber?: Secret | undefined;
}

/**
 * Whether the customer is there. Attended access carries the customer's true address, which is one of the internet, and
 * browser; unattended access carries nothing and is limited to four calls in 24 hours and account (RTS Article 36(5)),
 * which Drop counts before it calls. There is no third kind: a bank that is not told what is not known counts the call
 * as unattended (`countsAs`).
 */
export type Access =
  { kind: 'attended'; ipAddress: string | undefined; userAgent: string | undefined } | { kind: 'unattended' };

export type AttendedAccess = Extract<Access, { kind: 'attended' }>;

export interface ConsentRequest {
  bankId: string;
  /** Opaque; comes back in the callback where the provider sends it back. */
  state: string;
  redirectUri: string;
  customer: Customer;
  locale: Locale;
  secrets: SecretState;
}

/** What was begun: the provider's reference, where it has one already, and the customer's next step. */
export interface StartedConsent {
  reference: string | undefined;
  next: NextStep;
}

/** A consent that was begun and not granted yet, with what `startConsent` was given and answered. */
export interface PendingConsent {
  reference: string | undefined;
  bankId: string;
  /** As given to `startConsent`; undefined where the customer did not come back with it, as in a decoupled approval. */
  state: string | undefined;
  redirectUri: string;
  secrets: SecretState;
}

/** How far a consent has come: granted, or the customer has one more step to do. */
export type ConsentProgress = { kind: 'granted'; grant: ConsentGrant } | { kind: 'pending'; next: NextStep };

/** A consent that was granted. */
export interface ConsentKey {
  reference: string;
  bankId: string;
  secrets: SecretState;
}

/** An account that a consent reads, by the provider's reference of it within that consent. */
export interface AccountKey {
  reference: string;
  consent: ConsentKey;
  /** Eleven digits, to compare an answer with that names the account; undefined where Drop does not know it. */
  accountNumber?: string | undefined;
}

/** Why a consent has ended, where the provider says so. */
export type ConsentEnd = 'expired' | 'revoked' | 'cancelled' | 'failed';

/** A consent as the provider sees it now. */
export type ConsentReading =
  | { kind: 'pending' }
  | { kind: 'active'; validUntil: Date | undefined }
  | { kind: 'ended'; cause: ConsentEnd | undefined };

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
  /** Whether the bank asked nothing, because the customer's earlier consent still holds: it ends with that one. */
  isShared?: boolean;
}

/**
 * A balance that a customer may spend, with the kind that the bank named. A balance that counts credit as money is
 * never reported as available.
 */
export interface Balance {
  money: Money;
  kind: BalanceKind;
  /** ISO 20022 code as on the wire, e.g. `ITAV`. */
  wireType: string;
}

/** Account information (AISP). The bank's id in each call says whose breaker and places the call takes. */
export interface AccountInformation {
  listBanks(): Promise<Bank[]>;

  /** @throws {DropError} `bank_unknown`, `bank_unavailable`. */
  startConsent(request: ConsentRequest, access: AttendedAccess): Promise<StartedConsent>;

  /**
   * Judges the customer's return and fetches what was granted. `parameters` are those of the callback; they are empty
   * where the customer does not come back: after `none`, and each time a decoupled approval is asked about. What was
   * granted and cannot be used is ended at the provider.
   *
   * May be called again after any error but the final ones: a code that the provider has redeemed meanwhile is kept in
   * `secrets`, so that it is not lost.
   *
   * @throws {DropError} `consent_cancelled` when the customer said no, `consent_failed`: both are final.
   */
  completeConsent(
    returned: { parameters: URLSearchParams; pending: PendingConsent },
    access: AttendedAccess,
  ): Promise<ConsentProgress>;

  /** The consent as the provider sees it now. */
  readConsent(consent: ConsentKey): Promise<ConsentReading>;

  /** Ends the consent at the provider; ending one that has ended is success. */
  revokeConsent(consent: ConsentKey): Promise<void>;

  /**
   * The balance to show and to check a payment against.
   *
   * @throws {DropError} `consent_expired`, `consent_revoked`, `consent_ended` where the provider does not say why,
   * `account_unknown`, `bank_unavailable`, `bank_rate_limited`.
   */
  readBalance(account: AccountKey, access: Access): Promise<Balance>;

  /**
   * How the bank will count a reading with this access: as unattended where the customer is there and something is not
   * known of them that the bank demands. Absent where the bank demands the customer's address and nothing else.
   */
  countsAs?(account: AccountKey, access: AttendedAccess): Promise<Access['kind']>;

  /** Absent where the form of transactions is not documented. */
  readonly transactions?: TransactionReading;
}

/** The days of transactions to read, in Norway, both included: `YYYY-MM-DD`. */
export interface TransactionPeriod {
  from: string;
  to: string;
}

/** Reads the transactions of an account, in which a payment without an answer is looked up. */
export interface TransactionReading {
  /**
   * What a transaction carries by which a payment is recognised, as the provider documents it. `nothing` leaves
   * hints for operators only.
   */
  readonly carries: 'end_to_end_id' | 'nothing';

  /** Whether the account's consent covers its transactions. No call is made. */
  areCovered(account: AccountKey): Promise<boolean>;

  /**
   * The transactions of a period, booked and pending, of a few pages at most. All pages are one reading.
   *
   * @throws {DropError} as `readBalance`.
   */
  readTransactions(
    account: AccountKey,
    period: TransactionPeriod,
    access: Access,
  ): Promise<AccountTransaction[]>;
}

export interface PaymentRequest {
  bankId: string;
  order: PaymentOrder;
  /** Drop's id of the payment: the same for every attempt. Travels as end-to-end identification (`endToEndIdOf`). */
  paymentId: string;
  /** Opaque; comes back in the callback where the provider sends it back. */
  state: string;
  redirectUri: string;
  /** Where the provider shall report changes, where it takes an address per payment. */
  webhookUrl: string | undefined;
  customer: Customer;
  locale: Locale;
  secrets: SecretState;
}

/** Which payment a provider is asked about. */
export interface PaymentKey {
  /** The provider's id of it. */
  reference: string;
  /** Whose breaker and places the call takes; undefined where Drop does not know the payment yet. */
  bankId: string | undefined;
  /** Undefined where Drop does not know the payment yet. */
  secrets: SecretState | undefined;
}

/** What a provider says of a payment. */
export interface PaymentReport {
  /** The reference of the payment that the answer is about; the caller compares it. */
  reference: string;
  status: ReportedStatus;
  /** As on the wire, e.g. `ACSC`: kept as evidence. */
  wireStatus: string;
  /** Why it did not go through; undefined where the provider does not say, or only that it did not. */
  reason: PaymentFailureReason | undefined;
  /** The provider's own code of the reason, e.g. an ISO 20022 status reason: kept as evidence. */
  reasonCode: string | undefined;
  /** Whether the creditor's account is known to have been credited, which few banks report. */
  creditorCredited: boolean;
  /** What the provider believes was ordered, to compare with what the customer approved (RTS Article 5). */
  order: OrderReading;
}

/** The answer to a call after which the customer may have a step to do: an initiation, a return, a cancellation. */
export interface SteppedPayment extends PaymentReport {
  /** `none` also where the answer names no way to approve that can be read. */
  next: NextStep;
}

/** Payment initiation (PISP). */
export interface PaymentInitiation {
  /**
   * Whether the bank carries out nothing but what the customer approves on its page. An order whose answer was lost,
   * and with it the way to that page, then never happens. False for a provider that sends an approval to the bank's app
   * by itself: the customer can give it without Drop's answer.
   */
  readonly needsApproval: boolean;

  /**
   * For how long, in milliseconds, an initiation without an answer may still turn up: longer than Drop's own call can
   * last and than a bank takes at the longest, approval included. Before it is over, that the provider does not know a
   * payment says nothing.
   */
  readonly quarantineMs: number;

  /**
   * Whether the provider recognises a second initiation of the same payment by `paymentId` and answers with the first
   * one. Only then an initiation without an answer is sent again.
   */
  readonly idempotentInitiation: boolean;

  /**
   * Hands the order to the bank. An error with outcome `unknown` must be resolved by reading, unless
   * `idempotentInitiation` says otherwise.
   *
   * @throws {DropError} `payment_refused_by_bank` and others with outcome `not_sent` or `refused`;
   * `payment_outcome_unknown` with outcome `unknown`.
   */
  initiatePayment(request: PaymentRequest, access: AttendedAccess): Promise<SteppedPayment>;

  /** What the customer quotes to the bank of a payment, where that is not its `reference`. */
  quotedReference?(reference: string): string;

  /** @throws {DropError} `payment_unknown`, `bank_unavailable`. */
  readPayment(payment: PaymentKey): Promise<PaymentReport>;

  /**
   * Goes on after the customer came back from a step: present where a payment has more than one, such as a consent
   * before it. Elsewhere a payment is read on return.
   */
  continuePayment?(
    returned: { parameters: URLSearchParams; payment: PaymentKey },
    access: AttendedAccess,
  ): Promise<SteppedPayment>;

  /** Whether only a payment that was ordered for a later day can be called back. */
  readonly cancelsScheduledOnly?: boolean;

  /** Present only where the provider can call a payment back. The customer may have to approve that, too. */
  cancelPayment?(payment: PaymentKey, access: AttendedAccess): Promise<SteppedPayment>;
}

/** Says whether an account belongs to a payee (verification of payee). No provider offers it for Norway so far. */
export interface PayeeVerification {
  /** Resolves with `not_possible` where the payee's bank gives no answer. */
  checkPayee(payee: Payee, access: AttendedAccess): Promise<PayeeCheck>;
}

/** A signed hint that a payment changed; it is read back before it counts. */
export interface PaymentHint {
  provider: string;
  /** The provider's reference of the payment. */
  reference: string;
}

/** What a return belongs to: the state that Drop gave, or the provider's reference of the consent or payment. */
export type ReturnIdentity = { state: string } | { reference: string };

/** One open banking provider. What it cannot do is absent. */
export interface OpenBankingProvider {
  readonly id: string;
  /** The company through which data of customers passes, as they know it; absent where Drop asks the banks itself. */
  readonly intermediary?: string;
  readonly ais?: AccountInformation;
  readonly pis?: PaymentInitiation;
  readonly payees?: PayeeVerification;
  /** The hosts, subdomains included, that it sends customers to; absent where it names none. */
  readonly redirectHosts?: readonly string[];
  /** What it must be told of a customer; absent where Drop's opaque id is enough. */
  readonly needsIdentity?: readonly IdentityNeed[];
  /**
   * What only some of its banks must be told: given where Drop knows it. It throws `national_id_required`, `not_sent`,
   * where a bank must be told the number and Drop does not know it.
   */
  readonly mayNeedIdentity?: readonly IdentityNeed[];
  /**
   * Recognises a return of its own customers by the callback's parameters; undefined for a return that is not its own.
   * Absent where the provider sends `state` back, which then identifies the return.
   */
  identifyReturn?(parameters: URLSearchParams): ReturnIdentity | undefined;
  /** Registers what to do when the provider says that a payment changed. */
  onPaymentHint(callback: (hint: PaymentHint) => Promise<void>): void;
  readonly webhooks?: WebhookSource;
}
