import type { Payment } from '#http/contract/payments.ts';
import { expectedSettlement } from '#domain/banking/settlement.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';

/** The day on which an approved payment normally arrives. Not shown once that day is over: then it is late. */
export function PaymentArrival({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const today = osloDay(new Date(useNow()));
  const day = arrivalDayOf(payment);
  if (day === undefined || day < today) return null;
  return <p>{day === today ? texts.arrivalToday : texts.arrivalOn(format.date(`${day}T12:00:00Z`))}</p>;
}

/** Undefined where the bank does not carry the payment out now, or says what cannot be true. */
function arrivalDayOf({ status, isContradicted, timeline }: Payment): string | undefined {
  if (isContradicted || (status !== 'authorised' && status !== 'processing')) return undefined;
  const approved = timeline.find((event) => event.status === 'authorised' || event.status === 'processing');
  return approved && expectedSettlement(new Date(approved.at)).day;
}
