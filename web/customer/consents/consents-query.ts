import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Consents } from '#http/contract/consents.ts';
import { request } from '#kit/api/client.ts';

/** The consents of the customer, page by page. */
export const consentsQuery = infiniteQueryOptions({
  queryKey: ['consents'],
  queryFn: ({ pageParam }) =>
    request<Consents>(`/api/consents${pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`}`),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
  staleTime: 0,
});
