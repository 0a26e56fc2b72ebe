import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { appQuery, meQuery } from '../api/queries.ts';

/** What belongs to nobody in particular, and so stays when a customer leaves. */
const keptQueries = new Set<unknown>([appQuery.queryKey[0], meQuery.queryKey[0]]);

/** Ends the session by `end`, shows the sign-in and forgets what the customer saw. */
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
