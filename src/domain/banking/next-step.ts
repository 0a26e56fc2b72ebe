/**
 * What a customer does next for a consent, a payment or a cancellation. `none`: nothing, since the bank exempts it or
 * names no way to it. `redirect`: opens the bank's page at `url`, until `expiresAt` where the provider says so.
 * `decoupled`: approves in the bank's own app; `message` is the bank's text for the customer, and the provider may be
 * asked again after `askAgainMs` milliseconds. (Berlin Group NextGenPSD2, Implementation Guidelines, "SCA approaches".)
 */
export type NextStep =
  | { kind: 'none' }
  | { kind: 'redirect'; url: string; expiresAt: Date | undefined }
  | { kind: 'decoupled'; message: string | undefined; askAgainMs: number };

export type DecoupledStep = Extract<NextStep, { kind: 'decoupled' }>;

export const noStep: NextStep = { kind: 'none' };

/** A redirect to `url`; `none` where there is no address. */
export function redirectTo(url: string | undefined, expiresAt?: Date): NextStep {
  return url === undefined ? noStep : { kind: 'redirect', url, expiresAt };
}

/** The address of a redirect; undefined for the other kinds. */
export function redirectUrlOf(next: NextStep | undefined): string | undefined {
  return next?.kind === 'redirect' ? next.url : undefined;
}

const askAgainMsMin = 1_000;
const askAgainMsMax = 60_000;

/** The delay before the provider is asked again, in milliseconds, within bounds that suit a customer who waits. */
export function boundedAskAgainMs({ askAgainMs }: DecoupledStep): number {
  if (!Number.isFinite(askAgainMs)) return askAgainMsMax;
  return Math.min(askAgainMsMax, Math.max(askAgainMsMin, Math.round(askAgainMs)));
}
