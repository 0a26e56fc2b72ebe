import { redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';

/** What a customer comes back with from a mock's bank, whose page is Drop's own callback. */
export function returnOf(next: NextStep): URLSearchParams {
  return new URL(redirectUrlOf(next) ?? '').searchParams;
}
