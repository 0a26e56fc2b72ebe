import { formatAccountNumber } from '#domain/banking/account-number.ts';

interface RecipientWordsProps {
  label: string;
  name: string;
  accountNumber: string;
}

/** A recipient's names and account number. The name at the bank is left out where it is the same. */
export function RecipientWords({ label, name, accountNumber }: RecipientWordsProps) {
  return (
    <div className="recipient-words">
      <h3>{label}</h3>
      <p className="quiet">
        {label !== name && <span>{name}</span>}
        <span className="number">{formatAccountNumber(accountNumber)}</span>
      </p>
    </div>
  );
}
