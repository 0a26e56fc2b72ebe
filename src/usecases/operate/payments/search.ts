import { maskAccountNumber } from '#domain/banking/account-number.ts';
import { DropError } from '#domain/errors.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import {
  findPaymentRow,
  searchPaymentRows,
  type PaymentRow,
  type PaymentSearchFilters,
} from '#store/payment-search.ts';
import type { OperatorContext } from '../context.ts';

/** A payment without names and texts, and with masked account numbers. */
export interface ListedPayment {
  id: string;
  /** What the customer reads aloud. */
  shortReference: string;
  status: PaymentStatus;
  isContradicted: boolean;
  provider: string;
  bankId: string;
  bankName: string;
  /** The provider's id of the payment. */
  reference: string | null;
  userId: string;
  amount: number;
  currency: string;
  debtorAccount: string;
  creditorAccount: string;
  createdAt: Date;
  /** When the bank was last asked about it. */
  askedAt: Date | null;
  /** When the bank is asked next; null when there is nothing to ask. */
  dueAt: Date | null;
}

export interface ListedPayments {
  entries: ListedPayment[];
  /** The payment after which the next page begins; undefined on the last page. */
  nextAfter: string | undefined;
}

/**
 * The payments of all customers that match, the newest first.
 *
 * @throws {DropError} `not_found` when there is no payment with the id of `after`.
 */
export async function searchPayments(
  { store }: OperatorContext,
  filters: PaymentSearchFilters,
  limit: number,
): Promise<ListedPayments> {
  const { after } = filters;
  if (after !== undefined && !(await findPaymentRow(store.database, after)))
    throw new DropError('not_found', { message: `There is no payment ${after}, which --after names.` });
  const found = await searchPaymentRows(store.database, filters, limit + 1);
  const entries = found.slice(0, limit).map(listed);
  return { entries, nextAfter: found.length > limit ? entries.at(-1)?.id : undefined };
}

export function listed(row: PaymentRow): ListedPayment {
  return {
    id: row.id,
    shortReference: shortReferenceOf(row.id),
    status: row.status,
    isContradicted: row.contradicted_at !== null,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    reference: row.payment_id,
    userId: row.user_id,
    amount: row.amount,
    currency: row.currency,
    debtorAccount: maskAccountNumber(row.debtor_account_number),
    creditorAccount: maskAccountNumber(row.creditor_account_number),
    createdAt: row.created_at,
    askedAt: row.asked_at,
    dueAt: row.due_at,
  };
}
