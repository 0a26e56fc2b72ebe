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
 * How long nothing may be heard before a verdict is read again: a tenth of the time that it has stood, within these
 * bounds. Where the provider's answer is waited for, a lost webhook is found soon; where the next step is the
 * customer's, most never take it, and they must not be in the way of those who wait.
 */
export const staleAfter = {
  answerAwaited: { minMs: minuteMs, maxMs: 6 * hourMs },
  customerAwaited: { minMs: 10 * minuteMs, maxMs: 30 * dayMs },
  /** Monitoring may have turned it. */
  approved: { minMs: 30 * dayMs, maxMs: 30 * dayMs },
  /** Another look may have turned it. */
  refusedForGood: { minMs: 90 * dayMs, maxMs: 90 * dayMs },
} as const satisfies Record<string, Silence>;

/** How soon it is tried again to read what could not be read. */
const unreadMsMax = dayMs;

export interface ReadVerdict {
  verdict: KycVerdict;
  presence: Presence;
  /** Since when the verdict is what it is, or the customer last went on. */
  standsSince: Date;
  at: Date;
  /** False where the provider has the applicant and did not show the review. */
  wasRead: boolean;
}

/** When a verdict is read again though nothing was heard; undefined where there is no applicant to ask about. */
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
