import { reasons, type CataloguePart } from '../column.ts';

/** Test cards, and the features that operators switched for one person. */
export const cardTables = {
  card_authorizations: {
    title: 'Card purchase',
    holds: 'a purchase that the customer made up: shop, amount, whether it was approved and why, when',
    why: 'to show it',
    basis: 'contract',
    kept: 'with the person',
    rowsOf: { column: 'card_id', of: 'cards' },
    closing: { rows: 'erased', step: 'cards' },
    given: [
      ...(['card_id', 'approved', 'reason', 'status', 'method', 'amount', 'currency'] as const),
      ...(['merchant_name', 'authorized_at'] as const),
    ],
    technical: ['id', 'idempotency_key', 'issuer_id', 'transaction_id'],
  },
  cards: {
    title: 'Card',
    holds:
      'a test card: type, status, last four digits, expiry, spending limit, times, the issuer’s ids; never a number ' +
      'or a CVC',
    why: 'to show and manage test cards',
    basis: 'contract',
    kept: 'with the person',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'cards' },
    given: [
      ...(['id', 'user_id', 'type', 'status', 'issuer_id', 'last4', 'exp_month', 'exp_year'] as const),
      ...(['currency', 'limit_amount', 'limit_interval', 'cancellation_reason'] as const),
      ...(['replacement_for', 'replacement_reason', 'created_at', 'activated_at', 'canceled_at'] as const),
    ],
    technical: ['idempotency_key', 'chain_id'],
  },
  card_holders: {
    title: 'Cardholder',
    holds: 'the issuer’s id of the holder of test cards',
    why: 'to order cards',
    basis: 'contract',
    kept: 'with the person',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'erased', step: 'cards' },
    given: ['user_id', 'issuer_id', 'created_at'],
  },
  flag_changes: {
    title: 'Feature flag',
    holds:
      'Drop’s id of a person for whom an operator switched a feature, the operator’s name, the reason and the time',
    why: 'to decide the flag; supervision',
    basis: 'legitimate interest',
    kept: 'not deleted; rows cannot be changed',
    rowsOf: { column: 'user_id' },
    closing: { rows: 'stays' },
    given: ['user_id', 'flag', 'is_on', 'changed_at'],
    withheld: { changed_by: reasons.employee, reason: 'written for other operators' },
    technical: ['id'],
  },
} as const satisfies CataloguePart;
