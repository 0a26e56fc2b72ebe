import { useState } from 'react';
import type { PaymentFormErrors } from './payment-form-values.ts';

/**
 * Whether the recipient is shown in short: once one of the row was chosen, until the customer opens it. A fault opens
 * it, since its fields must be there to be corrected, and it stays open while the customer does so.
 */
export function useCreditorShort(errors: PaymentFormErrors) {
  const [isShort, setShort] = useState(false);
  const isFaulty = errors.accountNumber !== undefined || errors.name !== undefined;
  if (isShort && isFaulty) setShort(false);
  return {
    isShort: isShort && !isFaulty,
    /** The account number of the choice; empty for a new recipient. */
    choose: (accountNumber: string | undefined) =>
      setShort(accountNumber !== undefined && accountNumber !== ''),
    open: () => setShort(false),
  };
}
