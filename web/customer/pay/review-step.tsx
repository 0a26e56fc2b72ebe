import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment } from '#http/contract/payments.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { SupportDetails } from '../shell/support-details.tsx';
import { usePayTexts } from '../texts/pay-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { TaskSteps } from '../task/task-steps.tsx';
import { Notice } from '#kit/parts/notice.tsx';
import { useRestoredPage } from '#kit/parts/restored-page.ts';
import { ChangeButton, Confirmation, PaymentReview } from './payment-review.tsx';
import { mayConfirm, sendFailureOf } from './send-failure.ts';
import { SendFailure } from './send-failure-notice.tsx';
import { useSend } from './use-send.ts';

interface ReviewStepProps {
  payment: NewPayment;
  idempotencyKey: string;
  account: Account;
  /** The account of the customer's own that it goes to; undefined for another recipient. */
  ownAccount: Account | undefined;
  onFailed: (error: unknown) => void;
  onChange: () => void;
}

/** The last step before the bank: check, and confirm. */
export function ReviewStep(props: ReviewStepProps) {
  const { payment, idempotencyKey, account, ownAccount, onFailed, onChange } = props;
  const pay = usePayTexts();
  /* Stays once given, since an answer to the second payment can be lost as well. */
  const [acceptsRepeat, setAcceptsRepeat] = useState(false);
  const send = useSend({ payment, idempotencyKey, onFailed });
  useRestoredPage(() => send.reset());
  const failure = send.error ? sendFailureOf(send.error) : undefined;
  const hasEnded = account.consentStatus !== 'active' && failure !== 'obstructed';
  const busy = send.isPending || send.isSuccess;
  const confirm = () => {
    const accepts = acceptsRepeat || failure === 'repeated';
    setAcceptsRepeat(accepts);
    send.mutate({ acceptsRepeat: accepts });
  };
  return (
    <Page title={pay.reviewTitle} width="form" above={<TaskSteps task="pay" at={2} />}>
      <PaymentReview
        payment={payment}
        account={account}
        ownAccount={ownAccount}
        payeeWarning={
          failure !== 'outcomeUnknown' && <PayeeWarning account={account} ownAccount={ownAccount} />
        }
      >
        <SendFailure error={send.error} isUnanswered={send.isUnanswered} payment={payment} />
        {hasEnded && <EndedConsent />}
        {!hasEnded && (failure === undefined || mayConfirm(failure)) && (
          <Confirmation
            bankName={account.bankName}
            payment={payment}
            isRepeat={failure === 'repeated'}
            busy={busy}
            onConfirm={confirm}
            onChange={onChange}
          />
        )}
        {(hasEnded || failure === 'obstructed') && <ChangeButton busy={busy} onChange={onChange} />}
      </PaymentReview>
    </Page>
  );
}

/** What is known of whether the account number is the recipient's. */
function PayeeWarning({ account, ownAccount }: Pick<ReviewStepProps, 'account' | 'ownAccount'>) {
  const pay = usePayTexts();
  const { own } = useOrderTexts();
  const { payee } = usePayFormTexts();
  if (ownAccount) return <p className="quiet">{own.linked(ownAccount.bankName)}</p>;
  return (
    <p className="review-warning">
      <ExclamationmarkTriangleIcon aria-hidden />
      <span>
        {payee[account.payeeCheck]} {pay.payeeWarning}
      </span>
    </p>
  );
}

/** The consent of the account ended while the customer was paying. */
function EndedConsent() {
  const pay = usePayTexts();
  const { problems } = useTexts();
  const { title, explanation } = problems.kinds.consentEnded;
  return (
    <div role="alert">
      <Notice tone="warning" title={title}>
        <p>
          {explanation} {pay.notSent}
        </p>
        <Link to="/banks" className="ds-button" data-color="fjord">
          {pay.renew}
        </Link>
        <SupportDetails reference={{ code: 'consent_ended' }} />
      </Notice>
    </div>
  );
}
