/** What may stand after `?` in the app's addresses; anything else there is ignored. */

export type SignInOutcome = 'cancelled' | 'signed_out';
export type BankOutcome = 'consent_cancelled' | 'consent_failed' | 'bank_unavailable';

export interface SignInSearch {
  outcome?: SignInOutcome;
  returnTo?: string;
}

export interface BanksSearch {
  bank?: string;
  outcome?: BankOutcome;
}

export interface AccountsSearch {
  connection?: string;
}

export interface PaySearch {
  /** An account to pay from. */
  from?: string;
  /** A payment whose details to fill in. */
  again?: string;
}

type Search = Record<string, unknown>;

export function signInSearch({ outcome, returnTo }: Search): SignInSearch {
  return {
    ...(outcome === 'cancelled' || outcome === 'signed_out' ? { outcome } : {}),
    ...(isLocalPath(returnTo) ? { returnTo } : {}),
  };
}

export function banksSearch({ bank, outcome }: Search): BanksSearch {
  const known =
    outcome === 'consent_cancelled' || outcome === 'consent_failed' || outcome === 'bank_unavailable';
  return { ...text('bank', bank), ...(known ? { outcome } : {}) };
}

export function accountsSearch({ connection }: Search): AccountsSearch {
  return text('connection', connection);
}

export function paySearch({ from, again }: Search): PaySearch {
  return { ...text('from', from), ...text('again', again) };
}

/** A path on this site: never another host, which `//host` and `/\host` would be. */
export function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value);
}

/* The router reads a value that looks like a number as one. */
function text<Name extends string>(name: Name, value: unknown): { [name in Name]?: string } {
  if (typeof value !== 'string' && typeof value !== 'number') return {};
  return { [name]: value.toString() } as { [name in Name]?: string };
}
