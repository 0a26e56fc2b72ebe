import { Button } from '@digdir/designsystemet-react';
import { useId } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { ActionBar } from '../task/action-bar.tsx';
import { AccountNumberInput } from './account-number-input.tsx';
import { AccountSelect } from './account-select.tsx';
import { readAmount, writeAmount } from './amount-text.ts';
import { CreditorSelect } from './creditor-select.tsx';
import { ExecutionFields } from './execution-fields.tsx';
import { FormErrorSummary } from './form-error-summary.tsx';
import {
  faultsWhileFilling,
  type PaymentField,
  type PaymentFormErrors,
  type PaymentFormValues,
} from './payment-form-values.ts';
import { ReferenceFields } from './reference-fields.tsx';
import { useChecked } from './use-checked.ts';

interface PaymentFormProps {
  accounts: Account[];
  values: PaymentFormValues;
  onChange: (change: Partial<PaymentFormValues>) => void;
  /** Why the server refused the last attempt. */
  refusal: unknown;
  /** A fault of the form as it opens. */
  atFirst: PaymentFormErrors;
  onFilled: () => void;
  /** Discards everything; absent while there is nothing to discard. */
  onStartOver: (() => void) | undefined;
}

export function PaymentForm(props: PaymentFormProps) {
  const { accounts, values, onChange, onStartOver } = props;
  const { pay } = useTexts();
  const locale = useLocale();
  const format = useFormat();
  const idBase = useId();
  const fieldId = (field: PaymentField) => `${idBase}-${field}`;
  const account = accounts.find(({ id }) => id === values.accountId);
  const { checked, attempt, submit, mend } = useChecked({ ...props, account });
  const errors = { ...faultsWhileFilling(values, { texts: pay.errors, account }), ...checked };
  const change = (changed: Partial<PaymentFormValues>) => {
    mend(changed);
    onChange(changed);
  };
  const read = readAmount(values.amount);
  const tidyAmount = () => {
    const amount = read.kind === 'amount' ? writeAmount(read.oere, locale) : values.amount;
    if (amount !== values.amount) onChange({ amount });
  };
  return (
    <form noValidate onSubmit={submit} className="pay-form">
      <FormErrorSummary errors={checked} fieldId={fieldId} attempt={attempt} />
      <p className="quiet">{pay.required}</p>
      <AccountSelect
        id={fieldId('accountId')}
        accounts={accounts}
        value={values.accountId}
        error={errors.accountId}
        onChange={(accountId) => change({ accountId })}
      />
      <CreditorSelect
        id={`${idBase}-creditor`}
        accounts={accounts}
        from={account}
        accountNumber={values.accountNumber}
        onChange={change}
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
        aria-required
        autoComplete="off"
        value={values.name}
        onChange={({ target }) => change({ name: target.value })}
      />
      <TextInput
        id={fieldId('amount')}
        label={pay.amount}
        hint={pay.amountHint}
        error={errors.amount}
        aria-required
        describedBy={`${idBase}-balance`}
        suffix={pay.currency}
        className="amount-input"
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        onChange={({ target }) => change({ amount: target.value })}
        onBlur={tidyAmount}
      />
      <BalanceWarning id={`${idBase}-balance`} account={account} values={values} />
      <ReferenceFields values={values} errors={errors} fieldId={fieldId} onChange={change} />
      <ExecutionFields
        account={account}
        values={values}
        errors={errors}
        fieldId={fieldId}
        onChange={change}
      />
      <ActionBar amount={read.kind === 'amount' ? format.money({ amount: read.oere, currency: 'NOK' }) : ''}>
        <Button type="submit" className="wide-button">
          {pay.continue}
        </Button>
      </ActionBar>
      {onStartOver && (
        <div className="actions">
          <Button variant="tertiary" data-color="neutral" onClick={onStartOver}>
            {pay.startOver}
          </Button>
        </div>
      )}
    </form>
  );
}

interface BalanceWarningProps {
  id: string;
  account: Account | undefined;
  values: PaymentFormValues;
}

/** The empty element stays, so that the warning is announced when it appears. */
function BalanceWarning({ id, account, values }: BalanceWarningProps) {
  const { pay } = useTexts();
  const order = useOrderTexts();
  const format = useFormat();
  const balance = account?.balance;
  const read = readAmount(values.amount);
  const warning = values.when === 'on' ? order.aboveBalance : pay.aboveBalance;
  const isAbove = balance?.currency === 'NOK' && read.kind === 'amount' && read.oere > balance.amount;
  return (
    <p id={id} role="status" className="balance-warning" data-testid="balance-warning">
      {isAbove && warning(format.money(balance))}
    </p>
  );
}
