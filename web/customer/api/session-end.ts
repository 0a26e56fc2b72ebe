import type { QueryClient } from '@tanstack/react-query';
import { meQuery } from './queries.ts';

const queryKey = ['session-ended'];

/** Notes that the server no longer knows the session of a customer who was signed in at this page. */
export function noteSessionEnd(queryClient: QueryClient): void {
  if (queryClient.getQueryData(meQuery.queryKey)) queryClient.setQueryData(queryKey, true);
  queryClient.setQueryData(meQuery.queryKey, null);
}

/** Whether the session ended while the customer used this page. */
export function hasSessionEnded(queryClient: QueryClient): boolean {
  return queryClient.getQueryData(queryKey) === true;
}
