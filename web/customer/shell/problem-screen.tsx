import { Button } from '@digdir/designsystemet-react';
import { Link, useLocation } from '@tanstack/react-router';
import type { Problem } from '#http/contract/problem.ts';
import { ApiProblem, problemOf } from '#kit/api/problem.ts';
import { currentLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from './page.tsx';
import { actionOf, kindOfError, type ProblemAction } from './problem-kinds.ts';
import { referenceOf } from './problem-reference.ts';
import { SupportDetails } from './support-details.tsx';

/** A full screen for a failure: what failed, why, what to do next, and the details for customer service. */
export function ProblemScreen({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const texts = useTexts();
  const kind = kindOfError(error);
  const words = texts.problems.kinds[kind];
  const problem = problemOf(error);
  return (
    <Page title={words.title} lead={words.explanation} width="form">
      <p>
        {words.next}
        {problem?.retryAfterSeconds !== undefined &&
          ` ${texts.problems.retryAfter(problem.retryAfterSeconds)}`}
      </p>
      {kind === 'signInInterrupted' && !navigator.cookieEnabled && <p>{texts.signIn.cookiesText}</p>}
      <div className="actions">
        <ActionButton action={actionOf(kind)} {...(onRetry ? { onRetry } : {})} />
      </div>
      <SupportDetails reference={referenceOf(error)} />
    </Page>
  );
}

/** The screen for a problem that the server embedded in the page after a failed navigation. */
export function ServedProblem({ problem }: { problem: Problem }) {
  return (
    <ProblemScreen
      error={new ApiProblem(problem, currentLocale())}
      onRetry={() => window.location.assign('/')}
    />
  );
}

export function ActionButton({ action, onRetry }: { action: ProblemAction; onRetry?: () => void }) {
  const texts = useTexts();
  const href = useLocation({ select: (location) => location.href });
  const label = texts.problems.actions[action];
  const path = useLocation({ select: ({ pathname }) => pathname });
  const destinations = { home: '/', banks: '/banks', verify: '/verify', payments: '/payments' } as const;
  if (action === 'reload') {
    return <Button onClick={onRetry ?? (() => window.location.reload())}>{label}</Button>;
  }
  if (action === 'signIn') {
    return (
      <a
        className="ds-button"
        data-color="fjord"
        href={`/api/auth/bankid?returnTo=${encodeURIComponent(href)}`}
      >
        {label}
      </a>
    );
  }
  /* The customer is already there, as when a part of that screen has failed. */
  if (destinations[action] === path) return null;
  return (
    <Link className="ds-button" data-color="fjord" to={destinations[action]}>
      {label}
    </Link>
  );
}
