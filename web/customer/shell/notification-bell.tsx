import { lazy, Suspense, type ReactNode } from 'react';

async function loadBell(): Promise<{ default: () => ReactNode }> {
  const loaded = await import('../notifications/bell.tsx').catch(() => undefined);
  return { default: loaded?.Bell ?? (() => null) };
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
