import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { inboxQuery } from './inbox-query.ts';

/** Forgets the older pages when the screen is left: the bell would read all of them again with each change. */
export function useFirstPageOnly(): void {
  const queryClient = useQueryClient();
  useEffect(
    () => () => {
      queryClient.setQueryData(
        inboxQuery.queryKey,
        (inbox) => inbox && { pages: inbox.pages.slice(0, 1), pageParams: inbox.pageParams.slice(0, 1) },
      );
    },
    [queryClient],
  );
}
