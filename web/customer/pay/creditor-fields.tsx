import { Button } from '@digdir/designsystemet-react';
import { flushSync } from 'react-dom';
import type { Account } from '#http/contract/accounts.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { AccountNumberInput } from './account-number-input.tsx';
import { PayeeLine } from './payee-line.tsx';
import type { PaymentField, PaymentFormErrors, PaymentFormValues } from './payment-form-values.ts';

interface CreditorFieldsProps {
  accounts: Account[];
  account: Account | undefined;
  values: PaymentFormValues;
  errors: PaymentFormErrors;
  fieldId: (field: PaymentField) => string;
  numberHint: string;
  /** Whether account number and name are shown as text, so that the amount follows at once. */
  isShort: boolean;
  onOpen: () => void;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** The recipient's account number and name: as fields, or in short once a known recipient was chosen. */
export function CreditorFields(props: CreditorFieldsProps) {
  const { accounts, account, values, errors, fieldId, numberHint, isShort, onOpen, onChange } = props;
  const pay = usePayTexts();
  const payee = <PayeeLine accounts={accounts} account={account} accountNumber={values.accountNumber} />;
  if (isShort) {
    const open = () => {
      /* The field that takes the focus exists only afterwards. */
      flushSync(onOpen);
      document.getElementById(fieldId('accountNumber'))?.focus();
    };
    return (
      <>
        <ChosenCreditor values={values} onOpen={open} />
        {payee}
      </>
    );
  }
  return (
    <>
      <AccountNumberInput
        id={fieldId('accountNumber')}
        label={pay.to}
        hint={numberHint}
        error={errors.accountNumber}
        value={values.accountNumber}
        onChange={(accountNumber) => onChange({ accountNumber })}
      />
      {payee}
      <TextInput
        id={fieldId('name')}
        label={pay.name}
        error={errors.name}
        aria-required
        autoComplete="off"
        value={values.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
    </>
  );
}

function ChosenCreditor({ values, onOpen }: { values: PaymentFormValues; onOpen: () => void }) {
  const texts = usePayFormTexts();
  return (
    <div className="creditor-chosen" data-testid="creditor-chosen">
      <p>
        <span className="quiet">{texts.to}</span> <strong>{values.name}</strong>{' '}
        <span className="number quiet">{values.accountNumber}</span>
      </p>
      <Button variant="tertiary" data-color="neutral" onClick={onOpen}>
        {texts.edit}
      </Button>
    </div>
  );
}
