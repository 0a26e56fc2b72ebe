/**
 * What may stand after `?` in the app's addresses. Each reader names every key, for the router hands on what a reader
 * leaves out; a value that is not understood is undefined.
 */

export type SignInOutcome = 'cancelled' | 'signed_out';
const bankOutcomes = [
  'consent_cancelled',
  'consent_failed',
  'bank_unavailable',
  'bank_rate_limited',
] as const;
export type BankOutcome = (typeof bankOutcomes)[number];

export interface SignInSearch {
  outcome?: SignInOutcome | undefined;
  returnTo?: string | undefined;
}

export interface BanksSearch {
  bank?: string | undefined;
  outcome?: BankOutcome | undefined;
}

export interface AccountsSearch {
  connection?: string | undefined;
}

export interface PaySearch {
  /** An account to pay from. */
  from?: string | undefined;
  /** A payment whose details to fill in. */
  again?: string | undefined;
}

type Search = Record<string, unknown>;

export function signInSearch({ outcome, returnTo }: Search): SignInSearch {
  return {
    outcome: outcome === 'cancelled' || outcome === 'signed_out' ? outcome : undefined,
    returnTo: isLocalPath(returnTo) ? returnTo : undefined,
  };
}

export function banksSearch({ bank, outcome }: Search): BanksSearch {
  return { bank: text(bank), outcome: bankOutcomes.find((known) => known === outcome) };
}

export function accountsSearch({ connection }: Search): AccountsSearch {
  return { connection: text(connection) };
}

export function paySearch({ from, again }: Search): PaySearch {
  return { from: text(from), again: text(again) };
}

/** A path on this site: never another host, which `//host` and `/\host` would be. */
function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value);
}

/* The router reads a value that looks like a number as one. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value.toString() : undefined;
}
