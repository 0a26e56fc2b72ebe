import { useState, type FormEvent } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { fieldFaultsOf } from './field-faults.ts';
import type { PaymentField, PaymentFormErrors, PaymentFormValues } from './payment-form-values.ts';
import { useFormFaults } from './use-form-faults.ts';

interface Checked {
  account: Account | undefined;
  values: PaymentFormValues;
  /** Why the server refused the last attempt. */
  refusal: unknown;
  /** A fault of the form as it opens. */
  atFirst: PaymentFormErrors;
  onFilled: () => void;
}

/**
 * Checks the form on submit, and removes a field's fault as soon as the customer changes the field. The faults are put
 * into words at each rendering, so that they follow the chosen language.
 */
export function useChecked({ account, values, refusal, atFirst, onFilled }: Checked) {
  const pay = usePayTexts();
  const locale = useLocale();
  const [attempt, setAttempt] = useState(0);
  const [mended, setMended] = useState<readonly string[]>([]);
  const [found, setFound] = useState<readonly string[]>([]);
  const own = useFormFaults(values, account);
  const refused = { ...atFirst, ...fieldFaultsOf(refusal, { refused: pay.refused, locale }) };
  const shown = attempt === 0 ? refused : only(own, (field) => found.includes(field));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFound(Object.keys(own));
    setMended([]);
    setAttempt((count) => count + 1);
    if (Object.keys(own).length === 0) onFilled();
  };
  return {
    checked: only(shown, (field) => !mended.includes(field)),
    attempt,
    submit,
    mend: (changed: Partial<PaymentFormValues>) =>
      setMended((present) => [...present, ...Object.keys(changed)]),
  };
}

function only(errors: PaymentFormErrors, wanted: (field: PaymentField) => boolean): PaymentFormErrors {
  const faults = Object.entries(errors) as [PaymentField, string][];
  return Object.fromEntries(faults.filter(([field]) => wanted(field)));
}
