import { expect } from 'vitest';
import type { BookedPayment, PaymentHistory } from '#domain/payment/history.ts';
import { isFinal } from '#domain/payment/status.ts';
import { validateLedger } from '#domain/payment/validate-ledger.ts';
import { openingOere } from './bank-customers.ts';
import { providerIds } from './moved-policies.ts';
import { booked, histories } from './paid-ledger.ts';
import type { CustomerOrder, PayingCustomer } from './paying-customer.ts';
import type { BanksBooks } from './stage.ts';
import type { TroubledStage } from './troubles.ts';

const shownMax = 5;
/** No run lasts a day, so that no payment without an answer may be given up. */
const quarantinesMs = new Map(providerIds.map((id): [string, number] => [id, 86_400_000]));
const rules = { quarantinesMs };

/** Drop's ledger and the banks' books at one moment. */
export interface Ledgers {
  payments: PaymentHistory[];
  books: BanksBooks;
  atBanks: BookedPayment[];
}

export async function readLedgers({
  store,
  banks,
}: Pick<TroubledStage, 'store' | 'banks'>): Promise<Ledgers> {
  const payments = await histories(store.database);
  const books = await banks.books();
  return { payments, books, atBanks: booked(books) };
}

/** The ids of the payments that the bank or Drop still moves. */
export function underWay({ payments, atBanks }: Ledgers): string[] {
  const states = new Map(atBanks.map(({ paymentId, state }) => [paymentId, state]));
  return payments.filter((payment) => !isAtRest(payment, states.get(payment.id))).map(({ id }) => id);
}

/** Final; or waiting for a customer who has left; or without an answer that could be had. */
function isAtRest(
  { status, isContradicted }: PaymentHistory,
  state: BookedPayment['state'] | undefined,
): boolean {
  if (isFinal(status) && !isContradicted) return state !== 'under_way' || status !== 'settled';
  if (status === 'unknown') return state === undefined || state === 'waiting' || state === 'ended';
  return status === 'awaiting_authorisation' && state === 'waiting';
}

/**
 * Drop's ledger equals the banks' books, by the validator that also judges the audit trail, and each account has what
 * its payments have left.
 */
export function expectEqual(ledgers: Ledgers, orders: readonly CustomerOrder[]): void {
  const { payments, books, atBanks } = ledgers;
  const findings = validateLedger({ payments, books: atBanks, rules }, { isOver: false });
  if (findings.length > 0) {
    const shown = findings.slice(0, shownMax).map((finding) => {
      const timeline = timelineOf(finding.payment, ledgers, orders);
      return `${JSON.stringify(finding)}\n${timeline}`;
    });
    throw new RangeError(`${findings.length} findings\n${shown.join('\n')}`);
  }
  const failed = new Set(payments.filter(({ status }) => status === 'failed').map(({ id }) => id));
  expect(atBanks.filter(({ paymentId = '' }) => failed.has(paymentId))).toEqual([]);
  const spentOere = new Map<string, number>();
  for (const { state, order } of atBanks) {
    const account = order.debtorAccountNumber ?? '';
    if (state === 'carried_out') spentOere.set(account, (spentOere.get(account) ?? 0) + order.money.amount);
  }
  const wrong = books.accounts.filter(
    ({ accountNumber, bookedOere, reservedOere }) =>
      reservedOere !== 0 || bookedOere !== openingOere - (spentOere.get(accountNumber) ?? 0),
  );
  expect(wrong).toEqual([]);
}

/** Each order of a customer is one payment of Drop's, and Drop has no other. */
export function expectAsOrdered({ payments }: Ledgers, customers: readonly PayingCustomer[]): void {
  const held = new Map(payments.map((payment) => [`${payment.userId} ${payment.idempotencyKey}`, payment]));
  for (const { userId, orders } of customers) {
    for (const { key, ids, plan, did } of orders) {
      const payment = held.get(`${userId} ${key}`);
      held.delete(`${userId} ${key}`);
      const seen = payment ? [payment.id] : [];
      expect({ did, ids: [...ids] }).toEqual({ did, ids: ids.size > 0 ? seen : [] });
      if (payment) expect(payment.order.money.amount).toBe(plan.amountOere);
    }
  }
  expect([...held.keys()]).toEqual([]);
}

/** Each mail that a payment wanted has arrived at the customer's address, whenever under its one Message-ID. */
export async function expectMailed({ store, receivers }: TroubledStage): Promise<number> {
  const rows = await store.database
    .selectFrom('outbox')
    .innerJoin('email_addresses', 'email_addresses.user_id', 'outbox.user_id')
    .select(['outbox.id', 'outbox.status', 'email_addresses.address'])
    .where('channel', '=', 'mail')
    .where('code', 'like', 'payment_%')
    .execute();
  const arrived = new Map<string, Set<string>>();
  for (const { to, messageId } of receivers.mails) {
    const id = messageId.replace(/^<|@.*$/g, '');
    arrived.set(id, (arrived.get(id) ?? new Set()).add(to));
  }
  const missing = rows.filter(
    ({ id, status, address }) => status !== 'delivered' || [...(arrived.get(id) ?? [])].join(' ') !== address,
  );
  expect(missing).toEqual([]);
  return rows.length;
}

/** All that is known of a payment, for the message of a failure. */
export function timelineOf(
  id: string,
  { payments, books }: Ledgers,
  orders: readonly CustomerOrder[],
): string {
  const payment = payments.find((each) => each.id === id);
  const amountOere = payment?.order.money.amount;
  const order = orders.find(({ plan }) => plan.amountOere === amountOere);
  const lines = (payment?.events ?? []).map(
    ({ at, status, evidence, outcome, wireStatus = '-' }) =>
      `  ${at.toISOString()} ${outcome} ${status} by ${evidence}, bank's word ${wireStatus}`,
  );
  const atBank = books.payments.filter((each) => each.amountOere === amountOere || each.id === id);
  return [
    `  ${payment?.provider} ${payment?.status} ${payment?.reference}; told: ${payment?.told?.join(', ')}`,
    ...lines,
    ...atBank.map(
      ({ provider, id: reference, status }) => `  at the bank: ${provider} ${reference} ${status}`,
    ),
    `  the customer: ${JSON.stringify(order?.plan)} ${order?.did.join('; ')}`,
  ].join('\n');
}
