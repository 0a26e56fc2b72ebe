import { lazy, Suspense, type ReactNode } from 'react';

async function loadBell(): Promise<{ default: () => ReactNode }> {
  const loaded = await import('../notifications/bell.tsx').catch(() => undefined);
  return { default: loaded?.Bell ?? (() => null) };
}

async function loadMark(): Promise<{ default: () => ReactNode }> {
  const loaded = await import('../notifications/unread-mark.tsx').catch(() => undefined);
  return { default: loaded?.UnreadMark ?? (() => null) };
}

const Mark = lazy(loadMark);

/** A mark in the navigation, while a notification is unread. */
export function UnreadMark() {
  return (
    <Suspense>
      <Mark />
    </Suspense>
  );
}

/** Loaded after the first screen. Where it cannot be loaded, the screens work without it. */
const Bell = lazy(loadBell);

export function NotificationBell() {
  return (
    <Suspense fallback={<span className="header-bell-place" />}>
      <Bell />
    </Suspense>
  );
}
