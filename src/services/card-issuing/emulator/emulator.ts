import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { captured, newAuthorization } from './authorizations.ts';
import { Book, pageOf } from './book.ts';
import { changedCard, needed, newCard, newCardholder, secondsOf } from './cards.ts';
import { Desk } from './desk.ts';
import { Refusal } from './errors.ts';
import { itemsOf, textAt, type Form } from './form.ts';
import { StripeWebhooks } from './webhooks.ts';

export interface StripeEmulatorOptions {
  /** `sk_test_…`. */
  secretKey: string;
  webhookUrl: string;
  /** `whsec_…`. */
  webhookSecret: string;
  /** The version that events have, and answers to requests that name none. */
  apiVersion: string;
}

const ephemeralKeySeconds = 3_600;

/**
 * Stripe Issuing's wire protocol with state: form-encoded requests, idempotency keys, pages, errors and signed
 * webhooks. Written from docs.stripe.com/api/issuing, and held against the `stripe` package. It has no card numbers.
 */
export function createStripeEmulator(
  context: EmulatorContext,
  options: StripeEmulatorOptions,
): Emulator & { webhooks: StripeWebhooks } {
  const book = new Book();
  const webhooks = new StripeWebhooks(context, {
    url: options.webhookUrl,
    secret: options.webhookSecret,
    apiVersion: options.apiVersion,
  });
  const desk = new Desk(context, options);
  addCards(desk, { book, webhooks, clock: context.clock });
  addAuthorizations(desk, { book, webhooks, clock: context.clock });
  addEphemeralKeys(desk, { book, webhooks, clock: context.clock });
  desk.refuseOthers();
  return {
    name: 'card-issuing',
    routes: desk.routes,
    webhooks,
    reset() {
      book.reset();
      desk.reset();
      webhooks.reset();
    },
    state: () => ({ cards: book.all('issuing.card').length, webhooks: webhooks.state() }),
  };
}

interface Account {
  book: Book;
  webhooks: StripeWebhooks;
  clock: Clock;
}

function addCards(desk: Desk, { book, webhooks, clock }: Account): void {
  desk.post('create_cardholder', '/v1/issuing/cardholders', (form) => {
    const cardholder = book.keep(newCardholder(form, clock.now()));
    webhooks.tell('issuing_cardholder.created', cardholder);
    return cardholder;
  });
  desk.get('read_cardholder', '/v1/issuing/cardholders/:id', (_form, id) =>
    book.find('issuing.cardholder', id),
  );
  desk.post('create_card', '/v1/issuing/cards', (form) => {
    const card = newCard(form, book, clock.now());
    webhooks.tell('issuing_card.created', card);
    return card;
  });
  desk.post('update_card', '/v1/issuing/cards/:id', (form, id) => {
    const card = book.keep(changedCard(book.find('issuing.card', id), form));
    webhooks.tell('issuing_card.updated', card);
    return card;
  });
  desk.get('read_card', '/v1/issuing/cards/:id', (form, id) => {
    refuseNumbers(form);
    return book.find('issuing.card', id);
  });
  desk.get('list_cards', '/v1/issuing/cards', (form) => {
    refuseNumbers(form);
    const [holder, status] = [textAt(form, 'cardholder'), textAt(form, 'status')];
    const found = book
      .all('issuing.card')
      .filter(({ cardholder }) => holder === undefined || cardholder.id === holder)
      .filter((card) => status === undefined || card.status === status);
    return pageOf(found, form, '/v1/issuing/cards');
  });
}

function addAuthorizations(desk: Desk, { book, webhooks, clock }: Account): void {
  desk.get('list_authorizations', '/v1/issuing/authorizations', (form) => {
    const card = textAt(form, 'card');
    const all = book.all('issuing.authorization');
    const found = all.filter((each) => card === undefined || each.card.id === card);
    return pageOf(found, form, '/v1/issuing/authorizations');
  });
  desk.get('list_transactions', '/v1/issuing/transactions', (form) => {
    const card = textAt(form, 'card');
    const found = book.all('issuing.transaction').filter((each) => card === undefined || each.card === card);
    return pageOf(found, form, '/v1/issuing/transactions');
  });
  desk.post('create_authorization', '/v1/test_helpers/issuing/authorizations', (form) => {
    const authorization = newAuthorization(form, book, clock.now());
    webhooks.tell('issuing_authorization.created', authorization);
    return authorization;
  });
  desk.post('capture', '/v1/test_helpers/issuing/authorizations/:id/capture', (_form, id) => {
    const pending = book.find('issuing.authorization', id);
    const { authorization, transaction } = captured(pending, book, clock.now());
    webhooks.tell('issuing_transaction.created', transaction);
    webhooks.tell('issuing_authorization.updated', authorization);
    return authorization;
  });
}

function addEphemeralKeys(desk: Desk, { book, clock }: Account): void {
  desk.post('create_ephemeral_key', '/v1/ephemeral_keys', (form) => {
    const card = book.find('issuing.card', needed(form, 'issuing_card'));
    needed(form, 'nonce');
    const created = secondsOf(clock.now());
    return {
      id: `ephkey_${randomBytes(12).toString('hex')}`,
      object: 'ephemeral_key',
      created,
      expires: created + ephemeralKeySeconds,
      livemode: false,
      secret: `ek_test_${randomBytes(24).toString('hex')}`,
      associated_objects: [{ type: 'issuing.card', id: card.id }],
    };
  });
}

/** Stripe reveals a virtual card's number when it is asked to expand it. The emulator has none to reveal. */
function refuseNumbers(form: Form): void {
  const expanded = itemsOf(form['expand']).some((field) => field === 'number' || field === 'cvc');
  if (expanded) throw new Refusal(400, 'This emulator has no card numbers.', { param: 'expand' });
}
