import type { Applicable, FaultClass } from './faults.ts';

/**
 * How an operation ends under a class of faults: the error's code or what was got, then `not_sent`, `refused` or
 * `unknown` where the error says it.
 */
export type Endings = Readonly<Record<FaultClass, string>>;

/** One ending for the classes in which the answer says no, and one for those in which it cannot be judged. */
function endings(code: string, of: { answered: string; unreadable: string }): Endings {
  const { answered, unreadable } = of;
  return {
    unreachable: `${code} not_sent`,
    untrusted: `${code} not_sent`,
    cut: `${code} unknown`,
    silent: `${code} unknown`,
    oversized: `${code} unknown`,
    notJson: unreadable,
    wrongJson: unreadable,
    redirected: answered,
    refused: answered,
    credentials: answered,
    conflict: answered,
    rateLimited: answered,
    failing: answered,
  };
}

/** A call whose answer changes nothing that is certain: every fault of it ends in the same way. */
export function oneEnding(ending: string): Endings {
  const certain = { unreachable: ending, untrusted: ending, cut: ending, silent: ending, oversized: ending };
  return { ...endings('', { answered: ending, unreadable: ending }), ...certain };
}

/** A call to an open banking provider about which Drop may simply ask again. */
export const bankEndings: Endings = {
  ...endings('bank_unavailable', {
    answered: 'bank_unavailable unknown',
    unreadable: 'provider_invalid_response unknown',
  }),
  oversized: 'provider_invalid_response unknown',
  refused: 'provider_refused refused',
  credentials: 'provider_rejected_credentials refused',
  rateLimited: 'provider_rate_limited refused',
};

/** What a call needs before it can be sent, such as a token: whatever becomes of that, the call was not sent. */
export const notSentEndings = Object.fromEntries(
  Object.entries(bankEndings).map(([kind, ending]) => [kind, ending.replace(/ \w+$/, ' not_sent')]),
) as Endings;

const inDoubt = 'payment_outcome_unknown unknown';

/**
 * An initiation. A redirection may come after the order was taken as well as before, and so may a conflict: whatever
 * does not say plainly that nothing happened is in doubt.
 */
export const initiationEndings: Endings = {
  ...bankEndings,
  cut: inDoubt,
  silent: inDoubt,
  oversized: inDoubt,
  notJson: inDoubt,
  wrongJson: inDoubt,
  redirected: inDoubt,
  conflict: inDoubt,
  failing: inDoubt,
};

/** A key that verifies webhooks: an answer without a key is the answer that there is none. */
export const webhookKeyEndings: Endings = {
  ...endings('provider_unavailable', { answered: 'no key', unreadable: 'no key' }),
  silent: 'provider_timeout unknown',
  oversized: 'provider_invalid_response unknown',
  rateLimited: 'provider_unavailable',
  failing: 'provider_unavailable',
};

/** A document of the BankID issuer. */
export const signInEndings: Endings = endings('sign_in_unavailable', {
  answered: 'sign_in_unavailable',
  unreadable: 'sign_in_unavailable',
});

const notExchanged = 'sign_in_code_exchange_failed refused';

/** A call on the way back from BankID: what answers, and answers wrong, ends the sign-in. */
export const exchangeEndings: Endings = {
  ...endings('sign_in_unavailable', { answered: notExchanged, unreadable: notExchanged }),
  oversized: notExchanged,
  rateLimited: 'sign_in_unavailable',
  failing: 'sign_in_unavailable',
};

/** A call to Sumsub. */
export const kycEndings: Endings = {
  ...endings('kyc_unavailable', {
    answered: 'kyc_unavailable unknown',
    unreadable: 'kyc_unavailable unknown',
  }),
  refused: 'kyc_conflict refused',
  conflict: 'kyc_conflict refused',
  credentials: 'kyc_unavailable refused',
  rateLimited: 'kyc_unavailable refused',
};

/** How often a call goes out: thrice where the fault passes by itself and the provider may see the call twice. */
export function requestsUnder({ kind, passes }: Applicable, repeatable: boolean): string {
  if (kind === 'unreachable') return '×0 of 3';
  if (kind === 'untrusted') return '×0 of 1';
  return passes && repeatable ? '×3' : '×1';
}
