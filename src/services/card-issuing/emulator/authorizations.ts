import { authorizationMethods, judgePurchase } from '#domain/cards/authorization.ts';
import type { Spent } from '#domain/cards/spending.ts';
import { newId, type Book } from './book.ts';
import { amountOf, oneOf, secondsOf } from './cards.ts';
import { invalid } from './errors.ts';
import { textAt, type Form } from './form.ts';
import type { StripeAuthorization, StripeCard, StripeTransaction } from './objects.ts';

/** Judges a purchase by the card's status, its expiry and its limits. */
export function newAuthorization(form: Form, book: Book, at: Date): StripeAuthorization {
  const card = book.find('issuing.card', textAt(form, 'card') ?? '');
  const amount = amountOf(form, 'amount');
  const isGiven = textAt(form, 'authorization_method') !== undefined;
  const method = isGiven ? oneOf(authorizationMethods, form, 'authorization_method') : 'online';
  const judged = {
    status: card.status,
    expYear: card.exp_year,
    expMonth: card.exp_month,
    spendingLimits: card.spending_controls.spending_limits,
  };
  const { approved, reason } = judgePurchase(judged, { amount, at }, spentBefore(card, book));
  const money = {
    amount,
    currency: card.currency,
    merchant_amount: amount,
    merchant_currency: card.currency,
  };
  const created = secondsOf(at);
  return book.keep({
    id: newId('issuing.authorization'),
    object: 'issuing.authorization',
    ...money,
    approved,
    authorization_method: method,
    card,
    cardholder: card.cardholder.id,
    merchant_data: {
      name: textAt(form, 'merchant_data', 'name') ?? 'Rocket Rides',
      category: 'miscellaneous',
      category_code: '5999',
      network_id: '1234567890',
    },
    pending_request: null,
    request_history: [{ ...money, approved, reason, reason_message: null, created }],
    status: approved ? 'pending' : 'closed',
    transactions: [],
    created,
    livemode: false,
    metadata: {},
  });
}

/** @throws {Refusal} 400 for one that is not pending. */
export function captured(
  authorization: StripeAuthorization,
  book: Book,
  at: Date,
): { authorization: StripeAuthorization; transaction: StripeTransaction } {
  if (authorization.status !== 'pending')
    throw invalid('authorization', `The authorization is ${authorization.status}.`);
  const { id, amount, currency, card, cardholder } = authorization;
  const transaction: StripeTransaction = book.keep({
    id: newId('issuing.transaction'),
    object: 'issuing.transaction',
    amount: -amount,
    authorization: id,
    card: card.id,
    cardholder,
    currency,
    merchant_amount: -amount,
    merchant_currency: currency,
    type: 'capture',
    created: secondsOf(at),
    livemode: false,
    metadata: {},
  });
  const closed: StripeAuthorization = { ...authorization, status: 'closed', transactions: [transaction] };
  return { authorization: book.keep(closed), transaction };
}

/** What the card and those that it replaces spent: limits span the replacements. */
function spentBefore(card: StripeCard, book: Book): Spent[] {
  const chain = [card.id];
  for (let before = card.replacement_for; before !== null;) {
    chain.push(before);
    before = book.find('issuing.card', before).replacement_for;
  }
  return book
    .all('issuing.authorization')
    .filter((each) => each.approved && chain.includes(each.card.id))
    .map(({ amount, created }) => ({ amount, at: new Date(created * 1000) }));
}
