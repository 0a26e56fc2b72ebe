import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { applyReport } from '#usecases/payments/report.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { payingCustomer } from './paying-customer.ts';

async function waiting(canCancel: boolean) {
  const customer = await payingCustomer();
  const { ask, accountId, context } = customer;
  const cancelPayment = canCancel ? async () => report({ status: 'cancelled' }) : undefined;
  for (const { pis } of context.services.openBanking.all()) if (pis) Object.assign(pis, { cancelPayment });
  const amount = { amount: 25_000, currency: 'NOK' };
  const creditor = { name: 'Strøm AS', accountNumber: '15032080178' };
  const { body } = await ask('POST', '/api/payments', { accountId, amount, creditor });
  const path = `/api/payments/${String(body['id'])}`;
  return { ...customer, id: String(body['id']), path, creditor, amount };
}

test('a payment that waits and cannot be called back is put aside, and its way to the bank is not shown', async () => {
  const { ask, path } = await waiting(false);
  expect(await ask('GET', path)).toMatchObject({
    body: { isCancellable: false, isDismissable: true, dismissedAt: null, next: { kind: 'redirect' } },
  });
  const dismissed = { dismissedAt: expect.any(String) as string, isDismissable: false, redirectUrl: null };
  const aside = { status: 'awaiting_authorisation', next: { kind: 'none' }, ...dismissed };
  expect(await ask('POST', `${path}/dismiss`)).toMatchObject({ status: 200, body: aside });
  expect(await ask('POST', `${path}/dismiss`)).toMatchObject({ status: 200, body: aside });
});

test('a payment that was put aside is followed, and settles where the customer approves it after all', async () => {
  const { ask, path, context, id } = await waiting(false);
  await ask('POST', `${path}/dismiss`);
  const { reference = '' } = (await ask('GET', path)).body as { reference?: string };
  const settled = report({ status: 'settled', wireStatus: 'ACSC', reference });
  const { payment_id } = await context.store.database
    .selectFrom('transactions')
    .select('payment_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await applyReport(context, id, { report: { ...settled, reference: payment_id ?? '' }, evidence: 'poll' });
  expect(await ask('GET', path)).toMatchObject({ body: { status: 'settled', moneyMoved: 'yes' } });
});

test('a payment that can be called back is not put aside', async () => {
  const { ask, path } = await waiting(true);
  expect(await ask('GET', path)).toMatchObject({ body: { isCancellable: true, isDismissable: false } });
  expect(await ask('POST', `${path}/dismiss`)).toMatchObject({
    status: 409,
    body: { code: 'payment_not_dismissable' },
  });
});

test('a payment that was approved is not put aside', async () => {
  const { ask, path, context, id } = await waiting(false);
  await context.store.database
    .updateTable('transactions')
    .set({ status: 'authorised' })
    .where('id', '=', id)
    .execute();
  expect(await ask('POST', `${path}/dismiss`)).toMatchObject({
    status: 409,
    body: { code: 'payment_not_dismissable' },
  });
});

test('another customer’s payment is not put aside', async () => {
  const { context, path, ask } = await waiting(false);
  const { headers } = await signedIn(context);
  const own = { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const answer = await testApp(context).request(`${path}/dismiss`, { method: 'POST', headers: own });
  expect(answer.status).toBe(404);
  expect(await ask('GET', path)).toMatchObject({ body: { dismissedAt: null } });
});
