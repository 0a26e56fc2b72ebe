import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { Page } from '../shell/page.tsx';
import { TaskSteps } from '../task/task-steps.tsx';
import { ownAccountOf } from './creditor-choices.ts';
import { discardKept } from './draft-saver.ts';
import { executionOf } from './execution-values.ts';
import { fieldFaultsOf } from './field-faults.ts';
import { FormOrigin, type Origin } from './form-origin.tsx';
import { hasContent, type FormStart } from './form-start.ts';
import { PaymentForm } from './payment-form.tsx';
import { canPayFrom } from './payable-account.ts';
import { paymentOf, type PaymentFormValues } from './payment-form-values.ts';
import { ReviewStep } from './review-step.tsx';
import { keyAfter } from './send-failure.ts';
import { useFormFaults } from './use-form-faults.ts';
import { usePaySteps } from './use-pay-steps.ts';
import { usePaymentForm } from './use-payment-form.ts';

interface PaymentStepsProps {
  accounts: Account[];
  start: FormStart;
  /** Opens the form with the draft that the customer had before. */
  onTakeDraft: () => void;
}

/** The form and the review. */
export function PaymentSteps({ accounts, start, onTakeDraft }: PaymentStepsProps) {
  const { pay } = useTexts();
  const form = usePaymentForm(start);
  const [refusal, setRefusal] = useState<unknown>();
  const [origin, setOrigin] = useOrigin(start);
  const account = accounts.find(({ id }) => id === form.values.accountId);
  const steps = usePaySteps(useIsWhole(form.values, account));
  const isAboutField = useIsAboutField();
  const today = osloDay(new Date(useNow()));
  const onFailed = (error: unknown) => {
    const key = keyAfter(error);
    if (key === 'renew') form.renewKey();
    if (key === 'spent') form.spendKey();
    if (!isAboutField(error)) return;
    setRefusal(error);
    steps.toForm();
  };
  if (steps.isReview && account) {
    return (
      <ReviewStep
        key="review"
        payment={paymentOf(form.values, executionOf(form.values, { account, today }))}
        idempotencyKey={form.idempotencyKey}
        account={account}
        ownAccount={ownAccountOf(accounts, normaliseAccountNumber(form.values.accountNumber))}
        onFailed={onFailed}
        onChange={steps.toForm}
      />
    );
  }
  const change = (changed: Partial<PaymentFormValues>) => {
    form.change(changed);
    if (origin === 'again over draft') setOrigin('again');
    void steps.takeOver();
  };
  const startOver = () => {
    form.empty(accounts.find(canPayFrom)?.id ?? '');
    setRefusal(undefined);
    setOrigin('discarded');
    void steps.takeOver();
    announce(pay.discarded);
    /* A draft that could not be discarded is replaced by the next one, and ends after a day. */
    discardKept().catch(() => undefined);
  };
  const onFilled = () => {
    setRefusal(undefined);
    form.keep();
    void steps.toReview();
  };
  return (
    <Page
      key={origin === 'discarded' ? 'emptied' : 'form'}
      title={pay.title}
      width="form"
      above={<TaskSteps task="pay" at={1} />}
      focusElsewhere={refusal !== undefined}
    >
      <FormOrigin origin={origin} onTakeDraft={onTakeDraft} />
      <PaymentForm
        accounts={accounts}
        values={form.values}
        onChange={change}
        refusal={refusal}
        atFirst={origin === 'draft' && start.isAccountGone ? { accountId: pay.errors.accountGone } : {}}
        onFilled={onFilled}
        onStartOver={hasContent(form.values) ? startOver : undefined}
      />
    </Page>
  );
}

function useOrigin(start: FormStart) {
  const { step } = useSearch({ from: '/customer/pay' });
  return useState<Origin>(step === 'review' && start.origin === 'empty' ? 'lost' : start.origin);
}

/** Whether the form can be reviewed. An account whose consent has ended is explained in the review. */
function useIsWhole(values: PaymentFormValues, account: Account | undefined): boolean {
  const faults = useFormFaults(values, account);
  return account !== undefined && Object.keys(faults).every((field) => field === 'accountId');
}

function useIsAboutField(): (error: unknown) => boolean {
  const { refused } = useTexts().pay;
  const locale = useLocale();
  return (error) => Object.keys(fieldFaultsOf(error, { refused, locale })).length > 0;
}
