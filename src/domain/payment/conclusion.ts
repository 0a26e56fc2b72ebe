import type { PaymentStatus } from './status.ts';

/** The outcome of a hand-over to the bank: no answer, no call, or the bank's refusal. */
export type HandOverOutcome = 'unknown' | 'not_sent' | 'refused';

const statuses = { unknown: 'unknown', not_sent: 'failed', refused: 'rejected' } as const;

/** The status of a payment whose hand-over ended so. One that failed was certainly not sent, and may be sent again. */
export function statusAfterHandOver(outcome: HandOverOutcome): 'unknown' | 'failed' | 'rejected' {
  return statuses[outcome];
}

/** The part of a payment without the provider's reference that decides what is concluded of it. */
export interface UnansweredPayment {
  status: PaymentStatus;
  isContradicted: boolean;
  /** How long ago it was last claimed to be handed over, in milliseconds. */
  sinceMs: number;
}

/** The rules of a provider for payments without an answer (`PaymentInitiation`). */
export interface UnansweredAtProvider {
  needsApproval: boolean;
  quarantineMs: number;
}

/**
 * The status that Drop concludes for a payment whose lease has ended and of which no provider's reference is known;
 * undefined where nothing can be concluded. A payment that was not handed over has failed; one that was handed over
 * without an answer is `unknown`. A payment that needs an approval, which is impossible without that answer, expires
 * when the quarantine is over; any other stays `unknown`.
 */
export function conclusionWithoutReference(
  { status, isContradicted, sinceMs }: UnansweredPayment,
  provider: () => UnansweredAtProvider,
): 'failed' | 'unknown' | 'expired' | undefined {
  if (status === 'created') return 'failed';
  if (status === 'initiating') return 'unknown';
  if (status !== 'unknown') return undefined;
  const { needsApproval, quarantineMs } = provider();
  return needsApproval && sinceMs >= quarantineMs && !isContradicted ? 'expired' : undefined;
}
