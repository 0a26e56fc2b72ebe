import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemOf, Unreachable } from './problem.ts';

const attempts = 3;

/** `onSignedOut` runs when the server no longer knows the session. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (problemOf(error)?.code === 'not_signed_in') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures + 1 < attempts && mayPass(error),
      },
      mutations: { retry: false },
    },
  });
}

function mayPass(error: unknown): boolean {
  return error instanceof Unreachable || (problemOf(error)?.status ?? 0) >= 500;
}
