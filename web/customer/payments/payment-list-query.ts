import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { isFinal, paymentStatuses, type PaymentStatus } from '#domain/payment/status.ts';
import type { Payments } from '#http/contract/payments.ts';
import { request } from '#kit/api/client.ts';
import { paymentsQuery } from '../api/queries.ts';
import type { PaymentsSearch } from '../search.ts';

/** The filters of the list. */
export interface PaymentListFilter extends PaymentsSearch {
  text?: string | undefined;
}

const statusesOf: Record<NonNullable<PaymentsSearch['status']>, readonly PaymentStatus[]> = {
  ongoing: paymentStatuses.filter((status) => !isFinal(status)),
  settled: ['settled'],
  unpaid: paymentStatuses.filter((status) => isFinal(status) && status !== 'settled'),
};

/** The payments that match a filter, page by page. */
export const paymentListQuery = ({ text, status, from, to }: PaymentListFilter) =>
  infiniteQueryOptions({
    queryKey: [...paymentsQuery.queryKey, { text, status, from, to }],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams(status ? statusesOf[status].map((each) => ['status', each]) : []);
      for (const [name, value] of Object.entries({ from, to, cursor: pageParam })) {
        if (value) query.set(name, value);
      }
      // In a header, because proxies log addresses.
      const headers = text ? { 'Drop-Search': encodeURIComponent(text) } : {};
      return request<Payments>(`/api/payments${query.size > 0 ? `?${query.toString()}` : ''}`, { headers });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
