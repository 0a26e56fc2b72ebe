import type { KycVerdict } from './verdict.ts';
import type { Presence } from './standing.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

interface Silence {
  minMs: number;
  maxMs: number;
}

/**
 * How long to wait without news before reading a verdict again: a tenth of the verdict's age, within these bounds.
 * While Drop waits for the provider, a lost webhook is discovered soon. While Drop waits for the customer, the bounds
 * are wider: most customers never take the next step, and reading their verdicts must not delay the others.
 */
export const staleAfter = {
  answerAwaited: { minMs: minuteMs, maxMs: 6 * hourMs },
  customerAwaited: { minMs: 10 * minuteMs, maxMs: 30 * dayMs },
  /** Ongoing monitoring may have revoked the approval. */
  approved: { minMs: 30 * dayMs, maxMs: 30 * dayMs },
  /** A later review may have changed the refusal. */
  refusedForGood: { minMs: 90 * dayMs, maxMs: 90 * dayMs },
} as const satisfies Record<string, Silence>;

/** The longest time until a failed read is tried again. */
const unreadMsMax = dayMs;

export interface ReadVerdict {
  verdict: KycVerdict;
  presence: Presence;
  /** When the verdict last changed, or when the customer last continued, whichever is later. */
  standsSince: Date;
  at: Date;
  /** False when the provider has the applicant but its review could not be read. */
  wasRead: boolean;
}

/** When to read a verdict again if no webhook arrives; undefined when the applicant is deleted. */
export function dueAt({ verdict, presence, standsSince, at, wasRead }: ReadVerdict): Date | undefined {
  if (presence === 'deleted') return undefined;
  const { minMs, maxMs } = silenceOf(verdict);
  const tenthMs = (at.getTime() - standsSince.getTime()) / 10;
  const silenceMs = Math.min(Math.max(tenthMs, minMs), maxMs);
  return new Date(at.getTime() + Math.round(wasRead ? silenceMs : Math.min(silenceMs, unreadMsMax)));
}

function silenceOf({ status, canRetry }: KycVerdict): Silence {
  switch (status) {
    case 'approved':
      return staleAfter.approved;
    case 'rejected':
      return canRetry ? staleAfter.customerAwaited : staleAfter.refusedForGood;
    case 'none':
      return staleAfter.customerAwaited;
    case 'pending':
    case 'queued':
      return canRetry ? staleAfter.customerAwaited : staleAfter.answerAwaited;
  }
}
