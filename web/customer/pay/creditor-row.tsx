import { PlusIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { maskAccountNumber } from '#domain/banking/account-number.ts';
import type { Account } from '#http/contract/accounts.ts';
import { creditorsQuery } from '../api/creditors.ts';
import { meQuery } from '../api/queries.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { chosenNumber, creditorChoices, filledBy, type CreditorChoice } from './creditor-choices.ts';
import { initialsOf } from './initials.ts';
import type { PaymentFormValues } from './payment-form-values.ts';
import './creditor-row.css';

interface CreditorRowProps {
  accounts: Account[];
  from: Account | undefined;
  values: PaymentFormValues;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** Fills in the recipient. Absent where there is nothing to choose from. */
export function CreditorRow({ accounts, from, values, onChange }: CreditorRowProps) {
  const { creditors: texts } = useOrderTexts();
  const words = usePayFormTexts();
  const { unnamed } = useTexts().accounts;
  const { data: creditors } = useQuery(creditorsQuery);
  const { data: me } = useQuery(meQuery);
  const choices = creditorChoices({ accounts, creditors, from, ownName: me?.name ?? '', unnamed });
  const kinds = ['saved', 'recent', 'own'] as const;
  if (kinds.every((kind) => choices[kind].length === 0)) return null;
  const chosen = chosenNumber(choices, values);
  return (
    <fieldset className="reference">
      <legend className="ds-label">{words.choose}</legend>
      <div className="creditors">
        <Choice
          isChosen={chosen === ''}
          name={words.freshName}
          onChoose={() => onChange(filledBy(undefined))}
        >
          <span className="creditor-mark">
            <PlusIcon />
          </span>
          <span className="creditor-name">{words.fresh}</span>
        </Choice>
        {kinds.flatMap((kind) =>
          choices[kind].map((choice) => (
            <Choice
              key={choice.accountNumber}
              isChosen={choice.accountNumber === chosen}
              name={`${choice.label}, ${words.kinds[kind]}`}
              onChoose={() => onChange(filledBy(choice))}
            >
              <Portrait choice={choice} kind={kind} />
            </Choice>
          )),
        )}
      </div>
      <Link to="/recipients" className="account-renew">
        {texts.manage}
      </Link>
    </fieldset>
  );
}

function Portrait({ choice, kind }: { choice: CreditorChoice; kind: 'saved' | 'recent' | 'own' }) {
  return (
    <>
      <span className="creditor-mark" data-kind={kind}>
        {initialsOf(choice.short)}
      </span>
      <span className="creditor-name">{choice.short}</span>
      {choice.bank !== '' && <span className="creditor-number">{choice.bank}</span>}
      <span className="creditor-number">{maskAccountNumber(choice.accountNumber)}</span>
    </>
  );
}

interface ChoiceProps {
  isChosen: boolean;
  /** Its whole name, for screen readers. */
  name: string;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ isChosen, name, onChoose, children }: ChoiceProps) {
  return (
    <label className="creditor" data-chosen={isChosen}>
      <input type="radio" name="creditor" aria-label={name} checked={isChosen} onChange={onChoose} />
      <span aria-hidden="true" className="creditor-portrait">
        {children}
      </span>
    </label>
  );
}
