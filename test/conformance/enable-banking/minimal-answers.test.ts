import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';
import { accountKey, memorySecrets, paymentKey } from '../../support/provider-keys.ts';
import { callbackUrl } from '../open-banking-stack.ts';
import { legal, operations } from './documented.ts';
import { attended, EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
let server: LoopbackServer;
let provider: OpenBankingProvider;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
  server = await listenOnLoopback(0);
  provider = world.stack.createClient({ ENABLE_BANKING_API_URL: server.origin });
});
afterEach(async () => {
  await server.close();
  await world.close();
});

type Json = Record<string, unknown>;

const routes = Object.entries(operations).map(([operation, { answer }]) => {
  const [method, path = ''] = operation.split(' ');
  return { operation, method, path: new RegExp(`^${path.replace(/\{\w+\}/, '[^/]+')}$`), answer };
});

/** Answers every operation with the least that is legal, but for what a test says of an operation. */
function answerWith(form: 'minimal' | 'null', but: Record<string, Json> = {}): void {
  server.handle(({ method, url }) => {
    const { pathname } = new URL(url);
    const route = routes.find((candidate) => candidate.method === method && candidate.path.test(pathname));
    if (route === undefined) return new Response(null, { status: 404 });
    return Response.json({ ...Object(legal(route.answer, form)), ...but[route.operation] });
  });
}

const bank = 'text';
const consent = (): Parameters<NonNullable<OpenBankingProvider['ais']>['startConsent']>[0] => ({
  bankId: bank,
  state: randomUUID(),
  redirectUri: callbackUrl,
  customer: { id: 'c' },
  locale: 'nb',
  secrets: memorySecrets(),
});
const domestic = { payment_type: 'DOMESTIC', psu_type: 'personal' };
const withPayments = { aspsps: [{ ...Object(legal('ASPSPData', 'minimal')), payments: [domestic] }] };

describe.each([
  ['absent', 'minimal'],
  ['null', 'null'],
] as const)('where all optional fields are %s, the client', (_are, form) => {
  test('lists a bank', async () => {
    answerWith(form);
    expect(await provider.ais?.listBanks()).toMatchObject([{ id: bank, maximumConsentValiditySeconds: 7 }]);
  });

  test('begins a consent', async () => {
    answerWith(form);
    const started = await provider.ais?.startConsent(consent(), attended);
    expect(started?.next).toMatchObject({ kind: 'redirect', url: 'https://bank.example/' });
  });

  test('completes a consent', async () => {
    answerWith(form, { 'GET /sessions/{session_id}': { status: 'AUTHORIZED' } });
    const pending = { ...consent(), reference: undefined };
    const parameters = new URLSearchParams({ code: 'code', state: pending.state });
    const progress = await provider.ais?.completeConsent({ parameters, pending }, attended);
    expect(progress).toMatchObject({
      kind: 'granted',
      grant: { bankId: bank, accounts: [{ identity: 'text', currency: 'NOK' }] },
    });
  });

  test('reads a consent', async () => {
    answerWith(form, { 'GET /sessions/{session_id}': { status: 'AUTHORIZED' } });
    const reading = await provider.ais?.readConsent({ reference: randomUUID(), bankId: bank, ...keys() });
    expect(reading).toMatchObject({ kind: 'active', validUntil: new Date('2026-08-22T14:20:00Z') });
  });

  test('ends a consent', async () => {
    answerWith(form);
    const key = { reference: randomUUID(), bankId: bank, ...keys() };
    await expect(provider.ais?.revokeConsent(key)).resolves.toBeUndefined();
  });

  test('reads a balance', async () => {
    answerWith(form);
    const balance = await provider.ais?.readBalance(accountKey(`${randomUUID()}@${bank}`), attended);
    expect(balance).toMatchObject({ money: { amount: 100, currency: 'NOK' } });
  });

  test('initiates a payment', async () => {
    answerWith(form, { 'GET /aspsps': withPayments });
    const started = await provider.pis?.initiatePayment(payment(), attended);
    expect(started).toMatchObject({ next: { kind: 'redirect', url: 'https://bank.example/' } });
  });

  test('reads a payment with the least that a transfer has', async () => {
    const payment_details = {
      credit_transfer_transaction: [legal('CreditTransferTransactionDetails', form)],
    };
    answerWith(form, { 'GET /payments/{payment_id}': { payment_details } });
    expect(await provider.pis?.readPayment(paymentKey('p-1'))).toMatchObject({
      order: { kind: 'read', order: { creditorAccountNumber: '12345678903', kid: undefined } },
    });
  });

  test('takes a payment without its transfer for one whose order cannot be compared', async () => {
    answerWith(form);
    const report = await provider.pis?.readPayment(paymentKey('p-1'));
    expect(report).toMatchObject({ order: { kind: 'unreadable' } });
  });
});

test('an answer with other fields and no message does not confirm the end of a consent', async () => {
  answerWith('minimal', { 'DELETE /sessions/{session_id}': { surprise: true } });
  const key = { reference: randomUUID(), bankId: bank, ...keys() };
  await expect(provider.ais?.revokeConsent(key)).rejects.toMatchObject({ code: 'provider_invalid_response' });
});

const keys = () => ({ secrets: memorySecrets() });

function payment(): Parameters<NonNullable<OpenBankingProvider['pis']>['initiatePayment']>[0] {
  return {
    ...consent(),
    order: {
      money: { amount: 10_000, currency: 'NOK' },
      debtorAccountNumber: '12345678903',
      creditorName: 'Nordlys Strøm AS',
      creditorAccountNumber: '95360573002',
      remittance: { kind: 'none' },
      execution: { kind: 'normal' },
    },
    paymentId: randomUUID(),
    webhookUrl: undefined,
  };
}
