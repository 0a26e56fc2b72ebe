import { use, type ReactNode } from 'react';
import { isOnline } from '#kit/api/online.ts';
import { loadMissingStylesheets } from './missing-stylesheets.ts';
import { ScreenMissing } from './screen-missing.ts';

type Screen<Properties> = (properties: Properties) => ReactNode;

/**
 * A screen whose code is loaded when it is opened. Unlike the router's own `lazyRouteComponent` it never reloads the
 * page by itself, which would show the browser's error page to a customer who is offline.
 */
export function lazyScreen<Name extends string, Properties extends object>(
  load: () => Promise<Record<Name, Screen<Properties>>>,
  name: Name,
): Screen<Properties> & { preload: () => Promise<void> } {
  let Loaded: Screen<Properties> | undefined;
  let rendering: Promise<void> | undefined;
  const start = async () => {
    await loadMissingStylesheets();
    Loaded = (await load())[name];
  };
  const forget = () => {
    rendering = undefined;
  };

  function LazyScreen(properties: Properties) {
    if (Loaded) return <Loaded {...properties} />;
    rendering ??= start().catch((cause: unknown) => {
      throw new ScreenMissing({ forget, cause, isOffline: !isOnline() });
    });
    use(rendering);
    return null;
  }
  /* A failed preload is not remembered: opening the screen tries again, and reports the failure. */
  return Object.assign(LazyScreen, { preload: () => start().catch(() => undefined) });
}
