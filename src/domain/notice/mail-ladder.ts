/** Waits between the attempts at the first server, in milliseconds: 60 s, 300 s and 900 s. */
export const mailRetryMs = [60_000, 300_000, 900_000] as const;

const attemptsAtFirst = mailRetryMs.length + 1;

/**
 * The place of an attempt among the `servers` that are configured: 0 is the first. `attempts` counts this one, and
 * those whose process died, which never leave a mail without a server.
 */
export function serverOfAttempt(attempts: number, servers: number): number {
  return attempts <= attemptsAtFirst ? 0 : Math.min(1, servers - 1);
}

/** The step after an attempt that failed for now: a wait, the next server at once, or the end. */
export type MailRetry = { kind: 'wait'; afterMs: number } | { kind: 'next_server' } | { kind: 'end' };

/**
 * Source: the owner's document, "queues and retries at 60 s, 300 s, 900 s and then uses a second SMTP server".
 * `attempts` counts the one that failed, and `servers` those that are configured.
 */
export function retryAfter(attempts: number, servers: number): MailRetry {
  const afterMs = mailRetryMs[attempts - 1];
  if (afterMs !== undefined) return { kind: 'wait', afterMs };
  return attempts === attemptsAtFirst && servers > 1 ? { kind: 'next_server' } : { kind: 'end' };
}

/** The step after a server refused Drop itself: waiting for that server helps no mail. */
export function afterUnusable(attempts: number, servers: number): MailRetry {
  return attempts <= attemptsAtFirst && servers > 1 ? { kind: 'next_server' } : retryAfter(attempts, servers);
}

/** The count of attempts with which the next one is made at the second server. */
export const attemptsBeforeNextServer = attemptsAtFirst;
