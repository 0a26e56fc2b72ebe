import type { ReturnIdentity } from '#services/open-banking/service.ts';

/** Fjord Pay sends no state back; it names the consent or the payment. */
export function identifyReturn(parameters: URLSearchParams): ReturnIdentity | undefined {
  const reference = parameters.get('consentId') ?? parameters.get('paymentId');
  return reference === null ? undefined : { reference };
}
