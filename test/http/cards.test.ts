import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { cardsMax, purchasesMax } from '#domain/cards/limits.ts';
import type { FlagName } from '#domain/flags/declared.ts';
import type { Card, CardAuthorization, Cards, OpenedCard } from '#http/contract/cards.ts';
import type { Problem } from '#http/contract/problem.ts';
import { setFlag } from '#usecases/operate/flags.ts';
import { setKycStatus } from '#store/users.ts';
import { flagAgeMsMax } from '#usecases/flags/provider.ts';
import { customer, testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

const path = '/api/cards';
const act = { by: 'ida', reason: 'pilot', isProduction: false };

/** A customer over HTTP; `Body` is what the answer holds. */
async function holder(context: TestContext, flags: readonly FlagName[] = ['cards', 'physical-cards']) {
  const user = await customer(context);
  for (const flag of flags) await setFlag(context, { ...act, flag, userId: user.id, isOn: true });
  context.clock.advance(flagAgeMsMax);
  const app = testApp(context);
  const { headers } = await signedIn(context, user);
  async function ask<Body = Problem>(method: string, address: string, body?: object, key?: string) {
    const response = await app.request(`${path}${address}`, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(method === 'POST' && { 'idempotency-key': key ?? randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
  return {
    user,
    ask,
    order: async (type = 'virtual') => (await ask<Card>('POST', '', { type })).body,
    buy: (id: string, amount: number, key?: string) =>
      ask<CardAuthorization>('POST', `/${id}/test-purchases`, { amount, merchantName: 'Kaffe AS' }, key),
    list: async () => (await ask<Cards>('GET', '')).body,
  };
}

const stand = async () => holder(await testContext());
const refused = (status: number, code: string) => ({ status, body: { code } });

test('a customer orders a virtual card, which is active, and a physical one, which is not yet', async () => {
  const { ask, list } = await stand();
  expect(await list()).toEqual({ cards: [], orderable: ['virtual', 'physical'], isTest: true });
  const virtual = await ask<Card>('POST', '', { type: 'virtual' });
  expect(virtual).toMatchObject({
    status: 201,
    body: { type: 'virtual', status: 'active', currency: 'NOK' },
  });
  const physical = await ask<Card>('POST', '', { type: 'physical' });
  expect(physical).toMatchObject({ status: 201, body: { type: 'physical', status: 'inactive' } });
  const { cards, orderable } = await list();
  expect(cards.map(({ id }) => id).toSorted()).toEqual([virtual.body.id, physical.body.id].toSorted());
  expect(orderable).toEqual([]);
  expect(Object.keys(virtual.body)).not.toEqual(expect.arrayContaining(['number']));
});

test('an order that is repeated with its key orders one card', async () => {
  const { ask, list } = await stand();
  const key = randomUUID();
  const [first, second] = await Promise.all(
    [1, 2].map(() => ask<Card>('POST', '', { type: 'virtual' }, key)),
  );
  expect(second).toEqual(first);
  expect(first?.status).toBe(201);
  expect((await list()).cards).toEqual([first?.body]);
});

test('a key that was used for another order is refused', async () => {
  const { ask } = await stand();
  const key = randomUUID();
  await ask('POST', '', { type: 'virtual' }, key);
  expect(await ask('POST', '', { type: 'physical' }, key)).toMatchObject(
    refused(422, 'idempotency_key_reused'),
  );
});

test('an order whose answer is lost is finished when the cards are read, by the card that was issued', async () => {
  const context = await testContext();
  const { ask, list } = await holder(context);
  const { createCard } = context.services.cardIssuing;
  let issued = '';
  context.services.cardIssuing.createCard = async (card) => {
    issued = (await createCard(card)).id;
    throw new Error('the process died');
  };
  const key = randomUUID();
  expect((await ask('POST', '', { type: 'virtual' }, key)).status).toBe(500);
  context.services.cardIssuing.createCard = createCard;
  const { cards } = await list();
  expect(cards).toMatchObject([{ type: 'virtual', status: 'active' }]);
  const kept = await context.store.database.selectFrom('cards').select('issuer_id').execute();
  expect(kept).toEqual([{ issuer_id: issued }]);
  expect((await ask<Card>('POST', '', { type: 'virtual' }, key)).body).toEqual(cards[0]);
});

test('an answer of the issuer for another card than the one ordered is not taken', async () => {
  const context = await testContext();
  const { ask } = await holder(context);
  const { createCard } = context.services.cardIssuing;
  context.services.cardIssuing.createCard = async (card) => createCard({ ...card, type: 'physical' });
  expect(await ask('POST', '', { type: 'virtual' })).toMatchObject(refused(502, 'provider_invalid_response'));
});

test('a second card of one type is refused', async () => {
  const { ask, order } = await stand();
  await order();
  expect(await ask('POST', '', { type: 'virtual' })).toMatchObject(refused(409, 'card_exists'));
});

test('a physical card is refused to a person for whom they are off', async () => {
  const { ask, list } = await holder(await testContext(), ['cards']);
  expect((await list()).orderable).toEqual(['virtual']);
  expect(await ask('POST', '', { type: 'physical' })).toMatchObject(refused(404, 'cards_off'));
});

test.each([
  ['none', 'kyc_required'],
  ['rejected', 'kyc_rejected'],
] as const)(
  'a customer whose verification is %s orders no card, and freezes one all the same',
  async (status, code) => {
    const context = await testContext();
    const { ask, user, order, buy } = await holder(context);
    const { id } = await order();
    await setKycStatus(context.store.database, user.id, status);
    expect(await ask('POST', '', { type: 'physical' })).toMatchObject(refused(403, code));
    expect(await ask('POST', `/${id}/replacement`, { reason: 'lost' })).toMatchObject(refused(403, code));
    expect(await buy(id, 100)).toMatchObject(refused(403, code));
    expect(await ask('PUT', `/${id}`, { status: 'inactive' })).toMatchObject({ status: 200 });
    expect(await ask('POST', `/${id}/cancel`, {})).toMatchObject({ status: 200 });
  },
);

test('a frozen card declines, and pays again once it is thawed', async () => {
  const { ask, order, buy } = await stand();
  const { id } = await order();
  expect((await ask<Card>('PUT', `/${id}`, { status: 'inactive' })).body.status).toBe('inactive');
  expect(await buy(id, 100)).toMatchObject({
    status: 201,
    body: { approved: false, reason: 'card_inactive' },
  });
  await ask('PUT', `/${id}`, { status: 'active' });
  expect(await buy(id, 100)).toMatchObject({ status: 201, body: { approved: true, reason: 'card_active' } });
  const { authorizations } = (await ask<OpenedCard>('GET', `/${id}`)).body;
  expect(authorizations.map(({ approved }) => approved).toSorted()).toEqual([false, true]);
});

test('a limit holds to the øre, for the card that replaces another one too', async () => {
  const { ask, order, buy } = await stand();
  const { id } = await order();
  const spendingLimit = { amount: 50_000, interval: 'monthly' };
  expect((await ask<Card>('PUT', `/${id}`, { spendingLimit })).body).toMatchObject({ spendingLimit });
  expect((await buy(id, 30_000)).body.approved).toBe(true);
  const replaced = await ask<Card>('POST', `/${id}/replacement`, { reason: 'stolen' });
  expect(replaced.body).toMatchObject({ spendingLimit, replacementFor: id, replacementReason: 'stolen' });
  expect((await buy(replaced.body.id, 20_001)).body.reason).toBe('spending_controls');
  expect((await buy(replaced.body.id, 20_000)).body.approved).toBe(true);
  await ask('PUT', `/${replaced.body.id}`, { spendingLimit: null });
  expect((await buy(replaced.body.id, 20_001)).body.approved).toBe(true);
});

test('purchases at once are judged one after the other, and do not both fit in a limit', async () => {
  const context = await testContext();
  const { ask, order, buy } = await holder(context);
  const { id } = await order();
  await ask('PUT', `/${id}`, { spendingLimit: { amount: 100, interval: 'daily' } });
  const { purchase } = context.services.cardIssuing.testPurchases ?? {};
  let atOnce = 0;
  const judged: number[] = [];
  const watched: typeof purchase = async (...given) => {
    judged.push((atOnce += 1));
    // Long enough for another request to get as far.
    for (let turn = 0; turn < 10; turn += 1)
      await context.store.database.selectFrom('flag_changes').select('id').execute();
    atOnce -= 1;
    if (!purchase) throw new RangeError('the mock makes up purchases');
    return purchase(...given);
  };
  Object.assign(context.services.cardIssuing, { testPurchases: { purchase: watched } });
  const answers = await Promise.all([1, 2, 3].map(() => buy(id, 100)));
  expect(judged).toEqual([1, 1, 1]);
  expect(answers.filter(({ body }) => body.approved)).toHaveLength(1);
});

test('a purchase that is repeated with its key is one; for another amount the key is refused', async () => {
  const { ask, order, buy } = await stand();
  const { id } = await order();
  const key = randomUUID();
  const first = await buy(id, 100, key);
  expect(await buy(id, 100, key)).toEqual(first);
  expect(await buy(id, 200, key)).toMatchObject(refused(422, 'idempotency_key_reused'));
  expect((await ask<OpenedCard>('GET', `/${id}`)).body.authorizations).toEqual([first.body]);
});

test('a freeze and a limit that are set at once both hold', async () => {
  const { ask, order } = await stand();
  const { id } = await order();
  const spendingLimit = { amount: 100, interval: 'daily' };
  await Promise.all([
    ask('PUT', `/${id}`, { status: 'inactive' }),
    ask('PUT', `/${id}`, { spendingLimit }),
    ask('PUT', `/${id}`, { spendingLimit }),
  ]);
  expect((await ask('GET', `/${id}`)).body).toMatchObject({ status: 'inactive', spendingLimit });
});

test('a canceled card is canceled for good, and another one can be ordered', async () => {
  const { ask, order, buy } = await stand();
  const { id } = await order();
  const canceled = await ask<Card>('POST', `/${id}/cancel`, { reason: 'lost' });
  expect(canceled).toMatchObject({ status: 200, body: { status: 'canceled', cancellationReason: 'lost' } });
  expect(await ask('POST', `/${id}/cancel`, { reason: 'stolen' })).toEqual(canceled);
  expect(await ask('PUT', `/${id}`, { status: 'active' })).toMatchObject(refused(409, 'card_canceled'));
  expect(await ask('PUT', `/${id}`, { spendingLimit: null })).toMatchObject(refused(409, 'card_canceled'));
  expect(await ask('POST', `/${id}/replacement`, { reason: 'lost' })).toMatchObject(
    refused(409, 'card_canceled'),
  );
  expect((await buy(id, 1)).body).toMatchObject({ approved: false, reason: 'card_canceled' });
  expect((await order()).status).toBe('active');
});

test('the database itself changes no canceled card', async () => {
  const context = await testContext();
  const { ask, order } = await holder(context);
  const { id } = await order();
  await ask('POST', `/${id}/cancel`, {});
  const change = context.store.database.updateTable('cards').set({ status: 'active', canceled_at: null });
  await expect(change.where('id', '=', id).execute()).rejects.toThrow('cards');
});

test('a replacement cancels the old card, and is made once for its key', async () => {
  const { ask, order, list } = await stand();
  const { id } = await order();
  const key = randomUUID();
  const first = await ask<Card>('POST', `/${id}/replacement`, { reason: 'damaged' }, key);
  expect(first).toMatchObject({ status: 201, body: { status: 'active', replacementReason: 'damaged' } });
  expect(await ask('POST', `/${id}/replacement`, { reason: 'damaged' }, key)).toEqual(first);
  expect(await ask('POST', `/${id}/replacement`, { reason: 'lost' }, key)).toMatchObject(
    refused(422, 'idempotency_key_reused'),
  );
  const { cards } = await list();
  expect(cards.find((card) => card.id === id)).toMatchObject({
    status: 'canceled',
    cancellationReason: null,
  });
  expect(cards).toHaveLength(2);
});

test('a card that is still valid is not replaced as expired', async () => {
  const { ask, order } = await stand();
  const { id } = await order();
  expect(await ask('POST', `/${id}/replacement`, { reason: 'expired' })).toMatchObject(
    refused(400, 'invalid_request'),
  );
  expect((await ask<OpenedCard>('GET', `/${id}`)).body.status).toBe('active');
});

test('an expired card declines, and is replaced', async () => {
  const context = await testContext();
  const { ask, order, buy } = await holder(context);
  const { id } = await order();
  const past = { exp_year: 2020, exp_month: 1 };
  await context.store.database.updateTable('cards').set(past).where('id', '=', id).execute();
  expect((await buy(id, 100)).body).toMatchObject({ approved: false, reason: 'card_expired' });
  const replaced = await ask<Card>('POST', `/${id}/replacement`, { reason: 'expired' });
  expect(replaced).toMatchObject({ status: 201, body: { replacementReason: 'expired', status: 'active' } });
});

test('a physical card is not replaced once physical cards are off, and can be frozen and canceled', async () => {
  const context = await testContext();
  const { ask, order, user } = await holder(context);
  const { id } = await order('physical');
  await setFlag(context, { ...act, flag: 'physical-cards', userId: user.id, isOn: false });
  context.clock.advance(flagAgeMsMax);
  expect(await ask('POST', `/${id}/replacement`, { reason: 'lost' })).toMatchObject(
    refused(404, 'cards_off'),
  );
  expect(await ask('PUT', `/${id}`, { status: 'active' })).toMatchObject({ status: 200 });
  expect(await ask('POST', `/${id}/cancel`, { reason: 'lost' })).toMatchObject({ status: 200 });
});

test('no more cards and purchases are made than the limits allow', async () => {
  const context = await testContext();
  const { ask, order, buy } = await holder(context);
  const { database } = context.store;
  const { id } = await order();
  await sql`insert into card_authorizations select gen_random_uuid(), ${id}::uuid, 'key ' || n, 'iauth_' || n, true,
    'card_active', 'closed', 'online', 1, 'NOK', 'x', null, ${context.clock.now()}
    from generate_series(1, ${purchasesMax}::integer) as n`.execute(database);
  expect(await buy(id, 1)).toMatchObject(refused(409, 'cards_too_many'));
  await sql`insert into cards (id, user_id, type, status, idempotency_key, currency, chain_id, created_at, canceled_at)
    select gen_random_uuid(), user_id, type, 'canceled', 'key ' || n, 'NOK', id, created_at, created_at
    from cards, generate_series(2, ${cardsMax}::integer) as n`.execute(database);
  expect(await ask('POST', '', { type: 'physical' })).toMatchObject(refused(409, 'cards_too_many'));
});

test('a stranger neither reads nor changes a card', async () => {
  const context = await testContext();
  const [{ ask, order }, stranger] = [await holder(context), await holder(context)];
  const { id } = await order();
  const before = await ask('GET', `/${id}`);
  const tries: [string, string, object?][] = [
    ['GET', `/${id}`],
    ['PUT', `/${id}`, { status: 'inactive' }],
    ['POST', `/${id}/cancel`, {}],
    ['POST', `/${id}/replacement`, { reason: 'lost' }],
    ['POST', `/${id}/test-purchases`, { amount: 100, merchantName: 'Kaffe AS' }],
  ];
  for (const [method, address, body] of tries)
    expect([method, await stranger.ask(method, address, body)]).toMatchObject([
      method,
      refused(404, 'card_unknown'),
    ]);
  expect((await stranger.list()).cards).toEqual([]);
  expect(await ask('GET', `/${id}`)).toEqual(before);
});

test('a visitor who is not signed in is asked to sign in', async () => {
  const response = await testApp(await testContext()).request(path);
  expect(response.status).toBe(401);
});

test('an unknown type, status, amount, interval or name is refused', async () => {
  const { ask, order } = await stand();
  const { id } = await order();
  const tries: [string, string, object][] = [
    ['POST', '', {}],
    ['POST', '', { type: 'debit' }],
    ['PUT', `/${id}`, { status: 'canceled' }],
    ['PUT', `/${id}`, { spendingLimit: { amount: 0, interval: 'daily' } }],
    ['PUT', `/${id}`, { spendingLimit: { amount: 100, interval: 'hourly' } }],
    ['POST', `/${id}/replacement`, { reason: 'bored' }],
    ['POST', `/${id}/test-purchases`, { amount: 0.5, merchantName: 'Kaffe AS' }],
    ['POST', `/${id}/test-purchases`, { amount: 100, merchantName: 'x'.repeat(23) }],
  ];
  for (const [method, address, body] of tries)
    expect([body, await ask(method, address, body)]).toMatchObject([body, refused(400, 'invalid_request')]);
});

test('an order without an Idempotency-Key is refused', async () => {
  const context = await testContext();
  const { user } = await holder(context);
  const { headers } = await signedIn(context, user);
  const body = JSON.stringify({ type: 'virtual' });
  const request = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
  const response = await testApp(context).request(path, request);
  expect(await response.json()).toMatchObject({ code: 'idempotency_key_missing' });
});

test('where cards are off, every route is a clear 404, whatever is sent, and no table of cards is read', async () => {
  const context = await testContext();
  const { ask } = await holder(context, []);
  for (const table of ['card_authorizations', 'cards', 'card_holders'] as const)
    await context.store.database.schema.dropTable(table).execute();
  const id = randomUUID();
  const tries: [string, string, object?][] = [
    ['GET', ''],
    ['POST', '', { type: 'virtual' }],
    ['POST', '', { type: 'nonsense' }],
    ['GET', `/${id}`],
    ['PUT', `/${id}`, { status: 'inactive' }],
    ['POST', `/${id}/cancel`, {}],
    ['POST', `/${id}/replacement`, { reason: 'lost' }],
    ['POST', `/${id}/test-purchases`, { amount: 100, merchantName: 'Kaffe AS' }],
  ];
  for (const [method, address, body] of tries)
    expect([method, await ask(method, address, body)]).toMatchObject([method, refused(404, 'cards_off')]);
});

test('what a customer buys, and for how much, is in no line of the log', async () => {
  const context = await testContext();
  const { ask, order, buy } = await holder(context);
  const { id, last4 } = await order();
  await ask('PUT', `/${id}`, { spendingLimit: { amount: 77_777, interval: 'daily' } });
  await buy(id, 66_666);
  await buy(id, 88_888);
  const logged = JSON.stringify(context.logged);
  for (const personal of ['Kaffe AS', '77777', '66666', '88888', `"${last4}"`])
    expect(logged).not.toContain(personal);
});
