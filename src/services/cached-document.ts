import type { Clock } from '#domain/clock.ts';

export interface LoadedDocument<T> {
  value: T;
  /** How long the document may be used before it is fetched again. */
  maxAgeMs: number;
}

/** One document of a provider. Concurrent callers share one fetch. */
export interface CachedDocument<T> {
  /** @throws the error of `load`, when no usable copy is held. */
  get(): Promise<T>;
  /** Fetches the document now, or waits for the fetch in progress. @throws the error of `load`. */
  refresh(): Promise<T>;
}

/** The shortest time between fetches while an outdated copy is used. */
const pauseAfterFailureMs = 10_000;

/** In the last fifth of the document's lifetime, a call starts a new fetch in the background. */
const aheadFrom = 0.8;

/**
 * Caches one document for as long as its sender allows, and refreshes it ahead of time while it is in use. When it
 * cannot be fetched again, the outdated copy is used for up to `staleMsMax` more, and `onStale` receives the error. A
 * failure never replaces a cached document.
 */
export function createCachedDocument<T>(options: {
  load: () => Promise<LoadedDocument<T>>;
  clock: Clock;
  staleMsMax: number;
  onStale: (error: unknown) => void;
}): CachedDocument<T> {
  const now = (): number => options.clock.now().getTime();
  let held: { value: T; freshUntil: number; aheadFrom: number } | undefined;
  let inFlight: Promise<T> | undefined;
  let pausedUntil = 0;

  async function load(): Promise<T> {
    const { value, maxAgeMs } = await options.load();
    held = { value, freshUntil: now() + maxAgeMs, aheadFrom: now() + maxAgeMs * aheadFrom };
    return value;
  }

  function refresh(): Promise<T> {
    inFlight ??= load().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  }

  /** An error is ignored here, because the copy is still valid. */
  function refreshAhead(): void {
    if (now() < pausedUntil) return;
    refresh().catch(() => (pausedUntil = now() + pauseAfterFailureMs));
  }

  async function get(): Promise<T> {
    if (held && now() >= held.aheadFrom && now() < held.freshUntil) refreshAhead();
    if (held && (now() < held.freshUntil || (now() < pausedUntil && isUsable(held)))) return held.value;
    try {
      return await refresh();
    } catch (error) {
      if (!held || !isUsable(held)) throw error;
      pausedUntil = now() + pauseAfterFailureMs;
      options.onStale(error);
      return held.value;
    }
  }

  function isUsable({ freshUntil }: { freshUntil: number }): boolean {
    return now() < freshUntil + options.staleMsMax;
  }

  return { get, refresh };
}

/** Reads `max-age` of `Cache-Control` (RFC 9111, 5.2.2.1) within bounds; `defaultMs` without one. */
export function maxAgeMs(
  headers: Headers,
  bounds: { defaultMs: number; leastMs: number; mostMs: number },
): number {
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(headers.get('cache-control') ?? '')?.[1];
  const wanted = seconds === undefined ? bounds.defaultMs : Number(seconds) * 1000;
  return Math.min(bounds.mostMs, Math.max(bounds.leastMs, wanted));
}
