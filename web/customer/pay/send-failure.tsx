import { Link } from '@tanstack/react-router';
import { problemOf, Unreachable } from '#kit/api/problem.ts';
import { useTexts } from '../texts/texts.ts';
import { kindOfError, type ProblemKind } from '../shell/problem-kinds.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';

const obstacles = new Set<ProblemKind>([
  'consentEnded',
  'kycRequired',
  'kycRejected',
  'signedOut',
  'signInAgain',
]);

/** Whether the bank may have the payment. Then the screen must not offer to send it again. */
export function isOutcomeUnknown(error: unknown): boolean {
  return problemOf(error)?.code === 'payment_outcome_unknown';
}

/** Whether the server refused before the bank got the payment. After a 5xx of the server that is not certain. */
function isRefusal(error: unknown): boolean {
  const problem = problemOf(error);
  return problem !== undefined && (problem.status < 500 || problem.code === 'bank_unavailable');
}

/** Whether the customer must do something else first. Confirming again would be refused again. */
export function isObstructed(error: unknown): boolean {
  return problemOf(error) !== undefined && obstacles.has(kindOfError(error));
}

/** The outcome of a failed attempt, and whether it is safe to repeat it. */
export function SendFailure({ error }: { error: unknown }) {
  const { pay, payments } = useTexts();
  if (!error) return null;
  if (isOutcomeUnknown(error)) {
    return (
      <div role="alert">
        <Notice tone="warning" title={pay.unknownTitle}>
          <p>{pay.unknownText}</p>
          <Link to="/payments" className="ds-button" data-color="fjord">
            {pay.unknownAction}
          </Link>
        </Notice>
      </div>
    );
  }
  if (error instanceof Unreachable) {
    return (
      <div role="alert">
        <Notice tone="warning" title={pay.unansweredTitle}>
          <p>{pay.unansweredText}</p>
        </Notice>
      </div>
    );
  }
  return <ProblemAlert error={error}>{isRefusal(error) && <p>{payments.money.no}</p>}</ProblemAlert>;
}
