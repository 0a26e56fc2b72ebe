import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useNow } from '#kit/locale/now.ts';
import { invoiceChange } from './invoice-change.ts';
import { readInvoice } from './invoice-text.ts';
import type { PaymentField, PaymentFormValues } from './payment-form-values.ts';
import { withoutChanged, type Recognised } from './recognised.ts';

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
