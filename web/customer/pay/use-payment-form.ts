import { useEffect, useState } from 'react';
import { saveNow, saveOnLeaving, saveSoon } from './draft-saver.ts';
import { draftOf, type FormStart, type KeyedForm } from './form-start.ts';
import { emptyForm, type PaymentFormValues } from './payment-form-values.ts';

interface PaymentFormState extends KeyedForm {
  /** Whether a change makes it another payment: an attempt with the present values has ended without one. */
  isKeySpent: boolean;
}

/** The form that the customer fills in, saved at the server while they do so. */
export function usePaymentForm(start: FormStart) {
  const [state, setState] = useState<PaymentFormState>({ ...start, isKeySpent: false });
  useSavedOnLeaving();
  const show = (next: PaymentFormState) => {
    setState(next);
    saveSoon(draftOf(next));
  };
  return {
    values: state.values,
    idempotencyKey: state.idempotencyKey,
    change(changed: Partial<PaymentFormValues>) {
      const idempotencyKey = state.isKeySpent ? crypto.randomUUID() : state.idempotencyKey;
      show({ values: { ...state.values, ...changed }, idempotencyKey, isKeySpent: false });
    },
    /** No payment exists under the key, and none shall. */
    renewKey: () => show({ ...state, idempotencyKey: crypto.randomUUID(), isKeySpent: false }),
    /** The key stays for the same values; with other values it would be refused. */
    spendKey: () => setState({ ...state, isKeySpent: true }),
    empty(accountId: string) {
      const values = { ...emptyForm, accountId };
      setState({ values, idempotencyKey: crypto.randomUUID(), isKeySpent: false });
    },
    keep: () => saveSoon(draftOf(state)),
  };
}

function useSavedOnLeaving(): void {
  useEffect(() => {
    const onOnline = () => void saveNow();
    window.addEventListener('pagehide', saveOnLeaving);
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('pagehide', saveOnLeaving);
      window.removeEventListener('online', onOnline);
      void saveNow();
    };
  }, []);
}
