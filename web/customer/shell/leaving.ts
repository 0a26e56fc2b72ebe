import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { announceSignOut, endSession } from './session-end.ts';

/** Ends the session with `end`, here and in the browser's other tabs, and opens the sign-in screen. */
export function useLeaving(
  end: () => Promise<void>,
  { onError }: { onError?: () => void } = {},
): UseMutationResult<void, Error, void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: end,
    ...(onError && { onError }),
    onSuccess: () => {
      announceSignOut();
      return endSession(queryClient, () => navigate({ to: '/sign-in', search: { outcome: 'signed_out' } }));
    },
  });
}
