import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { Unreachable } from '#kit/api/problem.ts';
import { endLoading } from '#kit/parts/end-loading.ts';
import { ScreenMissing } from './screen-missing.ts';
import { ProblemScreen } from './problem-screen.tsx';
import { reloadOnce } from './reload-once.ts';
import { Waiting } from './waiting.tsx';

/** The screen shown when a route fails to load. It loads the route again when the browser is online again. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const isReloading = useReload(error);
  const retry = () => {
    if (error instanceof ScreenMissing) error.forget();
    reset();
    void router.invalidate();
  };
  const onOnline = useEffectEvent(() => {
    if (error instanceof ScreenMissing || error instanceof Unreachable) retry();
  });
  useEffect(() => {
    const listener = () => onOnline();
    window.addEventListener('online', listener);
    return () => window.removeEventListener('online', listener);
  }, []);
  useEffect(() => endLoading(), []);
  return isReloading ? <Waiting /> : <ProblemScreen error={error} onRetry={retry} />;
}

/** Reloads the page after a deployment. Until that is decided, no error is shown. */
function useReload(error: unknown): boolean {
  const [isReloading, setReloading] = useState(error instanceof ScreenMissing);
  useEffect(() => {
    if (!(error instanceof ScreenMissing)) return;
    void reloadOnce().then((outcome) => setReloading(outcome === 'reloading'));
  }, [error]);
  return isReloading;
}
