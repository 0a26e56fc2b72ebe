import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';

/** What the customer quotes to the bank of a payment; the reference itself where the provider is not live any more. */
export function quotedReference(
  { services }: UseCaseContext,
  { provider, reference }: Payment,
): string | undefined {
  if (reference === undefined) return undefined;
  const { pis } = services.openBanking.all().find(({ id }) => id === provider) ?? {};
  return pis?.quotedReference?.(reference) ?? reference;
}
