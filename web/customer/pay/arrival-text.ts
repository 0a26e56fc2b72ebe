import { isBankDay } from '#domain/banking/bank-days.ts';
import { expectedArrivalDay, settlementHours } from '#domain/banking/settlement.ts';
import type { Format } from '#domain/formats.ts';
import type { Execution } from '#domain/payment/execution.ts';
import { weekdayOf } from '../payments/payment-day.ts';
import type { OrderTexts } from '../texts/nb-order.ts';

/** A day (`YYYY-MM-DD`) with its weekday. */
export const fullDay = (day: string, format: Format): string => format.fullDate(`${day}T12:00:00Z`);

/** When the money normally arrives, and what the calendar of the banks has to do with it. */
export function arrivalText(
  execution: Execution,
  { now, texts, format }: { now: Date; texts: OrderTexts['arrival']; format: Format },
): string {
  if (execution.kind === 'instant') return texts.instant;
  const arrival = weekdayOf(expectedArrivalDay(execution, now) ?? '', { format, now });
  if (execution.kind === 'on')
    return isBankDay(execution.date)
      ? texts.on(arrival)
      : texts.closed(weekdayOf(execution.date, { format, now }), arrival);
  const hours = settlementHours(now);
  return hours.kind === 'open'
    ? texts.open(format.time(`2000-01-01T${hours.until}:00+01:00`))
    : texts[hours.kind](arrival);
}
