import { createHash, randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { captured, newAuthorization } from './authorizations.ts';
import { Book, pageOf } from './book.ts';
import { changedCard, needed, newCard, newCardholder, secondsOf } from './cards.ts';
import { Refusal, stripeErrors } from './errors.ts';
import { itemsOf, readForm, textAt, type Form } from './form.ts';
import { IdempotencyKeys } from './idempotency.ts';
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

type Answer = (form: Form, id: string) => object;

const ephemeralKeySeconds = 3_600;

/**
 * Stripe Issuing's wire protocol with state: form-encoded requests, idempotency keys, pages, errors and signed webhooks.
 * Written from docs.stripe.com/api/issuing, and held against the `stripe` package. It has no card numbers and no CVC.
 */
export function createStripeEmulator(
  context: EmulatorContext,
  options: StripeEmulatorOptions,
): Emulator & { webhooks: StripeWebhooks } {
  const { clock, faults } = context;
  const book = new Book();
  const keys = new IdempotencyKeys();
  const webhooks = new StripeWebhooks(context, {
    url: options.webhookUrl,
    secret: options.webhookSecret,
    apiVersion: options.apiVersion,
  });
  faults.answerWith(stripeErrors);
  const routes = new Hono<EmulatorEnvironment>();
  const post = (operation: string, path: string, answer: Answer): void => {
    routes.post(path, faults.guard(operation), (c) => answered(c, answer));
  };
  const get = (operation: string, path: string, answer: Answer): void => {
    routes.get(path, faults.guard(operation), (c) => answered(c, answer));
  };

  async function answered(c: Context<EmulatorEnvironment>, answer: Answer): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      'request-id': `req_${randomBytes(7).toString('hex')}`,
      'stripe-version': c.req.header('stripe-version') ?? options.apiVersion,
    };
    try {
      const isGet = c.req.method === 'GET';
      const text = isGet ? new URL(c.req.url).search.slice(1) : await c.req.text();
      if (c.req.header('authorization') !== `Bearer ${options.secretKey}`)
        throw new Refusal(401, 'Invalid API Key provided.');
      const form = readForm(text);
      if (!form) throw new Refusal(400, 'Invalid request');
      const key = isGet ? undefined : c.req.header('idempotency-key');
      const request = createHash('sha256').update(`${c.req.path}\n${text}`).digest('hex');
      const earlier = key === undefined ? undefined : keys.answerOf(key, request);
      if (earlier)
        return respond(earlier.status, earlier.body, { ...headers, 'idempotent-replayed': 'true' });
      const body = JSON.stringify(answer(form, c.req.param('id') ?? ''));
      if (key !== undefined) keys.keep(key, { request, status: 200, body });
      return respond(200, body, headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return respond(error.status, JSON.stringify(error.body), headers);
    }
  }

  post('create_cardholder', '/v1/issuing/cardholders', (form) => {
    const cardholder = book.keep(newCardholder(form, clock.now()));
    webhooks.tell('issuing_cardholder.created', cardholder);
    return cardholder;
  });
  get('read_cardholder', '/v1/issuing/cardholders/:id', (_form, id) => book.find('issuing.cardholder', id));

  post('create_card', '/v1/issuing/cards', (form) => {
    const card = newCard(form, book, clock.now());
    webhooks.tell('issuing_card.created', card);
    return card;
  });
  post('update_card', '/v1/issuing/cards/:id', (form, id) => {
    const card = book.keep(changedCard(book.find('issuing.card', id), form));
    webhooks.tell('issuing_card.updated', card);
    return card;
  });
  get('read_card', '/v1/issuing/cards/:id', (form, id) => {
    refuseNumbers(form);
    return book.find('issuing.card', id);
  });
  get('list_cards', '/v1/issuing/cards', (form) => {
    refuseNumbers(form);
    const narrow = { holder: textAt(form, 'cardholder'), status: textAt(form, 'status') };
    const found = book
      .all('issuing.card')
      .filter(({ cardholder }) => narrow.holder === undefined || cardholder.id === narrow.holder)
      .filter(({ status }) => narrow.status === undefined || status === narrow.status);
    return pageOf(found, form, '/v1/issuing/cards');
  });

  get('list_authorizations', '/v1/issuing/authorizations', (form) => {
    const card = textAt(form, 'card');
    const found = book
      .all('issuing.authorization')
      .filter((each) => card === undefined || each.card.id === card);
    return pageOf(found, form, '/v1/issuing/authorizations');
  });
  get('list_transactions', '/v1/issuing/transactions', (form) => {
    const card = textAt(form, 'card');
    const found = book.all('issuing.transaction').filter((each) => card === undefined || each.card === card);
    return pageOf(found, form, '/v1/issuing/transactions');
  });
  post('create_authorization', '/v1/test_helpers/issuing/authorizations', (form) => {
    const authorization = newAuthorization(form, book, clock.now());
    webhooks.tell('issuing_authorization.created', authorization);
    return authorization;
  });
  post('capture', '/v1/test_helpers/issuing/authorizations/:id/capture', (_form, id) => {
    const { authorization, transaction } = captured(
      book.find('issuing.authorization', id),
      book,
      clock.now(),
    );
    webhooks.tell('issuing_transaction.created', transaction);
    webhooks.tell('issuing_authorization.updated', authorization);
    return authorization;
  });
  post('create_ephemeral_key', '/v1/ephemeral_keys', (form) => {
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
  routes.all('/v1/*', (c) => {
    const { body } = new Refusal(404, `Unrecognized request URL (${c.req.method}: ${c.req.path}).`);
    return respond(404, JSON.stringify(body), { 'content-type': 'application/json' });
  });

  return {
    name: 'card-issuing',
    routes,
    webhooks,
    reset() {
      book.reset();
      keys.reset();
      webhooks.reset();
    },
    state: () => ({ cards: book.all('issuing.card').length, webhooks: webhooks.state() }),
  };
}

function respond(status: number, body: string, headers: Record<string, string>): Response {
  return new Response(body, { status, headers });
}

/** Stripe reveals a virtual card's number when it is asked to expand it. The emulator has none to reveal. */
function refuseNumbers(form: Form): void {
  const expanded = itemsOf(form['expand']).some((field) => field === 'number' || field === 'cvc');
  if (expanded) throw new Refusal(400, 'This emulator has no card numbers.', { param: 'expand' });
}
