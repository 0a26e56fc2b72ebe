import { lazyRouteComponent } from '@tanstack/react-router';
import { isOnline } from '#kit/api/online.ts';
import { Unreachable } from '#kit/api/problem.ts';

/**
 * A screen that is loaded when it is first opened. If its file is missing, the library reloads the page, which is right
 * after a new version was released; offline it would end the app, so there the failure is shown as one of the network.
 */
export function lazyScreen<Screens extends Record<string, unknown>, Name extends keyof Screens & string>(
  load: () => Promise<Screens>,
  name: Name,
) {
  const loaded = () =>
    load().catch((cause: unknown) => {
      throw isOnline() ? cause : new Unreachable('a screen could not be loaded', { cause });
    });
  return lazyRouteComponent(loaded, name);
}
