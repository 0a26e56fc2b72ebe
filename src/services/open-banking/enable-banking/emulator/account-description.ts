import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { LedgerAccount } from '#emulation/bank/ledger.ts';
import { hashOf } from './world.ts';

interface AccountDescription extends Record<string, unknown> {
  uid: string;
  identification_hash: string;
  identification_hashes: string[];
}

/** OpenAPI, `CashAccountType`. */
const accountTypes = { current: 'CACC', savings: 'SVGS', card: 'CARD' } as const satisfies Record<
  LedgerAccount['kind'],
  string
>;

/** As OpenAPI's `AccountResource`: `name` is the holder, `details` what the account is called. */
export function describeAccount(uid: string, account: LedgerAccount): AccountDescription {
  const { bank, currency, creditLimitOere } = account;
  const hash = hashOf('identification', bank.name, account.accountNumber);
  return {
    uid,
    ...identificationsOf(account),
    account_servicer: { bic_fi: bank.bic, name: bank.name },
    name: account.holder,
    details: account.name,
    usage: 'PRIV',
    cash_account_type: accountTypes[account.kind],
    product: null,
    currency,
    credit_limit: creditLimitOere > 0 ? { currency, amount: decimal(creditLimitOere) } : null,
    identification_hash: hash,
    identification_hashes: [hash],
  };
}

/** A card account has no number but that of its card, of which a bank shows the last four digits (`CPAN`). */
export function identificationsOf({ kind, accountNumber }: LedgerAccount): {
  account_id: unknown;
  all_account_ids: unknown[];
} {
  if (kind === 'card') {
    const card = {
      identification: `************${accountNumber.slice(-4)}`,
      scheme_name: 'CPAN',
      issuer: null,
    };
    return { account_id: { iban: null, other: card }, all_account_ids: [card] };
  }
  const iban = ibanFromAccountNumber(accountNumber);
  return {
    account_id: { iban, other: null },
    all_account_ids: [
      { identification: iban, scheme_name: 'IBAN', issuer: null },
      { identification: accountNumber, scheme_name: 'BBAN', issuer: null },
    ],
  };
}

export const decimal = (amount: number): string => moneyToDecimal({ amount, currency: 'NOK' });
