import { Button } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import { Notice } from '#kit/parts/notice.tsx';
import type { PayTexts } from '../texts/nb-pay.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { tellLateAnswer, type LateAnswer } from './late-answer-store.ts';

/** The answer, with a link to what it is about. */
export function LateAnswerWords({ answer }: { answer: LateAnswer }) {
  const pay = usePayTexts();
  const { shell } = useTexts();
  const hide = () => tellLateAnswer(undefined);
  return (
    <Notice tone={answer.kind === 'sent' ? 'info' : 'warning'} title={titleOf(answer, pay.late)}>
      <div className="actions">
        {answer.kind === 'sent' ? (
          <Link to="/payments/$paymentId" params={{ paymentId: answer.paymentId }} onClick={hide}>
            {pay.late.see}
          </Link>
        ) : (
          <Link to="/pay" search={{ step: 'review' }} onClick={hide}>
            {pay.late.back}
          </Link>
        )}
        <Button variant="tertiary" data-color="neutral" onClick={hide}>
          {shell.hide}
        </Button>
      </div>
    </Notice>
  );
}

type Words = PayTexts['late'];

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
