import { osloTime } from '#domain/oslo-time.ts';
import type { UnansweredAtProvider } from '#domain/payment/conclusion.ts';
import type { PaymentRow } from '#store/payment-search.ts';

/** The next act of Drop about a payment, and its time; `at` is null where it waits for something else than time. */
export interface NextAct {
  does: string;
  at: Date | null;
}

type Fate = Pick<
  PaymentRow,
  | 'status'
  | 'payment_id'
  | 'contradicted_at'
  | 'due_at'
  | 'redirect_expires_at'
  | 'initiated_at'
  | 'created_at'
>;

/** Explains what happens to a payment next, for an operator. `unanswered` are the rules of its provider, if known. */
export function nextActOf(payment: Fate, unanswered?: UnansweredAtProvider): NextAct {
  const at = payment.due_at;
  if (payment.contradicted_at !== null) {
    const does = 'Drop asks the bank until it no longer contradicts; an operator decides, see the runbook';
    return { does, at };
  }
  switch (payment.status) {
    case 'created':
      return { does: 'Drop marks it as failed, unless it has been handed over by then', at };
    case 'initiating':
      return { does: 'Drop marks it as unknown, unless the bank has answered by then', at };
    case 'unknown':
      if (payment.payment_id !== null) return { does: 'Drop asks the bank for its status', at };
      return { does: `${withoutReference}${unansweredText(payment, unanswered)}; it looks again`, at };
    case 'awaiting_authorisation':
      return { does: `Drop asks the bank whether the customer approved${until(payment)}`, at };
    case 'authorised':
    case 'processing':
      return { does: 'Drop asks the bank whether it is settled', at };
    case 'scheduled':
      return { does: 'Drop asks the bank once a day until the day for which it was ordered', at };
    case 'failed':
      return {
        does: 'nothing: it did not reach the bank, and only the customer can send it again',
        at: null,
      };
    case 'settled':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return { does: 'nothing: it is over', at: null };
  }
}

const withoutReference =
  'Drop cannot ask, because it knows no reference: it waits for a webhook, and looks the payment up in its account. ';

/**
 * When the quarantine of an order without an answer ends, which is when the bank may no longer carry it out for the
 * first time; undefined where the payment is in none.
 */
export function quarantineEnd(
  { status, payment_id: reference, initiated_at: initiatedAt, created_at: createdAt }: Fate,
  { quarantineMs }: UnansweredAtProvider,
): Date | undefined {
  if (status !== 'unknown' || reference !== null) return undefined;
  return new Date((initiatedAt ?? createdAt).getTime() + quarantineMs);
}

/** What becomes of a payment without a reference if nothing is heard of it. */
function unansweredText(payment: Fate, rules: UnansweredAtProvider | undefined): string {
  const end = rules && quarantineEnd(payment, rules);
  if (end === undefined) return 'Its provider is not one of this version of Drop';
  const { day, time } = osloTime(end);
  const quarantine = `Its quarantine ends at ${time} on ${day} in Norway`;
  return rules?.needsApproval === true
    ? `${quarantine}: if nothing was found by then, Drop marks it as expired, because the customer could not approve it`
    : `${quarantine}: if nothing was found by then, it stays unknown, and an operator asks the bank`;
}

function until({ redirect_expires_at: expiresAt }: Fate): string {
  return expiresAt === null ? '' : `, which is possible until ${expiresAt.toISOString()}`;
}
