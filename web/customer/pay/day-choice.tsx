import { Button } from '@digdir/designsystemet-react';
import { bankDayFrom } from '#domain/banking/bank-days.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { weekdayOf } from '../payments/payment-day.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import type { ExecutionChoices } from './execution-values.ts';
import type { PaymentFormValues } from './payment-form-values.ts';

interface DayChoiceProps {
  choices: ExecutionChoices;
  values: PaymentFormValues;
  /** The due date of the pasted invoice. */
  dueDay: string | undefined;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** The days that most payments are for: the next bank day, and the due date that an invoice named. */
export function DayChoice({ choices, values, dueDay, onChange }: DayChoiceProps) {
  const { days: texts } = usePayFormTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const next = bankDayFrom(choices.firstDay);
  const isDue = dueDay !== undefined && dueDay !== next;
  const days = [
    { day: next, words: texts.next },
    ...(isDue ? [{ day: dueDay, words: texts.due }] : []),
  ].filter(({ day }) => day >= choices.firstDay && day <= choices.lastDay);
  if (days.length === 0) return null;
  return (
    <div role="group" aria-label={texts.label} className="days">
      {days.map(({ day, words }) => (
        <Button
          key={day}
          type="button"
          variant="secondary"
          aria-pressed={values.when === 'on' && values.date === day}
          onClick={() => onChange({ when: 'on', date: day })}
        >
          {words(weekdayOf(day, { format, now }))}
        </Button>
      ))}
    </div>
  );
}
