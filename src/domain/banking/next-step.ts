import { shownText } from '../shown-text.ts';

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

/** The longest message of a bank that is kept, in UTF-16 units: enough for a code and a few lines of text. */
const messageLengthMax = 500;

/** Later than any page of a bank is open, and within what the database can keep. */
const expiryMsMax = Date.UTC(9999, 0);

/**
 * A step in the form that Drop keeps and shows, whatever the provider wrote: the address as a browser reads it, the
 * expiry only where it is a time, the message as shown text of at most 500 UTF-16 units, and the delay within bounds.
 */
export function plainStep(next: NextStep): NextStep {
  switch (next.kind) {
    case 'none':
      return noStep;
    case 'redirect':
      return { ...next, url: URL.parse(next.url)?.href ?? next.url, expiresAt: plainExpiry(next.expiresAt) };
    case 'decoupled':
      return { ...next, message: plainMessage(next.message), askAgainMs: boundedAskAgainMs(next) };
  }
}

function plainExpiry(expiresAt: Date | undefined): Date | undefined {
  const ms = expiresAt?.getTime() ?? NaN;
  return ms >= 0 && ms <= expiryMsMax ? expiresAt : undefined;
}

function plainMessage(message: string | undefined): string | undefined {
  const shown = shownText(message?.slice(0, messageLengthMax) ?? '');
  return shown === '' ? undefined : shown.slice(0, messageLengthMax).toWellFormed();
}

/** The delay before the provider is asked again, in milliseconds, within bounds that suit a customer who waits. */
export function boundedAskAgainMs({ askAgainMs }: DecoupledStep): number {
  if (!Number.isFinite(askAgainMs)) return askAgainMsMax;
  return Math.min(askAgainMsMax, Math.max(askAgainMsMin, Math.round(askAgainMs)));
}
