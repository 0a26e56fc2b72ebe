import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listAccounts } from '#store/bank-accounts.ts';
import { findPayment } from '#store/payments.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { readBack } from '#usecases/payments/reconcile.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { pay } from '#usecases/payments/pay.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { initiateVerification } from '#usecases/kyc/verify.ts';
import { customer, testContext } from '../support/context.ts';
import { idOf, parentOf, startTraces, traceOf } from './in-memory.ts';
import { returnOf } from '../support/bank-return.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const request = { name: 'request', kind: 'server' } as const;

test('later changes of a payment are on the trace of the request that created it, linked to their cause', async () => {
  const context = await testContext();
  // The bank sends no webhooks, because Drop would handle them concurrently with the reads of this test.
  for (const provider of context.services.openBanking.all()) provider.onPaymentHint(async () => undefined);
  const { traces, named } = startTraces();
  context.tracing = traces;
  const user = await customer(context);
  const { next } = await startConnection(context, user, { bankId: 'DNB', access, locale: 'nb' });
  await returnFromBank(context, user, { parameters: returnOf(next), access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  const form = {
    accountId: account?.id ?? '',
    amount: { amount: 25_000, currency: 'NOK' },
    creditor: { name: 'Strømselskapet AS', accountNumber: '1503 20 80178' },
    kid: undefined,
    text: undefined,
  } as const;
  const circumstances = { idempotencyKey: randomUUID(), access, locale: 'nb' } as const;
  const { id } = await traces.run(request, () => pay(context, user, { form, circumstances }));
  const payment = await findPayment(context.store.database, { id });
  if (!payment) throw new RangeError('the payment was kept');

  await traces.run({ name: 'webhook', kind: 'consumer' }, () => readBack(context, payment, 'webhook'));
  const follow = named('payment webhook');
  expect(traceOf(follow)).toBe(traceOf(named('request')));
  expect(parentOf(follow)).toBe(idOf(named('request')));
  expect(follow.links.map(({ context: to }) => to.spanId)).toEqual([idOf(named('webhook'))]);

  context.clock.advance(25_000);
  await traces.run({ name: 'job', kind: 'internal' }, () => reconcileDuePayments(context));
  expect(traceOf(named('payment poll'))).toBe(traceOf(named('request')));
  expect(traceOf(named('job'))).not.toBe(traceOf(named('request')));
});

test('later changes of a verification are on the trace of the request that started it', async () => {
  const context = await testContext();
  const { traces, named } = startTraces();
  context.tracing = traces;
  const user = await customer(context, 'none');
  await traces.run(request, () => initiateVerification(context, user));
  const { applicantId } = await context.services.sumsub.createApplicant({ externalUserId: user.id });
  await traces.run({ name: 'webhook', kind: 'consumer' }, () => reconcileReview(context, { applicantId }));
  expect(parentOf(named('review'))).toBe(idOf(named('request')));
  expect(named('review').links.map(({ context: to }) => to.spanId)).toEqual([idOf(named('webhook'))]);
});
