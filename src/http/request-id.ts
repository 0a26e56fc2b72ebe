import type { Entropy } from '#domain/entropy.ts';

const requestIdPattern = /^[\w-]{8,64}$/;

/** By which a request is found again: what its sender calls it, where that is fit for a log, else a new one. */
export function requestIdOf(given: string | undefined, entropy: Entropy): string {
  return given !== undefined && requestIdPattern.test(given) ? given : entropy.uuid();
}
