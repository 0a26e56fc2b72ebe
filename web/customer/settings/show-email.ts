import { useQueryClient } from '@tanstack/react-query';
import type { EmailAddress } from '#http/contract/email-address.ts';
import { emailAddressQuery } from '../api/email-address.ts';

/** Shows the state of the address that the server answered a change with. */
export function useShowEmail(): (state: EmailAddress) => void {
  const queryClient = useQueryClient();
  return (state) => queryClient.setQueryData(emailAddressQuery.queryKey, state);
}
