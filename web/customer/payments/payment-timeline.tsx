import type { Payment } from '#http/contract/payments.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';

export function PaymentTimeline({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  if (payment.timeline.length === 0) return null;
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{texts.timeline}</h2>
      <ol role="list">
        {payment.timeline.map(({ status, at }) => (
          <li key={`${status} ${at}`}>
            <span>{texts.events[status]}</span>
            <time dateTime={at}>{format.dateTime(at)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
