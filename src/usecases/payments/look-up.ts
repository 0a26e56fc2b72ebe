import type { LookUp } from '#domain/payment/look-up.ts';
import {
  provenStatus,
  searchStatement,
  type StatementProof,
  type TransactionHint,
} from '#domain/payment/statement.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AccountKey, TransactionReading } from '#services/open-banking/service.ts';
import { findAccount, type BankAccount } from '#store/bank-accounts.ts';
import { keepLookUp, knownReferences } from '#store/payment-look-ups.ts';
import type { Payment } from '#store/payments.ts';
import { accountInformation } from '../banking/account-information.ts';
import { accountKeyOf } from '../banking/account-key.ts';
import { spendIfUnattended } from '../banking/unattended-budget.ts';
import type { UseCaseContext } from '../context.ts';
import { presentRules } from './present-rules.ts';
import { applyReport } from './report.ts';

const dayMs = 86_400_000;
/** A bank may date a transaction by its own clock, and a payment of midnight by either day. */
const periodMarginMs = dayMs;
/** Later transactions are not the payment's. */
const periodMsMax = 30 * dayMs;
/** With the payment are kept so many. */
const hintsMax = 10;
const access = { kind: 'unattended' } as const;

/**
 * Looks a payment without the provider's reference up in the transactions of the account that it was to be paid from.
 * One that carries the payment's end-to-end identification is applied as a report; what only resembles the order is
 * kept as a hint for operators. The reading is taken from the account's unattended readings. Never rejects: a look-up
 * that fails is made again at its next time. Returns whether a transaction was found that proves something.
 */
export async function lookUpPayment(context: UseCaseContext, payment: Payment): Promise<boolean> {
  const result = await search(context, payment).catch((error: unknown): LookUp => {
    context.log('info', 'a payment could not be looked up in its account', { paymentId: payment.id, error });
    return { outcome: 'failed', hints: [] };
  });
  const hints = result.hints.slice(0, hintsMax);
  await keepLookUp(context.store.database, payment.id, { ...result, hints }, context.clock.now());
  return result.outcome === 'proven';
}

async function search(context: UseCaseContext, payment: Payment): Promise<LookUp> {
  const { id, userId, accountId, order } = payment;
  const account = await findAccount(context.store.database, {
    id: accountId,
    userId,
    now: context.clock.now(),
  });
  if (account?.consentStatus !== 'active') return { outcome: 'not_covered', hints: [] };
  const ais = accountInformation(context.services.openBanking.pinned(account.provider));
  const { transactions } = ais;
  if (!transactions) return { outcome: 'not_offered', hints: [] };
  const key = accountKeyOf(context, account);
  if (!(await transactions.areCovered(key))) return { outcome: 'not_covered', hints: [] };
  await spendIfUnattended(context, ais, { accountId, key, access });
  const read = await onBehalfOf(userId, () => readPeriod(context, transactions, { key, payment }));
  const { proof, hints } = searchStatement({ ...order, id }, read);
  if (proof !== undefined) {
    await apply(context, payment, { proof, account });
    return { outcome: 'proven', hints };
  }
  if (hints.some(({ kind }) => kind === 'returned')) await denySettled(context, payment);
  const open = await unexplained(context, payment.provider, hints);
  return { outcome: open.length > 0 ? 'hints' : 'nothing', hints: open };
}

/** The hints but for transactions that only resemble the order and are other payments of Drop's. */
async function unexplained(
  { store }: UseCaseContext,
  provider: string,
  hints: readonly TransactionHint[],
): Promise<TransactionHint[]> {
  const alike = hints.flatMap(({ kind, reference }) => (kind === 'alike' && reference) || []);
  const known = await knownReferences(store.database, provider, alike);
  return hints.filter(({ kind, reference = '' }) => kind !== 'alike' || !known.has(reference));
}

async function readPeriod(
  { clock }: UseCaseContext,
  transactions: TransactionReading,
  { key, payment }: { key: AccountKey; payment: Payment },
) {
  const beganMs = (payment.initiatedAt ?? payment.createdAt).getTime();
  const from = osloDay(new Date(beganMs - periodMarginMs));
  const to = osloDay(new Date(Math.min(clock.now().getTime(), beganMs + periodMsMax)));
  return transactions.readTransactions(key, { from, to }, access);
}

const unreported = {
  reference: undefined,
  reason: undefined,
  reasonCode: undefined,
  creditorCredited: false,
} as const;
const evidence = { evidence: 'poll', isRecognised: true } as const;

/** The rules of the bank say which status settles a payment. The transaction's order is compared as any report's. */
async function apply(
  context: UseCaseContext,
  { id }: Payment,
  { proof, account }: { proof: StatementProof; account: BankAccount },
): Promise<void> {
  const { order, isRepeated, day } = proof;
  // A transaction that is to be booked on a day to come is not booked yet.
  const isBooked = proof.isBooked && (day === undefined || day <= osloDay(context.clock.now()));
  const { settledStatuses } = await presentRules(context, account);
  const status = provenStatus(isBooked, settledStatuses);
  const wireStatus = isBooked ? 'BOOK' : 'PDNG';
  const report = { ...unreported, status, wireStatus, order: { kind: 'read', order } } as const;
  await applyReport(context, id, { report, ...evidence, isRepeated });
}

/** A payment that counts as settled although its money came back is one for the operators. */
async function denySettled(context: UseCaseContext, { id, status }: Payment): Promise<void> {
  if (status !== 'settled') return;
  const order = { kind: 'not_promised' } as const;
  const report = { ...unreported, status: 'rejected', wireStatus: 'returned', order } as const;
  await applyReport(context, id, { report, ...evidence });
}
