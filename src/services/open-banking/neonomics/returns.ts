import type { ReturnIdentity } from '#services/open-banking/service.ts';

/**
 * Neonomics sends no state back: `resource_id` is the session of a consent, or the payment. A return with a state is
 * one from the consent before a payment, for which Drop put it into the address.
 */
export function identifyReturn(parameters: URLSearchParams): ReturnIdentity | undefined {
  const reference = parameters.get('resource_id');
  const isOwn = reference !== null && resultOf(parameters) !== undefined && !parameters.has('state');
  return isOwn ? { reference } : undefined;
}

/** The result of a return; undefined for one that is not Neonomics'. */
export function resultOf(parameters: URLSearchParams): 'OK' | 'FAILED' | undefined {
  const result = parameters.get('result');
  return result === 'OK' || result === 'FAILED' ? result : undefined;
}

/** An address to come back to that says whose return it is. */
export function withState(redirectUri: string, state: string): string {
  const address = new URL(redirectUri);
  address.searchParams.set('state', state);
  return address.href;
}
