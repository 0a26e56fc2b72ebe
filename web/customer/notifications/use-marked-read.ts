import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Notifications } from '#http/contract/notifications.ts';
import { inboxQuery, markRead } from './inbox-query.ts';

/**
 * Marks the notifications as read once a visible page shows them. A failed attempt is repeated when the page is shown
 * again, when the network is back, and with the next change; at once if one of these came during the attempt.
 */
export function useMarkedRead(newest: Notifications | undefined): void {
  const queryClient = useQueryClient();
  const marked = useRef<string>(undefined);
  const upTo = newest !== undefined && newest.unread > 0 ? newest.notifications[0]?.id : undefined;
  useEffect(() => {
    if (upTo === undefined) return;
    let isWanted = false;
    const failed = () => {
      marked.current = undefined;
      if (isWanted) mark();
    };
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      isWanted = marked.current === upTo;
      if (isWanted) return;
      marked.current = upTo;
      markRead(upTo).then(() => queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey }), failed);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    window.addEventListener('online', mark);
    return () => {
      isWanted = false;
      document.removeEventListener('visibilitychange', mark);
      window.removeEventListener('online', mark);
    };
  }, [upTo, queryClient]);
}
