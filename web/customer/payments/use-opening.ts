import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Payment } from '#http/contract/payments.ts';
import { paymentQuery } from '../api/queries.ts';

/** The payment that was opened last: its row becomes its page, and the page becomes the row again. */
let openedId: string | undefined;
const listeners = new Set<() => void>();

/**
 * For a row of a list: that of the opened payment alone takes part in the view transition, and the page begins with
 * what the list knows, as a reading that is due again.
 */
export function useOpening(payment: Payment) {
  const queryClient = useQueryClient();
  const isOpened = useSyncExternalStore(subscribe, () => openedId === payment.id);
  const open = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => {
    if (ctrlKey || metaKey || shiftKey) return;
    const { queryKey } = paymentQuery(payment.id);
    if (queryClient.getQueryData(queryKey) === undefined) {
      queryClient.setQueryData(queryKey, payment);
      void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
    }
    /* The picture of the list is taken before React's next rendering. */
    flushSync(() => show(payment.id));
  };
  return { isOpened, open };
}

function show(id: string): void {
  openedId = id;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
