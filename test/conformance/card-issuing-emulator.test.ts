import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import Stripe from 'stripe';
import { stripeStack, webhookSecret, type StripeStack } from './card-issuing-stack.ts';

const address = { line1: 'Storgata 1', city: 'Oslo', postal_code: '0155', country: 'NO' };
let stack: StripeStack;
beforeEach(async () => {
  stack = await stripeStack();
});
afterEach(() => stack.close());

const cardholder = async () =>
  stack.stripe.issuing.cardholders.create({ name: 'Kari', type: 'individual', billing: { address } });
const card = async (change: Partial<Stripe.Issuing.CardCreateParams> = {}) =>
  stack.stripe.issuing.cards.create({
    cardholder: (await cardholder()).id,
    currency: 'eur',
    type: 'virtual',
    ...change,
  });
const refusal = (statusCode: number, more: object = {}) => ({ statusCode, ...more });

describe('webhooks', () => {
  const received = () => stack.delivered.map(({ body, headers }) => verified(body, headers));
  const verified = (body: string, headers: Record<string, string>, atSeconds = nowSeconds()) =>
    stack.stripe.webhooks.constructEvent(
      body,
      headers['stripe-signature'] ?? '',
      webhookSecret,
      300,
      undefined,
      atSeconds * 1000,
    );
  const nowSeconds = () => Math.floor(stack.clock.now().getTime() / 1000);

  test('tell of each change, signed so that Stripe’s package takes them', async () => {
    const { id } = await card({ status: 'active' });
    await stack.issuing.testPurchases.purchase(
      { ...known, id },
      { amount: 100, merchantName: 'Kaffe AS', method: 'online', spent: [], idempotencyKey: 'one' },
    );
    await stack.stripe.issuing.cards.update(id, { status: 'canceled', cancellation_reason: 'lost' });
    expect(received().map(({ type }) => type)).toEqual([
      'issuing_cardholder.created',
      'issuing_card.created',
      'issuing_authorization.created',
      'issuing_transaction.created',
      'issuing_authorization.updated',
      'issuing_card.updated',
    ]);
    expect(received().at(-1)?.data.object).toMatchObject({ id, status: 'canceled' });
    expect(received().at(-1)?.api_version).toBe(Stripe.API_VERSION);
  });

  test.each(['unsigned', 'foreign_key', 'body'])('that are spoiled (%s) are refused', async (how) => {
    stack.emulator.webhooks.corrupt(how, 1);
    await cardholder();
    expect(received).toThrow(/signature/i);
  });

  test('that are older than the tolerance are refused', async () => {
    await cardholder();
    const [{ body = '', headers = {} } = {}] = stack.delivered;
    expect(() => verified(body, headers, nowSeconds() + 301)).toThrow(/tolerance/);
    expect(verified(body, headers, nowSeconds() + 299).type).toBe('issuing_cardholder.created');
  });

  const known = {
    status: 'active',
    currency: 'EUR',
    expMonth: 1,
    expYear: 2030,
    spendingLimits: [],
  } as const;
});

test('lists are paged, the newest first, and walked to the end by Stripe’s package', async () => {
  const holder = (await cardholder()).id;
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) ids.unshift((await card({ cardholder: holder })).id);
  const first = await stack.stripe.issuing.cards.list({ limit: 2, cardholder: holder });
  expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/issuing/cards' });
  const walked: string[] = [];
  for await (const { id } of stack.stripe.issuing.cards.list({ limit: 2 })) walked.push(id);
  expect(walked).toEqual(ids);
  const after = ids[4] ?? '';
  expect((await stack.stripe.issuing.cards.list({ starting_after: after })).data).toEqual([]);
});

describe('the emulator refuses, in Stripe’s form,', () => {
  test('a wrong key', async () => {
    const { hostname, port } = new URL(stack.origin);
    const stranger = new Stripe('sk_test_wrong', { host: hostname, port, protocol: 'http' });
    await expect(stranger.issuing.cards.list()).rejects.toMatchObject(
      refusal(401, { type: 'StripeAuthenticationError' }),
    );
  });

  test('a card in NOK, which Stripe does not issue', async () => {
    await expect(card({ currency: 'nok' })).rejects.toMatchObject(
      refusal(400, { type: 'StripeInvalidRequestError', param: 'currency' }),
    );
  });

  test('a cardholder without an address, and a physical card without one', async () => {
    const params = {
      name: 'Kari',
      type: 'individual',
      billing: { address: { ...address, line1: '' } },
    } as const;
    await expect(stack.stripe.issuing.cardholders.create(params)).rejects.toMatchObject(
      refusal(400, { code: 'parameter_missing', param: 'billing[address][line1]' }),
    );
    await expect(card({ type: 'physical' })).rejects.toMatchObject(
      refusal(400, { param: 'shipping[address][line1]' }),
    );
  });

  test('a card created canceled, a reason without a cancellation, and a change of a canceled card', async () => {
    // The package's types do not allow the first, and the API is asked all the same.
    const canceled = { status: 'canceled' } as unknown as { status: 'inactive' };
    await expect(card(canceled)).rejects.toMatchObject(refusal(400, { param: 'status' }));
    const { id } = await card();
    const { cards } = stack.stripe.issuing;
    await expect(cards.update(id, { cancellation_reason: 'lost' })).rejects.toMatchObject(refusal(400));
    await cards.update(id, { status: 'canceled' });
    await expect(cards.update(id, { status: 'active' })).rejects.toMatchObject(refusal(400));
  });

  test('an unknown card', async () => {
    await expect(stack.stripe.issuing.cards.retrieve('ic_unknown')).rejects.toMatchObject(
      refusal(404, { code: 'resource_missing' }),
    );
  });

  test('a key that another request used', async () => {
    const { cardholders } = stack.stripe.issuing;
    const one = { name: 'Kari', type: 'individual', billing: { address } } as const;
    await cardholders.create(one, { idempotencyKey: 'one' });
    const again = await cardholders.create(one, { idempotencyKey: 'one' });
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(
      cardholders.create({ ...one, name: 'Ola' }, { idempotencyKey: 'one' }),
    ).rejects.toMatchObject(refusal(400, { type: 'StripeIdempotencyError' }));
  });

  test.each([{ limit: 0 }, { limit: 101 }, { starting_after: 'ic_unknown' }])(
    'a page of %o',
    async (page) => {
      await expect(stack.stripe.issuing.cards.list(page)).rejects.toMatchObject(refusal(400));
    },
  );

  test('to reveal a number or a CVC, for which it gives an ephemeral key', async () => {
    const { id } = await card();
    const { cards } = stack.stripe.issuing;
    await expect(cards.retrieve(id, { expand: ['number', 'cvc'] })).rejects.toMatchObject(
      refusal(400, { param: 'expand' }),
    );
    const key = await stack.stripe.ephemeralKeys.create(
      { issuing_card: id, nonce: 'ephnc_demo' },
      { apiVersion: Stripe.API_VERSION },
    );
    expect(key).toMatchObject({ object: 'ephemeral_key', livemode: false });
    expect(JSON.stringify(await cards.retrieve(id))).not.toMatch(/"(number|cvc)"/);
  });

  test('a capture of what is not held, and an address that it does not know', async () => {
    const { id } = await card();
    const helper = stack.stripe.testHelpers.issuing.authorizations;
    const declined = await helper.create({ card: id, amount: 100 });
    expect(declined).toMatchObject({ approved: false, request_history: [{ reason: 'card_inactive' }] });
    await expect(helper.capture(declined.id)).rejects.toMatchObject(refusal(400));
    await expect(stack.stripe.issuing.disputes.list()).rejects.toMatchObject(refusal(404));
  });
});
