import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Notifications } from '#http/contract/notifications.ts';
import { useFocusOnceShown } from '#kit/parts/use-focus-once-shown.ts';
import { rowId } from './notification-rows.tsx';

type Inbox = UseInfiniteQueryResult<InfiniteData<Notifications>>;

/** Loads the next page and moves the focus to its first row: the button that had it may be gone. */
export function useShowOlder({ fetchNextPage, isFetchingNextPage }: Inbox): () => void {
  const focus = useFocusOnceShown();
  return () => {
    if (isFetchingNextPage) return;
    void fetchNextPage().then(({ data, isError }) => {
      const [first] = data?.pages.at(-1)?.notifications ?? [];
      if (isError || !first) return;
      focus(rowId(first));
    });
  };
}
