import { redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { subjectOf } from '../conformance/provider-subject.ts';
import type { TestContext } from './context.ts';

/** What a customer comes back with from a mock's bank, whose page is Drop's own callback. */
export function returnOf(next: NextStep): URLSearchParams {
  return new URL(redirectUrlOf(next) ?? '').searchParams;
}

/** The same for a customer who said no to a consent, in the provider's own words. */
export async function declinedReturnOf({ services }: TestContext, next: NextStep): Promise<URLSearchParams> {
  const { id } = services.openBanking.forNewConsent({ customerId: '' });
  const { callbacks } = await subjectOf(id);
  return new URLSearchParams({ ...callbacks.declined, state: returnOf(next).get('state') ?? '' });
}
