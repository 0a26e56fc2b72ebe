import { Button } from '@digdir/designsystemet-react';
import { InboxIcon } from '@navikt/aksel-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '#kit/parts/empty-state.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useNotificationTexts } from '../texts/notification-texts.ts';
import { inboxQuery } from './inbox-query.ts';
import { NotificationRows } from './notification-rows.tsx';
import { useFirstPageOnly } from './use-first-page-only.ts';
import { useMarkedRead } from './use-marked-read.ts';
import { useShowOlder } from './use-show-older.ts';
import './notifications.css';

export function NotificationsPage() {
  const texts = useNotificationTexts();
  const inbox = useInfiniteQuery(inboxQuery);
  const notifications = inbox.data?.pages.flatMap((page) => page.notifications) ?? [];
  useMarkedRead(inbox.data?.pages[0]);
  useFirstPageOnly();
  const showOlder = useShowOlder(inbox);
  const isOlderMissing = inbox.isFetchNextPageError;
  return (
    <Page title={texts.title} width="reading">
      {inbox.isPending && <LoadingRows rows={4} height={104} />}
      {inbox.isError && !isOlderMissing && (
        <ProblemAlert error={inbox.error} onRetry={() => void inbox.refetch()} />
      )}
      {inbox.data && notifications.length === 0 && !inbox.hasNextPage && (
        <EmptyState icon={<InboxIcon aria-hidden />} title={texts.emptyTitle} text={texts.emptyText} />
      )}
      {notifications.length > 0 && <NotificationRows notifications={notifications} />}
      {isOlderMissing && <ProblemAlert error={inbox.error} onRetry={showOlder} />}
      {inbox.hasNextPage && (
        <Button
          variant="secondary"
          data-color="neutral"
          className="notifications-older"
          loading={inbox.isFetchingNextPage}
          aria-disabled={inbox.isFetchingNextPage}
          onClick={showOlder}
        >
          {texts.older}
        </Button>
      )}
    </Page>
  );
}
