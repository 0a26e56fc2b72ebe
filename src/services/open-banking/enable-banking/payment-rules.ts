import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import type { PaymentCapability } from './wire.ts';

/** A bank's rules for a payment, from what the provider lists of it (OpenAPI, `ResponsePaymentType`). */
export function toPaymentRules(capability: PaymentCapability): PaymentRules {
  const [line] = capability.remittance_information_lines ?? [];
  const takesNorwegian = capability.reference_number_schemas?.includes('NORF') ?? true;
  return {
    ...usualPaymentRules,
    takesKid: capability.reference_number_supported === true && takesNorwegian,
    textLengthMax: line?.max_length ?? usualPaymentRules.textLengthMax,
    textCharacters: characterClassOf(line?.pattern),
    // By the documentation, a bank that does not say so lets the customer choose the account.
    needsDebtorAccount: capability.debtor_account_required ?? false,
  };
}

/** The class of a `pattern` that is one class repeated, such as `^[a-zA-Z0-9 ]{1,140}$`; undefined for any other. */
function characterClassOf(pattern: string | null | undefined): string | undefined {
  return /^\^?(\[(?:[^\]\\[]|\\.)+\])(?:[*+]|\{\d*,?\d*\})\$?$/.exec(pattern ?? '')?.[1];
}
