import { lazy, type LazyExoticComponent, type ReactNode } from 'react';

type Part<Properties> = (properties: Properties) => ReactNode;

/**
 * A part whose code is loaded after the screen. Where it cannot be loaded, as after a deployment, `Instead` takes its
 * place, by default nothing: the screen must not fail for it.
 */
export function lazyPart<Name extends string, Properties extends object>(
  load: () => Promise<Record<Name, Part<Properties>>>,
  name: Name,
  Instead: Part<Properties> = () => null,
): LazyExoticComponent<Part<Properties>> {
  return lazy(async () => {
    const loaded = await load().catch(() => undefined);
    return { default: loaded?.[name] ?? Instead };
  });
}
