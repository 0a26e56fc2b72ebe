import type { PaymentRow } from '#store/payment-search.ts';

/** The next act of Drop about a payment, and its time; `at` is null where it waits for something else than time. */
export interface NextAct {
  does: string;
  at: Date | null;
}

type Fate = Pick<PaymentRow, 'status' | 'payment_id' | 'contradicted_at' | 'due_at' | 'redirect_expires_at'>;

/** Explains what happens to a payment next, for an operator. */
export function nextActOf(payment: Fate): NextAct {
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
      return {
        does:
          'Drop cannot ask, because it knows no reference: it waits for a webhook, and ends a payment that needs ' +
          'an approval as expired once the quarantine of an unanswered order is over, for which it checks again',
        at,
      };
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

function until({ redirect_expires_at: expiresAt }: Fate): string {
  return expiresAt === null ? '' : `, which is possible until ${expiresAt.toISOString()}`;
}
