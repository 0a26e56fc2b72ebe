import { Button } from '@digdir/designsystemet-react';
import { useId } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { ActionBar } from '../task/action-bar.tsx';
import { AccountSelect } from './account-select.tsx';
import { AmountField } from './amount-field.tsx';
import { readAmount } from './amount-text.ts';
import { CreditorFields } from './creditor-fields.tsx';
import { CreditorRow } from './creditor-row.tsx';
import { ExecutionFields } from './execution-fields.tsx';
import { FormErrorSummary } from './form-error-summary.tsx';
import {
  faultsWhileFilling,
  type PaymentField,
  type PaymentFormErrors,
  type PaymentFormValues,
} from './payment-form-values.ts';
import { PasteInvoice } from './paste-invoice.tsx';
import { ReferenceFields } from './reference-fields.tsx';
import { useChecked } from './use-checked.ts';
import { useCreditorShort } from './use-creditor-short.ts';
import { useRecognised } from './use-recognised.ts';

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
  const pay = usePayTexts();
  const words = usePayFormTexts();
  const format = useFormat();
  const idBase = useId();
  const fieldId = (field: PaymentField) => `${idBase}-${field}`;
  const account = accounts.find(({ id }) => id === values.accountId);
  const { checked, attempt, submit, mend } = useChecked({ ...props, account });
  const errors = { ...faultsWhileFilling(values, { texts: pay.errors, account }), ...checked };
  const creditor = useCreditorShort(errors);
  const recognised = useRecognised(account, (filled) => {
    mend(filled);
    creditor.open();
    onChange(filled);
  });
  const change = (changed: Partial<PaymentFormValues>) => {
    mend(changed);
    recognised.forget(changed);
    onChange(changed);
  };
  const hintOf = (field: PaymentField, usual: string) =>
    recognised.isRecognised(field) ? words.recognised : usual;
  const read = readAmount(values.amount);
  return (
    <form noValidate onSubmit={submit} className="pay-form">
      <FormErrorSummary errors={checked} fieldId={fieldId} attempt={attempt} />
      <PasteInvoice found={recognised.found} onText={recognised.paste} />
      <CreditorRow
        accounts={accounts}
        from={account}
        values={values}
        onChange={(filled) => {
          change(filled);
          creditor.choose(filled.accountNumber);
        }}
      />
      <CreditorFields
        accounts={accounts}
        account={account}
        values={values}
        errors={errors}
        fieldId={fieldId}
        numberHint={hintOf('accountNumber', pay.toHint)}
        isShort={creditor.isShort}
        onOpen={creditor.open}
        onChange={change}
      />
      <AmountField
        id={fieldId('amount')}
        hint={hintOf('amount', pay.amountHint)}
        error={errors.amount}
        account={account}
        values={values}
        onChange={(amount) => change({ amount })}
        onTidy={(amount) => onChange({ amount })}
      />
      <AccountSelect
        id={fieldId('accountId')}
        accounts={accounts}
        value={values.accountId}
        error={errors.accountId}
        onChange={(accountId) => change({ accountId })}
      />
      <ReferenceFields
        values={values}
        errors={errors}
        fieldId={fieldId}
        kidHint={hintOf('kid', pay.kidHint)}
        onChange={change}
      />
      <ExecutionFields
        account={account}
        values={values}
        errors={errors}
        fieldId={fieldId}
        dueDay={recognised.found?.due?.day}
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
