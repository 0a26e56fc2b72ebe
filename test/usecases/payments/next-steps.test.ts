import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { cancelPayment } from '#usecases/payments/cancel.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { access, page, report, type MadeUpBank } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';

const decoupled: NextStep = { kind: 'decoupled', message: 'Bekreft: 4711', askAgainMs: 3_000 };
const unanswered = new DropError('payment_outcome_unknown', { outcome: 'unknown' });

/** Answers initiations one after the other, and keeps the requests. */
function answerInitiations(bank: MadeUpBank, answers: (NextStep | Error)[]): PaymentRequest[] {
  const requests: PaymentRequest[] = [];
  bank.provider.pis.initiatePayment = async (request) => {
    requests.push(request);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { ...report(), next: answer ?? { kind: 'none' } };
  };
  return requests;
}

const reread = async ({ context }: MadeUpBank, { id }: Payment): Promise<Payment | undefined> =>
  findPayment(context.store.database, { id });

async function linkOf(bank: MadeUpBank, payment: Payment): Promise<string | undefined> {
  const now = await reread(bank, payment);
  return now && approvalLink(bank.context, now);
}

test('a payment names the bank as the provider does in payments', async () => {
  const { bank, send } = await linkedBank();
  const requests = answerInitiations(bank, [redirectTo(page)]);
  const payment = await send();
  expect(payment).toMatchObject({ bankId: 'dnb-payments' });
  expect(approvalLink(bank.context, payment)).toBe(page);
  expect(requests).toMatchObject([{ bankId: 'dnb-payments', customer: { id: bank.user.id } }]);
});

test('a payment that is approved in the bank’s app says so, and is soon read', async () => {
  const { bank, send } = await linkedBank();
  answerInitiations(bank, [decoupled]);
  const payment = await send();
  expect(payment).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: undefined });
  expect(payment.decoupledStep).toEqual(decoupled);
  expect((payment.dueAt?.getTime() ?? 0) - bank.context.clock.now().getTime()).toBe(3_000);
});

test('a payment that is approved in the bank’s app is read no sooner than the provider wants', async () => {
  const { bank, send } = await linkedBank();
  answerInitiations(bank, [{ kind: 'decoupled', message: undefined, askAgainMs: 45_000 }]);
  bank.provider.pis.readPayment = async () => report();
  const payment = await send();
  const untilRead = async () =>
    ((await reread(bank, payment))?.dueAt?.getTime() ?? 0) - bank.context.clock.now().getTime();
  expect(await untilRead()).toBe(45_000);
  bank.context.clock.advance(45_000);
  await reconcileDuePayments(bank.context);
  expect(await untilRead()).toBe(45_000);
});

test('a payment that needs a consent first leads from one page of the bank to the next', async () => {
  const { bank, send } = await linkedBank();
  const requests = answerInitiations(bank, [redirectTo(page)]);
  const steps: NextStep[] = [redirectTo('https://bank.example/second'), { kind: 'none' }];
  bank.provider.pis.continuePayment = async () => {
    const next = steps.shift() ?? { kind: 'none' };
    return { ...report({ status: next.kind === 'none' ? 'authorised' : 'awaiting_authorisation' }), next };
  };
  const payment = await send();
  const parameters = new URLSearchParams({ state: requests[0]?.state ?? '' });
  const comeBack = () => returnFromBank(bank.context, bank.user, { parameters, access });
  expect(await comeBack()).toBe('https://bank.example/second');
  expect(await linkOf(bank, payment)).toBe('https://bank.example/second');
  expect(await comeBack()).toBe(`/payments/${payment.id}`);
  expect(await reread(bank, payment)).toMatchObject({ status: 'authorised' });
});

test('a second page that is not allowed is not opened', async () => {
  const { bank, send } = await linkedBank();
  const requests = answerInitiations(bank, [redirectTo(page)]);
  bank.provider.pis.continuePayment = async () => ({ ...report(), next: redirectTo('http://bank.example/') });
  const payment = await send();
  const parameters = new URLSearchParams({ state: requests[0]?.state ?? '' });
  expect(await returnFromBank(bank.context, bank.user, { parameters, access })).toBe(
    `/payments/${payment.id}`,
  );
  expect(await reread(bank, payment)).toMatchObject({ redirectUrl: undefined });
});

test('pages that are not allowed are alerted once for their provider, and named as over after an hour', async () => {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  answerInitiations(bank, [redirectTo('http://bank.example/'), redirectTo('http://bank.example/')]);
  const first = await send();
  await send();
  const title = 'A provider sends customers to an address that is not allowed';
  const alerts = await raisedAlerts(context);
  expect(alerts).toMatchObject([
    { title, message: expect.stringContaining(`payment ${first.id} first`) as unknown },
  ]);
  await watchMetConditions(context);
  context.clock.advance(3_600_000);
  await watchMetConditions(context);
  expect((await raisedAlerts(context)).map((alert) => alert.title)).toEqual([title, `Over: ${title}`]);
});

test('an initiation without an answer is sent once, unless the provider recognises a repeat', async () => {
  const { bank, send } = await linkedBank();
  const requests = answerInitiations(bank, [unanswered, redirectTo(page)]);
  expect(await send()).toMatchObject({ status: 'unknown' });
  expect(requests).toHaveLength(1);
});

test('an initiation without an answer is sent again where the provider recognises it as the same', async () => {
  const { bank, send } = await linkedBank();
  bank.provider = { ...bank.provider, pis: { ...bank.provider.pis, idempotentInitiation: true } };
  const requests = answerInitiations(bank, [unanswered, redirectTo(page)]);
  const payment = await send();
  expect(payment).toMatchObject({ status: 'awaiting_authorisation' });
  expect(await linkOf(bank, payment)).toBe(page);
  expect(requests.map(({ paymentId }) => paymentId)).toEqual([
    requests[0]?.paymentId,
    requests[0]?.paymentId,
  ]);
});

test('a refusal of the second attempt does not say that the first did not arrive', async () => {
  const { bank, send } = await linkedBank();
  bank.provider = { ...bank.provider, pis: { ...bank.provider.pis, idempotentInitiation: true } };
  answerInitiations(bank, [unanswered, new DropError('payment_refused_by_bank', { outcome: 'refused' })]);
  expect(await send()).toMatchObject({ status: 'unknown' });
});

test('a cancellation can need the customer’s approval at the bank', async () => {
  const { bank, send } = await linkedBank();
  answerInitiations(bank, [redirectTo(page)]);
  bank.provider.pis.cancelPayment = async ({ reference }) => {
    expect(reference).toBe('payment-1');
    return { ...report(), next: redirectTo('https://bank.example/cancel') };
  };
  const payment = await send();
  expect(await cancelPayment(bank.context, bank.user, { id: payment.id, access })).toMatchObject({
    url: 'https://bank.example/cancel',
  });
  // The way to approve the payment stays until it is called back.
  expect(await reread(bank, payment)).toMatchObject({ status: 'awaiting_authorisation' });
  expect(await linkOf(bank, payment)).toBe(page);
});

test('a rejection keeps the provider’s neutral reason', async () => {
  const { bank, send } = await linkedBank();
  answerInitiations(bank, [redirectTo(page)]);
  const payment = await send();
  bank.provider.pis.readPayment = async () =>
    report({ status: 'rejected', reason: 'limit_exceeded', reasonCode: 'X7' });
  const parameters = new URLSearchParams();
  const { continuePayment } = await import('#usecases/payments/continue.ts');
  await continuePayment(bank.context, payment, { parameters, access });
  expect(await reread(bank, payment)).toMatchObject({ status: 'rejected', reason: 'limit_exceeded' });
});

test('the reason for which a bank waits is kept while it waits, whatever is reported late', async () => {
  const { bank, send } = await linkedBank();
  answerInitiations(bank, [redirectTo(page)]);
  const payment = await send();
  const reasonAfter = async (change: Parameters<typeof report>[0]) => {
    bank.provider.pis.readPayment = async () => report(change);
    bank.context.clock.advance(3_600_000);
    await reconcileDuePayments(bank.context);
    const { status, reason } = (await reread(bank, payment)) ?? {};
    return [status, reason];
  };
  const short = { status: 'unknown', reason: 'insufficient_funds' } as const;
  expect(await reasonAfter({ status: 'authorised' })).toEqual(['authorised', undefined]);
  expect(await reasonAfter(short)).toEqual(['authorised', 'insufficient_funds']);
  expect(await reasonAfter({ status: 'awaiting_authorisation' })).toEqual([
    'authorised',
    'insufficient_funds',
  ]);
  expect(await reasonAfter({ status: 'authorised' })).toEqual(['authorised', undefined]);
  expect(await reasonAfter(short)).toEqual(['authorised', 'insufficient_funds']);
  expect(await reasonAfter({ status: 'settled' })).toEqual(['settled', undefined]);
});
