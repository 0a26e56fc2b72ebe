import { Alert, Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { problemOf } from '#kit/api/problem.ts';
import { useTexts } from '../texts/texts.ts';
import type { Texts } from '../texts/nb.ts';
import { actionOf, isKnownCode, kindOfError } from './problem-kinds.ts';
import { ActionButton } from './problem-screen.tsx';
import { SupportContact } from './support-contact.tsx';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  /** More text about the problem. */
  children?: ReactNode;
}

/** An alert for a failure on a screen that otherwise still works. */
export function ProblemAlert({ error, onRetry, children }: ProblemAlertProps) {
  const { problems, shell } = useTexts();
  const kind = kindOfError(error);
  const words = problems.kinds[kind];
  const problem = problemOf(error);
  const action = actionOf(kind);
  return (
    <Alert data-color="danger" role="alert" className="notice">
      <h2>{words.title}</h2>
      <p>{messageOf(error, problems)}</p>
      {children}
      {problem && kind === 'failed' && <SupportContact>{problems.support}</SupportContact>}
      {problem && (
        <p className="notice-code">
          {problems.code}: {problem.code} · {problems.requestId}: {problem.requestId}
        </p>
      )}
      {action === 'reload' && onRetry && (
        <Button variant="secondary" data-color="neutral" onClick={onRetry}>
          {shell.tryAgain}
        </Button>
      )}
      {action !== 'reload' && <ActionButton action={action} />}
    </Alert>
  );
}

/**
 * The app's own words, so that they follow the language. Only a code that this page does not know yet has the server's
 * message, which is in the language of the request.
 */
function messageOf(error: unknown, { kinds, messages }: Texts['problems']): string {
  const problem = problemOf(error);
  if (problem && !isKnownCode(problem.code)) return problem.message;
  const { explanation, next } = kinds[kindOfError(error)];
  const known: Partial<Record<string, string>> = messages;
  return known[problem?.code ?? ''] ?? `${explanation} ${next}`;
}
