const baseDelayMs = 100;
const delayMsMax = 2_000;
const retryAfterMsMax = 60_000;

/** Exponential back-off with full jitter: a random share of 100 ms, 200 ms, 400 ms … capped at 2 s. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(delayMsMax, baseDelayMs * 2 ** (attempt - 1)));
}

/** Reads `Retry-After` given in seconds (RFC 9110, 10.2.3); undefined when absent or of another form. */
export function retryAfterMs(header: string | null): number | undefined {
  if (header === null || !/^\d{1,6}$/.test(header.trim())) return undefined;
  return Math.min(retryAfterMsMax, Number(header) * 1000);
}
