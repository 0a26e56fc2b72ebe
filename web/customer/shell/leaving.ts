import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { appQuery, meQuery } from '../api/queries.ts';

/** Queries without a customer's data, which stay in the cache after a sign-out. */
const keptQueries = new Set<unknown>([appQuery.queryKey[0], meQuery.queryKey[0]]);

/** Ends the session with `end`, opens the sign-in screen and clears the customer's data from the cache. */
export function useLeaving(end: () => Promise<void>): UseMutationResult<void, Error, void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: end,
    onSuccess: async () => {
      queryClient.setQueryData(meQuery.queryKey, null);
      await navigate({ to: '/sign-in', search: { outcome: 'signed_out' } });
      queryClient.removeQueries({ predicate: ({ queryKey }) => !keptQueries.has(queryKey[0]) });
    },
  });
}
