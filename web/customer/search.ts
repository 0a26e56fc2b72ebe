import { searchLengthMax } from '#domain/payment/search.ts';
import { bankOutcomes, signInOutcomes, type BankOutcome, type SignInOutcome } from '#domain/outcomes.ts';

/**
 * The query parameters of the app's addresses. Each reader returns every key, because the router keeps the raw value of
 * a key that the reader leaves out. An invalid value becomes undefined.
 */

export interface SignInSearch {
  /** `session_ended` is the app's own: the session ended while the customer used the app. */
  outcome?: SignInOutcome | 'session_ended' | undefined;
  returnTo?: string | undefined;
}

export interface BanksSearch {
  bank?: string | undefined;
  /** The id of the consent to renew. */
  renew?: string | undefined;
  outcome?: BankOutcome | undefined;
}

export interface ConsentsSearch {
  outcome?: BankOutcome | undefined;
}

export interface AccountsSearch {
  connection?: string | undefined;
}

export interface PaySearch {
  /** The id of the account to pay from. */
  from?: string | undefined;
  /** The id of an earlier payment that fills in the form. */
  again?: string | undefined;
  /** The step after the form, where the customer checks and confirms. */
  step?: 'review' | undefined;
}

/** The payments that the list shows: those that are not over, those that moved money, and those that did not. */
export const paymentGroups = ['ongoing', 'settled', 'unpaid'] as const;

export interface PaymentsSearch {
  status?: (typeof paymentGroups)[number] | undefined;
  /** Days, `YYYY-MM-DD`, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

type Search = Record<string, unknown>;

export function signInSearch({ outcome, returnTo }: Search): SignInSearch {
  return {
    outcome: [...signInOutcomes, 'session_ended' as const].find((known) => known === outcome),
    returnTo: isLocalPath(returnTo) ? returnTo : undefined,
  };
}

export function banksSearch({ bank, renew, outcome }: Search): BanksSearch {
  return { bank: text(bank), renew: text(renew), ...consentsSearch({ outcome }) };
}

export function consentsSearch({ outcome }: Search): ConsentsSearch {
  return { outcome: bankOutcomes.find((known) => known === outcome) };
}

export function accountsSearch({ connection }: Search): AccountsSearch {
  return { connection: text(connection) };
}

export function paySearch({ from, again, step }: Search): PaySearch {
  return { from: text(from), again: text(again), step: step === 'review' ? step : undefined };
}

export function paymentsSearch({ status, from, to }: Search): PaymentsSearch {
  return { status: paymentGroups.find((known) => known === status), from: day(from), to: day(to) };
}

const textPrefix = 'search=';
/** A character takes up to twelve signs. */
const textLengthMax = 12 * searchLengthMax;

/** The fragment of the list of payments with the text that it is searched for. */
export function paymentTextHash(text: string | undefined): string {
  return text === undefined ? '' : textPrefix + encodeURIComponent(text);
}

/** The text that a fragment searches for. The router may have decoded the fragment, but for its percent signs. */
export function paymentTextIn(hash: string): string | undefined {
  if (!hash.startsWith(textPrefix)) return undefined;
  const written = hash.slice(textPrefix.length, textPrefix.length + textLengthMax);
  try {
    return decodeURIComponent(written).trim().slice(0, searchLengthMax) || undefined;
  } catch {
    return undefined;
  }
}

/** Whether `value` is a path on this site. Browsers read `//host` and `/\host` as another host. */
/** As the server judges it. Browsers leave tabs out of an address, so that `/<tab>/host` is another site. */
function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(value);
}

function day(value: unknown): string | undefined {
  const isDay = typeof value === 'string' && /^20\d\d-\d\d-\d\d$/.test(value);
  return isDay && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/* The router parses a value that looks like a number as a number. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value.toString() : undefined;
}
