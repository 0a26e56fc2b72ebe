import type { Account } from '#http/contract/accounts.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayTexts } from '../texts/pay-texts.ts';
import { executionFaults } from './execution-values.ts';
import { checkPaymentForm, type PaymentFormErrors, type PaymentFormValues } from './payment-form-values.ts';

/** The faults of the whole form, in the order of its fields, in the present language; empty for a valid one. */
export function useFormFaults(values: PaymentFormValues, account: Account | undefined): PaymentFormErrors {
  const pay = usePayTexts();
  const order = useOrderTexts();
  const format = useFormat();
  const today = osloDay(new Date(useNow()));
  return {
    ...checkPaymentForm(values, { texts: pay.errors, format, account }),
    ...executionFaults(values, { texts: order.errors, format, account, today }),
  };
}
