import type { Money } from '../money.ts';
import { differencesOf, type PaymentOrder, type ReportedOrder } from './order.ts';
import { paymentIdOf } from './end-to-end-id.ts';
import type { ReportedStatus } from './status.ts';

/** A transaction of an account, as far as a payment can be recognised by it: no names, and no texts. */
export interface AccountTransaction {
  /** The bank's reference of the transaction. */
  reference: string | undefined;
  /** Whether money leaves the account. */
  isDebit: boolean;
  /** Whether it is booked; otherwise the bank has only reserved the money. */
  isBooked: boolean;
  /** `YYYY-MM-DD`. */
  day: string | undefined;
  /** Not negative. */
  money: Money;
  /** Of the other party; undefined where the bank leaves it out. */
  counterpartyAccountNumber: string | undefined;
  kid: string | undefined;
  /** As the ordering party gave it (ISO 20022, at most 35 characters). */
  endToEndId: string | undefined;
}

/**
 * A transaction that may belong to a payment and proves nothing:
 *
 * - `own_id`: it carries the payment's end-to-end identification, but not what is needed to compare the order
 * - `returned`: it carries that identification, and money came back
 * - `alike`: amount and payee are those of the order; the customer may have paid the same in another way
 */
export interface TransactionHint {
  kind: 'own_id' | 'returned' | 'alike';
  reference: string | undefined;
  day: string | undefined;
  isBooked: boolean;
}

/** A transaction that carries the end-to-end identification of the payment. */
export interface StatementProof {
  order: ReportedOrder;
  isBooked: boolean;
  /** `YYYY-MM-DD`. */
  day: string | undefined;
  /** Whether several booked transactions carry the identification: the order may have been carried out twice. */
  isRepeated: boolean;
}

/** The result of a search for a payment in the transactions of its account. That nothing was found proves nothing. */
export interface StatementFinding {
  proof: StatementProof | undefined;
  hints: readonly TransactionHint[];
}

/**
 * Searches the transactions of the debtor's account for a payment. Only the end-to-end identification proves that a
 * transaction is the payment; the order that the transaction shows is still to be compared. Where money came back under
 * the same identification, nothing is proved. Pure.
 */
export function searchStatement(
  payment: PaymentOrder & { id: string },
  transactions: readonly AccountTransaction[],
): StatementFinding {
  const own = transactions.filter((each) => isOwn(each, payment));
  const returned = own.filter(({ isDebit }) => !isDebit);
  const debits = own.filter(({ isDebit }) => isDebit);
  const proofs = debits.flatMap((each) => orderIn(each, debits) ?? []);
  const unreadable = debits.filter(
    ({ counterpartyAccountNumber }) => counterpartyAccountNumber === undefined,
  );
  const hints = [
    ...unreadable.map((each) => hintOf('own_id', each)),
    ...returned.map((each) => hintOf('returned', each)),
    ...transactions.filter((each) => isAlike(each, payment)).map((each) => hintOf('alike', each)),
  ];
  return { proof: returned.length > 0 ? undefined : strongest(payment, proofs), hints };
}

/** The status that a transaction proves: a booked debit is what ISO 20022 calls `ACSC`, debtor's account settled. */
export function provenStatus(isBooked: boolean, settledStatuses: readonly string[]): ReportedStatus {
  return isBooked && settledStatuses.includes('ACSC') ? 'settled' : 'processing';
}

function isOwn({ endToEndId }: AccountTransaction, { id }: { id: string }): boolean {
  return endToEndId !== undefined && paymentIdOf(endToEndId) === id;
}

/** Without the payee's account there is nothing to compare. */
function orderIn(
  { isBooked, day, money, counterpartyAccountNumber, kid, endToEndId }: AccountTransaction,
  debits: readonly AccountTransaction[],
): StatementProof | undefined {
  if (counterpartyAccountNumber === undefined) return undefined;
  const isRepeated = debits.filter((each) => each.isBooked).length > 1;
  const order = { money, creditorAccountNumber: counterpartyAccountNumber, kid, endToEndId };
  return { order, isBooked, day, isRepeated };
}

/** One that shows another order comes first, so that it is noticed; then one that is booked. */
function strongest(
  payment: PaymentOrder & { id: string },
  proofs: readonly StatementProof[],
): StatementProof | undefined {
  const differs = ({ order }: StatementProof): boolean =>
    differencesOf(payment, { kind: 'read', order }).length > 0;
  return proofs.find(differs) ?? proofs.find(({ isBooked }) => isBooked) ?? proofs[0];
}

/** One with the identification of another payment of Drop's is not it. */
function isAlike(transaction: AccountTransaction, { money, creditorAccountNumber }: PaymentOrder): boolean {
  const { isDebit, endToEndId, counterpartyAccountNumber = creditorAccountNumber } = transaction;
  if (!isDebit || (endToEndId !== undefined && paymentIdOf(endToEndId) !== undefined)) return false;
  const isSameMoney =
    transaction.money.amount === money.amount && transaction.money.currency === money.currency;
  return isSameMoney && counterpartyAccountNumber === creditorAccountNumber;
}

function hintOf(
  kind: TransactionHint['kind'],
  { reference, day, isBooked }: AccountTransaction,
): TransactionHint {
  return { kind, reference, day, isBooked };
}
