import { reasons, type CataloguePart } from '../column.ts';

/** Payments, and what customers keep for the next one. */
export const paymentTables = {
  payment_drafts: {
    title: 'Draft',
    holds: 'the payment that the customer is filling in, encrypted',
    why: 'to go on with it after a reload or a new sign-in',
    basis: 'contract',
    kept: 'until it is sent or the customer signs out, at most a day; then deleted by an hourly job',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'request' },
    given: ['user_id', 'saved_at'],
    withheld: { sealed: 'encrypted, and shown in the form until it is sent' },
  },
  saved_creditors: {
    title: 'Saved recipient',
    holds: 'the payee’s name and account number, and the customer’s own name of the payee',
    why: 'to choose the payee in the next payment',
    basis: 'contract',
    kept: 'until the customer removes it; with the person',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'request' },
    given: ['user_id', 'label', 'name', 'account_number', 'saved_at'],
    technical: ['id'],
  },
  transaction_events: {
    title: 'Payment’s history',
    holds: 'every status of a payment with its source and time',
    why: 'to account for the payment',
    basis: 'law',
    kept: 'with the payment',
    rowsOf: { column: 'transaction_id', of: 'transactions' },
    closing: { rows: 'kept' },
    given: [
      ...(['transaction_id', 'status', 'evidence', 'wire_status', 'reason_code'] as const),
      ...(['outcome', 'differences', 'at'] as const),
    ],
    technical: ['id'],
  },
  payment_access_log: {
    title: 'Access to a payment',
    holds:
      'each reading of a payment by an operator, and each question to its bank: name, what, why and when; rows ' +
      'cannot be changed',
    why: 'to account for every access',
    basis: 'law',
    kept: 'five years; then deleted by a nightly job, and never before',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'ages' },
    given: ['payment_id', 'user_id', 'what', 'at'],
    withheld: { actor_name: reasons.employee, why: reasons.investigation },
    technical: ['id'],
  },
  transactions: {
    title: 'Payment',
    holds:
      'both account numbers, payee’s name, amount, KID or text; the link to the bank’s page while it is open, ' +
      'encrypted, or the bank’s message; when its customer last looked at it while it was open; references of ' +
      'transactions that may be it',
    why: 'to carry it out and account for it',
    basis: 'law',
    kept: 'while they are a customer, and until five years after the year in which the account was closed',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'kept' },
    given: [
      ...([
        'id',
        'user_id',
        'account_id',
        'provider',
        'bank_id',
        'bank_name',
        'payment_id',
        'status',
      ] as const),
      ...(['reason', 'amount', 'currency', 'debtor_account_number', 'creditor_name'] as const),
      ...(['creditor_account_number', 'kid', 'remittance_text', 'execution_date', 'is_instant'] as const),
      ...(['creditor_credited', 'created_at', 'updated_at', 'initiated_at', 'returned_at'] as const),
      ...(['settled_at', 'contradicted_at', 'contradiction', 'dismissed_at', 'decoupled_step'] as const),
      'look_up',
    ],
    withheld: {
      redirect_url: reasons.credential,
      state_hash: reasons.credential,
      order_hash: reasons.hash,
      request_hash: reasons.hash,
    },
    technical: [
      ...(['idempotency_key', 'asked_at', 'traceparent', 'due_at', 'redirect_expires_at'] as const),
      ...(['watched_at', 'wanted_at', 'wait_until', 'looked_up_at'] as const),
    ],
  },
} as const satisfies CataloguePart;
