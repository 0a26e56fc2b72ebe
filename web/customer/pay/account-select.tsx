import { Label, Select, ValidationMessage } from '@digdir/designsystemet-react';
import type { Account } from '#http/contract/accounts.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';

interface AccountSelectProps {
  id: string;
  accounts: Account[];
  value: string;
  error: string | undefined;
  onChange: (accountId: string) => void;
}

export function AccountSelect({ id, accounts, value, error, onChange }: AccountSelectProps) {
  const { pay } = useTexts();
  const chosen = accounts.find((account) => account.id === value);
  return (
    <div className="ds-field field">
      <Label htmlFor={id}>{pay.from}</Label>
      <Select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={({ target }) => onChange(target.value)}
      >
        {!chosen && <option value="">{pay.errors.accountMissing}</option>}
        {accounts.map((account) => (
          <AccountOption key={account.id} account={account} />
        ))}
      </Select>
      {error && <ValidationMessage id={`${id}-error`}>{error}</ValidationMessage>}
      {chosen && <AccountLine account={chosen} />}
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
      {account.balance && <span>{pay.balanceOption(format.money(account.balance))}</span>}
    </p>
  );
}
