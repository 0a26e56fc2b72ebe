import { useUnread } from './use-unread.ts';
import { useNotificationTexts } from '../texts/notification-texts.ts';
import './bell.css';

/** A dot for the eye, and the number for screen readers, while a notification is unread. */
export function UnreadMark() {
  const texts = useNotificationTexts();
  const unread = useUnread() ?? 0;
  if (unread === 0) return null;
  return (
    <span className="unread-mark" data-testid="unread-mark">
      <span className="ds-sr-only">{texts.mark(unread)}</span>
    </span>
  );
}
