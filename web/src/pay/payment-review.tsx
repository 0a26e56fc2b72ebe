import { Button } from '@digdir/designsystemet-react';
import { PadlockLockedIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { Account, NewPayment } from '../../../src/http/contract.ts';
import { formatAccountNumber } from '../../../src/domain/account-number.ts';
import { problemOf, Unreachable } from '../api/problem.ts';
import { useFormat } from '../locale/format.ts';
import { useTexts } from '../locale/locale.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';

interface PaymentReviewProps {
  payment: NewPayment;
  account: Account;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onChange: () => void;
}

/** The last look before the bank: who gets the money, how much, and what is about to happen. */
export function PaymentReview({ payment, account, busy, error, onConfirm, onChange }: PaymentReviewProps) {
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
      <p className="review-warning">{pay.payeeWarning}</p>
      <Failure error={error} onRetry={onConfirm} />
      <p className="consent-statement">{pay.consent(account.bankName)}</p>
      <div className="actions">
        <Button
          className="wide-button"
          loading={busy}
          aria-disabled={busy}
          onClick={() => !busy && onConfirm()}
        >
          {busy ? pay.sending : pay.confirm(account.bankName)}
        </Button>
        <Button variant="tertiary" data-color="neutral" onClick={onChange} disabled={busy}>
          {pay.change}
        </Button>
      </div>
      <p className="quiet review-transfer">
        <PadlockLockedIcon aria-hidden />
        {pay.transfer(account.bankName)}
      </p>
    </>
  );
}

function ReviewFacts({ payment, account }: { payment: NewPayment; account: Account }) {
  const { pay, accounts } = useTexts();
  const format = useFormat();
  const from = [account.name ?? accounts.unnamed, account.bankName].join(', ');
  return (
    <dl className="facts number">
      <div>
        <dt>{pay.from}</dt>
        <dd>
          {from}
          {account.accountNumber && (
            <span className="line">{formatAccountNumber(account.accountNumber)}</span>
          )}
        </dd>
      </div>
      {payment.kid !== undefined && (
        <div>
          <dt>{pay.kid}</dt>
          <dd>{payment.kid}</dd>
        </div>
      )}
      {payment.text !== undefined && (
        <div>
          <dt>{pay.message}</dt>
          <dd>{payment.text}</dd>
        </div>
      )}
      <div>
        <dt>{pay.fee}</dt>
        <dd>{format.money({ amount: 0, currency: 'NOK' })}</dd>
      </div>
    </dl>
  );
}

/** What became of the attempt, above all whether it is safe to repeat it. */
function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { pay } = useTexts();
  if (!error) return null;
  if (error instanceof Unreachable) {
    return (
      <div role="alert">
        <Notice tone="warning" title={pay.unansweredTitle}>
          <p>{pay.unansweredText}</p>
        </Notice>
      </div>
    );
  }
  if (problemOf(error)?.code === 'payment_outcome_unknown') {
    return (
      <div role="alert">
        <Notice tone="warning" title={pay.unknownTitle}>
          <p>{pay.unknownText}</p>
          <Link to="/payments" className="ds-button" data-variant="secondary">
            {pay.unknownAction}
          </Link>
        </Notice>
      </div>
    );
  }
  return <ProblemAlert error={error} onRetry={onRetry} />;
}
