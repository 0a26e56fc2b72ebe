import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { listConnections } from '#store/bank-connections.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { access, MadeUpBank, page, report } from '../usecases/banking/made-up-bank.ts';

const decoupled: NextStep = { kind: 'decoupled', message: 'Bekreft: 4711', askAgainMs: 3_500 };
const shown = { kind: 'decoupled', message: 'Bekreft: 4711', askAgainSeconds: 4 };

/** A customer in a browser, at a bank that asks nothing of them unless a test says otherwise. */
async function stand() {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const { user, headers } = await signedIn(bank.context);
  const app = testApp(bank.context);
  const send = async (method: string, path: string, body?: object) => {
    const own = { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await app.request(path, { ...init, headers: own });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { bank, user, send };
}

type Stand = Awaited<ReturnType<typeof stand>>;

async function pay({ bank, user, send }: Stand, next: NextStep) {
  bank.provider.pis.initiatePayment = async () => ({ ...report(), next });
  await startConnection(bank.context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const { body } = await send('GET', '/api/accounts');
  const [account] = body['accounts'] as { id: string }[];
  return send('POST', '/api/payments', {
    accountId: account?.id,
    amount: { amount: 25_000, currency: 'NOK' },
    creditor: { name: 'Strøm AS', accountNumber: '15032080178' },
  });
}

test('a redirect is answered with its address, as before, and as the next step', async () => {
  const { bank, send } = await stand();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: redirectTo(page) });
  expect(await send('POST', '/api/bank-connections', { bankId: 'dnb-accounts' })).toMatchObject({
    status: 201,
    body: { consentUrl: page, next: { kind: 'redirect', url: page } },
  });
});

test('a decoupled consent has no address, and is granted when the bank says so', async () => {
  const { bank, send } = await stand();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: decoupled });
  const { status, body } = await send('POST', '/api/bank-connections', { bankId: 'dnb-accounts' });
  expect([status, body]).toEqual([201, { id: body['id'], next: shown }]);
  const path = `/api/bank-connections/${String(body['id'])}`;
  expect(await send('GET', path)).toMatchObject({ body: { status: 'pending', next: shown } });
  bank.context.clock.advance(3_500);
  const granted = { status: 200, body: { status: 'active', next: { kind: 'none' } } };
  expect(await send('POST', `${path}/check`)).toMatchObject(granted);
  expect(await send('POST', `${path}/check`)).toMatchObject(granted);
});

test('a customer who closed the page finds the consent that waits for them in the app, for a day', async () => {
  const { bank, user, send } = await stand();
  const { ais } = bank.provider;
  ais.startConsent = async () => ({ reference: 'consent-1', next: decoupled });
  const { body } = await send('POST', '/api/bank-connections', { bankId: 'dnb-accounts' });
  ais.startConsent = async () => ({ reference: 'consent-2', next: redirectTo(page) });
  await send('POST', '/api/bank-connections', { bankId: 'dnb-accounts' });
  const found = { connections: [{ id: body['id'], status: 'pending', next: shown }] };
  expect(await send('GET', '/api/bank-connections')).toMatchObject({ status: 200, body: found });
  const dayLater = new Date(bank.context.clock.now().getTime() + 86_400_000);
  expect(await listConnections(bank.context.store.database, user.id, dayLater)).toEqual([]);
});

test('a consent that does not exist cannot be asked about', async () => {
  const { send } = await stand();
  expect(await send('POST', `/api/bank-connections/${randomUUID()}/check`)).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
});

test('a payment that is approved in the bank’s app has the step and no address', async () => {
  const drop = await stand();
  const { status, body } = await pay(drop, decoupled);
  expect([status, body]).toEqual([201, { id: body['id'], status: 'awaiting_authorisation', next: shown }]);
  expect(await drop.send('GET', `/api/payments/${String(body['id'])}`)).toMatchObject({
    body: { redirectUrl: null, next: shown },
  });
});

test('a payment shows the reference that the bank knows', async () => {
  const drop = await stand();
  const { body } = await pay(drop, decoupled);
  const path = `/api/payments/${String(body['id'])}`;
  expect(await drop.send('GET', path)).toMatchObject({ body: { bankReference: 'payment-1' } });
  drop.bank.provider.pis.quotedReference = (reference) => `quoted ${reference}`;
  expect(await drop.send('GET', path)).toMatchObject({ body: { bankReference: 'quoted payment-1' } });
});

test('a cancellation that needs an approval says where to give it', async () => {
  const drop = await stand();
  drop.bank.provider.pis.cancelPayment = async () => ({ ...report(), next: redirectTo(page) });
  const { body } = await pay(drop, redirectTo('https://bank.example/approve'));
  expect(await drop.send('POST', `/api/payments/${String(body['id'])}/cancel`)).toMatchObject({
    status: 200,
    body: { status: 'awaiting_authorisation', cancellation: { kind: 'redirect', url: page } },
  });
});
