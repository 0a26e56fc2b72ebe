import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemScreen } from './problem-screen.tsx';

/** The screen shown when a route fails to load. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ProblemScreen error={error} onRetry={retry} />;
}
