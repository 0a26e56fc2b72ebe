import type { Refuser } from '#outbound/attempt.ts';

const refusers: Record<Refuser, true> = { breaker: true, limiter: true, deadline: true };

/** The series of a guard. Some guards are made with their first call, so each scrape asks for those there are. */
export function refusalsOf(provider: string): Readonly<Record<string, string>>[] {
  return Object.keys(refusers).map((by) => ({ provider, refused_by: by }));
}
