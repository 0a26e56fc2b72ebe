import { Button } from '@digdir/designsystemet-react';
import { useId, useState, type FormEvent } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { AccountNumberInput } from './account-number-input.tsx';
import { AccountSelect } from './account-select.tsx';
import { readAmount, writeAmount } from './amount-text.ts';
import { FormErrorSummary } from './form-error-summary.tsx';
import {
  checkPaymentForm,
  faultsWhileFilling,
  type PaymentField,
  type PaymentFormErrors,
  type PaymentFormValues,
} from './payment-form-values.ts';
import { ReferenceFields } from './reference-fields.tsx';

interface PaymentFormProps {
  accounts: Account[];
  values: PaymentFormValues;
  onChange: (change: Partial<PaymentFormValues>) => void;
  /** The faults that the server found in the last attempt. */
  serverErrors: PaymentFormErrors;
  onFilled: () => void;
}

export function PaymentForm({ accounts, values, onChange, serverErrors, onFilled }: PaymentFormProps) {
  const { pay } = useTexts();
  const locale = useLocale();
  const idBase = useId();
  const fieldId = (field: PaymentField) => `${idBase}-${field}`;
  const { checked, attempt, submit, mended } = useChecked({ accounts, values, serverErrors, onFilled });
  const errors = { ...faultsWhileFilling(values, pay.errors), ...checked };
  const change = (changed: Partial<PaymentFormValues>) => {
    mended(changed);
    onChange(changed);
  };
  const tidyAmount = () => {
    const read = readAmount(values.amount);
    if (read.kind === 'amount') onChange({ amount: writeAmount(read.oere, locale) });
  };
  return (
    <form noValidate onSubmit={submit} className="pay-form">
      <FormErrorSummary errors={checked} fieldId={fieldId} attempt={attempt} />
      <AccountSelect
        id={fieldId('accountId')}
        accounts={accounts}
        value={values.accountId}
        error={errors.accountId}
        onChange={(accountId) => change({ accountId })}
      />
      <AccountNumberInput
        id={fieldId('accountNumber')}
        label={pay.to}
        hint={pay.toHint}
        error={errors.accountNumber}
        value={values.accountNumber}
        onChange={(accountNumber) => change({ accountNumber })}
      />
      <TextInput
        id={fieldId('name')}
        label={pay.name}
        error={errors.name}
        autoComplete="off"
        value={values.name}
        onChange={({ target }) => change({ name: target.value })}
      />
      <TextInput
        id={fieldId('amount')}
        label={pay.amount}
        hint={pay.amountHint}
        error={errors.amount}
        suffix={pay.currency}
        className="amount-input"
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        onChange={({ target }) => change({ amount: target.value })}
        onBlur={tidyAmount}
      />
      <BalanceWarning accounts={accounts} values={values} />
      <ReferenceFields values={values} errors={errors} fieldId={fieldId} onChange={change} />
      <div className="actions">
        <Button type="submit" className="wide-button">
          {pay.continue}
        </Button>
      </div>
    </form>
  );
}

function BalanceWarning({ accounts, values }: { accounts: Account[]; values: PaymentFormValues }) {
  const { pay } = useTexts();
  const format = useFormat();
  const balance = accounts.find((account) => account.id === values.accountId)?.balance;
  const read = readAmount(values.amount);
  if (!balance || balance.currency !== 'NOK' || read.kind !== 'amount' || read.oere <= balance.amount)
    return null;
  return <p className="balance-warning">{pay.aboveBalance(format.money(balance))}</p>;
}

/** Checks the form on submit, and removes a field's fault as soon as the customer changes the field. */
function useChecked(props: Pick<PaymentFormProps, 'accounts' | 'values' | 'serverErrors' | 'onFilled'>) {
  const { pay } = useTexts();
  const format = useFormat();
  const [checked, setChecked] = useState<PaymentFormErrors>(props.serverErrors);
  const [attempt, setAttempt] = useState(0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const account = props.accounts.find(({ id }) => id === props.values.accountId);
    const ownAccountNumber = account?.accountNumber ?? undefined;
    const found = checkPaymentForm(props.values, { texts: pay.errors, format, ownAccountNumber });
    setChecked(found);
    setAttempt((count) => count + 1);
    if (Object.keys(found).length === 0) props.onFilled();
  };
  const mended = (changed: Partial<PaymentFormValues>) =>
    setChecked((present) =>
      Object.fromEntries(Object.entries(present).filter(([field]) => !(field in changed))),
    );
  return { checked, attempt, submit, mended };
}
