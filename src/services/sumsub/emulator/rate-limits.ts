import type { MiddlewareHandler } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuse } from './errors.ts';

/** Calls of one token in any five seconds, by method. Source: API reference, "Rate limits". */
const callsMax: Readonly<Record<string, number>> = { GET: 300, POST: 50 };
const windowMs = 5_000;

/** Answers 429 beyond the limits. Refused calls do not count. */
export function limitRate(clock: Clock): MiddlewareHandler<EmulatorEnvironment> {
  const taken = new Map<string, number[]>();
  return async (c, next) => {
    const { method } = c.req;
    const now = clock.now().getTime();
    const lately = (taken.get(method) ?? []).filter((at) => at > now - windowMs);
    if (lately.length >= (callsMax[method] ?? Infinity))
      return refuse(c, { status: 429, description: 'Too many requests' });
    taken.set(method, [...lately, now]);
    return next();
  };
}
