import { createHash, randomUUID } from 'node:crypto';
import { isAccountNumber, normaliseAccountNumber } from '#domain/account-number.ts';
import { assert, DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { isPlausibleKid, normaliseKid } from '#domain/kid.ts';
import type { Locale } from '#domain/locale.ts';
import { isPayable, type Money } from '#domain/money.ts';
import type { PaymentOrder, RemittanceInformation } from '#domain/payment.ts';
import type { AttendedAccess, PaymentInitiation } from '#services/open-banking/service.ts';
import type { BankAccount } from '#store/bank-accounts.ts';
import { sha256 } from '#store/hash.ts';
import { findPayment, insertPayment, type Payment } from '#store/payments.ts';
import { findUser, type User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';
import { applyReport, closePayment } from './follow-payment.ts';
import { assertVerified } from './link-bank.ts';
import { refreshBalance, usableAccount } from './refresh-balance.ts';
import { newToken } from './new-token.ts';

/** A payment as the customer filled it in. */
export interface PaymentForm {
  accountId: string;
  amount: Money;
  creditor: { name: string; accountNumber: string };
  kid: string | undefined;
  text: string | undefined;
}

export interface PaymentCircumstances {
  /** One per filled form; the same key with the same form is the same payment. */
  idempotencyKey: string;
  access: AttendedAccess;
  locale: Locale;
}

/**
 * Pays: refreshes the balance, writes the intent down, hands it to the bank. The order goes out at most once.
 *
 * Resolves with the payment as it is then; `created` when the bank's answer was lost and it is not known whether the
 * bank has it.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `payment_…`, `consent_…`, `account_unknown`,
 * `idempotency_key_reused`, `bank_unavailable`. After each of them nothing has left the account.
 */
export async function pay(
  context: UseCaseContext,
  user: User,
  request: { form: PaymentForm; circumstances: PaymentCircumstances },
): Promise<Payment> {
  assertVerified(user);
  const { form, circumstances } = request;
  const requestHash = hashOf(form);
  const before = await earlier(context, user, circumstances.idempotencyKey);
  if (before) return sameRequest(before, requestHash);
  const account = await usableAccount(context, user, form.accountId);
  const order = orderOf(form, account);
  await assertFunds(context, user, { account, order, access: circumstances.access });
  // The bank took its time with the balance: who lost the right to pay meanwhile does not pay.
  assertVerified((await findUser(context.store.database, user.id)) ?? { ...user, kycStatus: 'none' });
  const state = newToken();
  const id = randomUUID();
  const inserted = await insertPayment(context.store.database, {
    id,
    userId: user.id,
    accountId: account.id,
    provider: account.provider,
    bankId: account.bankId,
    bankName: account.bankName,
    order,
    orderHash: orderHash(order),
    stateHash: sha256(state),
    idempotencyKey: circumstances.idempotencyKey,
    requestHash,
    traceparent: context.tracing.current(),
    at: context.clock.now(),
  });
  if (inserted) await initiate(context, user, { id, account, order, state, circumstances });
  const payment = await earlier(context, user, circumstances.idempotencyKey);
  assert(payment, 'a payment that was written is there');
  return sameRequest(payment, requestHash);
}

async function earlier(
  context: UseCaseContext,
  user: User,
  idempotencyKey: string,
): Promise<Payment | undefined> {
  return findPayment(context.store.database, { userId: user.id, idempotencyKey });
}

function sameRequest(payment: Payment, requestHash: Buffer): Payment {
  if (payment.requestHash.equals(requestHash)) return payment;
  throw new DropError('idempotency_key_reused', {
    message: 'the key belongs to another payment of this customer',
  });
}

function orderOf(form: PaymentForm, account: BankAccount): PaymentOrder {
  const creditorAccountNumber = normaliseAccountNumber(form.creditor.accountNumber);
  if (!isAccountNumber(creditorAccountNumber))
    throw invalid('payment_creditor_account_invalid', 'creditor.accountNumber');
  if (!isPayable(form.amount)) throw invalid('payment_amount_invalid', 'amount');
  const debtorAccountNumber = account.accountNumber;
  if (debtorAccountNumber === undefined)
    throw new DropError('account_unknown', { message: 'no account number' });
  if (debtorAccountNumber === creditorAccountNumber) {
    throw invalid('payment_creditor_account_invalid', 'creditor.accountNumber');
  }
  return {
    money: form.amount,
    debtorAccountNumber,
    creditorName: form.creditor.name.trim(),
    creditorAccountNumber,
    remittance: remittanceOf(form),
  };
}

function remittanceOf(form: PaymentForm): RemittanceInformation {
  const kid = normaliseKid(form.kid ?? '');
  const text = form.text?.trim() ?? '';
  if (kid !== '' && text !== '') throw invalid('payment_kid_invalid', 'kid');
  if (kid !== '') {
    if (!isPlausibleKid(kid)) throw invalid('payment_kid_invalid', 'kid');
    return { kind: 'kid', kid };
  }
  return text === '' ? { kind: 'none' } : { kind: 'text', text };
}

function invalid(code: ErrorCode, field: string): DropError {
  return new DropError(code, { fields: [{ field, message: code }] });
}

/** The bank decides in the end; what is plainly not there is not sent. */
async function assertFunds(
  context: UseCaseContext,
  user: User,
  { account, order, access }: { account: BankAccount; order: PaymentOrder; access: AttendedAccess },
): Promise<void> {
  const { balance } = await refreshBalance(context, user, { accountId: account.id, access });
  if (balance === undefined || balance.currency !== order.money.currency) return;
  if (balance.amount < order.money.amount) throw invalid('payment_insufficient_funds', 'amount');
}

interface Initiation {
  id: string;
  account: BankAccount;
  order: PaymentOrder;
  state: string;
  circumstances: PaymentCircumstances;
}

async function initiate(context: UseCaseContext, user: User, initiation: Initiation): Promise<void> {
  const { id, account, order, state, circumstances } = initiation;
  const provider = context.services.openBanking.pinned(account.provider);
  const request = {
    bankId: account.bankId,
    order,
    paymentId: id,
    state,
    redirectUri: context.bankCallbackUrl,
    webhookUrl: provider.webhooks && `${context.baseUrl}/api/openbanking/webhook/${provider.id}`,
    customerId: user.id,
    locale: circumstances.locale,
  };
  try {
    const report = await initiationOf(context, account).initiatePayment(request, circumstances.access);
    await applyReport(context, id, { report, redirectUrl: report.redirectUrl, evidence: 'initiation' });
  } catch (error) {
    if (!isDropError(error) || error.details.outcome === undefined || error.details.outcome === 'unknown') {
      // The bank may have it: what becomes of it is asked, never tried again.
      context.log('error', 'the outcome of a payment initiation is unknown', { paymentId: id, error });
      return;
    }
    const status = error.details.outcome === 'refused' ? 'rejected' : 'failed';
    await closePayment(context, id, { status, evidence: 'initiation' });
    throw error;
  }
}

function initiationOf(context: UseCaseContext, account: BankAccount): PaymentInitiation {
  const { pis } = context.services.openBanking.pinned(account.provider);
  if (pis) return pis;
  throw new DropError('payment_refused_by_bank', {
    message: `${account.provider} initiates no payments`,
    outcome: 'not_sent',
  });
}

function hashOf(form: PaymentForm): Buffer {
  return createHash('sha256').update(JSON.stringify(form)).digest();
}

/** Binds amount, currency, creditor and remittance together: what the customer approves (RTS Article 5). */
export function orderHash(order: PaymentOrder): Buffer {
  const { money, creditorName, creditorAccountNumber, debtorAccountNumber, remittance } = order;
  const parts = [
    money.amount,
    money.currency,
    debtorAccountNumber,
    creditorAccountNumber,
    creditorName,
    remittance,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
