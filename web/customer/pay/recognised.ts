import type { DueDay } from './invoice-change.ts';
import type { PaymentField, PaymentFormValues } from './payment-form-values.ts';

/** What the last pasted text gave. */
export interface Recognised {
  fields: readonly PaymentField[];
  due: DueDay | undefined;
  /** Whether the day of the payment is still the one that the text led to. */
  isDayFilled: boolean;
}

/** The day follows from these; another bank may take the due date that the first one refused. */
const dayFields: readonly (keyof PaymentFormValues)[] = ['accountId', 'when', 'date'];

/** What is left of it when the customer changes fields by hand. */
export function withoutChanged(found: Recognised, changed: Partial<PaymentFormValues>): Recognised {
  return {
    ...found,
    fields: found.fields.filter((field) => !(field in changed)),
    isDayFilled: found.isDayFilled && !dayFields.some((field) => field in changed),
  };
}
