import { queryOptions } from '@tanstack/react-query';
import type { Payment, Payments } from '#http/contract/payments.ts';
import { request } from '#kit/api/client.ts';
import { paymentsQuery } from '../api/queries.ts';

/** A month with more payments is not drawn. */
const pagesMax = 5;

/** The payments that were settled since the first day of a month (`YYYY-MM`); null where there are too many. */
export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: [...paymentsQuery.queryKey, 'settled', month],
    queryFn: async (): Promise<Payment[] | null> => {
      const payments: Payment[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < pagesMax; page += 1) {
        const query = new URLSearchParams({ status: 'settled', settledFrom: `${month}-01`, limit: '100' });
        if (cursor !== null) query.set('cursor', cursor);
        const read: Payments = await request(`/api/payments?${query.toString()}`);
        payments.push(...read.payments);
        cursor = read.nextCursor;
        if (cursor === null) return payments;
      }
      return null;
    },
  });
