import { Alert, Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { problemOf } from '#kit/api/problem.ts';
import { useTexts } from '../texts/texts.ts';
import { actionOf, kindOfError, type ProblemKind } from './problem-kinds.ts';
import { ActionButton } from './problem-screen.tsx';

/** Kinds so wide that the server's own words say more than ours. */
const general = new Set<ProblemKind>(['failed', 'paymentRefused', 'notFound']);

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  /** What else is to be said of it. */
  children?: ReactNode;
}

/** Something on the screen that could not be done, where the rest of the screen still serves. */
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
