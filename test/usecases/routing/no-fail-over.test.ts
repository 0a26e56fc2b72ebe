import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findPayment } from '#store/payments.ts';
import { banksToLink, startConnection } from '#usecases/banking/link-bank.ts';
import { pay } from '#usecases/payments/pay.ts';
import { customer } from '../../support/context.ts';
import { access, inForce, linked, routingContext, type RoutingContext } from './routing-context.ts';

/** A move of all customers to the next provider; `asked` tells which provider was asked to begin anything. */
async function moving() {
  const context = await routingContext();
  const { home, next } = context;
  await inForce(context, { salt: 's', home, moves: [{ to: next, whom: 'everyone', sharePercent: 100 }] });
  const asked: string[] = [];
  const failWith = (code: ErrorCode): void => {
    for (const { id, ais, pis } of context.providers) {
      const fail = async (): Promise<never> => {
        asked.push(id);
        throw new DropError(code, { message: 'no answer', outcome: 'unknown' });
      };
      if (ais) ais.startConsent = fail;
      if (pis) pis.initiatePayment = fail;
    }
  };
  return { context, asked, failWith };
}

async function bankOf(context: RoutingContext, user: Parameters<typeof banksToLink>[1]): Promise<string> {
  return (await banksToLink(context, user))[0]?.bank.id ?? '';
}

test('a consent that had no answer is begun nowhere else, and the next one is tried there again', async () => {
  const { context, asked, failWith } = await moving();
  const user = await customer(context);
  const request = { bankId: await bankOf(context, user), access, locale: 'nb' } as const;
  failWith('provider_timeout');
  for (const attempt of [1, 2]) {
    context.clock.advance(1_000);
    await expect(startConnection(context, user, request)).rejects.toMatchObject({ code: 'provider_timeout' });
    expect(asked).toEqual(Array(attempt).fill(context.next));
  }
});

test('a payment whose outcome is unknown is ordered nowhere else, also after its move is taken back', async () => {
  const { context, asked, failWith } = await moving();
  const user = await customer(context);
  await linked(context, user, await bankOf(context, user));
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  failWith('payment_outcome_unknown');
  const request = {
    form: {
      accountId: account?.id ?? '',
      amount: { amount: 25_000, currency: 'NOK' },
      creditor: { name: 'Strømselskapet AS', accountNumber: '1503 20 80178' },
      kid: undefined,
      text: undefined,
    },
    circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb' },
  } as const;
  const { id } = await pay(context, user, request);
  await inForce(context, undefined);
  await pay(context, user, request);
  expect(new Set(asked)).toEqual(new Set([context.next]));
  expect(await findPayment(context.store.database, { id })).toMatchObject({
    status: 'unknown',
    provider: context.next,
  });
});
