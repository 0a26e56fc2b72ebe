import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useNow } from '#kit/locale/now.ts';
import { invoiceChange, type DueDay } from './invoice-change.ts';
import { readInvoice } from './invoice-text.ts';
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

/** Fills in the form from a pasted invoice, and remembers which fields still have its values. */
export function useRecognised(
  account: Account | undefined,
  fill: (change: Partial<PaymentFormValues>) => void,
) {
  const locale = useLocale();
  const today = osloDay(new Date(useNow()));
  const [found, setFound] = useState<Recognised>();
  return {
    found,
    isRecognised: (field: PaymentField) => found?.fields.includes(field) ?? false,
    /** Fills in what the text names. An emptied text takes back the words about it, not the values. */
    paste(text: string): void {
      if (text.trim() === '') return setFound(undefined);
      const { change, due, fields } = invoiceChange(readInvoice(text), { account, today, locale });
      setFound({ fields, due, isDayFilled: true });
      if (Object.keys(change).length > 0) fill(change);
    },
    /** The customer has changed these by hand. */
    forget(changed: Partial<PaymentFormValues>) {
      setFound((present) => present && withoutChanged(present, changed));
    },
  };
}
