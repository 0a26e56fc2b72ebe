import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import type { PaymentCapability } from './wire.ts';

/** What a bank lists of payments in kroner (OpenAPI, `ResponsePaymentType`). */
export interface Capabilities {
  domestic: PaymentCapability | undefined;
  instant: PaymentCapability | undefined;
}

/** How far ahead a payment can be ordered where the bank names no period. */
const daysAheadMaxDefault = 365;
/** Ten years: no bank keeps an order for longer. */
const daysAheadMaxEver = 3_650;

/**
 * A bank's rules for a payment. Those of an instant one that differ from the domestic ones are the bank's to apply.
 * Nothing can be called back: the provider has no operation for it.
 */
export function toPaymentRules({
  domestic: capability,
  instant,
}: Capabilities & { domestic: PaymentCapability }): PaymentRules {
  const [line] = capability.remittance_information_lines ?? [];
  const takesNorwegian = capability.reference_number_schemas?.includes('NORF') ?? true;
  return {
    ...usualPaymentRules,
    takesKid: capability.reference_number_supported === true && takesNorwegian,
    textLengthMax: within(usualPaymentRules.textLengthMax, line?.max_length),
    textCharacters: characterClassOf(line?.pattern),
    // By the documentation, a bank that does not say so lets the customer choose the account.
    needsDebtorAccount: capability.debtor_account_required ?? false,
    takesInstant: instant !== undefined,
    daysAheadMax: daysAheadMaxOf(capability),
    settledStatuses: [...new Set([...(capability.final_successful_statuses ?? ['ACSC']), 'ACCC'])],
  };
}

function daysAheadMaxOf(capability: PaymentCapability): number {
  if (capability.requested_execution_date_supported !== true) return 0;
  return within(daysAheadMaxEver, capability.requested_execution_date_max_period ?? daysAheadMaxDefault);
}

/** A limit as a bank lists it, within what there can be: a mistake there must not make dates that are none. */
function within(most: number, listed: number | null | undefined): number {
  return Math.min(most, Math.max(0, listed ?? most));
}

/** The class of a `pattern` that is one class repeated, such as `^[a-zA-Z0-9 ]{1,140}$`; undefined for any other. */
function characterClassOf(pattern: string | null | undefined): string | undefined {
  return /^\^?(\[(?:[^\]\\[]|\\.)+\])(?:[*+]|\{\d*,?\d*\})\$?$/.exec(pattern ?? '')?.[1];
}
