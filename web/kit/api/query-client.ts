import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Offline, problemOf, Unreachable } from './problem.ts';

const attempts = 3;

interface Events {
  /** The server no longer knows the session. */
  onSignedOut: () => void;
  /** A change that the customer asked for was not sent, because the browser has no network. */
  onOffline: () => void;
}

export function createQueryClient({ onSignedOut, onOffline }: Events): QueryClient {
  const onError = (error: unknown) => {
    if (problemOf(error)?.code === 'not_signed_in') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, { meta }) => {
        onError(error);
        if (error instanceof Offline && meta?.['isAutomatic'] !== true) onOffline();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures + 1 < attempts && mayPass(error),
      },
      /* Offline, the library's default mode would keep a change and send it later, without the customer. */
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

function mayPass(error: unknown): boolean {
  return error instanceof Unreachable || (problemOf(error)?.status ?? 0) >= 500;
}
