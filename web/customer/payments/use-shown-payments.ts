import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Payments } from '#http/contract/payments.ts';
import { useFocusOnceShown } from '#kit/parts/use-focus-once-shown.ts';
import { announce } from '../shell/announcer.tsx';
import { usePaymentListTexts } from '../texts/payment-list-texts.ts';
import { rowId } from './payment-rows.tsx';

type PaymentList = UseInfiniteQueryResult<InfiniteData<Payments>>;

/** Loads the next page and moves the focus to its first row: the button that had it may be gone. */
export function useShowMore({ fetchNextPage, isFetchingNextPage }: PaymentList): () => void {
  const focus = useFocusOnceShown();
  return () => {
    if (isFetchingNextPage) return;
    void fetchNextPage().then(({ data, isError }) => {
      const [first] = data?.pages.at(-1)?.payments ?? [];
      if (isError || !first) return;
      focus(rowId(first));
    });
  };
}

/** Tells screen readers how many payments are shown, after a search and after each further page. */
export function useAnnouncedCount(
  { data, hasNextPage, isPlaceholderData }: PaymentList,
  isNarrowed: boolean,
): void {
  const texts = usePaymentListTexts();
  const pages = data?.pages.length ?? 0;
  const count = data?.pages.reduce((sum, page) => sum + page.payments.length, 0) ?? 0;
  const isOfInterest = pages > 1 || (isNarrowed && pages > 0);
  const said = count === 0 && !hasNextPage ? texts.noneTitle : texts.shown(count, hasNextPage);
  useEffect(() => {
    if (isOfInterest && !isPlaceholderData) announce(said);
  }, [said, isOfInterest, isPlaceholderData]);
}
