import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Notifications } from '#http/contract/notifications.ts';
import { request } from '#kit/api/client.ts';

/** The inbox, page by page. The bell and the screen share it, so that each change is read once. */
export const inboxQuery = infiniteQueryOptions({
  queryKey: ['notifications'],
  queryFn: ({ pageParam }) =>
    request<Notifications>(
      `/api/notifications${pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`}`,
    ),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

/** Marks the notification `upTo` and all older ones as read. */
export function markRead(upTo: string): Promise<void> {
  return request('/api/notifications/read', { method: 'POST', body: { upTo } });
}
