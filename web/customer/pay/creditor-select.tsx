import { Label, Select } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Account } from '#http/contract/accounts.ts';
import { creditorsQuery } from '../api/creditors.ts';
import { meQuery } from '../api/queries.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { chosenNumber, creditorChoices, filledBy, type CreditorChoice } from './creditor-choices.ts';
import type { PaymentFormValues } from './payment-form-values.ts';

interface CreditorSelectProps {
  id: string;
  accounts: Account[];
  from: Account | undefined;
  /** The account number as it is typed. */
  accountNumber: string;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** Fills in the recipient. Absent where there is nothing to choose from. */
export function CreditorSelect({ id, accounts, from, accountNumber, onChange }: CreditorSelectProps) {
  const { creditors: texts } = useOrderTexts();
  const { unnamed } = useTexts().accounts;
  const { data: creditors } = useQuery(creditorsQuery);
  const { data: me } = useQuery(meQuery);
  const choices = creditorChoices({ accounts, creditors, from, ownName: me?.name ?? '', unnamed });
  const all = [...choices.own, ...choices.saved, ...choices.recent];
  if (all.length === 0) return null;
  const choose = (number: string) => onChange(filledBy(all.find((one) => one.accountNumber === number)));
  return (
    <div className="ds-field field">
      <Label htmlFor={id}>{texts.choose}</Label>
      <Select
        id={id}
        value={chosenNumber(choices, accountNumber)}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{texts.fresh}</option>
        <Group label={texts.saved} choices={choices.saved} />
        <Group label={texts.own} choices={choices.own} />
        <Group label={texts.recent} choices={choices.recent} />
      </Select>
      <Link to="/recipients" className="account-renew">
        {texts.manage}
      </Link>
    </div>
  );
}

function Group({ label, choices }: { label: string; choices: CreditorChoice[] }) {
  if (choices.length === 0) return null;
  return (
    <optgroup label={label}>
      {choices.map((choice) => (
        <option key={choice.accountNumber} value={choice.accountNumber}>
          {choice.label}
        </option>
      ))}
    </optgroup>
  );
}
