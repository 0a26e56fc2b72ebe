import { randomInt } from 'node:crypto';
import {
  cancellationReasons,
  cardStatuses,
  cardTypes,
  judgeCardMove,
  replacementReasons,
} from '#domain/cards/card.ts';
import { spendingIntervals } from '#domain/cards/spending.ts';
import type { Book } from './book.ts';
import { newId } from './book.ts';
import { invalid, missing } from './errors.ts';
import { itemsOf, textAt, type Form } from './form.ts';
import type { StripeCard, StripeCardholder } from './objects.ts';

/** "Supported currencies are usd in the US, eur in the EU, and gbp in the UK": no nok. */
const currencies = ['usd', 'eur', 'gbp'];
const validYears = 3;

/** @throws {Refusal} 400. */
export function newCardholder(form: Form, at: Date): StripeCardholder {
  const name = needed(form, 'name');
  const address: Record<string, string | null> = { line2: null, state: null };
  for (const part of ['line1', 'city', 'postal_code', 'country'])
    address[part] = needed(form, 'billing', 'address', part);
  return {
    id: newId('issuing.cardholder'),
    object: 'issuing.cardholder',
    type: 'individual',
    name,
    status: 'active',
    billing: { address },
    email: textAt(form, 'email') ?? null,
    phone_number: textAt(form, 'phone_number') ?? null,
    created: secondsOf(at),
    livemode: false,
    metadata: metadataOf(form),
  };
}

/** @throws {Refusal} 400; 404 for a cardholder or a card to replace that is not there. */
export function newCard(form: Form, book: Book, at: Date): StripeCard {
  const type = oneOf(cardTypes, form, 'type');
  const currency = needed(form, 'currency');
  if (!currencies.includes(currency)) throw invalid('currency', `Cards in ${currency} are not supported.`);
  const status = textAt(form, 'status') === undefined ? 'inactive' : oneOf(cardStatuses, form, 'status');
  if (status === 'canceled') throw invalid('status', 'A card cannot be created canceled.');
  if (type === 'physical') needed(form, 'shipping', 'address', 'line1');
  const replaced = textAt(form, 'replacement_for');
  const reason = replaced === undefined ? null : oneOf(replacementReasons, form, 'replacement_reason');
  const card: StripeCard = {
    id: newId('issuing.card'),
    object: 'issuing.card',
    brand: 'Visa',
    cardholder: book.find('issuing.cardholder', needed(form, 'cardholder')),
    type,
    status,
    currency,
    last4: `${randomInt(10_000)}`.padStart(4, '0'),
    exp_month: at.getUTCMonth() + 1,
    exp_year: at.getUTCFullYear() + validYears,
    cancellation_reason: null,
    replaced_by: null,
    replacement_for: replaced ?? null,
    replacement_reason: reason,
    shipping: type === 'physical' ? { name: needed(form, 'shipping', 'name') } : null,
    spending_controls: { spending_limits: limitsOf(form) ?? [] },
    created: secondsOf(at),
    livemode: false,
    metadata: metadataOf(form),
  };
  if (replaced !== undefined) book.keep({ ...book.find('issuing.card', replaced), replaced_by: card.id });
  return book.keep(card);
}

/** @throws {Refusal} 400 also for a card that is canceled, which is for good. */
export function changedCard(card: StripeCard, form: Form): StripeCard {
  const status = textAt(form, 'status') === undefined ? card.status : oneOf(cardStatuses, form, 'status');
  if (card.status === 'canceled' || judgeCardMove(card.status, status) === 'refused')
    throw invalid('status', 'You cannot update a card that is canceled.');
  const isReasoned = textAt(form, 'cancellation_reason') !== undefined;
  const reason = isReasoned ? oneOf(cancellationReasons, form, 'cancellation_reason') : null;
  if (reason !== null && status !== 'canceled')
    throw invalid('cancellation_reason', 'A reason is only for a card that is being canceled.');
  const limits = limitsOf(form) ?? card.spending_controls.spending_limits;
  return { ...card, status, cancellation_reason: reason, spending_controls: { spending_limits: limits } };
}

/** Undefined where the form says nothing of limits; an empty text takes them away. */
function limitsOf(form: Form): StripeCard['spending_controls']['spending_limits'] | undefined {
  const controls = form['spending_controls'];
  const given = typeof controls === 'object' ? controls['spending_limits'] : undefined;
  if (given === undefined) return undefined;
  return itemsOf(given).map((item) => {
    if (typeof item !== 'object') throw invalid('spending_controls', 'Invalid array');
    const amount = amountOf(item, 'amount');
    return { amount, interval: oneOf(spendingIntervals, item, 'interval'), categories: [] };
  });
}

/** @throws {Refusal} 400 for what is no positive whole number. */
export function amountOf(form: Form, name: string): number {
  const amount = Number(needed(form, name));
  if (!Number.isSafeInteger(amount) || amount <= 0) throw invalid(name, 'Invalid positive integer');
  return amount;
}

/** @throws {Refusal} 400 for a value that is not among the words. */
export function oneOf<Word extends string>(words: readonly Word[], form: Form, name: string): Word {
  const text = needed(form, name);
  const word = words.find((each) => each === text);
  if (word === undefined) throw invalid(name, `Invalid ${name}: must be one of ${words.join(', ')}`);
  return word;
}

/** @throws {Refusal} 400 where it is not there. */
export function needed(form: Form, ...path: string[]): string {
  const text = textAt(form, ...path);
  if (text === undefined) throw missing(path.map((part, index) => (index ? `[${part}]` : part)).join(''));
  return text;
}

export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

function metadataOf(form: Form): Record<string, string> {
  const { metadata } = form;
  if (typeof metadata !== 'object') return {};
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] => isText(entry[1]));
  return Object.fromEntries(texts);
}

const isText = (value: unknown): boolean => typeof value === 'string';
