import { BellIcon } from '@navikt/aksel-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNotificationTexts } from '../texts/notification-texts.ts';
import { inboxQuery } from './inbox-query.ts';
import { useAnnounced } from './use-announced.ts';
import './bell.css';

/** The link to the inbox, with the number of unread notifications. */
export function Bell() {
  const texts = useNotificationTexts();
  const [newest] = useInfiniteQuery(inboxQuery).data?.pages ?? [];
  const unread = newest?.unread ?? 0;
  useAnnounced(newest?.notifications);
  return (
    <Link
      to="/notifications"
      className="ds-button header-button bell"
      data-variant="tertiary"
      data-color="neutral"
      aria-label={newest ? texts.bell(unread) : texts.title}
      title={texts.title}
    >
      <BellIcon aria-hidden />
      {unread > 0 && (
        <span className="bell-count" aria-hidden data-testid="unread">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
