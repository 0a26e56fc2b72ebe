import type { Payment } from '#http/contract/payments.ts';
import type { Format } from '#domain/formats.ts';
import { isBankDay } from '#domain/banking/bank-days.ts';
import { wasApproved } from './payment-course.ts';
import { isDismissed, scheduledDay, waitsForMoney } from './payment-state.ts';
import type { Texts } from '../texts/nb.ts';

type Words = Texts['payments'];

export function headlineOf(payment: Payment, words: Words, format: Format): string {
  if (payment.isContradicted) return words.contradicted;
  if (isDismissed(payment)) return words.dismissedHeadline;
  if (payment.status === 'settled' && payment.creditorCredited) return words.credited;
  const day = scheduledDay(payment, format);
  return day === undefined ? words.headline[payment.status] : words.headlineOn(day);
}

/** A sentence that explains the status to the customer; undefined if a final payment has no reason. */
export function explanationOf(payment: Payment, words: Words): string | undefined {
  if (payment.isContradicted) return words.explanation.contradicted;
  if (isDismissed(payment)) return words.explanation.dismissed(payment.debtor.bankName);
  if (waitsForMoney(payment)) return words.explanation.awaiting_money(payment.debtor.bankName);
  switch (payment.status) {
    case 'awaiting_authorisation':
      return payment.next.kind === 'decoupled'
        ? words.explanation.awaiting_app(payment.debtor.bankName)
        : words.explanation.awaiting_authorisation(payment.debtor.bankName);
    case 'settled':
      return payment.creditorCredited ? words.explanation.credited : words.explanation.settled;
    case 'created':
    case 'initiating':
    case 'unknown':
    case 'authorised':
    case 'processing':
      return words.explanation[payment.status];
    case 'scheduled':
      return payment.executionDate === null || isBankDay(payment.executionDate)
        ? words.explanation.scheduled
        : words.explanation.scheduled_holiday;
    case 'rejected':
      /* A bank rejects a payment, too, that was not approved in time, and does not say that this is why. */
      if (payment.reason === 'rejected_by_bank' && !wasApproved(payment))
        return words.explanation.rejected_unapproved;
      return payment.reason ? words.reason[payment.reason] : undefined;
    case 'cancelled':
    case 'expired':
    case 'failed':
      return payment.reason ? words.reason[payment.reason] : undefined;
  }
}

/** States whether money has left the account. Every payment shows it in the same place. */
export function moneyOf(payment: Payment, words: Words, format: Format): string {
  switch (payment.moneyMoved) {
    case 'yes':
      return words.money.yes(format.money(payment.amount));
    case 'no':
      return words.money.no;
    case 'not_yet_known': {
      const day = payment.isContradicted ? undefined : scheduledDay(payment, format);
      return day === undefined ? words.money[notYetKnown(payment)] : words.money.not_yet_due(day);
    }
  }
}

/** The text for `not_yet_known`, which depends on what the bank is known to have. */
function notYetKnown({
  status,
  isContradicted,
}: Payment): 'not_yet_known' | 'not_yet_known_at_bank' | 'not_yet_received' {
  if (isContradicted) return 'not_yet_known';
  if (status === 'awaiting_authorisation') return 'not_yet_known_at_bank';
  return ['authorised', 'scheduled', 'processing'].includes(status) ? 'not_yet_received' : 'not_yet_known';
}
