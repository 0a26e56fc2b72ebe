/** How long before the end the customer is told. */
const warningMs = 5 * 60_000;

/** `told`: the session ends at `endsAt`, whatever the customer does. */
export type SessionLimit = { kind: 'far' } | { kind: 'told'; endsAt: number } | { kind: 'over' };

/**
 * How near the end of the session is. `seconds` were left when the server answered at `answeredAt`, by this device's
 * clock, which may differ from the server's.
 */
export function sessionLimit(
  seconds: number | undefined,
  { answeredAt, now }: { answeredAt: number; now: number },
): SessionLimit {
  if (seconds === undefined) return { kind: 'far' };
  const endsAt = answeredAt + seconds * 1_000;
  if (now >= endsAt) return { kind: 'over' };
  return now >= endsAt - warningMs ? { kind: 'told', endsAt } : { kind: 'far' };
}
