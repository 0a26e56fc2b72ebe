import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { LedgerAccount } from '#emulation/bank/ledger.ts';
import { hashOf } from './world.ts';

interface AccountDescription extends Record<string, unknown> {
  uid: string;
  identification_hash: string;
  identification_hashes: string[];
}

/** As OpenAPI's `AccountResource`: `name` is the holder, `details` what the account is called. */
export function describeAccount(uid: string, account: LedgerAccount): AccountDescription {
  const iban = ibanFromAccountNumber(account.accountNumber);
  const hash = hashOf('identification', account.bank.name, account.accountNumber);
  const credit = { currency: 'NOK', amount: decimal(account.creditLimitOere) };
  return {
    uid,
    account_id: { iban, other: null },
    all_account_ids: [
      { identification: iban, scheme_name: 'IBAN', issuer: null },
      { identification: account.accountNumber, scheme_name: 'BBAN', issuer: null },
    ],
    account_servicer: { bic_fi: account.bank.bic, name: account.bank.name },
    name: account.holder,
    details: account.name,
    usage: 'PRIV',
    cash_account_type: 'CACC',
    product: null,
    currency: 'NOK',
    credit_limit: account.creditLimitOere > 0 ? credit : null,
    identification_hash: hash,
    identification_hashes: [hash],
  };
}

export const decimal = (amount: number): string => moneyToDecimal({ amount, currency: 'NOK' });
