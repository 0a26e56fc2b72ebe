import { useEffect, useEffectEvent } from 'react';

/**
 * Runs `onRestored` when the browser restores the page from its back/forward cache, for instance after Back from the
 * bank. A request that was in progress when the page was left is no longer running.
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
