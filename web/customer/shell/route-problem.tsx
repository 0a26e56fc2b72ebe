import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemScreen } from './problem-screen.tsx';

/** The screen for what a route could not load. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ProblemScreen error={error} onRetry={retry} />;
}
