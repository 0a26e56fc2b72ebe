import { moneyFromDecimal } from '#domain/money.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import { orderedAccountNumber } from '#services/open-banking/ordered-account.ts';
import { given } from './map.ts';
import type { WireTransaction } from './wire.ts';

/** A negative amount leaves the account (OpenAPI 1.3.11, `transactions`). */
export function toTransaction(transaction: WireTransaction, isBooked: boolean): AccountTransaction {
  const { transactionId, entryReference, bookingDate, valueDate, transactionAmount } = transaction;
  const { amount, currency } = transactionAmount;
  const isDebit = amount.startsWith('-');
  const other = isDebit ? transaction.creditorAccount : transaction.debtorAccount;
  return {
    reference: given(entryReference) ?? given(transactionId),
    isDebit,
    isBooked,
    day: bookingDate ?? valueDate ?? undefined,
    money: moneyFromDecimal(amount.replace('-', ''), currency),
    counterpartyAccountNumber: other ? orderedAccountNumber(other) : undefined,
    kid: given(transaction.remittanceInformationStructured?.reference),
    endToEndId: given(transaction.endToEndId),
  };
}
