import { accountNumberFromIban, isAccountNumber } from '#domain/banking/account-number.ts';
import { currencyOf } from '#domain/banking/currency.ts';
import { noStep, type NextStep } from '#domain/banking/next-step.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { OrderReading } from '#domain/payment/order.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import { shownName } from '#domain/shown-text.ts';
import { orderedAccountNumber } from '#services/open-banking/ordered-account.ts';
import type {
  Bank,
  ConsentedAccount,
  PaymentReport,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { normalExecution } from '#domain/payment/execution.ts';
import { isOwnReference, isProduct, paymentRulesOf, productOf } from './payment-body.ts';
import type {
  PaymentStatusWord,
  WireAccount,
  WireBank,
  WireCreatedPayment,
  WireLinks,
  WireOrder,
  WirePayment,
} from './wire.ts';

/** "The validity period is normally 90 days" ("Consent, Authorization, and SCA"). */
export const consentSeconds = 90 * 86_400;

export function toBank(bank: WireBank): Bank {
  const services = bank.supportedServices ?? [];
  const pays = services.includes(productOf(normalExecution));
  return {
    id: bank.id,
    name: shownName(bank.bankDisplayName) ?? bank.id,
    bic: bank.bic ?? undefined,
    maximumConsentValiditySeconds: consentSeconds,
    readsBalances: services.includes('accounts'),
    paymentBankId: pays ? bank.id : undefined,
    paymentRules: pays ? paymentRulesOf(bank) : undefined,
  };
}

/** Undefined for an account that the next consent could not recognise: it has no Norwegian number. */
export function toAccount(account: WireAccount): ConsentedAccount | undefined {
  const accountNumber = accountNumberOf(account);
  if (accountNumber === undefined) return undefined;
  return {
    reference: account.id,
    identity: undefined,
    accountNumber,
    name: shownName(account.displayName) ?? shownName(account.accountName),
    ownerName: shownName(account.ownerName),
    currency: onlyCurrencyOf(account),
  };
}

/** An account has no currency of its own on the wire; its balances have one each. */
function onlyCurrencyOf({ balances }: WireAccount): string | undefined {
  const [currency, ...others] = new Set((balances ?? []).map((balance) => balance.currency));
  return others.length === 0 && currency !== undefined ? currencyOf(currency) : undefined;
}

/** The IBAN comes first, as it does at Neonomics. */
function accountNumberOf({ iban, bban }: WireAccount): string | undefined {
  const ofIban = accountNumberFromIban((iban ?? '').replaceAll(' ', ''));
  if (ofIban !== undefined) return ofIban;
  const plain = (bban ?? '').replaceAll(/[ .]/g, '');
  return isAccountNumber(plain) ? plain : undefined;
}

/** The bank's page; none where the answer names none. */
export function toPage({ links }: Pick<WireLinks, 'links'>): NextStep {
  const [first] = links;
  return first === undefined ? noStep : { kind: 'redirect', url: first.href, expiresAt: undefined };
}

/** A payment that waits for the customer's step; the answer holds no order. */
export function toWaitingPayment(reference: string, wireStatus: string, next: NextStep): SteppedPayment {
  const waiting = { status: 'awaiting_authorisation', order: { kind: 'not_promised' } } as const;
  return { ...unexplained, ...waiting, creditorCredited: false, reference, wireStatus, next };
}

/** The answer to an initiation or a completion, which names id and status only. */
export function toCreatedPayment({ paymentId, status }: WireCreatedPayment): SteppedPayment {
  const report = { reference: paymentId, ...statusOf(status), order: { kind: 'not_promised' } } as const;
  return { ...unexplained, ...report, next: noStep };
}

export function toPaymentReport(payment: WirePayment): PaymentReport {
  return {
    ...unexplained,
    reference: payment.paymentId,
    ...statusOf(payment.status),
    order: payment.order === null ? { kind: 'unreadable' } : toOrder(payment.order),
  };
}

/** Neonomics does not say why a payment was rejected. */
const unexplained = { reason: undefined, reasonCode: undefined } as const;

function statusOf({
  word,
  wire,
}: WirePayment['status']): Pick<PaymentReport, 'status' | 'wireStatus' | 'creditorCredited'> {
  return { status: toStatus(word), wireStatus: wire, creditorCredited: word === 'ACCC' };
}

/**
 * `NONTRACKABLE` is an outcome that is never learned, and `PDNG` does not say before or after the approval. Both move
 * nothing, as does a word that is not known.
 */
function toStatus(word: PaymentStatusWord): ReportedStatus {
  switch (word) {
    case 'RCVD':
    case 'PATC':
    case 'NAUT':
      return 'awaiting_authorisation';
    case 'ACTC':
    case 'ACCP':
    case 'ACFC':
    case 'ACWC':
      return 'authorised';
    case 'ACSP':
    case 'ACWP':
    case 'PRSY':
      return 'processing';
    case 'ACSC':
    case 'ACCC':
      return 'settled';
    case 'RJCT':
      return 'rejected';
    case 'CANC':
      return 'cancelled';
    case 'PDNG':
    case 'NONTRACKABLE':
    case 'unknown':
      return 'unknown';
  }
}

/** Undefined where the answer names no kind that is known. */
function isInstant({ type }: WireOrder): boolean | undefined {
  return isProduct(type ?? undefined) ? type === 'instant-domestic-transfer' : undefined;
}

/** Amount and creditor are promised; the end-to-end identification is not given back. */
function toOrder(order: WireOrder): OrderReading {
  const { instrumentedAmount, currency, creditorAccount, debtorAccount } = order;
  const creditorAccountNumber = orderedAccountNumber(creditorAccount);
  if (creditorAccountNumber === undefined) return { kind: 'unreadable' };
  const text = order.remittanceInformationUnstructured ?? undefined;
  return {
    kind: 'read',
    order: {
      money: moneyFromDecimal(instrumentedAmount, currency),
      creditorAccountNumber,
      debtorAccountNumber: orderedAccountNumber(debtorAccount ?? {}),
      kid: order.remittanceInformationStructured?.reference ?? undefined,
      text: text === undefined || isOwnReference(text) ? undefined : text,
      executionDate: order.requestedExecutionDate ?? undefined,
      isInstant: isInstant(order),
    },
  };
}
