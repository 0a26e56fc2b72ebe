import { Suspense } from 'react';
import { lazyPart } from './lazy-part.ts';

/** Loaded after the first screen. Where it cannot be loaded, the screens work without it. */
const Bell = lazyPart(() => import('../notifications/bell.tsx'), 'Bell');

export function NotificationBell() {
  return (
    <Suspense fallback={<span className="header-bell-place" />}>
      <Bell />
    </Suspense>
  );
}
