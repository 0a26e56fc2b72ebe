import type { Payment } from '#http/contract/payments.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';
import { byDay, dayHeading } from './payment-day.ts';
import { PaymentRows } from './payment-rows.tsx';

/** The payments of the list, each day under its heading. */
export function PaymentDays({ payments }: { payments: readonly Payment[] }) {
  const { payments: words } = useTexts();
  const format = useFormat();
  const now = new Date(useNow());
  return byDay(payments).map(({ day, payments: ofDay }) => (
    <section key={day} className="payment-day" aria-labelledby={`day-${day}`}>
      <h3 id={`day-${day}`}>
        <time dateTime={day}>{dayHeading(day, { words, format, now })}</time>
      </h3>
      <PaymentRows payments={ofDay} isDayKnown />
    </section>
  ));
}
