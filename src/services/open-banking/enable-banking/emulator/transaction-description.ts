import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import type { LedgerAccount } from '#emulation/bank/ledger.ts';
import type { StatementEntry } from '#emulation/bank/statement.ts';
import { decimal, identificationsOf } from './account-description.ts';

/** As OpenAPI's `Transaction`. */
export function describeTransaction(entry: StatementEntry, account: LedgerAccount): Record<string, unknown> {
  const { reference, amountOere, status, day, kid, text } = entry;
  const isDebit = amountOere < 0;
  const isBooked = status === 'booked';
  const own = { name: account.holder };
  const other = { name: entry.counterparty };
  const ownAccount = identificationsOf(account).account_id;
  const otherAccount = accountOf(entry.counterpartyAccountNumber);
  return {
    entry_reference: reference,
    transaction_amount: { currency: account.currency, amount: decimal(Math.abs(amountOere)) },
    credit_debit_indicator: isDebit ? 'DBIT' : 'CRDT',
    status: isBooked ? 'BOOK' : 'PDNG',
    // What is pending has no booking date yet.
    booking_date: isBooked ? day : null,
    value_date: isBooked ? day : null,
    transaction_date: day,
    debtor: isDebit ? own : other,
    debtor_account: isDebit ? ownAccount : otherAccount,
    creditor: isDebit ? other : own,
    creditor_account: isDebit ? otherAccount : ownAccount,
    reference_number: kid ?? null,
    reference_number_schema: kid === undefined ? null : 'NORF',
    remittance_information: [kid ?? text].filter((line) => line !== undefined),
    bank_transaction_code: { description: isDebit ? 'Betaling' : 'Innbetaling', code: null, sub_code: null },
    transaction_id: reference,
  };
}

function accountOf(accountNumber: string | undefined): Record<string, unknown> | null {
  return accountNumber === undefined ? null : { iban: ibanFromAccountNumber(accountNumber), other: null };
}
