import type { MountedDrop } from 'drop/mount';

/** Next builds this file into several bundles, which share one Drop. */
const shared = globalThis as { drop?: Promise<MountedDrop> };

/**
 * Starts Drop, once in this process, however often it is called. `src/instrumentation.ts` does, so that a start that
 * fails fails the start of the server.
 */
export function initializeServices(): Promise<MountedDrop> {
  return (shared.drop ??= start());
}

/** Node loads Drop's TypeScript itself: a bundle would move it away from its migrations and its web app. */
async function start(): Promise<MountedDrop> {
  const { mountDrop } = await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ 'drop/mount');
  return mountDrop();
}
