import { BankNoteIcon, BellIcon, HandshakeIcon, PersonIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Notification } from '#http/contract/notifications.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { momentOf } from '../payments/payment-day.ts';
import { useNotificationTexts } from '../texts/notification-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { useNew } from './use-new.ts';

export function NotificationRows({ notifications }: { notifications: Notification[] }) {
  const texts = useNotificationTexts();
  const isNew = useNew(notifications);
  return (
    <ul role="list" className="surface rows" aria-label={texts.list}>
      {notifications.map((notification) => (
        <li key={notification.id} className="notification-item" id={rowId(notification)} tabIndex={-1}>
          <NotificationRow notification={notification} isNew={isNew.has(notification.id)} />
        </li>
      ))}
    </ul>
  );
}

/** By the screen that shows what it is about. */
const icons = [
  ['/payments', BankNoteIcon],
  ['/accounts', HandshakeIcon],
  ['/consents', HandshakeIcon],
  ['/verify', PersonIcon],
  ['/profile', PersonIcon],
] as const;

/** The id of the row's element, which can take the focus. */
export function rowId({ id }: Notification): string {
  return `notification-${id}`;
}

function NotificationRow({ notification, isNew }: { notification: Notification; isNew: boolean }) {
  const texts = useNotificationTexts();
  const { payments: words } = useTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const { title, body, path, createdAt } = notification;
  const Icon = icons.find(([place]) => path.startsWith(place))?.[1] ?? BellIcon;
  return (
    <RowLink path={path}>
      <span className="row-mark" aria-hidden>
        <Icon />
      </span>
      <span className="notification-words">
        <span className="notification-line">
          <span className="notification-title">{title}</span>
          {isNew && <StatusTag tone="info">{texts.isNew}</StatusTag>}
        </span>
        <span className="notification-body">{body}</span>
        <time dateTime={createdAt} className="notification-time">
          {momentOf(createdAt, { words, format, now })}
        </time>
      </span>
    </RowLink>
  );
}

/** A notification about the inbox itself leads nowhere. */
function RowLink({ path, children }: { path: string; children: ReactNode }) {
  if (path === '/notifications') return <div className="row notification">{children}</div>;
  return (
    <Link to={path} className="row notification">
      {children}
    </Link>
  );
}
