import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Notification } from '#http/contract/notifications.ts';
import { announce } from '../shell/announcer.tsx';
import { useNotificationTexts } from '../texts/notification-texts.ts';

/** Announces each notification that comes while the page is open, unless the screen that it leads to is open. */
export function useAnnounced(newest: Notification[] | undefined): void {
  const texts = useNotificationTexts();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!newest) return;
    const before = known.current;
    known.current = new Set(newest.map(({ id }) => id));
    if (!before) return;
    const news = newest.filter((entry) => !before.has(entry.id) && !entry.isRead && entry.path !== path);
    const [first] = news;
    if (first) announce(news.length === 1 ? texts.announced(first.title) : texts.announcedMany(news.length));
  }, [newest, path, texts]);
}
