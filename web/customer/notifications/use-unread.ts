import { useInfiniteQuery } from '@tanstack/react-query';
import { inboxQuery } from './inbox-query.ts';

/** How many notifications are unread; 100 stands for 100 or more, and undefined for not known. */
export function useUnread(): number | undefined {
  return useInfiniteQuery(inboxQuery).data?.pages[0]?.unread;
}
