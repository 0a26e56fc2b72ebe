import { use, type ReactNode } from 'react';

type Screen = () => ReactNode;

/** The code of a screen could not be loaded: the browser is offline, or a new version of Drop has replaced the file. */
export class ScreenMissing extends Error {
  override readonly name = 'ScreenMissing';
  /** Lets the next rendering load the screen again. */
  readonly forget: () => void;

  constructor(forget: () => void, cause: unknown) {
    super('the code of the screen could not be loaded', { cause });
    this.forget = forget;
  }
}

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
    Loaded = (await load())[name];
  };
  const forget = () => {
    rendering = undefined;
  };

  function LazyScreen() {
    if (Loaded) return <Loaded />;
    rendering ??= start().catch((cause: unknown) => {
      throw new ScreenMissing(forget, cause);
    });
    use(rendering);
    return null;
  }
  /* A failed preload is not remembered: opening the screen tries again, and reports the failure. */
  return Object.assign(LazyScreen, { preload: () => start().catch(() => undefined) });
}
