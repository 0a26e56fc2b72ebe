import { startOfOsloDay } from '../oslo-time.ts';
import type { PaymentOrder } from './order.ts';
import type { PaymentStatus } from './status.ts';

/** How often the bank is asked about a payment that is not over. */

const firstMs = 20_000;
/** The customer is waiting at the screen. */
const firstMsAfterReturn = 2_000;
const firstMsWatched = 3_000;
const delayMsMax = 6 * 3_600_000;
/** Before its day, a scheduled payment can only be called back at the bank. */
const scheduledMsMax = 24 * 3_600_000;
/** From the start of its day until the first settlement between banks is over. */
const firstMsOfDay = 6 * 3_600_000;
/** Longer than the interval at which the page of a payment asks Drop (`web/customer/api/queries.ts`). */
const watchedForMs = 15_000;

/** The part of a payment that decides when its bank is asked. */
export interface ReadingOccasion {
  createdAt: Date;
  /** When the customer came back from the bank. */
  returnedAt: Date | undefined;
  /** When the customer last looked at the payment. */
  watchedAt: Date | undefined;
  status: PaymentStatus;
  order: Pick<PaymentOrder, 'execution'>;
}

/**
 * Milliseconds until the bank is asked about a payment again: a tenth of the time since the payment was created, since
 * the customer came back from the bank, or since the payment's day began, so that Drop rarely asks about an old
 * payment. While the customer looks at it, a hundredth of that time. A scheduled one is asked about once a day, and
 * from the morning of its day on.
 */
export function nextReadingMs(payment: ReadingOccasion, now: Date): number {
  const { createdAt, returnedAt, watchedAt, status, order } = payment;
  const { execution } = order;
  const dayMs = execution.kind === 'on' ? startOfOsloDay(execution.date).getTime() : 0;
  const waitMs = dayMs + firstMsOfDay - now.getTime();
  if (status === 'scheduled' && waitMs > 0) return Math.min(scheduledMsMax, waitMs);
  const isBegun = dayMs <= now.getTime();
  const sinceMs = now.getTime() - Math.max((returnedAt ?? createdAt).getTime(), isBegun ? dayMs : 0);
  const leastMs = returnedAt === undefined ? firstMs : firstMsAfterReturn;
  const usualMs = Math.max(leastMs, Math.round(sinceMs / 10));
  const isWatched = watchedAt !== undefined && now.getTime() - watchedAt.getTime() < watchedForMs;
  const watchedMs = isWatched ? Math.max(firstMsWatched, Math.round(sinceMs / 100)) : Infinity;
  return Math.min(delayMsMax, usualMs, watchedMs);
}

/** The longest time that a hand-over to the bank can take: after that, its process has given up or has died. */
export const initiationMsMax = 60_000;

const lookUpsMs = [30_000, 600_000, 6 * 3_600_000];
const dayMs = 86_400_000;

/** The part of a payment without the provider's reference that decides when it is looked up in its account. */
export interface LookUpOccasion {
  initiatedAt: Date | undefined;
  /** When it was last looked up. */
  lookedUpAt: Date | undefined;
}

/**
 * Whether a payment is to be looked up in the transactions of its account: half a minute, ten minutes and six hours
 * after the hand-over, and then once a day. So it takes at most three of the four unattended readings of a day, which
 * balances need, too.
 */
export function isLookUpDue({ initiatedAt, lookedUpAt }: LookUpOccasion, now: Date): boolean {
  if (initiatedAt === undefined) return false;
  const looks = (at: Date): number => lookUpsUntil(at.getTime() - initiatedAt.getTime());
  return looks(now) > (lookedUpAt === undefined ? 0 : looks(lookedUpAt));
}

function lookUpsUntil(sinceMs: number): number {
  return lookUpsMs.filter((each) => each <= sinceMs).length + Math.max(0, Math.floor(sinceMs / dayMs));
}
