import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Payment } from '#http/contract/payments.ts';
import { useNow } from '#kit/locale/now.ts';
import { connectionsQuery } from '../api/queries.ts';
import type { BankStep, VerifyStep } from './next-step.ts';
import { waitingItems, type WaitingItem } from './waiting-items.ts';

/** The draft by a key of its own: the form must never begin with one that this screen has read before. */
const begunQuery = queryOptions({
  queryKey: ['begun-payment'],
  queryFn: async () => (await import('../pay/draft-query.ts')).readKeptDraft(),
  staleTime: 0,
  gcTime: 0,
});

/** What waits for the customer, as far as it is known. */
export function useWaitingItems(
  payments: readonly Payment[] | undefined,
  steps: { verify: VerifyStep | undefined; bank: BankStep | undefined },
): WaitingItem[] {
  const { data: connections } = useQuery(connectionsQuery);
  const { data: draft } = useQuery(begunQuery);
  return waitingItems({ connections, payments, ...steps, draft, now: useNow() });
}
