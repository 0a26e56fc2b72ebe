import { Alert, Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { problemOf } from '#kit/api/problem.ts';
import { useTexts } from '../texts/texts.ts';
import { actionOf, kindOfError, type ProblemKind } from './problem-kinds.ts';
import { ActionButton } from './problem-screen.tsx';

/** Kinds that cover many codes, so that the server's message is more precise than the kind's text. */
const general = new Set<ProblemKind>(['failed', 'paymentRefused', 'notFound']);

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
      <p>{problem && general.has(kind) ? problem.message : `${words.explanation} ${words.next}`}</p>
      {children}
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
