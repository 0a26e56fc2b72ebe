import { lazy, Suspense } from 'react';
import { useLateAnswer } from './late-answer-store.ts';
import './late-answer.css';

/** Late answers are rare, so their words are fetched with the first one. */
const LateAnswerWords = lazy(async () => {
  const words = await import('./late-answer-words.tsx');
  return { default: words.LateAnswerWords };
});

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
