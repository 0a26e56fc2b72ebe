import { createHash } from 'node:crypto';
import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { assert, DropError, type ErrorCode } from '#domain/errors.ts';
import { assertTaken } from '#domain/banking/order-fault.ts';
import { isPlausibleKid, normaliseKid } from '#domain/banking/kid.ts';
import type { Locale } from '#domain/locale.ts';
import { isPayable, type Money } from '#domain/money.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { Execution } from '#domain/payment/execution.ts';
import { initiationMsMax } from '#domain/payment/reconciliation.ts';
import { orderHash, type PaymentOrder, type RemittanceInformation } from '#domain/payment/order.ts';
import { concerning, concerns } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import type { BankAccount } from '#store/bank-accounts.ts';
import type { Database } from '#store/database.ts';
import { sha256 } from '#store/hash.ts';
import { deleteDraft } from '#store/payment-drafts.ts';
import {
  claimInitiation,
  findPayment,
  insertPayment,
  isSendable,
  type NewPayment,
  type Payment,
} from '#store/payments.ts';
import { lockUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { answerOfAnother } from './answer-of-another.ts';
import { handOver, type HandOver } from './hand-over.ts';
import { presentRules } from './present-rules.ts';
import { noteMove } from './report.ts';
import { refuseAboveOwnLimits } from './own-limits.ts';
import { refuseUnmeantRepeat } from './repeat.ts';
import { assertVerified } from '../kyc/guard.ts';
import { refreshBalanceOf, usableAccount } from '../banking/refresh-balance.ts';
import { identityFor, type CustomerIdentity } from '../sign-in/customer-identity.ts';

/** A payment as the customer filled it in. */
export interface PaymentForm {
  accountId: string;
  amount: Money;
  creditor: { name: string; accountNumber: string };
  kid: string | undefined;
  text: string | undefined;
  /** Whether it is to be instant; absent where it is not. */
  isInstant?: true | undefined;
  /** The day on which the bank is to act, `YYYY-MM-DD`; absent for as soon as it can. */
  executionDate?: string | undefined;
}

export interface PaymentCircumstances {
  /** One per filled form; the same key with the same form is the same payment. */
  idempotencyKey: string;
  access: AttendedAccess;
  locale: Locale;
  customer?: CustomerIdentity;
  /** Whether the customer knows that a payment like this one was made a moment ago, and wants this one as well. */
  acceptsRepeat?: boolean;
}

export interface PayRequest {
  form: PaymentForm;
  circumstances: PaymentCircumstances;
}

/**
 * Pays: refreshes the balance, stores the payment, hands it to the bank. The order is sent at most once, unless it
 * certainly did not arrive: then a request with the same key sends it again, under the same end-to-end identification.
 *
 * Resolves with the payment as it then is: `unknown` when the bank's answer was lost and it is not known whether the
 * bank has the order.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `payment_…`, `consent_…`, `account_unknown`,
 * `idempotency_key_reused`, `payment_repeated`, `national_id_required`, `bank_unavailable`, `bank_rate_limited`. After
 * each of them nothing has left the account, but for `payment_in_progress`: another request is handing it over.
 */
export async function pay(context: UseCaseContext, user: User, request: PayRequest): Promise<Payment> {
  assertVerified(user);
  return onBehalfOf(user.id, () => payOnce(context, user, request));
}

async function payOnce(context: UseCaseContext, user: User, request: PayRequest): Promise<Payment> {
  const { form, circumstances } = request;
  const before = await earlier(context, user, request);
  const kept = () => keptUnderKey(context, user, request);
  if (before && !isSendable(before)) return answerOfAnother(context, kept);
  const account = await usableAccount(context, user, form.accountId);
  const order = before?.order ?? orderOf(form, account);
  await assertExecutable(context, account, order);
  const { customer = { name: user.name } } = circumstances;
  const identity = identityFor(
    context.services.openBanking.pinned(before?.provider ?? account.provider),
    customer,
  );
  await assertFunds(context, user, { account, order, access: circumstances.access });
  const payment = before ?? (await writeDown(context, user, { request, account, order }));
  concerns({ paymentId: payment.id });
  await handOverOnce(context, payment, { ...circumstances, identity, isAgain: before !== undefined });
  return answerOfAnother(context, kept);
}

async function keptUnderKey(context: UseCaseContext, user: User, request: PayRequest): Promise<Payment> {
  const payment = await earlier(context, user, request);
  assert(payment, 'a payment that was written is there');
  return payment;
}

/** The payment of that idempotency key; a different form under the same key is refused. */
async function earlier(
  context: UseCaseContext,
  user: User,
  { form, circumstances }: PayRequest,
): Promise<Payment | undefined> {
  const key = { userId: user.id, idempotencyKey: circumstances.idempotencyKey };
  const payment = await findPayment(context.store.database, key);
  return payment && asFilledIn(payment, form);
}

function asFilledIn(payment: Payment, form: PaymentForm): Payment {
  if (payment.requestHash.equals(hashOf(form))) return payment;
  throw new DropError('idempotency_key_reused', {
    message: 'the key belongs to another payment of this customer',
  });
}

/** Stores the payment before the bank is asked. */
async function writeDown(
  context: UseCaseContext,
  user: User,
  written: { request: PayRequest; account: BankAccount; order: PaymentOrder },
): Promise<Payment> {
  const { request, account, order } = written;
  const at = context.clock.now();
  return insertOnce(context, request, {
    id: context.entropy.uuid(),
    userId: user.id,
    accountId: account.id,
    provider: account.provider,
    bankId: paymentBankOf(account),
    bankName: account.bankName,
    order,
    orderHash: orderHash(order),
    stateHash: sha256(context.entropy.token()),
    idempotencyKey: request.circumstances.idempotencyKey,
    requestHash: hashOf(request.form),
    traceparent: context.tracing.current(),
    at,
    dueAt: new Date(at.getTime() + initiationMsMax),
    salt: context.entropy.token(),
  });
}

/**
 * The customer's payments are written one after the other, so that two requests at the same moment do not both look
 * like the first. What was a draft until now is a payment. Returns that of a concurrent request where it came first.
 */
async function insertOnce(
  { store }: UseCaseContext,
  { form, circumstances }: PayRequest,
  payment: NewPayment,
): Promise<Payment> {
  return store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, payment.userId);
    const { userId, idempotencyKey } = payment;
    const before = await findPayment(transaction, { userId, idempotencyKey });
    if (before) return asFilledIn(before, form);
    if (circumstances.acceptsRepeat !== true) await refuseUnmeantRepeat(transaction, payment);
    await refuseAboveOwnLimits(transaction, payment);
    await insertPayment(transaction, payment);
    await deleteDraft(transaction, userId);
    const written = await findPayment(transaction, { id: payment.id });
    assert(written, 'a payment that was written is there');
    return written;
  });
}

/** The bank's id for payments, which the provider may keep apart from that for accounts. */
function paymentBankOf({ paymentBankId, provider }: BankAccount): string {
  if (paymentBankId !== undefined) return paymentBankId;
  const message = `${provider} initiates no payments at the bank`;
  throw new DropError('payment_refused_by_bank', { message, outcome: 'not_sent' });
}

/** Of all concurrent requests with one key, exactly one hands the payment over. */
async function handOverOnce(
  context: UseCaseContext,
  payment: Payment,
  {
    access,
    locale,
    identity,
    acceptsRepeat = false,
    isAgain,
  }: PaymentCircumstances & Pick<HandOver, 'identity'> & { isAgain: boolean },
): Promise<void> {
  const state = context.entropy.token();
  const at = context.clock.now();
  const claim = { stateHash: sha256(state), at, dueAt: new Date(at.getTime() + initiationMsMax) };
  const { database } = context.store;
  const isClaimed = isAgain
    ? await claimAgain(database, payment, { claim, acceptsRepeat })
    : await claimInitiation(database, payment.id, claim);
  if (!isClaimed) return;
  const claimed = { ...payment, status: 'initiating', initiatedAt: at } as const;
  const { id: paymentId, userId, status: from } = payment;
  noteMove(context, payment, { userId, from, to: 'initiating', evidence: 'initiation' });
  await concerning({ paymentId }, () =>
    handOver(context, { payment: claimed, state, access, locale, identity }),
  );
}

/** Since the payment failed, the customer may have made another one in its place, or have reached a limit. */
async function claimAgain(
  database: Database,
  payment: Payment,
  { claim, acceptsRepeat }: { claim: Parameters<typeof claimInitiation>[2]; acceptsRepeat: boolean },
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    await lockUser(transaction, payment.userId);
    const sent = { ...payment, at: claim.at };
    if (!acceptsRepeat) await refuseUnmeantRepeat(transaction, sent);
    await refuseAboveOwnLimits(transaction, sent);
    return claimInitiation(transaction, payment.id, claim);
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
    execution: executionOf(form),
  };
}

function executionOf({ isInstant, executionDate }: PaymentForm): Execution {
  if (executionDate === undefined) return { kind: isInstant === true ? 'instant' : 'normal' };
  if (isInstant !== true) return { kind: 'on', date: executionDate };
  const fields = [{ field: 'executionDate', message: 'execution_date_with_instant' }];
  throw new DropError('invalid_request', { message: 'an instant payment has no day', fields });
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

/** A normal order is judged by the provider's client alone; any other must be one that the client knows how to send. */
async function assertExecutable(
  context: UseCaseContext,
  account: BankAccount,
  order: PaymentOrder,
): Promise<void> {
  if (order.execution.kind === 'normal') return;
  const rules = await presentRules(context, account);
  assertTaken(order, { rules, today: osloDay(context.clock.now()) });
}

/**
 * The bank decides in the end, but an order above the known balance is not sent, unless it is for a later day: the bank
 * looks at the balance on that day. The reading also checks, after the
 * bank's answer, that the customer is still verified.
 */
async function assertFunds(
  context: UseCaseContext,
  user: User,
  { account, order, access }: { account: BankAccount; order: PaymentOrder; access: AttendedAccess },
): Promise<void> {
  const { balance } = await refreshBalanceOf(context, user, { account, access });
  if (balance === undefined || balance.currency !== order.money.currency) return;
  if (order.execution.kind === 'on') return;
  if (balance.amount < order.money.amount) throw invalid('payment_insufficient_funds', 'amount');
}

function hashOf(form: PaymentForm): Buffer {
  return createHash('sha256').update(JSON.stringify(form)).digest();
}
