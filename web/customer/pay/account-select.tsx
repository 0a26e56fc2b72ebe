import { Label, Select, ValidationMessage } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import type { Account } from '#http/contract/accounts.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { BalanceAge } from '../accounts/balance-age.tsx';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { canPayFrom } from './payable-account.ts';

interface AccountSelectProps {
  id: string;
  accounts: Account[];
  value: string;
  error: string | undefined;
  onChange: (accountId: string) => void;
}

/** The accounts that can be paid from, and the chosen one also after its consent has ended. */
export function AccountSelect({ id, accounts, value, error, onChange }: AccountSelectProps) {
  const { pay } = useTexts();
  const chosen = accounts.find((account) => account.id === value);
  const hasEnded = chosen !== undefined && chosen.consentStatus !== 'active';
  const fault = error ?? (hasEnded ? pay.errors.accountEnded : undefined);
  return (
    <div className="ds-field field">
      <Label htmlFor={id}>{pay.from}</Label>
      <Select
        id={id}
        value={value}
        aria-required
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-error` : undefined}
        onChange={({ target }) => onChange(target.value)}
      >
        {!chosen && <option value="">{pay.errors.accountMissing}</option>}
        {accounts
          .filter((account) => account === chosen || canPayFrom(account))
          .map((account) => (
            <AccountOption key={account.id} account={account} />
          ))}
      </Select>
      {fault && <ValidationMessage id={`${id}-error`}>{fault}</ValidationMessage>}
      {hasEnded && (
        <Link to="/banks" className="account-renew">
          {pay.renew}
        </Link>
      )}
      {chosen && !hasEnded && <AccountLine account={chosen} />}
    </div>
  );
}

function AccountOption({ account }: { account: Account }) {
  const { accounts } = useTexts();
  return (
    <option value={account.id}>
      {account.name ?? accounts.unnamed}, {account.bankName}
    </option>
  );
}

function AccountLine({ account }: { account: Account }) {
  const { pay } = useTexts();
  const format = useFormat();
  return (
    <p className="account-line">
      {account.accountNumber && <span className="number">{formatAccountNumber(account.accountNumber)}</span>}
      {account.balance && (
        <span>{pay.balanceOption[account.balanceKind ?? 'other'](format.money(account.balance))}</span>
      )}
      {account.balance && <BalanceAge {...account} />}
    </p>
  );
}
