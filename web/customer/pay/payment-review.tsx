import { Button } from '@digdir/designsystemet-react';
import { PadlockLockedIcon } from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { expectedSettlement } from '#domain/banking/settlement.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';

interface PaymentReviewProps {
  payment: NewPayment;
  account: Account;
  /** What went wrong, or what stands in the way. */
  children: ReactNode;
}

/** The payment as it is going to be sent: the recipient, the amount, the account. */
export function PaymentReview({ payment, account, children }: PaymentReviewProps) {
  const { pay } = useTexts();
  const format = useFormat();
  return (
    <>
      <section className="review" data-testid="review">
        <p className="review-label">{pay.payee}</p>
        <p className="review-name">{payment.creditor.name}</p>
        <p className="review-number number">{formatAccountNumber(payment.creditor.accountNumber)}</p>
        <p className="review-amount amount">{format.money(payment.amount)}</p>
        <ReviewFacts payment={payment} account={account} />
      </section>
      {children}
    </>
  );
}

interface ConfirmationProps {
  bankName: string;
  /** Whether the customer confirms a second payment alike. */
  isRepeat: boolean;
  busy: boolean;
  onConfirm: () => void;
  onChange: () => void;
}

/** What the customer agrees to, and the buttons: to send, or to change something. */
export function Confirmation({ bankName, isRepeat, busy, onConfirm, onChange }: ConfirmationProps) {
  const { pay } = useTexts();
  const confirm = isRepeat ? pay.confirmRepeat(bankName) : pay.confirm(bankName);
  return (
    <>
      <p className="consent-statement">{pay.consent(bankName)}</p>
      <div className="actions">
        <Button
          className="wide-button"
          loading={busy}
          aria-disabled={busy}
          onClick={() => !busy && onConfirm()}
        >
          {busy ? pay.sending : confirm}
        </Button>
        <ChangeButton busy={busy} onChange={onChange} />
      </div>
      <p className="quiet review-transfer">
        <PadlockLockedIcon aria-hidden />
        {pay.transfer(bankName)}
      </p>
    </>
  );
}

/** Also shown after an obstacle: another account may belong to a bank whose consent is still valid. */
export function ChangeButton({ busy, onChange }: Pick<ConfirmationProps, 'busy' | 'onChange'>) {
  const { pay } = useTexts();
  return (
    <Button variant="tertiary" data-color="neutral" onClick={onChange} disabled={busy}>
      {pay.change}
    </Button>
  );
}

function ReviewFacts({ payment, account }: { payment: NewPayment; account: Account }) {
  const { pay, accounts } = useTexts();
  const format = useFormat();
  const from = [account.name ?? accounts.unnamed, account.bankName].join(', ');
  const now = new Date(useNow());
  const { day } = expectedSettlement(now);
  const isToday = day === osloDay(now);
  return (
    <dl className="facts">
      <div>
        <dt>{pay.from}</dt>
        <dd>
          {from}
          {account.accountNumber && (
            <span className="line number">{formatAccountNumber(account.accountNumber)}</span>
          )}
        </dd>
      </div>
      {payment.kid !== undefined && (
        <div>
          <dt>{pay.kid}</dt>
          <dd className="number">{payment.kid}</dd>
        </div>
      )}
      {payment.text !== undefined && (
        <div>
          <dt>{pay.message}</dt>
          <dd>{payment.text}</dd>
        </div>
      )}
      <div>
        <dt>{pay.arrival}</dt>
        <dd>{isToday ? pay.arrivalToday : pay.arrivalOn(format.date(`${day}T12:00:00Z`))}</dd>
      </div>
      <div>
        <dt>{pay.fee}</dt>
        <dd>{format.money({ amount: 0, currency: 'NOK' })}</dd>
      </div>
    </dl>
  );
}
