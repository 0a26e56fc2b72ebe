import type { Clock } from '#domain/clock.ts';

export interface LoadedDocument<T> {
  value: T;
  /** How long it may be used without asking again. */
  maxAgeMs: number;
}

/** One document of a provider, fetched once however many ask at the same time. */
export interface CachedDocument<T> {
  /** @throws what `load` threw, when there is nothing to fall back on. */
  get(): Promise<T>;
  /** Fetches it now, or waits for the fetch under way. @throws what `load` threw. */
  refresh(): Promise<T>;
}

/** While an outdated copy serves, the issuer is asked again only this often. */
const pauseAfterFailureMs = 10_000;

/** In the last fifth of its time whoever asks has it fetched anew, and does not wait for that. */
const aheadFrom = 0.8;

/**
 * Holds one document for as long as its sender allows, and fetches it ahead while it is asked for. When it cannot be
 * had again, the outdated copy serves for up to `staleMsMax` more, and `onStale` is told why. A failure is never
 * remembered in place of a document.
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

  /** What goes wrong is of no account yet: the copy still holds. */
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
