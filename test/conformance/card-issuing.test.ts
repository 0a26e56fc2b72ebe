import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewCard, TestPurchase } from '#services/card-issuing/service.ts';
import { mockSubject, stripeStack, type CardSubject } from './card-issuing-stack.ts';

const implementations = { mock: mockSubject, "Stripe's package on the emulator": stripeStack };

describe.each(Object.entries(implementations))('%s', (_name, start: () => Promise<CardSubject>) => {
  let subject: CardSubject;
  beforeEach(async () => {
    subject = await start();
  });
  afterEach(() => subject.close());

  const holder = (idempotencyKey: string = randomUUID()) =>
    subject.issuing.createCardholder({ userId: 'user', name: 'Kari Test', idempotencyKey });
  const issue = async (change: Partial<NewCard> = {}) =>
    subject.issuing.createCard({
      cardholderId: change.cardholderId ?? (await holder()),
      type: 'virtual',
      currency: subject.currency,
      status: 'active',
      spendingLimits: [],
      replacement: undefined,
      idempotencyKey: randomUUID(),
      ...change,
    });
  const purchase = (amount: number, change: Partial<TestPurchase> = {}): TestPurchase => ({
    amount,
    merchantName: 'Kaffe AS',
    method: 'online',
    spent: [],
    idempotencyKey: randomUUID(),
    ...change,
  });

  test('a cardholder that is made twice with one key is one', async () => {
    const id = await holder('one-key');
    expect(id).toMatch(/^ich_/);
    expect(await holder('one-key')).toBe(id);
    expect(await holder('another-key')).not.toBe(id);
  });

  test.each(['virtual', 'physical'] as const)('a %s card is issued as it was ordered', async (type) => {
    const cardholderId = await holder();
    const spendingLimits = [{ amount: 50_000, interval: 'monthly' }] as const;
    const card = await issue({ cardholderId, type, status: 'inactive', spendingLimits });
    const { currency } = subject;
    expect(card).toMatchObject({ cardholderId, type, status: 'inactive', currency, spendingLimits });
    expect([card.id, card.last4]).toEqual([expect.stringMatching(/^ic_/), expect.stringMatching(/^\d{4}$/)]);
    expect(card.expYear).toBeGreaterThan(subject.clock.now().getUTCFullYear());
  });

  test('a card holds no number and no CVC', async () => {
    const names = Object.keys(await issue());
    expect(names.filter((name) => /number|cvc|pin/i.test(name))).toEqual([]);
  });

  test('a card that is ordered twice with one key is one', async () => {
    const cardholderId = await holder();
    const first = await issue({ cardholderId, idempotencyKey: 'one-key' });
    expect(await issue({ cardholderId, idempotencyKey: 'one-key' })).toEqual(first);
  });

  test('a replacement names the card that it replaces, and why', async () => {
    const old = await issue();
    const { cardholderId } = old;
    const replacement = { cardId: old.id, reason: 'lost' } as const;
    expect(await issue({ cardholderId, replacement })).toMatchObject({
      replacementFor: old.id,
      replacementReason: 'lost',
    });
  });

  test('a card is frozen and thawed, and its limits change without its status', async () => {
    const card = await issue();
    const frozen = await subject.issuing.updateCard(card, { status: 'inactive' });
    expect(frozen).toMatchObject({ id: card.id, status: 'inactive' });
    const spendingLimits = [{ amount: 100, interval: 'daily' }] as const;
    const limited = await subject.issuing.updateCard({ ...card, ...frozen }, { spendingLimits });
    expect(limited).toMatchObject({ status: 'inactive', spendingLimits });
    const thawed = await subject.issuing.updateCard({ ...card, ...limited }, { status: 'active' });
    expect(thawed).toMatchObject({ status: 'active', spendingLimits });
  });

  test('a card that is canceled stays so, and is canceled again without effect', async () => {
    const card = await issue();
    const change = { status: 'canceled', cancellationReason: 'stolen' } as const;
    const state = await subject.issuing.updateCard(card, change);
    expect(state).toMatchObject(change);
    const canceled = { ...card, ...state };
    expect(await subject.issuing.updateCard(canceled, change)).toMatchObject({ status: 'canceled' });
  });

  test.each([{ status: 'active' } as const, { spendingLimits: [] }])(
    'a canceled card takes no %o',
    async (change) => {
      const card = await issue();
      const canceled = { ...card, ...(await subject.issuing.updateCard(card, { status: 'canceled' })) };
      await expect(subject.issuing.updateCard(canceled, change)).rejects.toMatchObject({
        code: 'card_canceled',
      });
    },
  );

  test('an approved purchase is captured', async () => {
    const card = await issue();
    const made = await subject.issuing.testPurchases.purchase(card, purchase(2_500));
    expect(made).toMatchObject({
      cardId: card.id,
      approved: true,
      status: 'closed',
      amount: 2_500,
      currency: subject.currency,
      merchantName: 'Kaffe AS',
      requestHistory: [{ approved: true, reason: 'card_active' }],
      transactions: [{ type: 'capture', amount: -2_500 }],
    });
    expect([made.id, made.transactions[0]?.id]).toEqual([
      expect.stringMatching(/^iauth_/),
      expect.stringMatching(/^ipi_/),
    ]);
  });

  test('a purchase that is made twice with one key is one', async () => {
    const card = await issue();
    const one = purchase(2_500);
    const first = await subject.issuing.testPurchases.purchase(card, one);
    expect((await subject.issuing.testPurchases.purchase(card, one)).id).toBe(first.id);
  });

  test.each(['inactive', 'canceled'] as const)(
    'a card that is %s declines, for that reason',
    async (status) => {
      const card = await issue();
      const changed = { ...card, ...(await subject.issuing.updateCard(card, { status })) };
      expect(await subject.issuing.testPurchases.purchase(changed, purchase(100))).toMatchObject({
        approved: false,
        status: 'closed',
        amount: 100,
        requestHistory: [{ approved: false, reason: `card_${status}` }],
        transactions: [],
      });
    },
  );

  test('a purchase beyond the limit, after what was spent, is declined', async () => {
    const card = await issue({ spendingLimits: [{ amount: 100, interval: 'daily' }] });
    const { issuing, clock } = subject;
    const first = await issuing.testPurchases.purchase(card, purchase(60));
    expect(first.approved).toBe(true);
    const spent = [{ amount: 60, at: clock.now() }];
    const second = await issuing.testPurchases.purchase(card, purchase(41, { spent }));
    expect(second.requestHistory).toMatchObject([{ approved: false, reason: 'spending_controls' }]);
    expect((await issuing.testPurchases.purchase(card, purchase(40, { spent }))).approved).toBe(true);
  });
});
