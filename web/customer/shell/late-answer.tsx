import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTexts } from '../texts/texts.ts';
import { lazyPart } from './lazy-part.ts';
import { tellLateAnswer, useLateAnswer } from './late-answer-store.ts';
import './late-answer.css';

/** Late answers are rare, so their words are fetched with the first one. */
const LateAnswerWords = lazyPart(() => import('./late-answer-words.tsx'), 'LateAnswerWords', SeePayments);

/** A payment's answer that came late. The empty element stays, so that the answer is announced. */
export function LateAnswerNotice() {
  const answer = useLateAnswer();
  return (
    <div role="status" className="late-answer" data-testid="late-answer">
      {answer && (
        <Suspense>
          <LateAnswerWords answer={answer} />
        </Suspense>
      )}
    </div>
  );
}

/** Without the words: where the payment is seen, if there is one. */
function SeePayments() {
  const { problems } = useTexts();
  return (
    <p>
      <Link to="/payments" onClick={() => tellLateAnswer(undefined)}>
        {problems.actions.payments}
      </Link>
    </p>
  );
}
