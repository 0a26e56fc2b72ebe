import type { ConsentPages } from '#emulation/bank/consent-pages.ts';
import type { PaymentPages } from '#emulation/bank/payment-pages.ts';
import type { Clock } from '#domain/clock.ts';
import { isRequested } from './requested-accounts.ts';
import { newId, type Payment, type Session } from './world.ts';

const codeMs = 300_000;

/** How the customer comes back from a bank: with a code for the consent, or the error of OAuth. */
export function consentReturns(
  clock: Clock,
): Pick<ConsentPages<Session>, 'start' | 'onGranted' | 'onDeclined'> {
  return {
    start: { path: '/ais/start', parameter: 'sessionid' },
    onGranted(session) {
      session.accounts = session.accounts.filter(({ account }) =>
        isRequested(account, session.access.accounts),
      );
      const code = newId();
      session.code = { value: code, expiresAt: new Date(clock.now().getTime() + codeMs) };
      return addressOf(session.redirectUrl, { code, state: session.state });
    },
    onDeclined: (session) =>
      addressOf(session.redirectUrl, {
        error: 'access_denied',
        error_description: 'Authorization was cancelled by the user',
        state: session.state,
      }),
  };
}

/** A payment that the bank rejected comes back as one that was approved does. */
export const paymentReturns: Pick<PaymentPages<Payment>, 'start' | 'onDecided'> = {
  start: { path: '/pis/start', parameter: 'payment_id' },
  onDecided({ request: { redirect_url, state } }, decision) {
    return addressOf(redirect_url, { ...(decision === 'cancelled' && { error: 'access_denied' }), state });
  },
};

function addressOf(redirectUrl: string, parameters: Record<string, string>): string {
  const url = new URL(redirectUrl);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
