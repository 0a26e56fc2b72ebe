import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import type { PaymentListFilter } from './payment-list-query.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The text that the list of payments is searched for. */
    paymentText?: string;
  }
}

interface ChosenFilter {
  filter: PaymentListFilter;
  isNarrowed: boolean;
  choose: (filter: PaymentListFilter) => void;
}

/**
 * The filter of the list of payments. It is kept when the page is reloaded, and when the customer comes back to it:
 * status and days in the address, and the text, which may be a name, in the entry of the browser's history.
 */
export function usePaymentFilter(): ChosenFilter {
  const search = useSearch({ from: '/customer/payments' });
  const text = useLocation({ select: ({ state }) => state.paymentText });
  const navigate = useNavigate();
  return {
    filter: { ...search, text },
    isNarrowed: [text, ...Object.values(search)].some((value) => value !== undefined),
    choose: ({ text: wanted, ...rest }) =>
      void navigate({
        to: '/payments',
        search: rest,
        state: wanted === undefined ? {} : { paymentText: wanted },
      }),
  };
}
