import { expect, test } from 'vitest';
import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { page, report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

/** A payment at a bank that sends no webhooks, and its page, which asks again every ten seconds. */
async function watching(next: NextStep = { kind: 'redirect', url: page, expiresAt: undefined }) {
  const { bank, send } = await linkedBank();
  const { context, provider } = bank;
  provider.pis.initiatePayment = async () => ({ ...report(), next });
  const { headers } = await signedIn(context, bank.user);
  const { id } = await send();
  const app = testApp(context);
  let readings = 0;
  let answer: () => ReturnType<typeof report> = () => report({ status: 'processing', wireStatus: 'ACSP' });
  provider.pis.readPayment = async () => {
    readings += 1;
    return answer();
  };
  return {
    look: async () => {
      const shown = await app.request(`/api/payments/${id}`, { headers });
      return (await shown.json()) as { status: string };
    },
    answerWith: (given: typeof answer) => {
      answer = given;
    },
    /** The number of readings in `seconds`, in which Drop takes due payments every `step` of them. */
    async readingsIn(seconds: number, step = 1) {
      const before = readings;
      for (let passed = 0; passed < seconds; passed += step) {
        context.clock.advance(step * 1_000);
        await reconcileDuePayments(context);
      }
      return readings - before;
    },
  };
}

test('the bank is asked within seconds about a payment that its customer looks at', async () => {
  const payment = await watching();
  await payment.look();
  expect(await payment.readingsIn(9)).toBe(3);
  payment.answerWith(() => report({ status: 'settled', wireStatus: 'ACSC' }));
  await payment.readingsIn(3);
  expect(await payment.look()).toMatchObject({ status: 'settled' });
});

test('a payment that has waited for long is read when its customer opens the page', async () => {
  const payment = await watching();
  await payment.readingsIn(20 * 60, 60);
  while ((await payment.readingsIn(60, 60)) === 0);
  expect(await payment.readingsIn(40)).toBe(0);
  await payment.look();
  expect(await payment.readingsIn(1)).toBe(1);
});

test('a payment that is not looked at is read as rarely as before', async () => {
  const payment = await watching();
  expect(await payment.readingsIn(19)).toBe(0);
});

test('a look does not overrule a bank that wants to be left alone', async () => {
  const payment = await watching();
  payment.answerWith(() => {
    throw new DropError('bank_rate_limited', { outcome: 'refused', retryAfterMs: 60_000 });
  });
  await payment.look();
  expect(await payment.readingsIn(3)).toBe(1);
  await payment.look();
  expect(await payment.readingsIn(50)).toBe(0);
});

test('a look does not overrule the pace that the bank wants for an approval in its app', async () => {
  const payment = await watching({ kind: 'decoupled', message: undefined, askAgainMs: 45_000 });
  await payment.look();
  expect(await payment.readingsIn(44)).toBe(0);
  expect(await payment.readingsIn(1)).toBe(1);
});
