import { formatAccountNumber } from '#domain/banking/account-number.ts';

interface RecipientWordsProps {
  label: string;
  name: string;
  accountNumber: string;
}

/** A recipient's names and account number. The name at the bank is left out where it is the same. */
export function RecipientWords({ label, name, accountNumber }: RecipientWordsProps) {
  return (
    <div className="row-words">
      <h3 className="row-name">{label}</h3>
      <p className="row-text recipient-line">
        {label !== name && <span>{name}</span>}
        <span className="number">{formatAccountNumber(accountNumber)}</span>
      </p>
    </div>
  );
}
