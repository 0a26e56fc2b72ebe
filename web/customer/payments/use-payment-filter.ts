import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { paymentTextIn, paymentTextHash } from '../search.ts';
import type { PaymentListFilter } from './payment-list-query.ts';

interface ChosenFilter {
  filter: PaymentListFilter;
  isNarrowed: boolean;
  choose: (filter: PaymentListFilter) => void;
}

/**
 * The filter of the list of payments, which lives in the address. The text, which may be a name, is in the fragment: no
 * browser sends that to a server.
 */
export function usePaymentFilter(): ChosenFilter {
  const search = useSearch({ from: '/customer/payments' });
  const text = paymentTextIn(useLocation({ select: ({ hash }) => hash }));
  const navigate = useNavigate();
  return {
    filter: { ...search, text },
    isNarrowed: [text, ...Object.values(search)].some((value) => value !== undefined),
    choose: ({ text: wanted, ...rest }) =>
      void navigate({
        to: '/payments',
        search: rest,
        hash: paymentTextHash(wanted),
        hashScrollIntoView: false,
      }),
  };
}
