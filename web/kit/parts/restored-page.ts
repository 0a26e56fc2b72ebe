import { useEffect, useEffectEvent } from 'react';

/**
 * Runs `onRestored` when the browser's back button brings the page back as it was left, for instance from the bank:
 * what was in progress then no longer is.
 */
export function useRestoredPage(onRestored: () => void): void {
  const restored = useEffectEvent(onRestored);
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) restored();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);
}
