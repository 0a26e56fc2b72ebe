import { randomUUID } from 'node:crypto';

const requestIdPattern = /^[\w-]{8,64}$/;

/** The id that identifies a request in logs: the sender's own id, if it is safe to log, or else a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && requestIdPattern.test(given) ? given : randomUUID();
}
