import { Button } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { Notice } from '#kit/parts/notice.tsx';
import { useTexts } from '../texts/texts.ts';
import './late-answer.css';

/** How a payment ended whose answer came after the customer had left the screen. */
export type LateAnswer =
  | { kind: 'sent'; name: string; paymentId: string; waits: boolean }
  | { kind: 'not_sent' | 'unanswered'; name: string };

let told: LateAnswer | undefined;
const listeners = new Set<() => void>();

/** Shows the answer above whatever screen the customer is at. `undefined` takes it away. */
export function tellLateAnswer(answer: LateAnswer | undefined): void {
  told = answer;
  for (const listener of listeners) listener();
}

export function LateAnswerNotice() {
  const { pay, shell } = useTexts();
  const answer = useSyncExternalStore(subscribe, () => told);
  return (
    <div role="status" className="late-answer" data-testid="late-answer">
      {answer && (
        <Notice tone={answer.kind === 'sent' ? 'info' : 'warning'} title={titleOf(answer, pay.late)}>
          <div className="actions">
            {answer.kind === 'sent' ? (
              <Link
                to="/payments/$paymentId"
                params={{ paymentId: answer.paymentId }}
                onClick={() => tellLateAnswer(undefined)}
              >
                {pay.late.see}
              </Link>
            ) : (
              <Link to="/pay" search={{ step: 'review' }} onClick={() => tellLateAnswer(undefined)}>
                {pay.late.back}
              </Link>
            )}
            <Button variant="tertiary" data-color="neutral" onClick={() => tellLateAnswer(undefined)}>
              {shell.hide}
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

type Words = ReturnType<typeof useTexts>['pay']['late'];

function titleOf(answer: LateAnswer, words: Words): string {
  switch (answer.kind) {
    case 'sent':
      return answer.waits ? words.waits(answer.name) : words.sent(answer.name);
    case 'not_sent':
      return words.notSent(answer.name);
    case 'unanswered':
      return words.unanswered(answer.name);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
