import type { Account } from '#http/contract/accounts.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { BalanceAge } from '../accounts/balance-age.tsx';
import { BankMark } from '../banks/bank-mark.tsx';
import { useHomeTexts } from '../texts/home-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { totalOf } from './bank-balances.ts';

interface BankCardProps {
  bankName: string;
  accounts: Account[];
  /** The only bank's sum is the one above all banks. */
  isOnly: boolean;
}

/** A bank with its accounts, and their sum where it says something true. */
export function BankCard({ bankName, accounts, isOnly }: BankCardProps) {
  const { balances: texts } = useHomeTexts();
  const format = useFormat();
  const total = isOnly ? undefined : totalOf(accounts);
  return (
    <section className="surface bank-card" data-testid="bank">
      <div className="bank-card-head">
        <h3 className="bank-title">
          <BankMark name={bankName} />
          <span>{bankName}</span>
        </h3>
        {total && (
          <p className="bank-card-total">
            <span>{texts.bankTotal}</span>{' '}
            <span className="amount">
              <Figures>{format.money(total.money)}</Figures>
            </span>
          </p>
        )}
      </div>
      <ul role="list">
        {accounts.map((account) => (
          <li key={account.id} className="bank-account" data-testid="account">
            <AccountRow account={account} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AccountRow({ account }: { account: Account }) {
  const { accounts: texts } = useTexts();
  const format = useFormat();
  const { name, accountNumber, balance, balanceKind, isPaidSince } = account;
  return (
    <>
      <span className="bank-account-names">
        <span className="bank-account-name" {...(name === null ? {} : { lang: 'nb' })}>
          {name ?? texts.unnamed}
        </span>
        <span className="number bank-account-small">
          {accountNumber ? formatAccountNumber(accountNumber) : texts.noNumber}
        </span>
        {isPaidSince && <BalanceAge {...account} />}
      </span>
      <span className="bank-account-balance">
        {balance ? (
          <>
            <span className="amount bank-account-amount">
              <Figures>{format.money(balance)}</Figures>
            </span>
            <span className="bank-account-small">
              {balanceKind ? texts.balanceKind[balanceKind] : texts.balance}
            </span>
          </>
        ) : (
          <span className="bank-account-small">{texts.noBalance}</span>
        )}
      </span>
    </>
  );
}
