import { Button } from '@digdir/designsystemet-react';
import { PadlockLockedIcon } from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { usePayTexts } from '../texts/pay-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { ActionBar } from '../task/action-bar.tsx';
import { fullDay } from './arrival-text.ts';
import { ReviewFacts } from './review-facts.tsx';

interface PaymentReviewProps {
  payment: NewPayment;
  account: Account;
  /** The account of the customer's own that it goes to; undefined for another recipient. */
  ownAccount: Account | undefined;
  /** What is known of whether the number is the recipient's. */
  payeeWarning: ReactNode;
  /** What went wrong, or what stands in the way. */
  children: ReactNode;
}

/** The payment as it is going to be sent: the recipient, the amount, the account. */
export function PaymentReview({ payment, account, ownAccount, payeeWarning, children }: PaymentReviewProps) {
  const pay = usePayTexts();
  const { accounts } = useTexts();
  const { own } = useOrderTexts();
  const format = useFormat();
  return (
    <>
      <section className="surface" data-testid="review">
        <p className="review-label">{ownAccount ? own.payee : pay.payee}</p>
        <p className="review-name">{payment.creditor.name}</p>
        {ownAccount && <p>{own.account(ownAccount.name ?? accounts.unnamed, ownAccount.bankName)}</p>}
        <p className="review-number number">{formatAccountNumber(payment.creditor.accountNumber)}</p>
        {payeeWarning}
        <p className="review-amount amount">
          <Figures>{format.money(payment.amount)}</Figures>
        </p>
        <ReviewFacts payment={payment} account={account} />
      </section>
      {children}
    </>
  );
}

interface ConfirmationProps {
  bankName: string;
  payment: NewPayment;
  /** Whether the customer confirms a second payment alike. */
  isRepeat: boolean;
  busy: boolean;
  onConfirm: () => void;
  onChange: () => void;
}

/** What the customer agrees to, and the buttons: to send, or to change something. */
export function Confirmation(props: ConfirmationProps) {
  const { bankName, payment, isRepeat, busy, onConfirm, onChange } = props;
  const pay = usePayTexts();
  const format = useFormat();
  const { consent, transfer } = useAgreement(props);
  const confirm = isRepeat ? pay.confirmRepeat(bankName) : pay.confirm(bankName);
  return (
    <>
      <p className="consent-statement">{consent}</p>
      <p className="quiet review-transfer">
        <PadlockLockedIcon aria-hidden />
        {transfer}
      </p>
      <ActionBar amount={format.money(payment.amount)}>
        <Button
          className="wide-button"
          loading={busy}
          aria-disabled={busy}
          onClick={() => !busy && onConfirm()}
        >
          {busy ? pay.sending : confirm}
        </Button>
      </ActionBar>
      <div className="actions">
        <ChangeButton busy={busy} onChange={onChange} />
      </div>
    </>
  );
}

/** What the customer asks Drop for, and what the bank does then. */
function useAgreement({ bankName, payment }: Pick<ConfirmationProps, 'bankName' | 'payment'>) {
  const pay = usePayTexts();
  const { review } = useOrderTexts();
  const format = useFormat();
  if (payment.executionDate !== undefined) {
    const day = fullDay(payment.executionDate, format);
    return { consent: review.consent(bankName, day), transfer: review.transfer(bankName, day) };
  }
  const transfer = payment.instant === true ? review.instantTransfer(bankName) : pay.transfer(bankName);
  return { consent: pay.consent(bankName), transfer };
}

/** Also shown after an obstacle: another account may belong to a bank whose consent is still valid. */
export function ChangeButton({ busy, onChange }: Pick<ConfirmationProps, 'busy' | 'onChange'>) {
  const pay = usePayTexts();
  return (
    <Button variant="tertiary" data-color="neutral" onClick={onChange} disabled={busy}>
      {pay.change}
    </Button>
  );
}
