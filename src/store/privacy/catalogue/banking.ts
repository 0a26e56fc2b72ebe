import { reasons, type CataloguePart } from '../column.ts';

/** Consents at banks, and the accounts that they reach. */
export const bankingTables = {
  provider_secrets: {
    title: 'Provider’s secrets',
    holds: 'what a provider gave Drop for one consent or payment (refresh token, session id), encrypted',
    why: 'to use the consent, and to read the payment',
    basis: 'contract',
    kept: 'until the consent or payment ends, at the provider as well; one day for a consent that is not completed',
    rowsOf: { column: 'connection_id', of: 'bank_connections' },
    closing: { rows: 'erased', step: 'consents' },
    withheld: { sealed: reasons.credential },
    technical: [
      ...(['connection_id', 'payment_id', 'owner_id', 'key_id', 'version', 'expires_at'] as const),
      ...(['lease_holder', 'leased_until'] as const),
    ],
  },
  consents_to_end: {
    title: 'Consent to end',
    holds: 'that a consent which has ended in Drop is still to be ended at its provider',
    why: 'to end it there',
    basis: 'contract',
    kept: 'until it has ended there, or its time has passed',
    rowsOf: { column: 'connection_id', of: 'bank_connections' },
    closing: { rows: 'erased', step: 'consents' },
    given: ['connection_id', 'since'],
    technical: ['due_at'],
  },
  bank_account_consents: {
    title: 'Account of a consent',
    holds: 'the accounts that a consent reaches, and the last reading by it',
    why: 'to read the account',
    basis: 'contract',
    kept: 'with the account',
    rowsOf: { column: 'account_id', of: 'bank_accounts' },
    closing: { rows: 'erased', step: 'request' },
    given: [
      ...(['account_id', 'connection_id', 'provider', 'reference', 'identity'] as const),
      ...(['created_at', 'read_at', 'read_attended'] as const),
    ],
    technical: ['id'],
  },
  routing_parity: {
    title: 'Comparison',
    holds:
      'Drop’s id of an account, its bank, the providers before and after a move, whether they reported the same ' +
      'balance, and when; no amounts',
    why: 'to see whether a new provider reports the same balances',
    basis: 'legitimate interest',
    kept: 'a year; with the account if that is deleted sooner',
    rowsOf: { column: 'account_id', of: 'bank_accounts' },
    closing: { rows: 'erased', step: 'request' },
    given: ['account_id', 'bank_key', 'former_provider', 'new_provider', 'outcome', 'compared_at'],
    technical: ['id', 'error_code', 'failed_provider', 'apart_ms'],
  },
  bank_accounts: {
    title: 'Account',
    holds:
      'account number, name, currency, the last balance with its kind and time, the last readings without the person',
    why: 'to show it and pay from it',
    basis: 'contract',
    kept: 'with the person; the number of an account that was paid from as long as the payments',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased_or_emptied', step: 'request', neededBy: 'account_id' },
    given: [
      ...(['id', 'user_id', 'identity', 'account_number', 'name', 'currency', 'balance'] as const),
      ...(['balance_currency', 'balance_type', 'balance_kind', 'balance_at'] as const),
      ...(['settlement_read_at', 'unattended_reads_at', 'created_at'] as const),
    ],
    emptied: [
      ...(['name', 'balance', 'balance_currency', 'balance_type', 'balance_kind', 'balance_at'] as const),
      'settlement_read_at',
    ],
  },
  bank_connections: {
    title: 'Consent',
    holds:
      'bank, provider’s reference, purposes, what is read, status, times, why it ended; the bank’s message while it ' +
      'waits for an approval in its app',
    why: 'to read accounts with it, and to show and end it',
    basis: 'contract',
    kept: 'with the person; at a closing until it has ended at the bank',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'consents' },
    given: [
      ...(['id', 'user_id', 'provider', 'bank_id', 'bank_name', 'status', 'consent_reference'] as const),
      ...(['valid_until', 'created_at', 'returned_at', 'ended_at', 'read_at', 'purposes', 'reads'] as const),
      ...(['read_through', 'renews', 'end_cause', 'decoupled_step'] as const),
    ],
    withheld: { state_hash: reasons.credential },
    technical: [
      ...(['payment_bank_id', 'ask_again_at', 'payment_rules', 'told_days', 'end_asked_at'] as const),
      ...(['bank_key', 'routing_version', 'routing_reason'] as const),
    ],
  },
} as const satisfies CataloguePart;
