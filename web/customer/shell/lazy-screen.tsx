import { use, type ReactNode } from 'react';
import { isOnline } from '#kit/api/online.ts';
import { loadMissingStylesheets } from './missing-stylesheets.ts';
import { ScreenMissing } from './screen-missing.ts';

type Screen = () => ReactNode;

/**
 * A screen whose code is loaded when it is opened. Unlike the router's own `lazyRouteComponent` it never reloads the
 * page by itself, which would show the browser's error page to a customer who is offline.
 */
export function lazyScreen<Name extends string>(
  load: () => Promise<Record<Name, Screen>>,
  name: Name,
): Screen & { preload: () => Promise<void> } {
  let Loaded: Screen | undefined;
  let rendering: Promise<void> | undefined;
  const start = async () => {
    await loadMissingStylesheets();
    Loaded = (await load())[name];
  };
  const forget = () => {
    rendering = undefined;
  };

  function LazyScreen() {
    if (Loaded) return <Loaded />;
    rendering ??= start().catch((cause: unknown) => {
      throw new ScreenMissing({ forget, cause, isOffline: !isOnline() });
    });
    use(rendering);
    return null;
  }
  /* A failed preload is not remembered: opening the screen tries again, and reports the failure. */
  return Object.assign(LazyScreen, { preload: () => start().catch(() => undefined) });
}
