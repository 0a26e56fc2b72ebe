import { Alert, Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { useLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';
import { actionOf, kindOfError } from './problem-kinds.ts';
import { referenceOf } from './problem-reference.ts';
import { problemWords } from './problem-words.ts';
import { ActionButton } from './problem-screen.tsx';
import { SupportDetails } from './support-details.tsx';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  /** What matters most, before the words about the problem. */
  first?: string | undefined;
  /** More text about the problem. */
  children?: ReactNode;
}

/** An alert for a failure on a screen that otherwise still works. */
export function ProblemAlert({ error, onRetry, first, children }: ProblemAlertProps) {
  const { problems, shell } = useTexts();
  const words = problemWords(error, problems, useLocale());
  const action = actionOf(kindOfError(error));
  return (
    <Alert data-color="danger" role="alert" className="notice">
      <h2>{words.title}</h2>
      {first !== undefined && <p>{first}</p>}
      <p>{words.text}</p>
      {children}
      {action === 'reload' && onRetry && (
        <Button variant="secondary" data-color="neutral" onClick={onRetry}>
          {shell.tryAgain}
        </Button>
      )}
      {action !== 'reload' && <ActionButton action={action} />}
      <SupportDetails reference={referenceOf(error)} />
    </Alert>
  );
}
