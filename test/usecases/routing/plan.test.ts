import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Move } from '#domain/routing/policy.ts';
import { planText } from '#cli/providers-text.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { banksToLink } from '#usecases/banking/link-bank.ts';
import { applyPolicy, rolledBack } from '#usecases/operate/routing/change.ts';
import { planPolicy } from '#usecases/operate/routing/plan.ts';
import { pay } from '#usecases/payments/pay.ts';
import { customer } from '../../support/context.ts';
import { access, linked, routingContext, type RoutingContext } from './routing-context.ts';

/** A customer who linked a bank and ordered payments from it; their id. */
async function payer(context: RoutingContext, bank: string, payments: number): Promise<string> {
  context.clock.advance(1_000);
  const user = await customer(context);
  const found = (await banksToLink(context, user)).find(({ bank: { name } }) => name === bank);
  await linked(context, user, found?.bank.id ?? '');
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  for (let number = 1; number <= payments; number += 1)
    await pay(context, user, {
      form: {
        accountId: account?.id ?? '',
        amount: { amount: 1_000 * number, currency: 'NOK' },
        creditor: { name: 'Strømselskapet AS', accountNumber: '1503 20 80178' },
        kid: undefined,
        text: undefined,
      },
      circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb' },
    });
  return user.id;
}

test('a plan plays past payments through a policy: by bank, by customer, and only as many as it is told', async () => {
  const context = await routingContext();
  const { home, next } = context;
  const kari = await payer(context, 'DNB', 2);
  const ola = await payer(context, 'DNB', 1);
  await payer(context, 'Nordea', 1);
  const plan = async (move: Partial<Move>, payments = 1_000) => {
    const whole = { to: next, whom: 'everyone', sharePercent: 100, ...move } as const;
    const policy = { salt: 's', home, moves: [whole] };
    const { simulatedPayments, stayingPayments, shifts } = await planPolicy(context, policy, { payments });
    const moved = shifts.map(({ bank, payments: count, customers }) => `${bank}: ${count} of ${customers}`);
    expect(shifts.every(({ from, to }) => from === home && to === next)).toBe(true);
    return [simulatedPayments, stayingPayments, ...moved.toSorted()];
  };
  expect(await plan({})).toEqual([4, 0, 'DNB: 3 of 2', 'Nordea: 1 of 1']);
  expect(await plan({ banks: ['DNBANOKK'] })).toEqual([4, 1, 'DNB: 3 of 2']);
  expect(await plan({ exceptCustomers: [kari] })).toEqual([4, 2, 'DNB: 1 of 1', 'Nordea: 1 of 1']);
  expect(await plan({ sharePercent: 0, customers: [ola] })).toEqual([4, 3, 'DNB: 1 of 1']);
  expect(await plan({ whom: 'new_customers' })).toEqual([4, 4]);
  expect(await plan({}, 1)).toEqual([1, 0, 'Nordea: 1 of 1']);
});

test('a plan names the banks of its policy that no customer ever linked, once each', async () => {
  const context = await routingContext();
  const { home, next } = context;
  await payer(context, 'DNB', 0);
  const move = {
    to: next,
    whom: 'everyone',
    sharePercent: 100,
    banks: ['DNBANOKK', 'name:dmb', 'name:dmb'],
  } as const;
  const plan = await planPolicy(context, { salt: 's', home, moves: [move] }, { payments: 10 });
  expect(plan.neverLinked).toEqual(['name:dmb']);
  expect(planText(plan)).toContain('No customer ever linked name:dmb: check how it is written.');
});

test('a plan that leads back to the environment alone is tried on no payment: it is that of the server', async () => {
  const context = await routingContext();
  const { home, next } = context;
  await payer(context, 'DNB', 1);
  const moves = [{ to: next, whom: 'everyone', sharePercent: 100 } as const];
  await applyPolicy(context, { salt: 's', home, moves }, { by: 'ida', reason: 'a test' });
  const { policy } = await rolledBack(context);
  expect(await planPolicy(context, policy, { payments: 10 })).toEqual({
    version: 1,
    changes: [expect.stringContaining('the environment alone decides')],
    neverLinked: [],
    simulatedPayments: 0,
    stayingPayments: 0,
    shifts: [],
  });
});
