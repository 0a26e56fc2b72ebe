import type { Payment } from '#http/contract/payments.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';
import { arrivalDayOf } from './payment-arrival-day.ts';
import { weekdayOf } from './payment-day.ts';

/** The day on which an approved payment normally arrives, where it is known. */
export function PaymentArrival({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const day = arrivalDayOf(payment, now);
  if (day === undefined) return null;
  return (
    <p>{day === osloDay(now) ? texts.arrivalToday : texts.arrivalOn(weekdayOf(day, { format, now }))}</p>
  );
}
